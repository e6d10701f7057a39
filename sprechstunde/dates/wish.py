"""When a patient would like to come: the meaning of a whole message, and how a later message changes it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Any

from sprechstunde.dates.model import END_OF_DAY, ONE_DAY, Hours, Window, midnight, within
from sprechstunde.dates.windows import (
    all_widened,
    days_of,
    other_half,
    pulled_into,
    union,
    weeks_of,
    whole_days,
    widened,
)
from sprechstunde.dates.wish_json import decode, encode


@dataclass(frozen=True)
class TimeWish:
    """A wish, as constraints on the start of an appointment (naive local time of the clinic).

    `windows`: any of these stretches; empty = any day. `weekdays`: only these (0 = Monday). `daytimes`: any
    of these hours. `exact`: one instant was asked for. `clock`: an hour without a known day ("um 3").
    `asap`: the earliest first. `any_day`/`any_time`: the patient said that it doesn't matter. `floating`:
    the day was named loosely ("Mittwoch"), so that an earlier wish ("nächste Woche") decides which one.
    `guessed`: practice hours chose the half of the day. `alternatives`: the other reading of an ambiguous
    day ("nächsten Freitag").
    """

    windows: tuple[Window, ...] = ()
    days_excluded: tuple[date, ...] = ()
    weekdays: frozenset[int] | None = None
    weekdays_excluded: frozenset[int] = frozenset()
    daytimes: tuple[Hours, ...] = ()
    daytimes_excluded: tuple[Hours, ...] = ()
    exact: datetime | None = None
    clock: time | None = None
    asap: bool = False
    any_day: bool = False
    any_time: bool = False
    floating: str | None = None
    guessed: bool = False
    alternatives: tuple[Window, ...] = ()

    def covers(self, start: datetime) -> bool:
        """Whether an appointment that begins at `start` (naive, or aware in the clinic's zone) fits the wish."""
        start = start.replace(tzinfo=None)
        if self.exact is not None:
            return start == self.exact
        return self._covers_day(start) and self._covers_hour(start.time())

    def _covers_day(self, start: datetime) -> bool:
        day = start.date()
        if day in self.days_excluded or day.weekday() in self.weekdays_excluded:
            return False
        if self.weekdays is not None and day.weekday() not in self.weekdays:
            return False
        return not self.windows or any(begin <= start < end for begin, end in self.windows)

    def _covers_hour(self, clock: time) -> bool:
        if any(within(clock, hours) for hours in self.daytimes_excluded):
            return False
        if self.clock is not None:
            return clock == self.clock
        return not self.daytimes or any(within(clock, hours) for hours in self.daytimes)

    @property
    def names_days(self) -> bool:
        """Whether a day, week or month was wished (exclusions alone do not count)."""
        return (
            bool(self.windows)
            or self.weekdays is not None
            or self.any_day
            or self.asap
            or self.exact is not None
        )

    @property
    def names_times(self) -> bool:
        """Whether a time of day was wished (exclusions alone do not count)."""
        timed = bool(self.daytimes) or self.clock is not None or self.exact is not None or self.any_time
        return timed or any(not whole_days(window) for window in self.windows)

    def without_times(self) -> TimeWish:
        """The same days at any hour."""
        windows = all_widened(self.windows)
        return replace(
            self,
            windows=windows,
            daytimes=(),
            daytimes_excluded=(),
            exact=None,
            clock=None,
            any_time=False,
            guessed=False,
        )

    def without_days(self) -> TimeWish:
        """The same hours on any day."""
        wish = self._with_loose_clock()
        return TimeWish(
            daytimes=wish.daytimes,
            daytimes_excluded=wish.daytimes_excluded,
            clock=wish.clock,
            any_time=wish.any_time,
            guessed=wish.guessed,
        )

    def limits(self) -> TimeWish:
        """What must not be, whatever else gives way: days and hours ruled out, "not before 2", "until 11"."""
        bounds = tuple(h for h in self.daytimes if h[0] == time() or h[1] == END_OF_DAY)
        return TimeWish(
            days_excluded=self.days_excluded,
            weekdays_excluded=self.weekdays_excluded,
            daytimes=bounds if len(bounds) == len(self.daytimes) else (),
            daytimes_excluded=self.daytimes_excluded,
        )

    def merge(self, newer: TimeWish) -> TimeWish:
        """The wish after a further message.

        What the newer message names replaces its own half (days or hours) and keeps the other; exclusions add up, and a
        new positive wish lifts an older exclusion of just that. A loosely named day stays in the week wished before.
        """
        days = self._merged_days(newer)
        hours = self._merged_hours(newer)
        merged = replace(
            hours,
            windows=days.windows,
            weekdays=days.weekdays,
            weekdays_excluded=days.weekdays_excluded,
            days_excluded=days.days_excluded,
            asap=days.asap,
            any_day=days.any_day,
            floating=days.floating,
            alternatives=days.alternatives,
        )
        return merged._settled()

    def _merged_days(self, newer: TimeWish) -> TimeWish:
        if not newer.names_days:
            kept = self._with_day_exclusions(newer)
            return replace(kept, windows=all_widened(kept.windows)) if newer.names_times else kept
        source = newer
        if newer.floating and self.windows and newer.windows:
            source = replace(newer, windows=pulled_into(newer.floating, newer.windows, self.windows))
        if newer.weekdays is not None and not newer.windows and self.windows:
            source = replace(source, windows=weeks_of(self.windows))
        windows = source.windows if newer.names_times else tuple(widened(window) for window in source.windows)
        wanted_days = {day for window in windows for day in days_of(window)} if len(windows) < 8 else set()
        wanted_weekdays = newer.weekdays or (
            frozenset(day.weekday() for day in wanted_days) if len(wanted_days) == 1 else frozenset()
        )
        return replace(
            source,
            windows=windows,
            weekdays_excluded=(self.weekdays_excluded - wanted_weekdays) | newer.weekdays_excluded,
            days_excluded=tuple(
                sorted(
                    (set(self.days_excluded) - (wanted_days if len(wanted_days) == 1 else set()))
                    | set(newer.days_excluded)
                )
            ),
        )

    def _with_day_exclusions(self, newer: TimeWish) -> TimeWish:
        gone = set(newer.days_excluded)
        weekdays_gone = newer.weekdays_excluded

        def left(window: Window) -> bool:
            return any(day not in gone and day.weekday() not in weekdays_gone for day in days_of(window))

        weekdays = self.weekdays - weekdays_gone if self.weekdays is not None else None
        return replace(
            self,
            windows=tuple(window for window in self.windows if left(window)),
            weekdays=weekdays or None,
            weekdays_excluded=self.weekdays_excluded | weekdays_gone,
            days_excluded=tuple(sorted(set(self.days_excluded) | gone)),
        )

    def _merged_hours(self, newer: TimeWish) -> TimeWish:
        """A wish of which only the hours count: `exact` is taken apart into day and clock first."""
        old, new = self._with_loose_clock(), newer._with_loose_clock()
        if not new.names_times:
            kept = tuple(hours for hours in old.daytimes if hours not in new.daytimes_excluded)
            excluded = union(old.daytimes_excluded, new.daytimes_excluded)
            clock = old.clock
            if clock is not None and any(within(clock, hours) for hours in new.daytimes_excluded):
                clock = None
            return replace(old, daytimes=kept, daytimes_excluded=excluded, clock=clock)
        clock = new.clock
        if clock is not None and new.guessed and old.daytimes:
            clock = other_half(clock, old.daytimes)
        excluded = tuple(hours for hours in old.daytimes_excluded if hours not in new.daytimes)
        if clock is not None:
            excluded = tuple(hours for hours in excluded if not within(clock, hours))
        return replace(new, clock=clock, daytimes_excluded=union(excluded, new.daytimes_excluded))

    def _with_loose_clock(self) -> TimeWish:
        if self.exact is None:
            return self
        return replace(self, exact=None, clock=self.exact.time())

    def _settled(self) -> TimeWish:
        """An hour together with exactly one day is an instant."""
        if self.clock is None or not self.windows:
            return replace(self, exact=None)
        days = {day for window in self.windows for day in days_of(window)}
        if len(days) != 1:
            return replace(self, exact=None)
        exact = datetime.combine(days.pop(), self.clock)
        return replace(
            self,
            exact=exact,
            clock=None,
            windows=((midnight(exact.date()), midnight(exact.date()) + ONE_DAY),),
        )

    def to_dict(self) -> dict[str, Any]:
        """JSON-able; only what differs from an empty wish is written."""
        return {
            item.name: encode(item.name, getattr(self, item.name))
            for item in fields(self)
            if getattr(self, item.name) != item.default
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> TimeWish:
        """Reads what `to_dict` wrote; unknown keys are ignored."""
        known = {item.name for item in fields(cls)}
        return cls(**{name: decode(name, value) for name, value in data.items() if name in known})

    def describe(self, lang: str, now: datetime | None = None) -> str:
        """Short good words to say the wish back ("nächste Woche nachmittags"); relative words need `now`."""
        from sprechstunde.dates.describe import describe_wish

        return describe_wish(self, lang, now)
