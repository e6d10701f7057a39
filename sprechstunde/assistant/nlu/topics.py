"""Word families as a feature for the classifier: a word it has never met still says whose business it is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from sprechstunde.assistant.nlu.lexicon import Atom, Lexicon
from sprechstunde.assistant.nlu.text import fold, words

TOPICS_FILE = Path(__file__).resolve().parents[3] / "data" / "topics.yml"
ELSEWHERE = "elsewhere"


class Topics:
    """Which families of words a message touches."""

    def __init__(self, families: dict[str, list[str]]) -> None:
        """`families`: the words of each, marked as in data/topics.yml."""
        self.families = families
        self.names = sorted(families)
        self._lexicon = Lexicon()
        self._topics: dict[int, set[int]] = {}
        for column, name in enumerate(self.names):
            for word in families[name]:
                number = self._lexicon.add(_atom(word))
                self._topics.setdefault(number, set()).add(column)

    def of(self, text: str | None) -> Sequence[int]:
        """Columns (places in `names`) of the families that occur in a message, ascending."""
        found: set[int] = set()
        spoken = [word.folded for word in words(text)]
        for word in spoken:
            for atom in self._lexicon.lookup(word):
                found |= self._topics[atom]
        for first, second in itertools.pairwise(spoken):
            for atom in self._lexicon.lookup_joined(first + second):
                found |= self._topics[atom]
        return sorted(found)


def load_topics(path: Path = TOPICS_FILE) -> Topics:
    """The families of the file; all families of other businesses also count as one, "elsewhere"."""
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> Topics:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    families = {name: line.split() for part in content.values() for name, line in part.items()}
    families[ELSEWHERE] = [word for line in content[ELSEWHERE].values() for word in line.split()]
    return Topics(families)


def _atom(word: str) -> Atom:
    text = "".join(fold(piece) for piece in word.strip("=*").split("-"))
    if word.startswith("*") and word.endswith("*"):
        return Atom("infix", text)
    if word.startswith("*"):
        return Atom("suffix", text)
    if word.endswith("*"):
        return Atom("begin", text)
    return Atom("exact" if word.startswith("=") or len(text) < 7 else "word", text)
