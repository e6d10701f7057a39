"""Jinja templates with the words of a language, escaped by default."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from sprechstunde.console.dialling import dialled

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


# https://faq.whatsapp.com/539178204879377: *bold*, with nothing but words right inside the stars.
_BOLD = re.compile(r"(?<!\w)\*(?=\S)([^*\n]+)(?<=\S)\*(?!\w)")


def as_on_whatsapp(text: str) -> Markup:
    """The words with WhatsApp's bold as HTML, everything else escaped."""
    return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(text))))


_environment.filters["as_on_whatsapp"] = as_on_whatsapp
_environment.filters["dialled"] = dialled


def page(template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The template as an HTML answer."""
    return HTMLResponse(_environment.get_template(template).render(**values), status)
