"""From what was typed to what the grammar reads: folded words, numbers as written, typos mended, offsets kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

# Spellings with digits first, then numbers and what is glued to them ("14:30", "3.12.", "10-12"), words, anything else.
_TOKEN = re.compile(
    r"2(?:m(?:or+ow|oro|row|rw)|day|nite|night)\b|b4\b|\d+(?:[.:/–-]{1,2}\d+|,\d+)*\.?|(?:[^\W\d_]|[\u0300-\u036f])+(?:['’´`](?:[^\W\d_])+)*|[^\w\s]|_|\n",
    re.IGNORECASE,
)
_UE = re.compile(r"(?<![aeoq])ue")  # but "neuen" stays, and does not become "neun"
_DOTTED = re.compile(r"\d{1,4}\.|\d{1,2}:\d\d\.")
_STRETCHED = re.compile(r"(.)\1{2,}")
_DASHES = str.maketrans("–—", "--")
_APOSTROPHES = str.maketrans("", "", "'’´`")


def fold(word: str) -> str:
    """One spelling for "nächste", "naechste" and "nachste"; the whole vocabulary goes through the same fold."""
    if word.isascii():
        plain = word.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", word.casefold())
        plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    plain = plain.translate(_APOSTROPHES)
    return _UE.sub("u", plain.replace("ae", "a").replace("oe", "o")) if "e" in plain else plain


@dataclass(frozen=True)
class Spelling:
    """What a language knows of spelling: aliases, compounds, words that typos are mended to, words that are right."""

    aliases: Mapping[str, tuple[str, ...]]
    targets: tuple[str, ...]
    known: frozenset[str]
    full_stop: re.Pattern[str] | None = None
    """What follows where the dot behind a number ends a sentence; None where it makes an ordinal."""

    def knowing(self, words: Iterable[str]) -> Spelling:
        """The same with more words that are right as they stand."""
        return replace(self, known=self.known | frozenset(words))

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


class Normal:
    """A text as the grammar sees it: tokens joined by single spaces, each mapped back to its place.

    `words[i]` stands at `starts[i]` in `norm`, and came from characters `begins[i]` to `ends[i]` of the original.
    """

    def __init__(self, text: str, spelling: Spelling) -> None:
        self.raw = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.begins: list[int] = []
        self.ends: list[int] = []
        position = 0
        for match in _TOKEN.finditer(text):
            for word in self._parts(match, spelling):
                self.words.append(word)
                self.starts.append(position)
                self.begins.append(match.start())
                self.ends.append(match.end())
                position += len(word) + 1
        self.norm = " ".join(self.words)

    def _parts(self, match: re.Match[str], spelling: Spelling) -> tuple[str, ...]:
        piece = match.group()
        if (
            spelling.full_stop
            and _DOTTED.fullmatch(piece)
            and spelling.full_stop.match(self.raw, match.end())
        ):
            return (piece[:-1], ".")
        return _read(piece, spelling)

    def index_at(self, position: int) -> int:
        """The token that starts at or after `position` in `norm`."""
        return bisect_left(self.starts, position)


def _read(piece: str, spelling: Spelling) -> tuple[str, ...]:
    first = piece[0]
    if first in "'’´`":
        return ()
    if first.isdigit():
        if piece[-1].isalpha():
            return spelling.aliases.get(fold(piece), (fold(piece),))
        return (piece.translate(_DASHES),) if piece.isascii() or "–" in piece else ("#",)
    if not first.isalpha():
        return (piece.translate(_DASHES),)
    return _mended(fold(piece), spelling) or ("#",)


@lru_cache(maxsize=20_000)
def _mended(word: str, spelling: Spelling) -> tuple[str, ...]:
    """The word, or what it stands for: an alias, the parts of a compound, the word that a typo meant."""
    if word not in spelling.known:
        word = _STRETCHED.sub(r"\1\1" if _STRETCHED.sub(r"\1\1", word) in spelling.known else r"\1", word)
    if word in spelling.aliases:
        return spelling.aliases[word]
    if word in spelling.known or not 5 <= len(word) <= 24:
        return (word,) if word and " " not in word else ()
    allowed = 1 if len(word) < 8 else 2
    best, best_distance = word, allowed + 1
    for target in spelling.targets:
        if target[0] != word[0] or abs(len(target) - len(word)) > allowed or len(target) < 5:
            continue
        distance = OSA.distance(word, target, score_cutoff=allowed)
        if distance < best_distance:
            best, best_distance = target, distance
    return spelling.aliases.get(best, (best,))
