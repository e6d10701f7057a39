"""A small pattern language for phrases, readable by people who write dialogues, tolerant of typos.

    word            this word, typos allowed (`text.is_typo`; a known everyday word is never a typo)
    word*           a word beginning so (typos from 7 letters on)       *word  *word*   ending with it, containing it
    =word  =word*   the same without typos
    a|b c|<group>   alternatives are single words; `<group>` is a named list of words
    (word)          may be missing
    ...             up to five words in between
    x & y           both, in any order, within twelve words of each other

Everything is compared folded (`text.fold`): "Ärztin" in a pattern finds "aerztin". "Herz infarkt" is found as one word.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sprechstunde.assistant.nlu.lexicon import Atom, Lexicon
from sprechstunde.assistant.nlu.text import Word, fold

GAP = 5
WINDOW = 12
Span = tuple[int, int]
"""First word and one past the last word of a match."""


class PatternError(ValueError):
    """A pattern is malformed; the message quotes it."""


@dataclass(frozen=True)
class Element:
    """One place of a sequence: any of `atoms` (ids of the lexicon); `gap` elements stand for "..."."""

    atoms: frozenset[int] = frozenset()
    optional: bool = False
    gap: bool = False


Steps = tuple[Element, ...]


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern: sequences which must all occur, in any order."""

    source: str
    parts: tuple[Steps, ...]

    def rarest_step(self) -> frozenset[int]:
        """Words of which one must occur, whatever else does: the shortest list of the pattern."""
        steps = [step.atoms for part in self.parts for step in part if not step.gap and not step.optional]
        return min(steps, key=len)

    def find(self, text: Text) -> Iterator[Span]:
        """All spans of words where the pattern holds, in order of appearance."""
        if not all(text.may_hold(part) for part in self.parts):
            return
        first, *others = self.parts
        for span in text.find(first):
            spans = [span]
            for part in others:
                near = next((other for other in text.find(part) if _joins(other, spans)), None)
                if near is None:
                    break
                spans.append(near)
            else:
                yield min(start for start, _ in spans), max(end for _, end in spans)


def _joins(other: Span, spans: Sequence[Span]) -> bool:
    """Close to the spans found so far, and made of other words."""
    begin, end = min(other[0], *(s for s, _ in spans)), max(other[1], *(e for _, e in spans))
    return end - begin <= WINDOW and all(other[1] <= s or other[0] >= e for s, e in spans)


class Text:
    """A message prepared for many patterns: each of its words is looked up once in the lexicon."""

    def __init__(self, found: Sequence[Word], lexicon: Lexicon) -> None:
        self._clauses = [word.clause for word in found]
        self._ends_at: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.atoms: set[int] = set()
        """The words of the lexicon that occur."""
        for i, word in enumerate(found):
            self._add(lexicon.lookup(word.folded), i, i + 1)
        for i, (word, following) in enumerate(itertools.pairwise(found)):
            # "herz infarkt" is one word to a pattern, whatever the space bar says
            self._add(lexicon.lookup_joined(word.folded + following.folded), i, i + 2)

    def _add(self, atoms: frozenset[int], start: int, end: int) -> None:
        self.atoms |= atoms
        for atom in atoms:
            self._ends_at[start][atom].add(end)

    def __len__(self) -> int:
        return len(self._clauses)

    def same_clause(self, first: int, second: int) -> bool:
        """Do two words stand in one clause, with no comma or full stop between them?"""
        return self._clauses[first] == self._clauses[second]

    def may_hold(self, steps: Steps) -> bool:
        """False when a word that `steps` cannot do without is nowhere in the message (the quick way out)."""
        return not any(
            step.atoms.isdisjoint(self.atoms) for step in steps if not step.gap and not step.optional
        )

    def find(self, steps: Steps) -> list[Span]:
        """The shortest span from each starting word, in order of appearance."""
        spans = ((start, min(self._ends(steps, 0, start), default=0)) for start in sorted(self._ends_at))
        return [(start, end) for start, end in spans if end]

    def _ends(self, steps: Steps, at: int, position: int) -> Iterator[int]:
        if at == len(steps):
            yield position
            return
        step = steps[at]
        if step.gap:
            for skipped in range(GAP + 1):
                yield from self._ends(steps, at + 1, position + skipped)
            return
        if step.optional:
            yield from self._ends(steps, at + 1, position)
        here = self._ends_at.get(position)
        if here:
            for end in {end for atom in step.atoms & here.keys() for end in here[atom]}:
                yield from self._ends(steps, at + 1, end)


def compile_pattern(source: str, groups: Mapping[str, Sequence[str]], lexicon: Lexicon) -> Pattern:
    """Read one pattern, its words into `lexicon`; raises `PatternError` for an unknown group or an empty part."""
    return Pattern(source, tuple(_steps(part, source, groups, lexicon) for part in source.split("&")))


def _steps(part: str, source: str, groups: Mapping[str, Sequence[str]], lexicon: Lexicon) -> Steps:
    pieces = [piece.strip("()").split("|") for piece in part.split()]
    optional = [piece.startswith("(") for piece in part.split()]
    if not pieces or pieces[0] == ["..."] or pieces[-1] == ["..."] or all(optional):
        raise PatternError(f"nothing to look for in a part of {source!r}")
    return tuple(
        Element(gap=True)
        if choices == ["..."]
        else Element(_atoms(choices, source, groups, lexicon), may_miss)
        for choices, may_miss in zip(pieces, optional, strict=True)
    )


def _atoms(
    choices: Sequence[str], source: str, groups: Mapping[str, Sequence[str]], lexicon: Lexicon
) -> frozenset[int]:
    names: list[str] = []
    for choice in choices:
        if choice.startswith("<") and choice.endswith(">"):
            if choice[1:-1] not in groups:
                raise PatternError(f"unknown group {choice} in {source!r}")
            names.extend(groups[choice[1:-1]])
        else:
            names.append(choice)
    return frozenset(lexicon.add(_atom(name, source)) for name in names)


def _atom(word: str, source: str) -> Atom:
    # "life-threatening" is two words in a message; joined they are found either way
    text = "".join(fold(piece) for piece in word.strip("=*").split("-"))
    if not text:
        raise PatternError(f"empty word in {source!r}")
    if word.startswith("*") and word.endswith("*"):
        return Atom("infix", text)
    if word.startswith("*"):
        return Atom("suffix", text)
    if word.endswith("*"):
        return Atom("begin" if word.startswith("=") else "prefix", text)
    return Atom("exact" if word.startswith("=") else "word", text)
