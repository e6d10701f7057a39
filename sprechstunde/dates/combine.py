"""From spans to one wish: alternatives add up, refinements narrow, exclusions and corrections change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from sprechstunde.dates import clocks as hours
from sprechstunde.dates.atoms import Context
from sprechstunde.dates.model import END_OF_DAY, ONE_DAY, Clock, Days, Hours, TimeSpan, Window, at, midnight
from sprechstunde.dates.wish import TimeWish

_EXACT_MINUTES = 30
"""Where several hours are wished ("um 9 oder um 11"), how long each of them holds."""


def add_up(
    spans: Sequence[TimeSpan], corrects: Sequence[bool], linked: Sequence[bool], context: Context
) -> TimeWish | None:
    """One wish from a message's spans; None without any."""
    chosen = [entry for entry in zip(spans, corrects, linked) if entry[0].role != "source"]
    if not any(span.role == "wish" for span, _, _ in chosen) and not any(s.role == "excluded" for s in spans):
        chosen = list(zip(spans, corrects, linked))
    total: TimeWish | None = None
    excluded = TimeWish()
    for span, corrected, link in chosen:
        if span.role == "excluded":
            excluded = excluded.merge(_exclusion(span))
            continue
        found = _wish(span, context)
        if total is None:
            total = found
        elif corrected and not link:
            total = total.merge(found)
        else:
            total = _joined(total, found)
    if excluded != TimeWish():
        total = (total or TimeWish()).merge(excluded)
    return total


def _wish(span: TimeSpan, context: Context) -> TimeWish:
    """The wish of one span."""
    if span.kind == "asap":
        return TimeWish(asap=True)
    if span.kind in ("any", "any_day", "any_time"):
        return TimeWish(any_day=span.kind != "any_time", any_time=span.kind != "any_day")
    days = _days_part(span.days, context) if span.days else TimeWish()
    opened = span.days is not None and span.days.bound is not None
    if opened and len(span.clocks) == 1 and span.clocks[0].exact and span.start != span.end:
        return replace(days, windows=(_cut(days.windows[0], span),))
    wish = _with_clocks(days, span.clocks)
    if wish.exact and span.days and span.days.other:
        moment = wish.exact.time()
        return replace(
            wish, alternatives=tuple(_moment(datetime.combine(day, moment)) for day, _ in span.days.other)
        )
    return wish


def _moment(moment: datetime) -> Window:
    return moment, moment + timedelta(minutes=_EXACT_MINUTES)


def _cut(window: Window, span: TimeSpan) -> Window:
    """As in "ab Mittwoch 14 Uhr": the hour bounds the first day only."""
    start, end = window
    return (span.start or start), (span.end or end)


def _days_part(days: Days, context: Context) -> TimeWish:
    if days.recurring:
        return TimeWish(weekdays=days.weekdays)
    windows = []
    for start, end in days.ranges:
        first, last = midnight(start), midnight(end)
        if days.around:
            first, last = first - days.around * ONE_DAY, last + days.around * ONE_DAY
        windows.append((max(first, midnight(context.today)), last))
    fixed = days.weekdays if days.weekdays and not days.floating and days.grain != "day" else None
    return TimeWish(
        windows=tuple(windows),
        weekdays=fixed,
        floating=days.floating,
        alternatives=tuple((midnight(start), midnight(end)) for start, end in days.other),
    )


def _with_clocks(wish: TimeWish, clocks: tuple[Clock, ...]) -> TimeWish:
    if not clocks:
        return wish
    if len(clocks) == 1 and clocks[0].exact and clocks[0].bound != "about":
        timed = TimeWish(clock=clocks[0].start, guessed=clocks[0].guessed)
        return (
            wish.merge(timed)
            if wish.windows
            else replace(wish, clock=clocks[0].start, guessed=clocks[0].guessed)
        )
    return replace(wish, daytimes=tuple(_hours(clock) for clock in clocks))


def _hours(clock: Clock) -> Hours:
    if clock.bound == "about":
        clock = hours.around(clock)
    elif clock.exact:
        return clock.start, hours.shifted(clock.start, _EXACT_MINUTES)
    return clock.start, clock.end


def _exclusion(span: TimeSpan) -> TimeWish:
    """What must not be: a weekday, a date, a part of the day; a stretch with both is left to its day."""
    if span.days is None:
        return TimeWish(daytimes_excluded=tuple(_hours(clock) for clock in span.clocks))
    days = span.days
    if days.weekdays and (days.floating or days.recurring):
        if span.clocks:
            return TimeWish(daytimes_excluded=tuple(_hours(clock) for clock in span.clocks))
        return TimeWish(weekdays_excluded=days.weekdays)
    gone = []
    for start, end in days.ranges:
        gone += [start + offset * ONE_DAY for offset in range(min(62, (end - start).days))]
    return TimeWish(days_excluded=tuple(gone))


