"""What the practice says of its own accord (`data/notices.yml`), and the templates that Meta has approved for it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from sprechstunde.clinic import service as clinic
from sprechstunde.languages import default
from sprechstunde.whatsapp.content import Option, Template

FILE = Path(__file__).resolve().parents[2] / "data" / "notices.yml"


def notice(name: str, language: str | None, **values: str) -> str:
    """The text of this name. Raises KeyError for an unknown one."""
    return str(_in(_read()["notices"][name], language)).format(clinic=clinic.clinic().name, **values)


def patterns(name: str, **holes: str) -> tuple[re.Pattern[str], ...]:
    """What finds this notice in a text, in each language; the hole of `holes` is the group `secret`."""
    found = []
    for text in _read()["notices"][name].values():
        escaped = re.escape(text)
        for hole, pattern in holes.items():
            escaped = escaped.replace(re.escape(f"{{{hole}}}"), f"(?P<secret>{pattern})")
        found.append(re.compile(escaped.replace(re.escape("{clinic}"), ".*")))
    return tuple(found)


def template(name: str, language: str | None, payload: str) -> Template:
    """The approved template of this name with its button. Raises KeyError for an unknown one."""
    variants = _read()["templates"][name]
    code = language if language in variants else default()
    return Template(
        name=name,
        language=str(code),
        parameters=(clinic.clinic().name,),
        options=(Option(variants[code]["button"], payload),),
        body=variants[code]["text"].format(clinic=clinic.clinic().name),
    )


def as_submitted() -> list[dict[str, Any]]:
    """The templates as `POST /{account}/message_templates` takes them, one for each name and language."""
    return [
        {
            "name": name,
            "language": language,
            "category": "UTILITY",
            "components": [
                {
                    "type": "BODY",
                    "text": variant["text"].replace("{clinic}", "{{1}}"),
                    "example": {"body_text": [["Praxis am Markt"]]},
                },
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": variant["button"]}]},
            ],
        }
        for name, variants in _read()["templates"].items()
        for language, variant in variants.items()
    ]


def _in(variants: dict[str, Any], language: str | None) -> Any:
    return variants[language if language in variants else default()]


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))
