"""All words of a set of patterns, arranged so that a word of a message finds its patterns at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sprechstunde.assistant.nlu.language_words import ENGLISH, GERMAN
from sprechstunde.assistant.nlu.text import is_typo

_CACHE_SIZE = 20_000
_JOINED_FROM = 8
_PREFIX_TYPOS_FROM = 7


@dataclass(frozen=True)
class Atom:
    """One word of a pattern, folded; `kind` ∈ word prefix (typos allowed) exact begin suffix infix."""

    kind: str
    text: str


class Lexicon:
    """Atoms by id. Add all of them first, then look up; lookups are remembered."""

    def __init__(self) -> None:
        self._ids: dict[Atom, int] = {}
        self._by_text: dict[str, dict[str, int]] = defaultdict(dict)
        self._by_first_letter: dict[str, list[tuple[Atom, int]]] = defaultdict(list)
        self._seen: dict[str, frozenset[int]] = {}

    def add(self, atom: Atom) -> int:
        """The id of `atom`, given on first sight."""
        if atom not in self._ids:
            self._ids[atom] = len(self._ids)
            self._by_text[atom.kind][atom.text] = self._ids[atom]
            if atom.kind == "word" or (atom.kind == "prefix" and len(atom.text) >= _PREFIX_TYPOS_FROM):
                self._by_first_letter[atom.text[0]].append((atom, self._ids[atom]))
        return self._ids[atom]

    def lookup(self, word: str) -> frozenset[int]:
        """The atoms a folded word matches."""
        if word not in self._seen:
            if len(self._seen) >= _CACHE_SIZE:
                self._seen.clear()
            self._seen[word] = frozenset(self._literal(word) | self._misspelt(word))
        return self._seen[word]

    def lookup_joined(self, word: str) -> frozenset[int]:
        """As `lookup`, for two neighbouring words written as one: long words only, and no typos on top."""
        if len(word) < _JOINED_FROM:
            return frozenset()
        found = {self._by_text[kind].get(word) for kind in ("word", "exact")}
        for starts in (self._by_text["prefix"], self._by_text["begin"]):
            found |= {starts.get(word[:length]) for length in range(_JOINED_FROM, len(word) + 1)}
        return frozenset(atom for atom in found if atom is not None)

    def _literal(self, word: str) -> set[int]:
        ends, within = self._by_text["suffix"], self._by_text["infix"]
        found = {self._by_text[kind].get(word) for kind in ("word", "exact")}
        for starts in (self._by_text["prefix"], self._by_text["begin"]):
            found |= {starts.get(word[:length]) for length in range(1, len(word) + 1)}
        found |= {ends.get(word[start:]) for start in range(len(word))}
        found |= {atom for text, atom in within.items() if text in word}
        return {atom for atom in found if atom is not None}

    def _misspelt(self, word: str) -> set[int]:
        # a known everyday word is meant as it stands: "achtet" is no "atmet"
        if len(word) < 4 or word in GERMAN or word in ENGLISH:
            return set()
        return {number for atom, number in self._by_first_letter[word[0]] if _slips_into(word, atom)}


def _slips_into(word: str, atom: Atom) -> bool:
    return is_typo(word[: len(atom.text)] if atom.kind == "prefix" else word, atom.text)
