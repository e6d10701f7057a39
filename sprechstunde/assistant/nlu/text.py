"""One way of making spellings alike, for every component.

`fold` forgets what people forget on a phone: capitals, umlauts (ä, ae and a are one), ß, accents, doubled
letters. Digits stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

_SPELLINGS = {"ß": "s", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_UMLAUT_PAIRS = {"ae", "oe", "ue"}
_WORD = re.compile(r"[^\W_]+(?:['’´`][^\W_]+)*")
_CLAUSE_END = re.compile(r"[.,;:]+(?=\s)|[!?\n]+|\.{2,}|…|\s[-–—]+\s")


@dataclass(frozen=True)
class Word:
    """A word of a message: folded form and its place in the original text (`end` exclusive),
    and the number of its clause."""

    folded: str
    start: int
    end: int
    clause: int
    text: str


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """`"Ärztin"`, `"aerztin"` and `"ARZTIN"` → `"arztin"`; `"halllooo"` → `"halo"`; `"11"` stays `"11"`."""
    letters: list[str] = []
    lowered = unicodedata.normalize("NFKC", word).casefold().replace("ss", "s")
    for char in unicodedata.normalize("NFD", lowered):
        if unicodedata.combining(char) or char in "'’´`":
            continue
        char = _SPELLINGS.get(char, char)
        if letters and letters[-1] == char and not char.isdigit():
            continue
        # "aerztin" is "ärztin"; the e goes, as the two dots did. ("neue" loses it too, on both sides alike.)
        if char == "e" and letters and letters[-1] + char in _UMLAUT_PAIRS:
            continue
        letters.append(char)
    return "".join(letters)


def words(text: str | None) -> list[Word]:
    """The words of a message with their clause numbers; empty for None, blanks, emoji or punctuation
    only.
    """
    found: list[Word] = []
    clause, ends = 0, [match.end() for match in _CLAUSE_END.finditer(text or "")]
    for match in _WORD.finditer(text or ""):
        while ends and match.start() >= ends[0]:
            ends.pop(0)
            clause += 1
        found.append(Word(fold(match.group()), match.start(), match.end(), clause, match.group()))
    return found


def is_typo(word: str, meant: str) -> bool:
    """Is `word` a slip of the thumb for `meant` (both folded)? Short words must be right: everything resembles them.

    Five letters may be swapped, six to nine carry one slip, longer words two; the first letter is always right.
    """
    edits = 0 if len(meant) < 5 else 1 if len(meant) < 10 else 2
    if not edits or word[:1] != meant[:1] or abs(len(word) - len(meant)) > edits:
        return False
    if len(meant) == 5 and sorted(word) != sorted(meant):
        return False
    return OSA.distance(word, meant, score_cutoff=edits) <= edits


def folded_words(line: str) -> frozenset[str]:
    """The words of a list written as one line, folded."""
    return frozenset(fold(word) for word in line.split())


def joined(text: str) -> str:
    """The folded words of a text without what is between them: "Haut-Check", "Haut Check" and "Hautcheck" are one."""
    return "".join(word.folded for word in words(text))
