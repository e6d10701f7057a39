"""One way of making spellings alike, for every component.

`fold` forgets what people forget on a phone: capitals, umlauts (ä, ae and a are one), ß, accents, doubled
letters. Digits stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SPELLINGS = {"ß": "s", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_UMLAUT_PAIRS = {"ae", "oe", "ue"}
_WORD = re.compile(r"[^\W_]+(?:['’´`][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?;\n]+\s|[!?\n]+|\.{2,}|…")


@dataclass(frozen=True)
class Word:
    """A word of a message: folded form and its place in the original text (`end` exclusive)."""

    folded: str
    start: int
    end: int
    sentence: int
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
    """The words of a message with their sentence numbers; empty for None, blanks, emoji or punctuation
    only.
    """
    found: list[Word] = []
    sentence, ends = 0, [match.end() for match in _SENTENCE_END.finditer(text or "")]
    for match in _WORD.finditer(text or ""):
        while ends and match.start() >= ends[0]:
            ends.pop(0)
            sentence += 1
        found.append(Word(fold(match.group()), match.start(), match.end(), sentence, match.group()))
    return found


def allowed_edits(word: str) -> int:
    """How many typos a word of this length may carry: short words must be right, or everything resembles
    them.
    """
    return 0 if len(word) < 5 else 1 if len(word) < 9 else 2
