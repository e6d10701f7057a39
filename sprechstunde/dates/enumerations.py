"""Lists of days after one "not": "nicht Montag, Dienstag oder Mittwoch" rules all three out."""

from __future__ import annotations

from sprechstunde.dates.atoms import Atom, Op
from sprechstunde.dates.groups import Group
from sprechstunde.dates.language import Language
from sprechstunde.dates.leaning import only_fillers
from sprechstunde.dates.text import Normal, fold

_MANY = 3  # "nicht Mo, Di, Mi" is a list, "nicht Montag, Dienstag" may be a correction
# "Alles außer Montag, Dienstag und Freitag geht": what is approved of is the rest.
_ALL_BUT = frozenset(
    fold(word) for word in ("außer", "ausser", "ausgenommen", "but", "except", "excluding", "besides")
)


def spread_negation(text: Normal, groups: list[Group], atoms: list[Atom], language: Language) -> None:
    """Marks as negated the days of a list that begins with a negated one, unless its end is approved of."""
    index = 0
    while index < len(groups):
        members = _list_from(text, groups[index:], atoms, language)
        if len(members) > 1 and _is_closed(members, atoms) and not _approved(text, members, language):
            for group in members:
                group.negated = True
        index += len(members)


def _list_from(text: Normal, groups: list[Group], atoms: list[Atom], language: Language) -> list[Group]:
    """The first group, and those that follow it in a list of bare days; it alone where it is none."""
    members = groups[:1]
    if not (members[0].negated and _is_bare_day(members[0])):
        return members
    for group in groups[1:]:
        start = members[-1].last
        joined = _tied(members[-1], group, atoms) or only_fillers(text, start, group.first, language)
        if not joined or not _is_bare_day(group):
            break
        members.append(group)
    return members


def _is_bare_day(group: Group) -> bool:
    return group.days is not None and not group.clocks and group.op is None and not group.past


def _tied(before: Group, group: Group, atoms: list[Atom]) -> bool:
    return any(atom.op is Op.OR and before.last <= atom.first < group.first for atom in atoms)


def _is_closed(members: list[Group], atoms: list[Atom]) -> bool:
    """ "…, Dienstag oder Mittwoch": the word before the last one tells a list from a correction."""
    return len(members) >= _MANY or _tied(members[-2], members[-1], atoms)


def _approved(text: Normal, members: list[Group], language: Language) -> bool:
    """ "Nicht Montag, Dienstag oder Mittwoch wäre gut"."""
    if _ALL_BUT.intersection(text.words[members[0].first : members[0].last]):
        return False
    behind = " " + " ".join(text.words[members[-1].last :])
    return bool(language.approvals.match(behind)) and not language.refusals.match(behind)
