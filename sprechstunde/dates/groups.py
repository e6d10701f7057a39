"""Expressions while they grow, and the operators that wait for what they work on."""

from __future__ import annotations

from dataclasses import dataclass, field

from sprechstunde.dates.atoms import Atom, Op
from sprechstunde.dates.model import Clock, Days


@dataclass
class Group:
    """One expression while it grows: its days, hours, tokens from `first` to `last` (exclusive), how it is linked."""

    first: int
    last: int
    days: Days | None = None
    clocks: tuple[Clock, ...] = ()
    op: Op | None = None
    negated: bool = False
    past: bool = False
    source: bool = False
    plain: Days | None = None
    """The day itself, where an operator opened it."""
    linked: bool = False
    """Whether it goes on from the group before."""
    either: bool = False
    """Whether a word like "oder" does so."""
    hours_first: bool = False
    stretch: bool = False
    """Whether the days run from one weekday to another."""
    rules: list[str] = field(default_factory=list)
    hours_apart: tuple[int, int, tuple[Clock, ...]] | None = None
    """Where hours stand before a comma and the day behind it: the tokens that part them, and those hours."""


@dataclass
class Pending:
    """Operators read that wait for what they work on."""

    bound: Op | None = None
    edge: Op | None = None
    edge_to: Op | None = None
    """The second of "Mitte bis Ende"."""
    negated: bool = False
    between: bool = False
    linked: bool = False
    first: int = -1

    def start(self, atom: Atom) -> int:
        return self.first if self.first >= 0 else atom.first
