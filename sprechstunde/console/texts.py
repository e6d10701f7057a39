"""The words of the pages, a YAML file a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from sprechstunde.languages import languages as spoken

FOLDER = Path(__file__).with_name("texts")
FALLBACK = "de"


def languages() -> tuple[str, ...]:
    """Codes of the languages that there is a file of."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.yml")))


@lru_cache(maxsize=8)
def words(language: str, part: str) -> Mapping[str, Any]:
    """The words of one part of the pages (`patient`, `staff`) in this language, or in German where there is none."""
    file = FOLDER / f"{language if language in languages() else FALLBACK}.yml"
    return dict(yaml.safe_load(file.read_text(encoding="utf-8"))[part])


def counted(say: str | Mapping[str, str], left: int, language: str) -> str:
    """A sentence with a number in it, in the form that the language has for that number (`one`, `other`)."""
    forms = {"other": say} if isinstance(say, str) else say
    return forms.get(Locale.parse(language).plural_form(left), forms["other"]).format(left=left)


def spoken_names(language: str) -> list[tuple[str, str]]:
    """Code and name of every language that patients are spoken to in, named in `language`."""
    return [(code, str(Locale(code).get_display_name(language))) for code in spoken()]


def preferred(accept_language: str | None) -> str:
    """The first language of a browser's `Accept-Language` that we have; German otherwise."""
    for wish in (accept_language or "").split(","):
        code = wish.split(";")[0].strip()[:2].lower()
        if code in languages():
            return code
    return FALLBACK
