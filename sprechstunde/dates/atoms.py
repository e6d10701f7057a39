"""The pieces that the grammar rules find, before they are put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sprechstunde.dates.model import Clock, Days


class Op(str, Enum):
    """Words that steer what stands beside them."""

    FROM = "from"  # from this on, including it
    OUT_OF = "out_of"  # the same, or where a moved appointment comes from
    AFTER = "after"  # later than this
    UNTIL = "until"  # up to and including this
    BEFORE = "before"  # earlier than this
    TO = "to"  # joins two ends, says nothing alone
    LATEST = "latest"  # these two stand behind: "Friday at the latest"
    EARLIEST = "earliest"
    BETWEEN = "between"
    NOT = "not"
    OR = "or"
    BEGIN = "begin"  # edges of a week, a month, a year
    MIDDLE = "middle"
    END = "end"
    FILL = "fill"  # words that may stand inside an expression
    PAST = "past"  # speaks of what has been: not a wish
    SKIP = "skip"  # looks like a time and is none
    ASAP = "asap"
    ANY = "any"
    ANY_DAY = "any_day"
    ANY_TIME = "any_time"


BOUNDS = frozenset({Op.FROM, Op.OUT_OF, Op.TO, Op.AFTER, Op.UNTIL, Op.BEFORE})
EDGES = frozenset({Op.BEGIN, Op.MIDDLE, Op.END})


@dataclass(frozen=True)
class Atom:
    """One piece: days, hours or an operator; tokens `first` to `last` (exclusive). Weak pieces need a neighbour."""

    days: Days | None = None
    clocks: tuple[Clock, ...] = ()
    op: Op | None = None
    weak: bool = False
    rule: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Context:
    """What resolving needs: the wall clock, and an appointment that "same time" may refer to."""

    now: datetime
    anchor: datetime | None = None

    @property
    def today(self) -> date:
        return self.now.date()
