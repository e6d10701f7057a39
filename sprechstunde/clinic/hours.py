"""Opening hours by date: weekly hours, less holidays of the state and closures. Pure functions on a `ClinicView`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

import holidays

from sprechstunde.clinic.view import ClinicView, DayRange, Location, TimeRange, WeeklyHours

# How far ahead an opening is looked for: no practice is closed for longer.
_LOOK_AHEAD = 62
QUARTER = 15  # minutes


@dataclass(frozen=True)
class OpeningStatus:
    """At one moment: is the place open, until when, and when it opens next (aware, clinic zone)."""

    is_open: bool
    until: datetime | None
    next_opening: datetime | None


@lru_cache(maxsize=64)
def _holidays(state: str, year: int, language: str) -> dict[date, str]:
    spoken = "de" if language == "de" else "en_US"
    return dict(holidays.country_holidays("DE", subdiv=state, years=year, language=spoken).items())


def holiday(clinic: ClinicView, day: date, language: str = "de") -> str | None:
    """The name (`de` or `en`) of the state's public holiday on `day`, or None."""
    return _holidays(clinic.state, day.year, language).get(day)


def cut(ranges: tuple[TimeRange, ...], gone: tuple[DayRange, ...]) -> tuple[TimeRange, ...]:
    """`ranges` of one day without the times of `gone` (which all cover that day)."""
    for away in gone:
        if away.start is None or away.end is None:
            return ()
        left: list[TimeRange] = []
        for start, end in ranges:
            if away.end <= start or end <= away.start:
                left.append((start, end))
                continue
            if start < away.start:
                left.append((start, away.start))
            if away.end < end:
                left.append((away.end, end))
        ranges = tuple(left)
    return ranges


def on(clinic: ClinicView, hours: WeeklyHours, day: date) -> tuple[TimeRange, ...]:
    """What is left of the weekly `hours` on `day`."""
    ranges = tuple(hours.get(day.weekday(), ()))
    if not ranges or holiday(clinic, day):
        return ()
    return cut(ranges, tuple(closure for closure in clinic.closures if closure.covers(day)))


def _spans(clinic: ClinicView, hours: WeeklyHours, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Open stretches from the day of `now` on, in UTC (subtracting aware times of one zone ignores clock changes)."""
    first = now.astimezone(clinic.zone).date()
    for offset in range(_LOOK_AHEAD):
        day = first + timedelta(days=offset)
        for start, end in on(clinic, hours, day):
            yield _utc(clinic, day, start), _utc(clinic, day, end)


def _utc(clinic: ClinicView, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=clinic.zone).astimezone(timezone.utc)


def status(clinic: ClinicView, location: Location, now: datetime) -> OpeningStatus:
    """Whether `location` is open at `now` (aware), until when, and its next opening after `now`."""
    until: datetime | None = None
    for start, end in _spans(clinic, location.hours, now):
        if start <= now < end:
            until = end.astimezone(clinic.zone)
        elif start > now:
            return OpeningStatus(until is not None, until, start.astimezone(clinic.zone))
    return OpeningStatus(until is not None, until, None)


def full_quarter(at: datetime) -> datetime:
    """The next full quarter of an hour, or `at` if it is one."""
    beyond = timedelta(minutes=at.minute % QUARTER, seconds=at.second, microseconds=at.microsecond)
    return at + timedelta(minutes=QUARTER) - beyond if beyond else at


def next_answer(clinic: ClinicView, now: datetime, kind: str | None = None) -> datetime:
    """When staff will have answered at the latest a task opened at `now` (aware): counts only their working time.

    A full quarter of an hour, so that the chat and the console name the same time: nobody promises 8:12.
    """
    left = clinic.answers.within.get(kind or "", clinic.answers.default)
    for start, end in _spans(clinic, clinic.answers.hours, now):
        begin = max(start, now)
        if end <= begin:
            continue
        if left <= end - begin:
            return full_quarter((begin + left).astimezone(clinic.zone))
        left -= end - begin
    return (now + timedelta(days=_LOOK_AHEAD)).astimezone(clinic.zone)
