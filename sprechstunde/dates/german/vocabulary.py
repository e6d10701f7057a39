"""Word classes, spelling, and how the clock is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sprechstunde.dates import builders as build
from sprechstunde.dates import clocks
from sprechstunde.dates.german import borrowed, spelling_words
from sprechstunde.dates.german import time_words as words
from sprechstunde.dates.language import Found, Grammar
from sprechstunde.dates.model import Clock
from sprechstunde.dates.text import Spelling, fold

CLASSES: dict[str, Mapping[str, Any]] = {
    "weekday": words.WEEKDAY | words.WEEKDAY_SHORT,
    "weekday_long": words.WEEKDAY,
    "weekdays": words.WEEKDAYS,
    "month": words.MONTH,
    "month_sure": {word: value for word, value in words.MONTH.items() if word not in words.FIRST_NAMES},
    "month_or_name": {word: value for word, value in words.MONTH.items() if word in words.FIRST_NAMES},
    "part": words.PART,
    "part_after": words.PART_AFTER_DAY | words.PART,
    "n": words.COUNT,
    "h": words.HOUR,
    "swiss_hour": words.SWISS_HOUR,
    "late_part": words.LATE_PART,
    "early_part": words.EARLY_PART,
    "n_and_half": words.AND_HALF,
    "part_borrowed": borrowed.PART,
    "m": words.MINUTE,
    "ordinal": words.ORDINAL,
    "order": words.ORDER,
    "rel": words.REL,
    "gone": words.GONE,
    "rel_alone": words.REL_ALONE,
    "rel_later": words.REL_LATER,
    "after_ellipsis": words.AFTER_ELLIPSIS,
    "span": words.SPAN,
    "unit": words.UNIT,
    "holiday": words.HOLIDAY,
    "holiday_week": words.HOLIDAY_WEEK,
    "week_of_month": words.WEEK_OF_MONTH,
    "half_of_month": words.HALF_OF_MONTH,
    "season": words.SEASON,
    "roman": words.ROMAN,
    "edge": words.EDGE,
}


def _spelling() -> Spelling:
    aliases = {
        fold(word): tuple(fold(part) for part in parts) for word, parts in spelling_words.ALIASES.items()
    }
    vocabulary = {fold(part) for table in CLASSES.values() for word in table for part in word.split()}
    targets = tuple(dict.fromkeys(fold(word) for word in spelling_words.TARGETS))
    return Spelling(
        aliases, targets, frozenset(vocabulary | set(targets) | {fold(word) for word in spelling_words.KNOWN})
    )


def _instant(found: Found, minutes: int, *, hour_grain: bool = False) -> Clock:
    literal = any(found.text(name).startswith("0") for name in ("h", "hhmm") if name in found)
    return clocks.instant(minutes, literal=literal, grain_hour=hour_grain)


def _after_digits(digits: int) -> Clock:
    """As in "830": an hour and two digits of minutes."""
    return clocks.instant(digits // 100 * 60 + digits % 100, literal=False)


def _before(found: Found, minutes: int) -> Clock:
    return _instant(found, (found["h"] or 24) * 60 - minutes)


def _after(found: Found, minutes: int) -> Clock:
    return _instant(found, found["h"] * 60 + minutes)


# No hour where a number counts something else.
NOT_COUNTING = (
    r"(?! (?:%|€|x|mal|tage?n?|wochen?|monate?n?|jahre?n?|stunden?|std|minuten?|min|mg|g|kg|ml|cm|"
    r"mm|km|euro|grad|personen|leute|kinder|"
    r"kindern|warm|kalt|qm|kcal|kalorien|schritte|meter|m|tabletten|tropfen|mm|prozent|operationen|sitzungen|rezepte|rezepten|überweisungen|einheiten|spritzen|dosen|fragen|bilder|termine|terminen|{month})(?!\S))"
)
STRONG_CLOCK = {
    r"{h}[:.]{m} uhr": lambda found: _after(found, found["m"]),
    r"{h}:{m}\.?": lambda found: _after(found, found["m"]),
    r"{h}\.? uhr {m}(?! ?[.:-])": lambda found: _after(found, found["m"]),
    r"{h}\.? uhr": lambda found: _instant(found, found["h"] * 60, hour_grain=True),
    r"halb {h}\.?( uhr)?": lambda found: _before(found, 30),
    r"viertel (nach|ab) {h}\.?( uhr)?": lambda found: _after(found, 15),
    r"viertel vor {h}\.?( uhr)?": lambda found: _before(found, 15),
    r"(halber|1/2|½) {h}\.?( uhr)?": lambda found: _before(found, 30),
    r"viertel (über|auf|uf) {h}\.?( uhr)?": lambda found: (
        _before(found, 45) if " auf " in found.text("") else _after(found, 15)
    ),
    r"(dreiviertel|drei viertel|3/4|¾) <auf> {h}\.?( uhr)?": lambda found: _before(found, 15),
    r"viertel {h}\.?( uhr)?": lambda found: _before(found, 45),
    r"{n} <minuten|min> nach {h}\.?( uhr)?": lambda found: _after(found, found["n"]),
    r"{n} <minuten|min> vor {h}\.?( uhr)?": lambda found: _before(found, found["n"]),
    r"{n} <minuten|min> vor halb {h}\.?( uhr)?": lambda found: _before(found, 30 + found["n"]),
    r"{n} <minuten|min> vor dreiviertel {h}\.?( uhr)?": lambda found: _before(found, 15 + found["n"]),
    r"{n} <minuten|min> nach dreiviertel {h}\.?( uhr)?": lambda found: _before(found, 15 - found["n"]),
    r"(1/4|¼) nach {h}\.?( uhr)?": lambda found: _after(found, 15),
    r"(1/4|¼) vor {h}\.?( uhr)?": lambda found: _before(found, 15),
    r"(1/4|¼) {h}\.?( uhr)?": lambda found: _before(found, 45),
    r"{n} <minuten|min> nach halb {h}\.?( uhr)?": lambda found: _before(found, 30 - found["n"]),
}
BARE_CLOCK = {
    r"(?!(19|20)\d\d){hhmm}": lambda found: _instant(found, found["hhmm"] // 100 * 60 + found["hhmm"] % 100),
    r"{hmm}" + NOT_COUNTING: lambda found: _after_digits(found["hmm"]),
    r"{h}[.]{m}": lambda found: _after(found, found["m"]),
    r"(?!ein(?!\S)){h}" + NOT_COUNTING: lambda found: _instant(found, found["h"] * 60, hour_grain=True),
}

SPELLING = _spelling()
GRAMMAR = Grammar(CLASSES)
CLOCK = build.ClockReader(GRAMMAR, STRONG_CLOCK, BARE_CLOCK)
