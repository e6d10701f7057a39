"""Canned replies: `data/canned_replies.yml`, in the patient's language, with her name and the practice's in them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from sprechstunde.clinic import service as clinic

FILE = Path(__file__).resolve().parents[2] / "data" / "canned_replies.yml"
FALLBACK = "de"


def names(language: str) -> list[tuple[str, str]]:
    """(key, title in the staff's language) of every reply, in the file's order."""
    return [(key, str(_in(reply["title"], language))) for key, reply in _read().items()]


def filled(key: str, language: str | None, *, name: str) -> str:
    """The reply with its variables put in; empty for an unknown key."""
    reply = _read().get(key)
    if reply is None:
        return ""
    view = clinic.clinic()
    return str(_in(reply["text"], language)).format(name=name, clinic=view.name, phone=view.phone)


def _in(variants: dict[str, Any], language: str | None) -> Any:
    return variants[language if language in variants else FALLBACK]


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8"))["canned_replies"])
