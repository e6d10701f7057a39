"""Weak atoms count only beside others: a bare number behind a day, "am" behind "Tuesday"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dateutil.relativedelta import relativedelta

from sprechstunde.dates.atoms import BOUNDS, EDGES, Atom, Context, Op
from sprechstunde.dates.language import Language
from sprechstunde.dates.model import Days
from sprechstunde.dates.references import referred
from sprechstunde.dates.text import Normal

_STEPS = {
    "day": relativedelta(weeks=1),
    "week": relativedelta(weeks=1),
    "weekend": relativedelta(weeks=1),
    "month": relativedelta(months=1),
}
_NEAR = 12  # words between what is ruled out and the one after it
_ENDS = ",.!?;:)\n"


def only_fillers(text: Normal, start: int, end: int, language: Language) -> bool:
    """Whether only fillers stand between two places."""
    return all(word in language.fillers for word in text.words[start:end])


def strong(text: Normal, atoms: list[Atom], language: Language, context: Context) -> Iterator[Atom]:
    """Weak atoms only where they lean on others, or are all that was said."""
    named: list[Atom] = []
    for index, atom in enumerate(atoms):
        if atom.rule.startswith("refer_"):
            found = referred(text, named, atom, language, context)
            if found:
                named.append(found)
                yield found
        elif atom.rule.startswith("elliptic"):
            completed = _completed(text, atoms[:index], atom, language)
            if completed:
                yield completed
        elif not atom.weak or _leans(text, atoms, index, language):
            named.append(replace(atom, weak=False))
            yield atom


def _leans(text: Normal, atoms: list[Atom], index: int, language: Language) -> bool:
    atom = atoms[index]
    before = atoms[index - 1] if index else None
    after = atoms[index + 1] if index + 1 < len(atoms) else None
    next_word = text.words[atom.last] if atom.last < len(text.words) else ""
    closed = not next_word or next_word in _ENDS
    # "Monday 9 please" is an hour, "Monday one appointment" a number
    closed = closed or (next_word in language.fillers and text.words[atom.first][0].isdigit())
    closed = closed or (after is not None and after.first == atom.last)
    near_before = (
        before is not None
        and only_fillers(text, before.last, atom.first, language)
        and _carries(before, atom)
    )
    near_after = (
        after is not None and only_fillers(text, atom.last, after.first, language) and _carries(after, atom)
    )
    if atom.rule.endswith("glued"):
        return before is not None and before.last == atom.first and before.days is not None
    if atom.rule.endswith("bare"):
        return (
            near_before
            and closed
            and bool(before and (before.days or (before.clocks and before.clocks[0].part)))
        )
    alone = only_fillers(text, 0, atom.first, language) and only_fillers(
        text, atom.last, len(text.words), language
    )
    if atom.rule.endswith("alone"):
        return alone or (
            (near_before and closed and bool(before and before.days))
            or (near_after and bool(after and after.days))
        )
    if before is not None and before.op is Op.OR and atom.rule.startswith("month"):
        return only_fillers(text, before.last, atom.first, language)
    return (
        near_before
        or near_after
        or _first_of_two(atoms, index)
        or (alone and (atom.last - atom.first > 1 or len(text.words[atom.first]) > 2))
    )


def _completed(text: Normal, before: list[Atom], atom: Atom, language: Language) -> Atom | None:
    """As in "diese Woche nicht, nächste", "not this Friday but the next": one after what was ruled out before."""
    named = next((other for other in reversed(before) if other.days and other.days.grain in _STEPS), None)
    if named is None or named.days is None or atom.days is None:
        return None
    around = text.words[max(0, named.first - 3) : atom.first]
    if len(around) > _NEAR or not language.contrasts.intersection(around):
        return None
    (start, end), steps = named.days.ranges[0], atom.days.around
    step = _STEPS[named.days.grain]
    ranges = ((start + steps * step, end + steps * step),)
    return replace(atom, weak=False, days=Days(ranges, named.days.grain))


def _first_of_two(atoms: list[Atom], index: int) -> bool:
    """As in "sat or sun": what follows the "or" carries both."""
    if index + 2 >= len(atoms) or atoms[index].days is None:
        return False
    tie, other = atoms[index + 1], atoms[index + 2]
    return tie.op is Op.OR and tie.first == atoms[index].last and other.days is not None and not other.weak


def _carries(other: Atom, atom: Atom) -> bool:
    if other.weak and other.rule.endswith("bare"):
        return False
    return bool(
        other.days or other.clocks or other.op in BOUNDS or other.op in EDGES or other.op is Op.BETWEEN
    )
