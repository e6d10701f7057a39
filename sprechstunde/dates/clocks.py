"""Hours of the day: which half is meant, ranges, parts of the day put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from sprechstunde.dates.model import END_OF_DAY, Clock

PRACTICE_OPENS = 7
"""Hours before this, said without a hint ("um 3"), mean the afternoon: nobody sees a doctor at three in the morning."""

LAST_MINUTE = 24 * 60


def _minutes(clock: time) -> int:
    return LAST_MINUTE if clock == END_OF_DAY else clock.hour * 60 + clock.minute


def _time(minutes: int) -> time:
    return END_OF_DAY if minutes >= LAST_MINUTE else time(*divmod(max(0, minutes), 60))


def shifted(clock: time, minutes: int) -> time:
    return _time(min(LAST_MINUTE, _minutes(clock) + minutes))


def instant(minutes: int, *, literal: bool, grain_hour: bool = False) -> Clock:
    """A minute of the day; unless literal, practice hours decide its half. The end is an hour or a minute later."""
    minutes %= LAST_MINUTE
    guessed = not literal and minutes < 13 * 60
    if guessed and minutes < PRACTICE_OPENS * 60:
        minutes += 12 * 60
    length = 60 if grain_hour else 1
    return Clock(_time(minutes), _time(minutes + length), exact=True, guessed=guessed)


def part(start: str, end: str) -> Clock:
    """A part of the day by name."""
    return Clock(_parse(start), _parse(end), part=True)


def _parse(text: str) -> time:
    return END_OF_DAY if text == "24:00" else time.fromisoformat(text)


def bounded(clock: Clock, bound: str) -> Clock:
    """Open from or until: "ab 14 Uhr", "nach der Mittagspause", "bis 11"."""
    if bound == "after":
        return Clock(clock.start, END_OF_DAY, guessed=clock.guessed, bound="after")
    return Clock(time(), clock.start if clock.exact else clock.end, guessed=clock.guessed, bound="before")


def between(first: Clock, second: Clock) -> Clock:
    """As in "zwischen 10 und 2" is 10-14, "8-10 pm" 20-22: whichever halves make a forward stretch."""
    start, end = _minutes(first.start), _minutes(second.start)
    half = 12 * 60
    if first.guessed and not second.guessed and start < half and start + half < end:
        start += half
    if end <= start and second.guessed and end < half:
        end += half
    if end <= start and first.guessed and start >= half and start - half < end:
        start -= half
    if end <= start:
        end = LAST_MINUTE
    return Clock(_time(start), _time(end), guessed=first.guessed and second.guessed)


def combined(first: Clock, second: Clock) -> Clock | None:
    """Two statements on one moment: "nachmittags um 4", "vormittags ab 10"; None where they contradict."""
    if first.exact and second.part:
        return _in_half(first, second)
    if second.exact and first.part:
        return _in_half(second, first)
    if first.exact or second.exact:
        return first if first == second else None
    first, second = _aligned(first, second), _aligned(second, first)
    for part, other in ((first, second), (second, first)):  # "never before noon, Friday afternoon"
        if part.part and other.bound and other.start <= part.start and part.end <= other.end:
            return part
    start, end = max(first.start, second.start), min(first.end, second.end)
    if start >= end:
        return None
    bound = first.bound if first.bound == second.bound else None
    if first.part or second.part:  # "nachmittags ab 3" stays open, and within the afternoon
        bound = first.bound or second.bound
    return Clock(start, end, part=first.part and second.part, bound=bound)


def _aligned(clock: Clock, other: Clock) -> Clock:
    """As in "abends ab 8": a guessed hour follows the part of the day beside it."""
    if not (clock.guessed and other.part and clock.bound):
        return clock
    edge = clock.start if clock.bound == "after" else clock.end
    if other.start >= time(12) and edge < time(10):
        edge = _time(_minutes(edge) + 12 * 60)
    if other.start < time(12) and time(13) <= edge < time(19):
        edge = _time(_minutes(edge) - 12 * 60)
    return replace(clock, start=edge) if clock.bound == "after" else replace(clock, end=edge)


_NEAR_PART = 2 * 60
"""Minutes by which an hour may miss the part of the day beside it: "morgens um 11"."""


def _in_half(clock: Clock, named: Clock) -> Clock | None:
    minutes = _minutes(clock.start)
    length = _minutes(clock.end) - minutes
    if clock.guessed:
        late = named.start >= time(16)
        if named.start >= time(12) and minutes < (12 if late else 10) * 60:
            minutes += 12 * 60
        elif named.start < time(12) and minutes >= 13 * 60:
            minutes -= 12 * 60
    elif not _minutes(named.start) - _NEAR_PART <= minutes < _minutes(named.end) + _NEAR_PART:
        return None
    return Clock(_time(minutes), _time(minutes + length), exact=True, bound=clock.bound)


def around(clock: Clock) -> Clock:
    """As in "gegen 3": half an hour before to an hour after."""
    minutes = _minutes(clock.start)
    return Clock(_time(minutes - 30), _time(minutes + 60))


def grain_of(clock: Clock) -> str:
    if clock.exact:
        return "hour" if _minutes(clock.end) - _minutes(clock.start) == 60 else "minute"
    if clock.part:
        return "daypart"
    return "hour" if clock.start.minute == 0 and clock.end.minute in (0, 59) else "minute"


def of_moment(moment: datetime) -> Clock:
    start = moment.time().replace(second=0, microsecond=0)
    return Clock(start, (datetime.combine(moment.date(), start) + timedelta(minutes=1)).time(), exact=True)
