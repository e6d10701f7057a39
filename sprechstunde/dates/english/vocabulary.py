"""Word classes, spelling, and how the clock is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sprechstunde.dates import builders as build
from sprechstunde.dates import clocks
from sprechstunde.dates.english import borrowed, spelling_words
from sprechstunde.dates.english import time_words as words
from sprechstunde.dates.language import Found, Grammar
from sprechstunde.dates.model import Clock
from sprechstunde.dates.text import Spelling, fold

CLASSES: dict[str, Mapping[str, Any]] = {
    "weekday": words.WEEKDAY | words.WEEKDAY_SHORT,
    "weekday_weak": words.WEEKDAY_WEAK,
    "weekday_any": words.WEEKDAY | words.WEEKDAY_SHORT | words.WEEKDAY_WEAK,
    "weekdays": words.WEEKDAYS,
    "month": words.MONTH,
    "month_sure": words.MONTH_SURE,
    "month_or_name": {word: value for word, value in words.MONTH_SURE.items() if word in words.FIRST_NAMES},
    "month_plain": {word: value for word, value in words.MONTH_SURE.items() if word not in words.FIRST_NAMES},
    "part": words.PART | borrowed.PART,
    "late_part": words.LATE_PART,
    "early_part": words.EARLY_PART,
    "n_and_half": words.AND_HALF,
    "n": words.COUNT,
    "h": words.HOUR,
    "m": words.MINUTE,
    "hour_word": words.HOUR,
    "minute_word": {word: minutes for word, minutes in words.MINUTE.items() if minutes > 9},
    "season": words.SEASON,
    "past": words.MINUTE_PAST,
    "ampm": words.AMPM,
    "ordinal": words.ORDINAL,
    "ordinal_high": {word: value for word, value in words.ORDINAL.items() if value > 12},
    "order": words.ORDER,
    "edge": words.EDGE,
    "part_short": words.PART_SHORT | borrowed.PART_SHORT,
    "rel": words.REL,
    "rel_alone": words.REL_ALONE,
    "after_ellipsis": words.AFTER_ELLIPSIS,
    "span": words.SPAN,
    "unit": words.UNIT,
    "holiday": words.HOLIDAY,
    "holiday_week": words.HOLIDAY_WEEK,
}


# "Between 9 and 11. Thanks", but "3. December" is a date.
FULL_STOP = re.compile(r"\s*$|\s+(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z]")


def _spelling() -> Spelling:
    aliases = {
        fold(word): tuple(fold(part) for part in parts) for word, parts in spelling_words.ALIASES.items()
    }
    vocabulary = {fold(part) for table in CLASSES.values() for word in table for part in word.split()}
    targets = tuple(dict.fromkeys(fold(word) for word in spelling_words.TARGETS))
    return Spelling(
        aliases,
        targets,
        frozenset(vocabulary | set(targets) | {fold(word) for word in spelling_words.KNOWN}),
        full_stop=FULL_STOP,
    )


def _instant(found: Found, minutes: int, *, hour_grain: bool = False) -> Clock | None:
    """am and pm settle the half of the day; 24-hour clocks and a leading zero do too."""
    if "ampm" in found:
        if minutes >= 24 * 60 or (minutes >= 13 * 60 and "morning" in found.text("ampm")):
            return None  # "24.12 in the morning" is a date
        if minutes >= 13 * 60:
            return clocks.instant(minutes, literal=True, grain_hour=hour_grain)
        half = found["ampm"]
        minutes = minutes % (12 * 60) + (12 * 60 if half == "pm" else 0)
        return clocks.instant(minutes, literal=True, grain_hour=hour_grain)
    literal = any(found.text(name).startswith("0") for name in ("h", "hhmm") if name in found)
    return clocks.instant(minutes, literal=literal, grain_hour=hour_grain)


def _hour(found: Found) -> Clock | None:
    return _instant(found, found["h"] * 60, hour_grain=True)


def _and_minutes(found: Found) -> Clock | None:
    return _instant(found, found["h"] * 60 + found["m"])


def _past(found: Found) -> Clock | None:
    return _instant(found, found["h"] * 60 + found["past"])


def _to(found: Found) -> Clock | None:
    return _instant(found, (found["h"] or 12) * 60 - found["past"])


def _count(found: Found) -> int:
    """The minutes that open "20 to 10", "ten minutes past 4"."""
    first = found.text("").split()[0]
    return int(first) if first.isdigit() else words.MINUTE[first]


def _before(found: Found, minutes: int) -> Clock | None:
    return _instant(found, (found["h"] or 12) * 60 - minutes)


NOT_COUNTING = (
    r"(?! (?:%|€|x|times?|days?|weeks?|wks?|months?|years?|yrs?|hours?|hrs?|minutes?|mins?|mg|g|"
    r"kg|ml|cm|mm|km|miles|euros?|pounds|degrees|people|persons|kids|children|"
    r"warm|kcal|calories|steps|meters|metres|tablets|pills|drops|percent|may(?! (?:i|we|you|be)(?!\S))|march|"
    r"operations|sessions|prescriptions|scripts|"
    r"referrals|units|doses|injections|appointments|visits|of us|{month_sure}|"
    r"years old|yo|st|nd|rd|th)(?!\S))"
    r"(?! (?:\S+ ){0,2}(?:street|road|rd|avenue|ave|lane|drive|close|crescent|terrace|gardens)(?!\S))"
)
STRONG_CLOCK = {
    r"{hour_word} {minute_word}( {ampm})?": lambda found: _instant(
        found, found["hour_word"] * 60 + found["minute_word"]
    ),
    r"{h}[:.]{m} {ampm}": _and_minutes,
    r"{h}[:.]{m} (uhr|oclock)": _and_minutes,
    r"{h} uhr {m}(?! ?[.:-])": _and_minutes,
    r"{h} uhr": _hour,
    r"halb {h}( uhr)?": lambda found: _before(found, 30),
    r"{h}:{m}\.?( hrs| hours| h)?": _and_minutes,
    r"{h} {ampm}": _hour,
    r"{h} (oclock|o clock)( {ampm})?": _hour,
    r"{hhmm} (hours|hrs|h|hr)": lambda found: _instant(
        found, found["hhmm"] // 100 * 60 + found["hhmm"] % 100
    ),
    r"{h} h {m}": _and_minutes,
    r"(?!(?:24|48|72) ){h} h": _hour,
    r"{h}[.]{m} h": _and_minutes,
    r"5 (to|til|till) {h}( {ampm})?": lambda found: _before(found, 5),
    r"{h} (thirty|fifteen|forty five)( {ampm})?": lambda found: _instant(
        found, found["h"] * 60 + {"thirty": 30, "fifteen": 15}.get(found.text("").split()[1], 45)
    ),
    r"(20|25) (to|til|till) {h}( {ampm})?": lambda found: _before(found, int(found.text("").split()[0])),
    r"([1-5]?\d|twenty|ten|five) (minutes|mins|min) (to|before|till|til|of) {h}( {ampm})?": lambda found: (
        _before(found, _count(found))
    ),
    r"([1-5]?\d|twenty|ten|five) (minutes|mins|min) (past|after) {h}( {ampm})?": lambda found: _before(
        found, -_count(found)
    ),
    r"(5|10|15|20|25) past {h}( {ampm})?": lambda found: _before(found, -_count(found)),
    r"{h} {m} {ampm}": _and_minutes,
    r"(1/4|¼) (past|after) {h}( {ampm})?": lambda found: _instant(found, found["h"] * 60 + 15),
    r"(1/4|¼) (to|before|of) {h}( {ampm})?": lambda found: _before(found, 15),
    r"half past {h}( {ampm})?": lambda found: _instant(found, found["h"] * 60 + 30),
    r"half {h}": lambda found: _instant(found, found["h"] * 60 + 30),
    r"{past} <minutes|mins> (past|after) {h}( {ampm})?": _past,
    r"{past} <minutes|mins> (to|before|till|til|of) {h}( {ampm})?": _to,
    r"<12|twelve> (noon)": lambda found: clocks.instant(12 * 60, literal=True, grain_hour=True),
    r"(12|twelve) midday": lambda found: clocks.instant(12 * 60, literal=True, grain_hour=True),
}
BARE_CLOCK = {
    r"(?!(19|20)\d\d){hhmm}": lambda found: _instant(found, found["hhmm"] // 100 * 60 + found["hhmm"] % 100),
    r"{hmm}" + NOT_COUNTING: lambda found: _instant(found, found["hmm"] // 100 * 60 + found["hmm"] % 100),
    r"{h}[.]{m}": _and_minutes,
    r"{h} {m}(?= |$)": _and_minutes,
    r"{h}" + NOT_COUNTING: _hour,
}

SPELLING = _spelling()
GRAMMAR = Grammar(CLASSES)
CLOCK = build.ClockReader(GRAMMAR, STRONG_CLOCK, BARE_CLOCK)
