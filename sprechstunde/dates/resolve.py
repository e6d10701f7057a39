"""From groups to spans with dates and hours, against the clock on the wall."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sprechstunde.dates import clocks as hours
from sprechstunde.dates.atoms import Context, Op
from sprechstunde.dates.groups import Group
from sprechstunde.dates.model import ONE_DAY, Clock, Days, TimeSpan, Window, at, midnight
from sprechstunde.dates.text import Normal

_KINDS = {Op.ASAP: "asap", Op.ANY: "any", Op.ANY_DAY: "any_day", Op.ANY_TIME: "any_time"}


def resolve(text: Normal, group: Group, role: str, context: Context) -> TimeSpan | None:
    """The span of a group; None where nothing of it lies ahead."""
    begin, end_char = text.begins[group.first], text.ends[group.last - 1]
    rule = "+".join(group.rules)
    if group.op in _KINDS:
        now = context.now.replace(second=0, microsecond=0)
        return TimeSpan(begin, end_char, now, None, "day", _KINDS[group.op], role, rule=rule)
    days, clocks = group.days, group.clocks
    if days is None and not clocks:
        return None
    if days is not None and days.ranges[-1][1] <= context.today:
        return None
    start, end = _edges(days, clocks, context)
    if start is not None and end is not None and end <= start:
        return None
    others = tuple(_window(other, clocks[0] if clocks else None) for other in days.other) if days else ()
    return TimeSpan(
        begin,
        end_char,
        start,
        end,
        hours.grain_of(clocks[0]) if clocks else (days.grain if days else "day"),
        _kind(days, clocks),
        role,
        others,
        days,
        clocks,
        rule,
    )


def _kind(days: Days | None, clocks: tuple[Clock, ...]) -> str:
    bound = days.bound if days and days.bound else clocks[0].bound if clocks else None
    if bound in ("after", "before"):
        return str(bound)
    if clocks:
        return "daypart" if clocks[0].part else "instant" if clocks[0].exact else "interval"
    return "interval"


def _window(span: tuple[date, date], clock: Clock | None) -> Window:
    start, end = span
    if clock is None:
        return midnight(start), midnight(end)
    return at(start, clock.start), at(start, clock.end)


def _edges(
    days: Days | None, clocks: tuple[Clock, ...], context: Context
) -> tuple[datetime | None, datetime | None]:
    clock = clocks[0] if clocks else None
    if days is None:
        assert clock is not None
        day = _next_day(clock, context)
        return _open_side(*_window((day, day + ONE_DAY), clock), clock.bound)
    first, last = days.ranges[0][0], days.ranges[-1][1]
    if days.bound == "after":
        return _opening(days, clock), None
    if days.bound == "before":
        return None, _closing(days, clock)
    if clock is None:
        return midnight(first), midnight(last)
    if days.weekdays and not days.floating and not days.recurring:
        while first.weekday() not in days.weekdays and first < last - ONE_DAY:
            first += ONE_DAY
    first = max(first, context.today)
    if first == context.today and last - first > ONE_DAY and at(first, clock.end) <= context.now:
        first += ONE_DAY
    return _open_side(*_window((first, first + ONE_DAY), clock), clock.bound)


def _opening(days: Days, clock: Clock | None) -> datetime:
    """Where "ab Mittwoch Mittag", "after Friday 2pm" begins."""
    first = days.ranges[0][0]
    if clock is None:
        return midnight(first)
    if clock.exact and days.limit and days.limit[0] == Op.AFTER.value:
        return at(days.limit[2] - ONE_DAY, clock.start)
    return at(first, clock.start)


def _closing(days: Days, clock: Clock | None) -> datetime:
    """Where "bis Mittwoch Mittag", "before Friday 10 am" ends."""
    last = days.ranges[-1][1]
    if clock is None or days.limit is None:
        return midnight(last)
    op, start, end = days.limit
    if op == Op.BEFORE.value:
        return at(start, clock.start)
    return at(end - ONE_DAY, clock.start if clock.exact else clock.end)


def _open_side(start: datetime, end: datetime, bound: str | None) -> tuple[datetime | None, datetime | None]:
    if bound == "after":
        return start, None
    return (None, end) if bound == "before" else (start, end)


def _next_day(clock: Clock, context: Context) -> date:
    """Today where the hour still lies ahead, else tomorrow."""
    today = context.today
    ahead = at(today, clock.start) > context.now if clock.exact else at(today, clock.end) > context.now
    return today if ahead else today + ONE_DAY


def joined(day: TimeSpan, hour: TimeSpan, context: Context) -> TimeSpan:
    """A day and an hour that stand apart in a message ("morgen kommen, so gegen 11") as one reading."""
    start, end = _edges(day.days, hour.clocks, context)
    return replace(
        hour,
        begin=min(day.begin, hour.begin),
        end_char=max(day.end_char, hour.end_char),
        start=start,
        end=end,
        days=day.days,
        alternatives=tuple(_window(other, hour.clocks[0]) for other in day.days.other) if day.days else (),
    )


def narrowed(span: TimeSpan, days: Days, context: Context) -> TimeSpan:
    """The same expression on these days."""
    start, end = _edges(days, span.clocks, context)
    return replace(span, start=start, end=end, days=days)
