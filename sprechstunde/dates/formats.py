"""How days and times are written to patients, in both languages (CLDR names by babel).

Short forms fit WhatsApp's list rows (24 characters); long forms stand in sentences.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from babel.dates import format_date, get_day_names, get_month_names

ROW_TITLE_LIMIT = 24
LOCALES = {"de": "de", "en": "en_GB"}


def _locale(lang: str) -> str:
    return LOCALES.get(lang, "en_GB" if lang.startswith("en") else "de")


def weekday_name(weekday: int, lang: str, width: Literal["wide", "abbreviated"] = "wide") -> str:
    """The name of a weekday (0 = Monday): "Donnerstag", "Thursday"; width "abbreviated" gives "Do", "Thu"."""
    return get_day_names(width, locale=_locale(lang))[weekday].rstrip(".")


def month_name(month: int, lang: str) -> str:
    return get_month_names("wide", locale=_locale(lang))[month]


def format_time(dt: datetime, lang: str) -> str:
    """Such as "14:30" in German, "2:30 pm" in English."""
    if _locale(lang) == "de":
        return f"{dt.hour}:{dt.minute:02d}"
    return f"{dt.hour % 12 or 12}:{dt.minute:02d} {'am' if dt.hour < 12 else 'pm'}"


def format_day(day: date, lang: str) -> str:
    """Such as "Do 26.11." or "Thu 26 Nov"."""
    name = weekday_name(day.weekday(), lang, "abbreviated")
    if _locale(lang) == "de":
        return f"{name} {day.day}.{day.month}."
    return f"{name} {day.day} {format_date(day, 'MMM', locale='en_US')}"


def format_slot_title(dt: datetime, lang: str) -> str:
    """Day and time for the title of a list row, at most 24 characters: "Do 26.11. 14:30", "Thu 26 Nov 2:30 pm"."""
    return f"{format_day(dt, lang)} {format_time(dt, lang)}"


def format_day_long(day: date, lang: str, *, year: bool = False) -> str:
    """Such as "Donnerstag, 26. November" or "Thursday 26 November"; with the year if asked for."""
    if _locale(lang) == "de":
        return format_date(day, "EEEE, d. MMMM y" if year else "EEEE, d. MMMM", locale="de")
    return format_date(day, "EEEE d MMMM y" if year else "EEEE d MMMM", locale="en_GB")


def format_slot(dt: datetime, lang: str, *, year: bool = False) -> str:
    """Such as "Donnerstag, 26. November, um 14:30 Uhr" or "Thursday 26 November at 2:30 pm"."""
    day = format_day_long(dt, lang, year=year)
    if _locale(lang) == "de":
        return f"{day}, um {format_time(dt, lang)} Uhr"
    return f"{day} at {format_time(dt, lang)}"


def format_birth_date(day: date, lang: str) -> str:
    """A date of birth to read back: "3. April 1988" or "3 April 1988"."""
    return format_date(day, "d. MMMM y" if _locale(lang) == "de" else "d MMMM y", locale=_locale(lang))
