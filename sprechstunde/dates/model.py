"""What an expression of time means: a place in the text and a stretch of the clinic's wall clock.

All datetimes here are naive local times of the clinic; all intervals are half-open. Zones are the caller's business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

Window = tuple[datetime, datetime]
Hours = tuple[time, time]

END_OF_DAY = time.max
"""Stands for 24:00, which `datetime.time` cannot hold; written "24:00" in JSON."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """The days half of an expression.

    `ranges` are half-open stretches of days; `weekdays` keeps only those days of the week (0 = Monday).
    `recurring` says that no date was meant ("dienstags"). `floating` names what pinned the date loosely: a
    bare "weekday" or "day_of_month" may move into a week or month that was wished before. `other` holds the
    second reading of an ambiguous day ("nächsten Freitag"). `bound` is "after" or "before" for open ranges.
    """

    ranges: tuple[tuple[date, date], ...] = ()
    grain: str = "day"
    weekdays: frozenset[int] = frozenset()
    recurring: bool = False
    floating: str | None = None
    other: tuple[tuple[date, date], ...] = ()
    bound: str | None = None
    frame: tuple[date, date] | None = None
    """The week or month that the day was named in."""
    limit: tuple[str, date, date] | None = None
    """Where `bound` is set: the operator (the value of `Op`) and the days that it was said of."""
    around: int = 0
    """How many days before and after still serve the wish ("in drei Wochen")."""


@dataclass(frozen=True)
class Clock:
    """The hours half: a stretch of the day, or a single minute when `exact`.

    `guessed` says that the half of the day was chosen by practice hours ("um 3"); `bound` is "after" or "before".
    """

    start: time
    end: time
    exact: bool = False
    guessed: bool = False
    part: bool = False
    bound: str | None = None


@dataclass(frozen=True)
class TimeSpan:
    """One expression in a text.

    `begin`/`end_char` are character offsets; `start`/`end` the reading (None on the open side of
    "ab"/"bis"); `grain` ∈ minute hour daypart day weekend week month year; `kind` ∈ instant interval
    daypart after before asap any. `role` ∈ wish excluded source: "nicht Montag" is excluded, "den Termin am
    Montag verschieben" a source. `alternatives` holds further readings where the phrase is truly ambiguous.
    """

    begin: int
    end_char: int
    start: datetime | None
    end: datetime | None
    grain: str
    kind: str
    role: str = "wish"
    alternatives: tuple[Window, ...] = ()
    days: Days | None = field(default=None, compare=False, repr=False)
    clocks: tuple[Clock, ...] = field(default=(), compare=False, repr=False)
    rule: str = field(default="", compare=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The reading as local ISO times, in the form `sprechstunde when` prints."""
        return {
            "start": self.start.isoformat(timespec="minutes") if self.start else None,
            "end": self.end.isoformat(timespec="minutes") if self.end else None,
            "grain": self.grain,
            "kind": self.kind,
        }


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def at(day: date, clock: time) -> datetime:
    """The wall-clock moment; `END_OF_DAY` becomes the next midnight."""
    return midnight(day) + ONE_DAY if clock == END_OF_DAY else datetime.combine(day, clock)


def within(clock: time, hours: Hours) -> bool:
    start, end = hours
    return start <= clock and (clock < end or end == END_OF_DAY)
