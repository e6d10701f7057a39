"""The pieces that every builder makes."""

from __future__ import annotations

from datetime import date

from sprechstunde.dates import calendar
from sprechstunde.dates.atoms import Atom, Context, Op
from sprechstunde.dates.language import Builder, Found
from sprechstunde.dates.model import Days


def day(
    value: date, *, floating: str | None = None, around: int = 0, other: tuple[calendar.Range, ...] = ()
) -> Atom:
    return Atom(days=Days((calendar.single(value),), floating=floating, around=around, other=other))


def day_by_name(value: date, other: tuple[calendar.Range, ...] = ()) -> Atom:
    """A day that a weekday was said of, so that another weekday beside it is another day."""
    return Atom(days=Days((calendar.single(value),), weekdays=frozenset({value.weekday()}), other=other))


def span(value: calendar.Range | None, grain: str) -> Atom | None:
    return Atom(days=Days((value,), grain)) if value else None


def reference(found: Found, context: Context) -> Atom:
    """As in "danach": a day that `references.py` puts in."""
    return Atom(days=Days((calendar.single(context.today),)))


def op(which: Op) -> Builder:
    return lambda found, context: Atom(op=which)
