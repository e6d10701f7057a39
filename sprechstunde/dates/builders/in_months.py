"""What is counted within a month: its second Tuesday, its last day, its first ten days, a half of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sprechstunde.dates import calendar
from sprechstunde.dates.atoms import Atom, Context
from sprechstunde.dates.builders.basic import day, day_by_name, span
from sprechstunde.dates.builders.days import weekday_of
from sprechstunde.dates.language import Found
from sprechstunde.dates.model import ONE_DAY

_STEPS = {"this": 0, "coming": 1, "next": 1, "after_next": 2}
_FRIDAY = 4


def month_of(found: Found) -> int:
    return int(found[next(name for name in found.names if name.startswith(("month", "week_of_month")))])


def _month_said(found: Found, context: Context, later: int) -> calendar.Range:
    """The month by name, or counted from the running one; `later` gives the one after it."""
    if any(name.startswith(("month", "week_of_month")) for name in found.names):
        return calendar.named_month(context.today, month_of(found), later)
    relative = next((found[name] for name in found.names if name.startswith("rel")), "this")
    return calendar.month_from(context.today, _STEPS[relative] + later)


def _ahead(
    found: Found, context: Context, pick: Callable[[calendar.Range], calendar.Range | None]
) -> calendar.Range | None:
    """What is picked in that month; where it is over, in the next one that is called so."""
    for later in (0, 1):
        picked = pick(_month_said(found, context, later))
        if picked and picked[1] > context.today:
            return picked
    return None


def _every(month: calendar.Range) -> list[date]:
    return [month[0] + offset * ONE_DAY for offset in range((month[1] - month[0]).days)]


def _numbered(days: list[date], order: int) -> date | None:
    index = order - 1 if order > 0 else order
    return days[index] if -len(days) <= index < len(days) else None


def _weekday_in(month: calendar.Range, weekday: int, order: int) -> date | None:
    return _numbered([value for value in _every(month) if value.weekday() == weekday], order)


def weekday_of_month(found: Found, context: Context) -> Atom | None:
    """As in "the first Monday in December", "letzter Freitag im Monat", "third Wednesday next month"."""

    def pick(month: calendar.Range) -> calendar.Range | None:
        value = _weekday_in(month, weekday_of(found), found["order"])
        return calendar.single(value) if value else None

    picked = _ahead(found, context, pick)
    return day_by_name(picked[0]) if picked else None


def weekday_of_new_year(found: Found, context: Context) -> Atom | None:
    """As in "erster Montag im neuen Jahr"."""
    value = _weekday_in(calendar.month(context.today.year + 1, 1), weekday_of(found), found["order"])
    return day_by_name(value) if value else None


def weekend_of_month(found: Found, context: Context) -> Atom | None:
    """As in "the first weekend in May": by its Saturday."""

    def pick(month: calendar.Range) -> calendar.Range | None:
        saturday = _weekday_in(month, _FRIDAY + 1, found["order"])
        return (saturday, saturday + 2 * ONE_DAY) if saturday else None

    return span(_ahead(found, context, pick), "weekend")


def day_by_order(found: Found, context: Context) -> Atom | None:
    """As in "last day of August", "am ersten Tag im Mai"."""
    return _day_by_order(found, context, _every)


def workday_by_order(found: Found, context: Context) -> Atom | None:
    """As in "letzter Werktag im August"."""
    return _day_by_order(
        found, context, lambda month: [value for value in _every(month) if value.weekday() <= _FRIDAY]
    )


def _day_by_order(
    found: Found, context: Context, days: Callable[[calendar.Range], list[date]]
) -> Atom | None:
    def pick(month: calendar.Range) -> calendar.Range | None:
        value = _numbered(days(month), found["order"])
        return calendar.single(value) if value else None

    picked = _ahead(found, context, pick)
    return day(picked[0]) if picked else None


def days_at_edge(found: Found, context: Context) -> Atom | None:
    """As in "the first ten days of January", "die letzten drei Tage im März"."""
    length = found["n"] * ONE_DAY

    def pick(month: calendar.Range) -> calendar.Range | None:
        start, end = month
        if not ONE_DAY <= length < end - start:
            return None
        return (start, start + length) if found["order"] == 1 else (end - length, end)

    return span(_ahead(found, context, pick), "day") if found["order"] in (1, -1) else None


def month_half(found: Found, context: Context) -> Atom | None:
    """As in "erste Dezemberhälfte", "second half of next month": up to the 15th, or from the 16th."""

    def pick(month: calendar.Range) -> calendar.Range | None:
        middle = month[0] + 15 * ONE_DAY
        return (month[0], middle) if found["order"] == 1 else (middle, month[1])

    if "half_of_month" in found:
        return span(pick(calendar.named_month(context.today, found["half_of_month"])), "month")
    return span(_ahead(found, context, pick), "month")


def year_half(found: Found, context: Context) -> Atom | None:
    """As in "im zweiten Halbjahr"."""
    first = 1 if found["order"] == 1 else 7
    for year in (context.today.year, context.today.year + 1):
        start, end = date(year, first, 1), calendar.month(year, first + 5)[1]
        if end > context.today:
            return span((start, end), "month")
    return None


def month_weeks(found: Found, context: Context) -> Atom | None:
    """As in "erste Dezemberwoche": days 1-7, 8-14, 15-21, 22-28; the last seven days."""
    order = found["order"]

    def pick(month: calendar.Range) -> calendar.Range | None:
        start, end = month
        first = end - calendar.WEEK if order == -1 else start + (order - 1) * calendar.WEEK
        return first, first + calendar.WEEK

    return span(_ahead(found, context, pick), "week") if order in (-1, 1, 2, 3, 4) else None
