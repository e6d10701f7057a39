"""Arithmetic on the windows and hours of wishes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sprechstunde.dates.model import ONE_DAY, Hours, Window, midnight, within

_PRACTICE = (7, 21)
"""Hours in which a guessed half of the day may lie: "morgen um 9" after "ab 14 Uhr" is never 21:00."""


def whole_days(window: Window) -> bool:
    return window[0].time() == time() and window[1].time() == time()


def widened(window: Window) -> Window:
    if whole_days(window):
        return window
    begin, end = window
    last = (end - timedelta(microseconds=1)).date()
    return midnight(begin.date()), midnight(last) + ONE_DAY


def all_widened(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    return tuple(dict.fromkeys(widened(window) for window in windows))


def days_of(window: Window, limit: int = 400) -> list[date]:
    begin, end = widened(window)
    return [(begin + offset * ONE_DAY).date() for offset in range(min(limit, (end - begin).days))]


def weeks_of(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """Single days grow to their weeks, so that "dienstags" after "Montag, der 30." means that week's Tuesday."""
    grown: list[Window] = []
    for window in windows:
        begin, end = widened(window)
        if (end - begin).days < 7:
            begin -= begin.weekday() * ONE_DAY
            end = begin + 7 * ONE_DAY
        if (begin, end) not in grown:
            grown.append((begin, end))
    return tuple(grown)


def pulled_into(
    floating: str | None, loose: tuple[Window, ...], older: tuple[Window, ...]
) -> tuple[Window, ...]:
    """Loosely named days moved into the weeks (or months) wished before, where these hold such a day from now on."""
    earliest = min(begin for begin, _ in loose)
    pulled: list[Window] = []
    frames = weeks_of(older)
    for begin, end in loose:
        if any(frame_begin <= begin < frame_end for frame_begin, frame_end in frames):
            pulled.append((begin, end))
            continue
        for frame_begin, frame_end in frames:
            moved = _first_like(floating, begin, max(frame_begin, midnight(earliest.date())), frame_end)
            if moved is not None:
                pulled.append((moved, moved + (end - begin)))
                break
        else:
            pulled.append((begin, end))
    return tuple(pulled)


def _first_like(floating: str | None, sample: datetime, begin: datetime, end: datetime) -> datetime | None:
    day = begin.date()
    for _ in range(min(400, max(0, (end - begin).days))):
        same = day.weekday() == sample.weekday() if floating == "weekday" else day.day == sample.day
        if same:
            return datetime.combine(day, sample.time())
        day += ONE_DAY
    return None


def other_half(clock: time, daytimes: tuple[Hours, ...]) -> time:
    """As in "um 8" after "abends" is 20:00."""
    if any(within(clock, hours) for hours in daytimes):
        return clock
    other = clock.replace(hour=(clock.hour + 12) % 24)
    if not _PRACTICE[0] <= other.hour < _PRACTICE[1]:
        return clock
    return other if any(within(other, hours) for hours in daytimes) else clock


def union(first: Iterable[Hours], second: Iterable[Hours]) -> tuple[Hours, ...]:
    return tuple(dict.fromkeys([*first, *second]))
