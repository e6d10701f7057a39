""" "Danach", "before that", "the day after", "am selben Tag": counted from the day that was named before.

An expression that the language's rules call `refer_…` has no meaning alone; without a day before it, it has none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sprechstunde.dates import calendar, clocks
from sprechstunde.dates.atoms import Atom, Context, Op
from sprechstunde.dates.language import Language
from sprechstunde.dates.model import ONE_DAY, Days
from sprechstunde.dates.text import Normal

HORIZON = timedelta(days=366)
"""How far "ab Mittwoch" reaches."""

_OPEN = ("refer_after", "refer_before")
_ALONE = ("refer_weekday_after", "refer_week_after")
"""These are counted from today where nothing was named: "the following Tuesday"."""
_CLAUSE_ENDS = frozenset(",.!?;\n")
_NEAR = 8  # words on either side in which a reference shows that it is wished for


def referred(
    text: Normal, before: list[Atom], atom: Atom, language: Language, context: Context
) -> Atom | None:
    """What the reference means after those atoms; None where it means nothing."""
    if atom.rule in _OPEN and not _wished(text, atom, language):
        return None
    named = next((other for other in reversed(before) if other.days and _is_named(other)), None)
    if named is None or named.days is None:
        return atom if atom.rule in _ALONE else _beside_hour(before, atom)
    if atom.rule == "refer_after" and _ruled_out_until(before, named):
        return None
    meant = _MEANINGS[atom.rule](named.days, atom, context.today)
    return replace(atom, weak=False, days=meant) if meant else None


def _is_named(atom: Atom) -> bool:
    return atom.op is None and bool(atom.days or atom.clocks) and not atom.weak


def _ruled_out_until(before: list[Atom], named: Atom) -> bool:
    """As in "we're away until the 5th, so after that": the first half says it all."""
    place = before.index(named)
    return place > 1 and before[place - 1].op is Op.UNTIL and before[place - 2].op is Op.NOT


def _beside_hour(before: list[Atom], atom: Atom) -> Atom | None:
    """As in "der Kurs beginnt um 4, vorher gern"."""
    named = next((other for other in reversed(before) if _is_named(other)), None)
    if named is None or atom.rule not in _OPEN:
        return None
    if not named.clocks[0].exact or named.clocks[0].bound:
        return None
    side = "after" if atom.rule == "refer_after" else "before"
    return replace(atom, weak=False, days=None, clocks=(clocks.bounded(named.clocks[0], side),))


def _wished(text: Normal, atom: Atom, language: Language) -> bool:
    """Whether one would like to come then: "danach geht alles", but not "danach Auto fahren"."""
    first, last = atom.first, atom.last
    while first > 0 and text.words[first - 1] not in _CLAUSE_ENDS and atom.first - first < _NEAR:
        first -= 1
    while last < len(text.words) and text.words[last] not in _CLAUSE_ENDS and last - atom.last < _NEAR:
        last += 1
    around = " ".join([*text.words[first : atom.first], "@", *text.words[atom.last : last]])
    return bool(language.referring.search(around))


def _after(named: Days, atom: Atom, today: date) -> Days:
    start, end = named.ranges[0][0], named.ranges[-1][1]
    return Days(((end, end + HORIZON),), bound="after", limit=(Op.AFTER.value, start, end))


def _from(named: Days, atom: Atom, today: date) -> Days:
    start, end = named.ranges[0][0], named.ranges[-1][1]
    return Days(((start, start + HORIZON),), bound="after", limit=(Op.FROM.value, start, end))


def _before(named: Days, atom: Atom, today: date) -> Days | None:
    start, end = named.ranges[0][0], named.ranges[-1][1]
    if start <= today:
        return None
    return Days(((today, start),), bound="before", limit=(Op.BEFORE.value, start, end))


def _single(value: date, today: date) -> Days | None:
    """A day that another one named by its weekday is not taken for."""
    return Days((calendar.single(value),), weekdays=frozenset({value.weekday()})) if value >= today else None


def _next_day(named: Days, atom: Atom, today: date) -> Days | None:
    return _single(named.ranges[-1][1], today)


def _previous_day(named: Days, atom: Atom, today: date) -> Days | None:
    return _single(named.ranges[0][0] - ONE_DAY, today)


def _same_day(named: Days, atom: Atom, today: date) -> Days:
    return named


def _weekday_after(named: Days, atom: Atom, today: date) -> Days | None:
    assert atom.days is not None
    last = named.ranges[-1][1] - ONE_DAY
    return _single(calendar.coming(last, min(atom.days.weekdays)), today)


def _weekday_before(named: Days, atom: Atom, today: date) -> Days | None:
    assert atom.days is not None
    first = named.ranges[0][0] - calendar.WEEK - ONE_DAY
    return _single(calendar.coming(first, min(atom.days.weekdays)), today)


def _week_after(named: Days, atom: Atom, today: date) -> Days:
    return Days((calendar.week(named.ranges[-1][1] - ONE_DAY, 1),), "week")


def _week_before(named: Days, atom: Atom, today: date) -> Days | None:
    week = calendar.week(named.ranges[0][0], -1)
    return Days((week,), "week") if week[1] > today else None


_MEANINGS: dict[str, Callable[[Days, Atom, date], Days | None]] = {
    "refer_after": _after,
    "refer_from": _from,
    "refer_before": _before,
    "refer_next_day": _next_day,
    "refer_previous_day": _previous_day,
    "refer_same_day": _same_day,
    "refer_weekday_after": _weekday_after,
    "refer_weekday_before": _weekday_before,
    "refer_week_after": _week_after,
    "refer_week_before": _week_before,
}