def _joined(total: TimeWish, found: TimeWish) -> TimeWish:
    """Two positive statements of one message: halves complete each other, narrower refines wider, else either does."""
    if found.asap or total.asap:
        merged = found.merge(total) if found.asap else total.merge(found)
        return replace(merged, asap=True)
    if not found.names_days and not found.names_times:
        return total.merge(found)
    if not total.names_days or not found.names_days:
        if total.names_times and found.names_times:
            return _either_time(total, found)
        return total.merge(found)
    if _refines(total, found):
        return total.merge(found)
    if _refines(found, total):
        return found.merge(total)
    return _either(total, found)


def _refines(wide: TimeWish, narrow: TimeWish) -> bool:
    """Whether `narrow` speaks of days inside the week or month that `wide` named."""
    if not wide.windows or wide.exact:
        return False
    if narrow.weekdays is not None and not narrow.windows:
        return _length(wide.windows) >= timedelta(days=5)
    if not narrow.windows or len(wide.windows) > 1 or _length(wide.windows) < timedelta(days=2):
        return False
    if narrow.floating and _length(wide.windows) >= timedelta(days=5):
        return True
    start, end = wide.windows[0]
    inside = all(start <= begin and finish <= end for begin, finish in narrow.windows)
    return inside and _length(narrow.windows) < _length(wide.windows)


def _length(windows: tuple[Window, ...]) -> timedelta:
    return sum((end - begin for begin, end in windows), timedelta())


def _either_time(first: TimeWish, second: TimeWish) -> TimeWish:
    """As in "vormittags oder nach 16 Uhr" on the same days."""
    base = first if first.names_days else second
    both = _overlap(first.daytimes, second.daytimes)
    if both:
        return replace(base, daytimes=(both,), exact=None, clock=None)
    daytimes = tuple(dict.fromkeys([*_all_hours(first), *_all_hours(second)]))
    windows = base.windows
    return replace(
        base,
        windows=windows,
        daytimes=daytimes,
        exact=None,
        clock=None,
        any_time=first.any_time or second.any_time,
    )


def _overlap(first: tuple[Hours, ...], second: tuple[Hours, ...]) -> Hours | None:
    """As in "after 10 but before 12" is one stretch; "before 10 or after 4" is not."""
    if len(first) != 1 or len(second) != 1:
        return None
    (start, end), (other_start, other_end) = sorted((first[0], second[0]))
    opens_then_closes = start == time() and other_end == END_OF_DAY
    # "late in the afternoon but not after 5": a limit cuts a stretch that it meets
    cuts = start == time() and other_start < end < other_end
    return (other_start, end) if (opens_then_closes or cuts) and other_start < end else None


def _all_hours(wish: TimeWish) -> tuple[Hours, ...]:
    clock = wish.exact.time() if wish.exact else wish.clock
    if clock is not None:
        return ((clock, hours.shifted(clock, _EXACT_MINUTES)),)
    return wish.daytimes


def _either(first: TimeWish, second: TimeWish) -> TimeWish:
    """As in "Montag um 9 oder Dienstag nachmittags": each day keeps its own hours."""
    same = _all_hours(first) == _all_hours(second)
    if first.weekdays is not None and second.weekdays is not None and not (first.windows or second.windows):
        daytimes = tuple(dict.fromkeys([*_all_hours(first), *_all_hours(second)]))
        return TimeWish(weekdays=first.weekdays | second.weekdays, daytimes=daytimes)
    if not first.windows or not second.windows:
        return second.merge(first) if first.windows else first.merge(second)
    floating = first.floating if first.floating == second.floating else None
    if same and not first.exact:
        windows = tuple(dict.fromkeys([*first.windows, *second.windows]))
        return TimeWish(windows=windows, daytimes=first.daytimes, floating=floating, clock=first.clock)
    windows = tuple(dict.fromkeys([*_embedded(first), *_embedded(second)]))
    return TimeWish(windows=windows, floating=floating)


def _embedded(wish: TimeWish) -> list[Window]:
    """Windows that hold the hours themselves."""
    all_hours = _all_hours(wish)
    if not all_hours:
        return list(wish.windows)
    embedded: list[Window] = []
    for begin, end in wish.windows:
        day = begin
        while day < end and len(embedded) < 62:
            for start, finish in all_hours:
                embedded.append((max(begin, at(day.date(), start)), at(day.date(), finish)))
            day = midnight(day.date()) + ONE_DAY
    return embedded
