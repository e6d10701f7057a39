"""Canned replies: `data/canned_replies.yml`, in the patient's language, with her name and the practice's in them.

What staff change in the console lies beside the other data of this installation and goes ahead of the project's file.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from sprechstunde.clinic import service as clinic
from sprechstunde.languages import default, languages
from sprechstunde.settings import get_settings, make_private_dir

FILE = Path(__file__).resolve().parents[2] / "data" / "canned_replies.yml"
VARIABLES = frozenset({"name", "clinic", "phone"})
Reply = dict[str, dict[str, str]]
PARTS = ("title", "text")


def written(words: Mapping[str, str]) -> Reply:
    """A reply from form fields `title_de`, `text_de` … of every language that patients are spoken to in."""
    return {part: {code: words.get(f"{part}_{code}", "").strip() for code in languages()} for part in PARTS}


def names(language: str) -> list[tuple[str, str]]:
    """(key, title in the staff's language) of every reply, in the file's order."""
    return [(key, _in(reply["title"], language)) for key, reply in _all().items()]


def reply(key: str) -> Reply | None:
    """A reply as it was written."""
    return _all().get(key)


def filled(key: str, language: str | None, *, name: str) -> str:
    """The reply with its variables put in; empty for an unknown key."""
    found = _all().get(key)
    if found is None:
        return ""
    view = clinic.clinic()
    return _in(found["text"], language).format(name=name, clinic=view.name, phone=view.phone)


def problem_of(reply: Reply) -> str | None:
    """What stands against a reply: `reply_incomplete` or `reply_variables`."""
    if not all(reply[part].get(code) for part in PARTS for code in languages()):
        return "reply_incomplete"
    try:
        fields = [part for text in reply["text"].values() for part in Formatter().parse(text)]
    except ValueError:
        return "reply_variables"
    # A name and nothing more: what Python would do with `{name!x}` or `{name:9}` is no matter of a reply's.
    plain = all(name is None or (name in VARIABLES and not (spec or how)) for _, name, spec, how in fields)
    return None if plain else "reply_variables"


def keep(key: str, reply: Reply | None) -> None:
    """Write a reply down; None takes it out."""
    own = _own()
    own[key] = reply
    path = _path()
    make_private_dir(path.parent)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.write_text(
        yaml.safe_dump({"canned_replies": own}, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    draft.replace(path)


def _in(variants: dict[str, str], language: str | None) -> str:
    return variants[language if language is not None and language in variants else default()]


def _all() -> dict[str, Reply]:
    together = {**_read(FILE), **_own()}
    return {key: reply for key, reply in together.items() if reply is not None}


def _own() -> dict[str, Any]:
    return _read(_path()) if _path().exists() else {}


def _path() -> Path:
    return get_settings().data_dir / "settings" / "canned_replies.yml"


def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))["canned_replies"])
