"""Which starts are free on one date. Pure: rules, absences and busy time come in, minutes go out.

Rules are wall-clock; results count minutes since 1970 in UTC, which have no gaps and no repetitions. On the days the
clock changes, a wall time that does not exist means the moment the clock jumps, one that comes twice its first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from sprechstunde.clinic.hours import cut
from sprechstunde.clinic.view import DayRange

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class WorkRule:
    """Weekly working time at `location`; `only` names the visit types allowed (empty: all)."""

    location: str
    weekday: int
    start: time
    end: time
    only: frozenset[str] = frozenset()
    valid_from: date | None = None
    valid_until: date | None = None

    def applies(self, day: date) -> bool:
        return (
            self.weekday == day.weekday()
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )


@dataclass(frozen=True)
class WorkOpening:
    """One-off working time, also on days off."""

    location: str
    day: date
    start: time
    end: time
    only: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Timing:
    """A visit's lengths in minutes; `grid`: starts lie so many minutes apart, counted from the full hour."""

    code: str
    duration: int
    before: int
    after: int
    grid: int


@dataclass
class Lane:
    """Busy time of one lane: ascending, without overlaps, in minutes, half-open."""

    starts: list[int]
    ends: list[int]


@dataclass(frozen=True)
class Work:
    """A stretch of working time in UTC minutes."""

    start: int
    end: int
    location: str


def to_minutes(at: datetime) -> int:
    """Minutes since 1970 (UTC) of an aware datetime, seconds dropped."""
    return (at - _EPOCH) // _MINUTE


def from_minutes(minutes: int, zone: ZoneInfo) -> datetime:
    """The aware datetime in `zone`."""
    return (_EPOCH + minutes * _MINUTE).astimezone(zone)


@lru_cache(maxsize=4096)
def wall_minutes(day: date, at: time, zone: ZoneInfo) -> int:
    """UTC minutes of a wall-clock time on `day`."""
    local = datetime.combine(day, at, tzinfo=zone)
    instant = to_minutes(local.astimezone(timezone.utc))
    if from_minutes(instant, zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    # In a gap, the offset before it puts the time behind the jump: go back to the jump.
    wanted = local.replace(tzinfo=None)
    while from_minutes(instant - 1, zone).replace(tzinfo=None) > wanted:
        instant -= 1
    return instant


def work_on(
    day: date,
    visit_type: str,
    *,
    rules: Iterable[WorkRule],
    openings: Iterable[WorkOpening],
    absences: Sequence[DayRange],
    days_off: Sequence[DayRange],
    is_holiday: bool,
    zone: ZoneInfo,
) -> list[Work]:
    """Working time of one person on `day` in which `visit_type` may be given.

    `days_off` (closures) and holidays undo weekly rules but not openings; absences undo both.
    """
    away = tuple(absence for absence in absences if absence.covers(day))
    closed = away + tuple(closure for closure in days_off if closure.covers(day))
    blocks: list[tuple[time, time, str]] = []
    for rule in () if is_holiday else rules:
        if rule.applies(day) and (not rule.only or visit_type in rule.only):
            blocks += [(a, b, rule.location) for a, b in cut(((rule.start, rule.end),), closed)]
    for opening in openings:
        if opening.day == day and (not opening.only or visit_type in opening.only):
            blocks += [(a, b, opening.location) for a, b in cut(((opening.start, opening.end),), away)]
    found = [Work(wall_minutes(day, a, zone), wall_minutes(day, b, zone), place) for a, b, place in blocks]
    return sorted((work for work in found if work.start < work.end), key=lambda work: work.start)


def starts(
    work: Iterable[Work],
    timing: Timing,
    earliest: int,
    latest: int,
    zone: ZoneInfo,
    lanes: Sequence[Lane] | None = None,
) -> Iterator[tuple[int, str]]:
    """(start, location) of every visit that fits whole into `work` and begins in [earliest, latest).

    With `lanes`, only where one of them has room for the visit and its buffers. Buffers may reach beyond working time:
    they keep visits apart, they are not visits.
    """
    last = -1
    for block in work:
        first = max(block.start, earliest)
        wall = from_minutes(first, zone)
        at = first + -(wall.hour * 60 + wall.minute) % timing.grid
        end = min(block.end - timing.duration + 1, latest)
        while at < end:
            busy_until = 0 if lanes is None else _busy_until(at, timing, lanes)
            if busy_until:
                # Jump over what is taken to the next start on the grid.
                at += -(-(busy_until + timing.before - at) // timing.grid) * timing.grid
                continue
            if at > last:
                yield at, block.location
                last = at
            at += timing.grid


def _busy_until(start: int, timing: Timing, lanes: Sequence[Lane]) -> int:
    """0 if a lane has room for a visit at `start`, else the first minute at which one of the obstacles ends."""
    begin, until = start - timing.before, start + timing.duration + timing.after
    soonest = 0
    for lane in lanes:
        index = bisect_right(lane.ends, begin)
        if index == len(lane.starts) or lane.starts[index] >= until:
            return 0
        if not soonest or lane.ends[index] < soonest:
            soonest = lane.ends[index]
    return soonest


def lanes_from(busy: Mapping[int, Sequence[tuple[int, int]]], count: int) -> list[Lane]:
    """Lanes 0 … count-1; `busy` maps a lane to its ranges in ascending order."""
    return [
        Lane([start for start, _ in busy.get(lane, ())], [end for _, end in busy.get(lane, ())])
        for lane in range(count)
    ]
