"""When a patient would like to come: the meaning of a whole message, and how a later message changes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sprechstunde.dates.model import END_OF_DAY, ONE_DAY, Hours, Window, midnight, within


@dataclass(frozen=True)
class TimeWish:
    """A wish, as constraints on the start of an appointment (naive local time of the clinic).

    `windows`: any of these stretches; empty = any day. `weekdays`: only these (0 = Monday). `daytimes`: any of these
    hours. `exact`: one instant was asked for. `clock`: an hour without a known day ("um 3"). `asap`: the earliest first.
    `any_day`/`any_time`: the patient said that it doesn't matter. `floating`: the day was named loosely ("Mittwoch"), so
    that an earlier wish ("nächste Woche") decides which one. `guessed`: practice hours chose the half of the day.
    `alternatives`: the other reading of an ambiguous day ("nächsten Freitag").
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
        return timed or any(not _whole_days(window) for window in self.windows)

    def without_times(self) -> TimeWish:
        """The same days at any hour."""
        windows = _all_widened(self.windows)
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

    def relaxed(self) -> list[TimeWish]:
        """Wider and wider wishes to try when nothing is free: the same day, the days around, the same hours any day."""
        steps = [self.without_times()]
        if self.windows:
            around = tuple((begin - 3 * ONE_DAY, end + 3 * ONE_DAY) for begin, end in steps[0].windows)
            steps.append(replace(steps[0], windows=around, weekdays=None))
        steps.append(replace(self.without_days(), weekdays_excluded=self.weekdays_excluded, clock=None))
        return [step for step in steps if step != self]

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
            return replace(kept, windows=_all_widened(kept.windows)) if newer.names_times else kept
        source = newer
        if newer.floating and self.windows and newer.windows:
            source = replace(newer, windows=_pulled(newer, self.windows))
        if newer.weekdays is not None and not newer.windows and self.windows:
            source = replace(source, windows=_weeks_of(self.windows))
        windows = (
            source.windows if newer.names_times else tuple(_widened(window) for window in source.windows)
        )
        wanted_days = {day for window in windows for day in _days(window)} if len(windows) < 8 else set()
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
            return any(day not in gone and day.weekday() not in weekdays_gone for day in _days(window))

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
            excluded = _union(old.daytimes_excluded, new.daytimes_excluded)
            clock = old.clock
            if clock is not None and any(within(clock, hours) for hours in new.daytimes_excluded):
                clock = None
            return replace(old, daytimes=kept, daytimes_excluded=excluded, clock=clock)
        clock = new.clock
        if clock is not None and new.guessed and old.daytimes:
            clock = _other_half(clock, old.daytimes)
        excluded = tuple(hours for hours in old.daytimes_excluded if hours not in new.daytimes)
        if clock is not None:
            excluded = tuple(hours for hours in excluded if not within(clock, hours))
        return replace(new, clock=clock, daytimes_excluded=_union(excluded, new.daytimes_excluded))

    def _with_loose_clock(self) -> TimeWish:
        if self.exact is None:
            return self
        return replace(self, exact=None, clock=self.exact.time())

    def _settled(self) -> TimeWish:
        """An hour together with exactly one day is an instant."""
        if self.clock is None or not self.windows:
            return replace(self, exact=None)
        days = {day for window in self.windows for day in _days(window)}
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
            item.name: _encode(item.name, getattr(self, item.name))
            for item in fields(self)
            if getattr(self, item.name) != item.default
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> TimeWish:
        """Reads what `to_dict` wrote; unknown keys are ignored."""
        known = {item.name for item in fields(cls)}
        return cls(**{name: _decode(name, value) for name, value in data.items() if name in known})

    def describe(self, lang: str, now: datetime | None = None) -> str:
        """Short good words to say the wish back ("nächste Woche nachmittags"); relative words need `now`."""
        from sprechstunde.dates.describe import describe_wish

        return describe_wish(self, lang, now)


def _whole_days(window: Window) -> bool:
    return window[0].time() == time() and window[1].time() == time()


def _widened(window: Window) -> Window:
    if _whole_days(window):
        return window
    begin, end = window
    last = (end - timedelta(microseconds=1)).date()
    return midnight(begin.date()), midnight(last) + ONE_DAY


def _all_widened(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    return tuple(dict.fromkeys(_widened(window) for window in windows))


def _days(window: Window, limit: int = 400) -> list[date]:
    begin, end = _widened(window)
    return [(begin + offset * ONE_DAY).date() for offset in range(min(limit, (end - begin).days))]


def _weeks_of(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """Single days grow to their weeks, so that "dienstags" after "Montag, der 30." means that week's Tuesday."""
    grown: list[Window] = []
    for window in windows:
        begin, end = _widened(window)
        if (end - begin).days < 7:
            begin -= begin.weekday() * ONE_DAY
            end = begin + 7 * ONE_DAY
        if (begin, end) not in grown:
            grown.append((begin, end))
    return tuple(grown)


def _pulled(newer: TimeWish, older: tuple[Window, ...]) -> tuple[Window, ...]:
    """Loosely named days moved into the weeks (or months) wished before, where these hold such a day from now on."""
    earliest = min(begin for begin, _ in newer.windows)
    pulled: list[Window] = []
    frames = _weeks_of(older)
    for begin, end in newer.windows:
        if any(frame_begin <= begin < frame_end for frame_begin, frame_end in frames):
            pulled.append((begin, end))
            continue
        for frame_begin, frame_end in frames:
            moved = _first_like(newer.floating, begin, max(frame_begin, midnight(earliest.date())), frame_end)
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


def _other_half(clock: time, daytimes: tuple[Hours, ...]) -> time:
    """ "um 8" after "abends" is 20:00."""
    if any(within(clock, hours) for hours in daytimes):
        return clock
    other = clock.replace(hour=(clock.hour + 12) % 24)
    return other if any(within(other, hours) for hours in daytimes) else clock


def _union(first: Iterable[Hours], second: Iterable[Hours]) -> tuple[Hours, ...]:
    return tuple(dict.fromkeys([*first, *second]))


def _time_text(clock: time) -> str:
    return "24:00" if clock == END_OF_DAY else clock.isoformat(timespec="minutes")


def _time_value(text: str) -> time:
    return END_OF_DAY if text == "24:00" else time.fromisoformat(text)


def _encode(name: str, value: Any) -> Any:
    if name in ("windows", "alternatives"):
        return [[edge.isoformat(timespec="minutes") for edge in window] for window in value]
    if name in ("daytimes", "daytimes_excluded"):
        return [[_time_text(edge) for edge in hours] for hours in value]
    if name in ("weekdays", "weekdays_excluded"):
        return sorted(value)
    if name == "days_excluded":
        return [day.isoformat() for day in value]
    if name == "exact":
        return value.isoformat(timespec="minutes")
    return _time_text(value) if name == "clock" else value


def _decode(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in ("windows", "alternatives"):
        return tuple((datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in value)
    if name in ("daytimes", "daytimes_excluded"):
        return tuple((_time_value(begin), _time_value(end)) for begin, end in value)
    if name in ("weekdays", "weekdays_excluded"):
        return frozenset(value)
    if name == "days_excluded":
        return tuple(date.fromisoformat(day) for day in value)
    if name == "exact":
        return datetime.fromisoformat(value)
    return _time_value(value) if name == "clock" else value
