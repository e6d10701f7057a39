"""Times wished relative to those on the screen: "lieber später", "anything earlier?", "der früheste"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Literal

from sprechstunde import clock, dates
from sprechstunde.dates import TimeWish

from .turn import Turn

LATER = re.compile(r"\b(?:später\w{0,2}|spaeter|later|nach hinten|push(?: it)? back)\b", re.IGNORECASE)
EARLIER = re.compile(
    r"\b(?:früher\w{0,2}|frueher|eher|earlier|sooner|vorverleg\w*|vorzieh\w*|bring (?:it )?forward)\b",
    re.IGNORECASE,
)
OTHER_DAY = re.compile(
    r"\b(?:ander\w+ (?:wochen)?tage?n?|(?:an)?other day|(?:a )?different day|other days)\b", re.IGNORECASE
)
EARLIEST = re.compile(
    r"\b(?:früheste[nrsm]?|frueheste[nrsm]?|earliest|soonest|nächstmögliche[nrsm]?)\b", re.IGNORECASE
)
LATEST = re.compile(r"\b(?:späteste[nrsm]?|spaeteste[nrsm]?|latest)\b", re.IGNORECASE)
# "Den am Freitag", "the Friday one": a row of the list; "Freitag?" asks for that day.
POINTS = re.compile(r"\b(?:den|der|die|das|the|one)\b", re.IGNORECASE)
# "Mache ich später", "maybe later": not now, rather than a later time.
NOT_NOW = re.compile(
    r"\b(?:mach\w*|meld\w*|vielleicht|i'?ll|will do|maybe|perhaps|talk|bis|see you|schreib\w*)\b",
    re.IGNORECASE,
)
AN_ANSWER, A_SENTENCE = 9, 16  # words
AHEAD = timedelta(weeks=26)


def direction(turn: Turn, longest: int = AN_ANSWER) -> Literal["later", "earlier"] | None:
    """Which way from the times shown, where the message names no time of its own."""
    text = turn.text
    if turn.is_tap or turn.time or len(text.split()) > longest or NOT_NOW.search(text):
        return None
    if LATER.search(text):
        return "later"
    return "earlier" if EARLIER.search(text) else None


def by_so_much(turn: Turn) -> bool:
    """Whether the message counts from another time: "einen Tag später", "an hour earlier"."""
    return not turn.is_tap and dates.shift(turn.text, clock.now()) is not None


def shifted(
    way: Literal["later", "earlier"], shown: list[datetime], wish: TimeWish | None, now: datetime
) -> TimeWish:
    """The wish for times behind or ahead of those shown (naive, at least one, the clinic's zone).

    One day on the screen: that day goes on; several: whichever days come before or after, at the hours wished before.
    """
    first, last = min(shown), max(shown)
    if first.date() == last.date():
        midnight = datetime.combine(first.date(), time.min)
        window = (
            (last + timedelta(minutes=1), midnight + timedelta(days=1))
            if way == "later"
            else (midnight, first)
        )
        return TimeWish(windows=(window,))
    hours = wish.daytimes if wish else ()
    window = (last + timedelta(minutes=1), last + AHEAD) if way == "later" else (now, first)
    return TimeWish(windows=(window,), daytimes=hours)


def around(way: Literal["later", "earlier"], start: datetime, now: datetime) -> TimeWish:
    """The wish for any time ahead of an appointment that there is, or behind it (both aware, the clinic's zone)."""
    at, today = start.replace(tzinfo=None), now.replace(tzinfo=None)
    window = (at + timedelta(minutes=1), at + AHEAD) if way == "later" else (today, at)
    return TimeWish(windows=(window,))


def in_its_week(wish: TimeWish, start: datetime, now: datetime) -> TimeWish:
    """ "To Thursday", said of an appointment on a Tuesday, is the Thursday of that week, unless that is over.

    "To 11" is that hour of its own day.
    """
    at, today = start.replace(tzinfo=None), now.replace(tzinfo=None)
    if wish.clock is not None and not wish.names_days:
        midnight = datetime.combine(at.date(), time.min)
        return TimeWish(windows=((midnight, midnight + timedelta(days=1)),)).merge(wish)
    if wish.floating is None or len(wish.windows) != 1:
        return wish
    monday = datetime.combine(at.date(), time.min) - timedelta(days=at.weekday())
    pulled = TimeWish(windows=((monday, monday + timedelta(days=7)),)).merge(wish)
    return pulled if pulled.windows and all(begin > today for begin, _ in pulled.windows) else wish
