"""Times as staff read them: today by the clock, other days by their name, and how long is left."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from babel.dates import format_date

from sprechstunde import clock
from sprechstunde.clinic import service as clinic
from sprechstunde.console.staff import notes
from sprechstunde.dates import format_day, format_time

_LOCALES = {"de": "de", "en": "en_GB"}
_ISO_DAY = re.compile(r"\b[12]\d{3}-[01]\d-[0-3]\d\b")


def with_days(words: str | None, language: str) -> str:
    """The words of a task with its dates as people write them, "Ida Voss, 04.05.1961: Rezept", and with what our own
    programs wrote in the reader's language."""

    def written(found: re.Match[str]) -> str:
        try:
            return str(format_date(date.fromisoformat(found[0]), "medium", locale=_LOCALES[language]))
        except ValueError:  # somebody's number that looks like a day
            return found[0]

    return _ISO_DAY.sub(written, notes.said(words or "", language))


def short(at: datetime | None, language: str) -> str:
    """ "14:30" for today, "Do 26.11. 14:30" for other days; empty for None. `at` is aware."""
    if at is None:
        return ""
    zone = clinic.clinic().zone
    local, today = at.astimezone(zone), clock.now().astimezone(zone).date()
    time = format_time(local, language)
    return time if local.date() == today else f"{format_day(local.date(), language)} {time}"


def day(at: date, language: str) -> str:
    """ "Do 26.11.", and with its year where that is another: "Mo 22.3.2027"."""
    said = format_day(at, language)
    if at.year == clock.today(clinic.clinic().zone).year:
        return said
    return f"{said}{'' if said.endswith('.') else ' '}{at.year}"


def hours(start: time | None, end: time | None, language: str) -> str:
    """ "12:00–16:00"; empty for a whole day."""
    if start is None or end is None:
        return ""
    return "–".join(format_time(datetime.combine(date.min, one), language) for one in (start, end))


def is_late(due: datetime | None) -> bool:
    """Whether the promised time has passed."""
    return due is not None and due <= clock.now()


def is_soon(due: datetime | None) -> bool:
    """Whether it comes within half an hour."""
    return due is not None and not is_late(due) and due - clock.now() <= timedelta(minutes=30)
