"""Whether two statements on days can speak of one day, and what operators do to hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from sprechstunde.dates import calendar, clocks
from sprechstunde.dates.atoms import Atom, Op
from sprechstunde.dates.groups import Pending
from sprechstunde.dates.model import END_OF_DAY, ONE_DAY, Clock, Days

WIDE = frozenset({"week", "month", "year", "weekend"})


def same_days(first: Days, second: Days) -> Days | None:
    """Two statements on the day that agree: a weekday and a date, a weekday within a week; None otherwise."""
    for loose, fixed in ((first, second), (second, first)):
        if loose.bound or fixed.bound:
            continue
        if loose.floating == "weekday" and fixed.around and is_day(fixed):
            return picked(loose, calendar.week(fixed.ranges[0][0], 0))
        if loose.recurring and len(loose.weekdays) == 1 and fixed.around and is_day(fixed):
            return picked(replace(loose, floating="weekday"), calendar.week(fixed.ranges[0][0], 0))
        if loose.floating and fixed.grain in WIDE and not fixed.recurring:
            return picked(loose, fixed.ranges[0])
        if loose.recurring and fixed.grain in WIDE:
            return replace(fixed, ranges=(_run(loose.weekdays, fixed),), weekdays=loose.weekdays)
        if loose.floating == "weekday" and not fixed.floating and is_day(fixed) and not fixed.recurring:
            return fixed if fixed.ranges[0][0].weekday() in loose.weekdays or _dated(fixed) else None
        if len(loose.weekdays) == 1 and fixed.floating == "day_of_month":
            agreed = calendar.agreeing(fixed.ranges[0][0], min(loose.weekdays))
            return replace(fixed, floating=None, ranges=(calendar.single(agreed),))
        if loose.grain in WIDE and is_day(fixed) and not fixed.floating:
            start, end = loose.ranges[0]
            if start <= fixed.ranges[0][0] < end:
                return fixed
    if first.grain in WIDE and second.grain in WIDE and first.grain != second.grain:
        start, end = (
            max(first.ranges[0][0], second.ranges[0][0]),
            min(first.ranges[0][1], second.ranges[0][1]),
        )
        return Days(((start, end),), first.grain) if start < end else None
    return None


def _run(weekdays: frozenset[int], week: Days) -> calendar.Range:
    """The part of a week from the first of the weekdays to the last; of a month all of it."""
    start, end = week.ranges[0]
    if week.grain != "week" or not weekdays:
        return start, end
    return start + min(weekdays) * ONE_DAY, start + (max(weekdays) + 1) * ONE_DAY


def stretch_in(stretch: Days, week: Days) -> Days | None:
    """As in "Montag bis Mittwoch nächster Woche"; None where the second is no week."""
    if week.grain != "week" or week.bound or week.recurring:
        return None
    start, end = stretch.ranges[0]
    first = week.ranges[0][0] + start.weekday() * ONE_DAY
    return replace(stretch, ranges=((first, first + (end - start)),))


def opened_in(frame: Days, weekday: Days, bound: Op) -> Days | None:
    """As in "nächste Woche ab Mittwoch": from that day to the end of the week."""
    if (
        bound not in (Op.FROM, Op.OUT_OF, Op.AFTER)
        or frame.grain != "week"
        or frame.bound
        or weekday.floating != "weekday"
    ):
        return None
    found = picked(weekday, frame.ranges[0])
    if found is None:
        return None
    start, end = found.ranges[0]
    first = start if bound is not Op.AFTER else end
    return Days(((first, frame.ranges[0][1]),), "day", bound="after", limit=(bound.value, start, end))


def in_month_of(loose: Days, dated: Days) -> Days:
    """As in "am 1. oder 2. Februar": a day by number alone is of the month that its neighbour names."""
    if (
        loose.floating != "day_of_month"
        or dated.floating
        or dated.bound
        or dated.weekdays
        or not is_day(dated)
    ):
        return loose
    first = dated.ranges[0][0].replace(day=1)
    return picked(loose, calendar.month(first.year, first.month)) or loose


def is_day(days: Days) -> bool:
    return days.grain == "day" and len(days.ranges) == 1 and days.ranges[0][1] - days.ranges[0][0] == ONE_DAY


def _dated(days: Days) -> bool:
    return not days.weekdays


def picked(loose: Days, frame: calendar.Range) -> Days | None:
    """The loosely named day inside a week or month."""
    start, end = frame
    wanted = loose.ranges[0][0]
    day = start
    while day < end:
        fits = day.weekday() in loose.weekdays if loose.floating == "weekday" else day.day == wanted.day
        if fits:
            return Days((calendar.single(day),), frame=frame)
        day += ONE_DAY
    return None


def edge_hours(edge: Op) -> tuple[Clock, ...]:
    """As in "early Thursday", "late on Friday"."""
    hours = {Op.BEGIN: ("06:00", "10:00"), Op.MIDDLE: ("11:00", "15:00"), Op.END: ("15:00", "20:00")}[edge]
    return (clocks.part(*hours),)


_OPPOSITE = {Op.BEFORE: Op.FROM, Op.AFTER: Op.UNTIL}


def turned(atom: Atom, pending: Pending) -> tuple[Atom, Pending]:
    """As in "kann nicht vor 10" is "ab 10", "not after Friday" is "until Friday"."""
    if pending.bound in _OPPOSITE and atom.days:
        return atom, replace(pending, bound=_OPPOSITE[pending.bound], negated=False)
    clock = atom.clocks[0] if atom.clocks else None
    if clock is None or clock.bound not in ("after", "before"):
        return atom, pending
    if clock.bound == "before":
        turned = Clock(clock.end, END_OF_DAY, guessed=clock.guessed, bound="after")
    else:
        turned = Clock(time(), clock.start, guessed=clock.guessed, bound="before")
    return replace(atom, clocks=(turned,)), replace(pending, negated=False)
