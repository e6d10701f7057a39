"""Words that lead to two things: the file is sound, but not every patient gets what they meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sprechstunde.clinic.lookups import Entry, build
from sprechstunde.clinic.problems import Problem
from sprechstunde.clinic.tree import Node
from sprechstunde.clinic.view import ClinicView

_PLACES = {
    "practitioner": ("practitioners", "code"),
    "specialty": ("specialties", "code"),
    "visit_type": ("visit_types", "code"),
    "location": ("locations", "code"),
    "insurer": ("insurers", "name"),
}
_ORDER = "names go before aliases, aliases before complaints, then the order of the file decides"
_WORDS_SHOWN = 4


@dataclass(frozen=True)
class _Clash:
    """`line`: where the word stands that loses; `rival_line`: where the one stands that wins."""

    line: int
    rival_line: int
    loser: Entry
    winner: Entry


def ambiguous_words(tree: Node, clinic: ClinicView, folded: Callable[[str], str]) -> list[Problem]:
    """A warning for words under two headings of a kind, or under a visit type and another field's specialty.

    `folded` makes spellings alike as the assistant does (German and English are searched together there, so they are
    compared together here). Each warning names both places and says who wins.
    """
    by_key: dict[str, list[Entry]] = defaultdict(list)
    for entry in build(clinic).entries:
        key = folded(entry.surface)
        if key:
            by_key[key].append(entry)
    together: dict[tuple[int, int, str, str], list[_Clash]] = defaultdict(list)
    for key, entries in by_key.items():
        for winner, loser in _rivals(entries, clinic):
            clash = _Clash(_line(tree, loser, key, folded), _line(tree, winner, key, folded), loser, winner)
            together[clash.line, clash.rival_line, loser.value, winner.value].append(clash)
    return sorted(_warning(clashes) for clashes in together.values())


def _rivals(entries: list[Entry], clinic: ClinicView) -> Iterator[tuple[Entry, Entry]]:
    """Pairs (who wins, who loses) among entries of one word, in the order in which they are looked up."""
    first: dict[str, Entry] = {}
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        winner = first.setdefault(entry.kind, entry)
        if entry.value != winner.value and (entry.kind, entry.value) not in seen:
            yield winner, entry
        seen.add((entry.kind, entry.value))
    visit, specialty = first.get("visit_type"), first.get("specialty")
    if visit is not None and specialty is not None:
        meant = clinic.visit_type(visit.value)
        if meant is not None and meant.specialty != specialty.value:
            yield visit, specialty


def _warning(clashes: list[_Clash]) -> Problem:
    one = clashes[0]
    words = list(dict.fromkeys(f"`{clash.loser.surface}`" for clash in clashes))
    shown = ", ".join(words[:_WORDS_SHOWN]) + (" …" if len(words) > _WORDS_SHOWN else "")
    loser, winner = _titled(one.loser), _titled(one.winner)
    verb = "stands" if len(words) == 1 else "stand"
    said = f"{shown} {verb} for the {loser} and for the {winner} (line {one.rival_line}): "
    if one.loser.kind != one.winner.kind:
        said += (
            f"who writes it gets the {winner}, and then only from doctors of the {loser}; "
            "give the word to one of them, or the visit type to that specialty"
        )
    else:
        said += f"who writes it gets the {winner} ({_ORDER})"
    return Problem(one.line, said)


def _titled(entry: Entry) -> str:
    return f"{entry.kind.replace('_', ' ')} `{entry.value}`"


def _line(tree: Node, entry: Entry, key: str, folded: Callable[[str], str]) -> int:
    """Where the word stands; for a doctor's name in its many forms, where the doctor begins."""
    section, naming = _PLACES[entry.kind]
    members = tree.value.get(section) if isinstance(tree.value, dict) else None
    for item in members.value if members is not None and isinstance(members.value, list) else []:
        if item.child_text(naming) == entry.value:
            if entry.kind == "practitioner" and entry.source == "name":
                return item.line
            written = (node.line for node in _texts(item) if folded(str(node.value)) == key)
            return next(written, item.line)
    return tree.line


def _texts(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        for child in node.value.values():
            yield from _texts(child)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _texts(child)
    elif node.value is not None:
        yield node
