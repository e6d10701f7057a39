"""Dates of birth in every way people write them."""

from __future__ import annotations

import re
from datetime import date

from sprechstunde.dates.calendar import valid
from sprechstunde.dates.english.time_words import MONTH as ENGLISH_MONTH
from sprechstunde.dates.english.time_words import ORDINAL as ENGLISH_ORDINAL
from sprechstunde.dates.german.time_words import MONTH as GERMAN_MONTH
from sprechstunde.dates.german.time_words import ORDINAL as GERMAN_ORDINAL
from sprechstunde.dates.spoken_birth import OLDEST, find_spoken
from sprechstunde.dates.text import Normal, Spelling, fold

_MONTHS = {
    fold(word).rstrip(" ."): number
    for table in (GERMAN_MONTH, ENGLISH_MONTH)
    for word, number in table.items()
}
_ORDINALS = {
    fold(word): number for table in (GERMAN_ORDINAL, ENGLISH_ORDINAL) for word, number in table.items()
}
_LONG_MONTHS = tuple(sorted({word for word in _MONTHS if len(word) >= 5}))
_SPELLING = Spelling({}, _LONG_MONTHS, frozenset({*_MONTHS, *_ORDINALS}))

_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")( \.)?"
_DAY = r"(?P<day>\d{1,2})\.?( ?(st|nd|rd|th|ter|ten|te))?"
_WORD_DAY = "(?P<dayword>" + "|".join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True)) + ")"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_GAP = r"[ .,/-]+"

_ISO = re.compile(
    r"(?<![\d.])(?P<year>(?:18|19|20)\d\d)[-./ ]{1,3}(?P<month>\d{1,2})[-./ ]{1,3}(?P<day>\d{1,2})(?!\d)"
)
_NUMBERS = re.compile(
    r"(?<!\d)(?P<first>\d{1,2}) ?(?P<sign>[./\-, ]) ?(?P<second>\d{1,2}) ?[./\-, ] ?(?P<year>\d{4}|\d{2})(?![\d:])"
)
_GLUED = re.compile(r"(?<!\d)(?P<first>\d\d)(?P<second>\d\d)(?P<year>(?:19|20)\d\d)(?!\d)")
# Six figures are a date where nothing stands beside them: "120466".
_SHORT = re.compile(r"\s*(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)[\s.!]*")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?:{_DAY}|{_WORD_DAY})(?: of| the)?{_GAP}{_MONTH}{_GAP}(?:the year |im jahr )?{_YEAR}(?!\d)"
)
_MONTH_FIRST = re.compile(rf"(?<!\w){_MONTH}{_GAP}(?:the )?(?:{_DAY}|{_WORD_DAY}){_GAP}{_YEAR}(?!\d)")


def birth_date(text: str, lang: str | None, today: date) -> date | None:
    """The date of birth in a text, or None; future dates and ages above 120 are refused.

    Two-digit years lie in the past hundred years. Two bare numbers are day first in both languages, as Europe writes;
    in English month first where only that makes a date ("4/23/1988"). `lang` is accepted for symmetry with `parse` and
    decides nothing else: month names of both languages are read.
    """
    norm = Normal(text[:4096], _SPELLING).norm
    candidates = [_year_first(norm), _named(norm, today), _numbers(norm, today), _short(norm, today)]
    written = next((found for found in candidates if found and _plausible(found, today)), None)
    spoken = None if written else find_spoken(text, today)
    return spoken[0] if spoken else written


def _plausible(found: date, today: date) -> bool:
    return found <= today and today.year - found.year <= OLDEST


def _full(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = today.year // 100 * 100 + int(digits)
    return year if year <= today.year else year - 100


def _year_first(norm: str) -> date | None:
    match = _ISO.search(norm)
    return valid(int(match["year"]), int(match["month"]), int(match["day"])) if match else None


def _named(norm: str, today: date) -> date | None:
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        match = pattern.search(norm)
        if match:
            day = int(match["day"]) if match["day"] else _ORDINALS[match["dayword"]]
            found = valid(_full(match["year"], today), _MONTHS[match["month"]], day)
            if found:
                return _past_century(found, match["year"], today)
    return None


def _numbers(norm: str, today: date) -> date | None:
    for pattern in (_NUMBERS, _GLUED):
        for match in pattern.finditer(norm):
            year = _full(match["year"], today)
            first, second = int(match["first"]), int(match["second"])
            found = valid(year, second, first) or valid(year, first, second)
            if found:
                return _past_century(found, match["year"], today)
    return None


def _short(norm: str, today: date) -> date | None:
    match = _SHORT.fullmatch(norm)
    found = match and valid(_full(match["year"], today), int(match["month"]), int(match["day"]))
    return _past_century(found, match["year"], today) if match and found else None


def _past_century(found: date, digits: str, today: date) -> date:
    """As in "5.12.26" said in November 2026 is 1926: a two-digit date that has not come yet lies a century back."""
    if len(digits) == 2 and found > today:
        earlier = valid(found.year - 100, found.month, found.day)
        return earlier or found
    return found
