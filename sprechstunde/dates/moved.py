""" "Einen Tag später", said of an appointment that the message names: the moment that is wished instead."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from sprechstunde.dates.model import TimeSpan
from sprechstunde.dates.shifts import shift

COUNTED_FROM = ("week_later", "weeks_later", "day_later", "week_earlier", "day_earlier", "refer_")
"""Rules of words that name no day of their own."""

SAME_TIME = re.compile(
    r"\b(?:same (?:time|hour)|(?:gleiche[nrm]?|(?:die|der|zur)?selbe[nr]?) (?:uhr)?zeit)\b", re.IGNORECASE
)


def moved_from(had: TimeSpan, text: str) -> TimeSpan | None:
    """The reading of "a week later", "zwei Tage nach hinten" for that appointment; None where nothing of it is said."""
    assert had.start is not None
    wish = shift(text, had.start)
    if wish is None or (wish.exact is not None and not had.clocks):
        return None
    if wish.exact is not None:
        return _at(had, wish.exact)
    start, end = wish.windows[0]
    exact = bool(had.clocks) and had.clocks[0].exact
    if exact and SAME_TIME.search(text):
        return _at(had, datetime.combine(start.date(), had.start.time()))
    return replace(had, start=start, end=end, kind="interval", role="wish", clocks=())


def at_same_time(had: TimeSpan, day: TimeSpan, text: str) -> TimeSpan:
    """As in "auf den Montag danach, gleiche Zeit": the hour of that appointment, if the words say so."""
    if not (had.clocks and had.clocks[0].exact and had.start and day.start and SAME_TIME.search(text)):
        return day
    start = datetime.combine(day.start.date(), had.start.time())
    return replace(_at(day, start), clocks=had.clocks)


def _at(had: TimeSpan, moment: datetime) -> TimeSpan:
    return replace(had, start=moment, end=moment + timedelta(minutes=1), kind="instant", role="wish")
