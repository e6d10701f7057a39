"""How days and times are written to patients, in German, English and, plainly, any other language (CLDR by babel).

Short forms fit WhatsApp's list rows (24 characters); long forms stand in sentences.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal

from babel.dates import format_date, format_skeleton, get_date_format, get_day_names, get_month_names

from sprechstunde.languages import languages, spoken

ROW_TITLE_LIMIT = 24
# "EEEE, d 'de' MMMM 'de' y", "EEEE, d MMMM y 'р'."
_YEAR = re.compile(r",?\s*(?:'[^']*'\s*)?y+(?:\s*'[^']*'\.?)?")


def _locale(lang: str) -> str:
    return languages()[spoken(lang)].locale


def weekday_name(weekday: int, lang: str, width: Literal["wide", "abbreviated"] = "wide") -> str:
    """The name of a weekday (0 = Monday): "Donnerstag", "Thursday"; width "abbreviated" gives "Do", "Thu"."""
    return get_day_names(width, locale=_locale(lang))[weekday].rstrip(".")


def month_name(month: int, lang: str) -> str:
    return get_month_names("wide", locale=_locale(lang))[month]


def format_time(dt: datetime, lang: str) -> str:
    """Such as "14:30" in German, "2:30 pm" in English."""
    if spoken(lang) != "en":
        return f"{dt.hour}:{dt.minute:02d}"
    return f"{dt.hour % 12 or 12}:{dt.minute:02d} {'am' if dt.hour < 12 else 'pm'}"


def format_day(day: date, lang: str) -> str:
    """Such as "Do 26.11." or "Thu 26 Nov"."""
    name = weekday_name(day.weekday(), lang, "abbreviated")
    if spoken(lang) == "de":
        return f"{name} {day.day}.{day.month}."
    if spoken(lang) != "en":
        return f"{name} {format_skeleton('Md', day, locale=_locale(lang))}"
    return f"{name} {day.day} {format_date(day, 'MMM', locale='en_US')}"


def format_slot_title(dt: datetime, lang: str) -> str:
    """Day and time for the title of a list row, at most 24 characters: "Do 26.11. 14:30", "Thu 26 Nov 2:30 pm"."""
    return f"{format_day(dt, lang)} {format_time(dt, lang)}"


def format_day_long(day: date, lang: str, *, year: bool = False) -> str:
    """Such as "Donnerstag, 26. November" or "Thursday 26 November"; with the year if asked for."""
    if spoken(lang) == "de":
        return format_date(day, "EEEE, d. MMMM y" if year else "EEEE, d. MMMM", locale="de")
    if spoken(lang) != "en":
        return _in_full(day, _locale(lang), year)
    return format_date(day, "EEEE d MMMM y" if year else "EEEE d MMMM", locale="en_GB")


def _in_full(day: date, locale: str, year: bool) -> str:
    """CLDR's long form; its pattern has the year, with what belongs to it, taken out where nobody asks for it."""
    pattern = str(get_date_format("full", locale=locale).pattern)
    return str(format_date(day, pattern if year else _YEAR.sub("", pattern).strip(" .,"), locale=locale))


def format_slot(dt: datetime, lang: str, *, year: bool = False) -> str:
    """Such as "Donnerstag, 26. November, um 14:30 Uhr" or "Thursday 26 November at 2:30 pm"."""
    day = format_day_long(dt, lang, year=year)
    if spoken(lang) == "de":
        return f"{day}, um {format_time(dt, lang)} Uhr"
    return f"{day} {'at' if spoken(lang) == 'en' else '·'} {format_time(dt, lang)}"


def format_birth_date(day: date, lang: str) -> str:
    """A date of birth to read back: "3. April 1988" or "3 April 1988"."""
    if spoken(lang) not in ("de", "en"):
        return str(format_date(day, "long", locale=_locale(lang)))
    return format_date(day, "d. MMMM y" if spoken(lang) == "de" else "d MMMM y", locale=_locale(lang))
