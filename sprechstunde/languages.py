"""The languages that patients are spoken to in, as `data/languages.yml` declares them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[1] / "data" / "languages.yml"

# What `times` must give: the words of `dates.describe`.
TIMES = (
    *("today", "tomorrow", "overmorrow", "this_week", "next_week", "week_after", "weekend", "next_weekend"),
    *("or", "from", "until", "between", "at", "hours", "after", "before", "not", "asap"),
    *("any", "any_day", "any_time", "month", "on"),
)


@dataclass(frozen=True)
class Language:
    """One of them. `code` is ISO 639-1, `locale` CLDR's; the rest as the file's head says."""

    code: str
    name: str
    locale: str
    asked_for: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    times: Mapping[str, str] = MappingProxyType({})


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Language]:
    """By code, in the file's order: the first is the default. Raises OSError, yaml.YAMLError or KeyError."""
    declared = yaml.safe_load(FILE.read_text(encoding="utf-8"))["languages"]
    return MappingProxyType({code: _language(code, entry) for code, entry in declared.items()})


def default() -> str:
    """The language spoken until a patient's own is known."""
    return next(iter(languages()))


def spoken(code: str | None) -> str:
    """The declared language that this code ("fr", "en-US", None) comes to."""
    short = (code or "")[:2].lower()
    return short if short in languages() else default()


def _language(code: str, entry: Mapping[str, Any]) -> Language:
    return Language(
        code=code,
        name=str(entry["name"]),
        locale=str(entry["locale"]),
        asked_for=tuple(entry.get("asked_for") or ()),
        words=tuple(str(entry.get("words") or "").split()),
        times=MappingProxyType(dict(entry.get("times") or {})),
    )
