"""Dates with a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from sprechstunde.dates import calendar
from sprechstunde.dates.atoms import Atom, Context, Op
from sprechstunde.dates.builders.basic import day, span
from sprechstunde.dates.builders.days import weekday_of
from sprechstunde.dates.language import Found
from sprechstunde.dates.model import ONE_DAY, Days

SOON = 100
"""Days ahead in which most appointments are asked for."""


LATEST = 3
"""Years ahead; a later date is a date of birth with two digits ("3.4.88") or a slip."""


def _ahead_of(value: date, context: Context) -> Atom:
    """A dated day if it can be wished for; else it is known to be none, and must not be read in part."""
    if context.today <= value <= context.today + relativedelta(years=LATEST):
        return day(value)
    return Atom(op=Op.SKIP)


def _dated(context: Context, number: int, value: int, year: str | None) -> Atom | None:
    if year:
        found = calendar.valid(calendar.full_year(year, context.today), number, value)
        return _ahead_of(found, context) if found else None
    found = calendar.day_in_month(context.today, number, value)
    return day(found) if found else None


def full_date(found: Found, context: Context) -> Atom | None:
    """A day and a month, by number or name; a date that is over is no wish."""
    number = next(found[name] for name in ("month", "roman", "mo") if name in found)
    value = found["ordinal"] if "ordinal" in found else found["d"]
    year = next((found.text(name) for name in ("y", "yyyy", "yy") if name in found), None)
    return _dated(context, number, value, year)


def ordinal_date(found: Found, context: Context) -> Atom | None:
    """As in "der dritte zwölfte"."""
    number = found["ordinal_2"]
    return _dated(context, number, found["ordinal"], None) if number <= 12 else None


def day_and_ordinal_month(found: Found, context: Context) -> Atom | None:
    """As in "am 2. zwölften"."""
    return _dated(context, found["ordinal"], found["d"], None) if found["ordinal"] <= 12 else None


def numbered_month(found: Found, context: Context) -> Atom | None:
    """As in "am 3ten 12ten"."""
    return _dated(context, found["d_2"], found["d"], None) if found["d_2"] <= 12 else None


def slash_date(found: Found, context: Context) -> Atom | None:
    """Day first as in Europe ("4/12"); month first where only that makes a date, or one that is much nearer."""
    first, second = found["d"], found["d_2"]
    year = found.text("y") if "y" in found else None
    european = _dated(context, second, first, year) if second <= 12 else None
    american = _dated(context, first, second, year) if first <= 12 else None
    if european is None or american is None or first == second:
        return european or american
    if european.days is None or american.days is None:
        return european if european.days else american
    day_first, month_first = european.days.ranges[0], american.days.ranges[0]
    soon = context.today + timedelta(days=SOON)
    if month_first[0] <= soon < day_first[0]:
        return replace(american, days=replace(american.days, other=(day_first,)))
    return european


def month_day(found: Found, context: Context) -> Atom | None:
    """As in "am 3.", "the 3rd": the coming one."""
    value = next(found[name] for name in ("ordinal", "ordinal_high", "d") if name in found)
    coming = calendar.day_of_month(context.today, value)
    if coming and any(name.startswith("weekday") for name in found.names):
        coming = calendar.agreeing(coming, weekday_of(found))
    return day(coming, floating="day_of_month") if coming else None


def month_days(found: Found, context: Context) -> Atom | None:
    """As in "3.-5.12.", "between the 3rd and the 5th": both days included."""
    near, far = (found[name] for name in found.in_order("d", "d_2", "ordinal", "ordinal_2"))
    if "mo" in found or "month" in found:
        number = found["mo"] if "mo" in found else found["month"]
        last = calendar.day_in_month(context.today, number, far)
        first = calendar.valid(last.year, number, near) if last else None
    else:
        last = calendar.day_of_month(context.today, far)
        first = calendar.valid(last.year, last.month, near) if last else None
    if not first or not last or first > last:
        return None
    return span((max(first, context.today), last + ONE_DAY), "day")


def neighbours(found: Found, context: Context) -> Atom | None:
    """As in "am 1. und 2. Februar": a stretch only where nothing lies between."""
    return month_days(found, context) if found["d_2"] - found["d"] == 1 else None


def _both_dates(found: Found, context: Context) -> tuple[date, date] | None:
    """Two dates of which the first may leave its month to the second."""
    number = found["mo_2"] if "mo_2" in found else found["mo"]
    last = calendar.day_in_month(context.today, number, found["d_2"])
    first = calendar.day_in_month(context.today, found.get("mo", number), found["d"])
    return (first, last) if first and last and first < last else None


def dates_either(found: Found, context: Context) -> Atom | None:
    """As in "7.12./8.12."."""
    both = _both_dates(found, context)
    return Atom(days=Days(tuple(map(calendar.single, both)))) if both else None


def dates_between(found: Found, context: Context) -> Atom | None:
    """As in "3.12.-5.12."."""
    both = _both_dates(found, context)
    return span((both[0], both[1] + ONE_DAY), "day") if both else None


def iso_date(found: Found, context: Context) -> Atom | None:
    value = calendar.valid(found["yyyy"], found["mo"], found["d"])
    return _ahead_of(value, context) if value else None
