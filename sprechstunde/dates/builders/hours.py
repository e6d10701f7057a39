"""Parts of the day and hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sprechstunde.dates import calendar, clocks
from sprechstunde.dates.atoms import Atom, Context
from sprechstunde.dates.language import Builder, Found, Grammar
from sprechstunde.dates.model import ONE_DAY, Clock, Days


def part_of_day(found: Found, context: Context) -> Atom:
    name = next(name for name in found.names if name.startswith("part"))
    start, end = found[name].split("-")
    return Atom(clocks=(clocks.part(start, end),))


def day_with_part(offset: int, hours: str) -> Builder:
    """As in "tonight": a day and a part of it in one word."""
    clock = clocks.part(*hours.split("-"))
    return lambda found, context: Atom(
        days=Days((calendar.single(context.today + offset * ONE_DAY),)), clocks=(clock,)
    )


def fixed_hours(hours: str, bound: str | None = None) -> Builder:
    """As in "nach der Arbeit", "lunchtime", "end of day"."""
    clock = clocks.part(*hours.split("-"))
    if bound:
        clock = Clock(clock.start, clock.end, bound=bound)
    return lambda found, context: Atom(clocks=(clock,))


def compact_clock(found: Found, context: Context) -> Atom:
    """As in "um 830", "at 230": three digits, an hour and its minutes."""
    hour, minute = divmod(found["compact"], 100)
    return Atom(clocks=(clocks.instant(hour * 60 + minute, literal=False),))


class ClockReader:
    """Reads the text of `{t}` (any hour) and `{ts}` (one that needs no context) again through the clock forms."""

    GROUPS = ("t", "t_2", "ts", "ts_2")

    def __init__(
        self,
        grammar: Grammar,
        strong: Mapping[str, Callable[[Found], Clock | None]],
        bare: Mapping[str, Callable[[Found], Clock | None]],
    ) -> None:
        self._classes = grammar.classes
        self._forms = [(grammar.compile(pattern), build) for pattern, build in {**strong, **bare}.items()]
        grammar.define("t", [*strong, *bare])
        grammar.define("ts", list(strong))

    def _read(self, text: str) -> Clock | None:
        for compiled, build in self._forms:
            match = compiled.fullmatch(text)
            if match:
                clock = build(Found(match, self._classes))
                if clock:
                    return clock
        return None

    def _all(self, found: Found) -> list[Clock]:
        read = [self._read(found.text(name)) for name in found.in_order(*self.GROUPS)]
        return [clock for clock in read if clock]

    def one(self, bound: str | None = None) -> Builder:
        """One hour; `bound` after or before, or about for "gegen 3"."""

        def build(found: Found, context: Context) -> Atom | None:
            read = self._all(found)
            if not read:
                return None
            clock = read[0]
            if bound == "about":
                clock = replace(clock, bound="about")
            elif bound:
                clock = clocks.bounded(clock, bound)
            return Atom(clocks=(clock,))

        return build

    def both(self, found: Found, context: Context) -> Atom | None:
        """As in "zwischen 10 und 12", "10-12 Uhr"."""
        read = self._all(found)
        return Atom(clocks=(clocks.between(*read),)) if len(read) == 2 else None

    def both_with_half(self, found: Found, context: Context) -> Atom | None:
        """As in "2-4 pm": the half of the day said at the end."""
        read = [self._read(found.text("t")), self._read(f"{found.text('t_2')} {found.text('ampm')}")]
        return Atom(clocks=(clocks.between(read[0], read[1]),)) if read[0] and read[1] else None

    def either(self, found: Found, context: Context) -> Atom | None:
        """As in "um 10 oder 11"."""
        read = self._all(found)
        return Atom(clocks=tuple(read)) if len(read) == 2 else None
