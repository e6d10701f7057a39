"""The clinic's words (people, specialties, visits, places, insurers), ready to be found in messages.

Built from `clinic.service.lookups()` for each revision of the clinic: a new doctor is understood within a second,
without training. spaCy's PhraseMatcher finds the phrases; before that, each word of a message is set right
(`Index.canonical`): typos, plurals and German compounds ("Hautarzttermin") become the word that the clinic knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from sprechstunde.assistant.nlu.language_words import ENGLISH, GERMAN
from sprechstunde.assistant.nlu.text import Word, fold, folded_words, is_typo, words
from sprechstunde.clinic.lookups import Lookups

# What German appends to a noun: endings, and the second half of everyday compounds.
_ENDINGS = [
    fold(ending) for ending in ["s", "es", "n", "en", "e", "er", "ern", "ns", "in", "innen", "i'n", "'s"]
]
_COMPOUNDS = folded_words(
    "termin termine termins praxis problem probleme beschwerden schmerz schmerzen untersuchung sprechstunde "
    "kontrolle check arzt ärztin versicherung krankenkasse kasse versichert behandlung beratung verdacht"
)
_LINKED = frozenset("s" + word for word in _COMPOUNDS)
_COMPOUND_FROM = 4
_ENDING_FROM = 5
_SHORT_PLURAL = 3
_CACHE_SIZE = 20_000
_NO_EVIDENCE = frozenset(
    fold(word)
    for word in ["sommer", "winter", "herbst", "frühling", "weiß", "weiss", "klein", "lang", "groß"]
)


@dataclass(frozen=True)
class Meaning:
    """`value` as contracted for `kind`; `source` ∈ name alias symptom; `bare_name`: a family name and nothing else."""

    kind: str
    value: str
    source: str
    bare_name: bool = False


@dataclass(frozen=True)
class Found:
    """A phrase of the clinic in a message: words `first` up to, not including, `end`."""

    meaning: Meaning
    first: int
    end: int


class Index:
    """All phrases of one revision of the clinic's words."""

    def __init__(self, lookups: Lookups, family_names: frozenset[str] = frozenset()) -> None:
        """`family_names`: of the practitioners, as written."""
        self.revision = lookups.revision
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._meanings: dict[tuple[str, str], Meaning] = {}
        self._family_names = frozenset(fold(name) for name in family_names)
        phrases: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for entry in lookups.entries:
            folded = [word.folded for word in words(entry.surface)]
            phrase = " ".join(folded)
            if not phrase or (entry.kind, phrase) in self._meanings:
                continue
            bare = entry.kind == "practitioner" and entry.source == "name" and phrase in self._family_names
            self._meanings[entry.kind, phrase] = Meaning(entry.kind, entry.value, entry.source, bare)
            phrases[entry.kind][phrase] = folded
        for kind, known in phrases.items():
            self._matcher.add(kind, [Doc(self._vocab, words=folded) for folded in known.values()])
        self._known = {word for known in phrases.values() for folded in known.values() for word in folded}
        self._single = {
            p for known in phrases.values() for p in known if " " not in p and len(p) > _COMPOUND_FROM
        }
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            self._by_letter[word[0]].append(word)
        self._canonical: dict[str, str] = {}

    def canonical(self, word: str) -> str:
        """The clinic's word that a folded word stands for, or the word itself."""
        if word in self._known or len(word) < _COMPOUND_FROM or word.isdigit():
            return word
        if word not in self._canonical:
            if len(self._canonical) >= _CACHE_SIZE:
                self._canonical.clear()
            self._canonical[word] = self._inflected(word) or self._misspelt(word) or word
        return self._canonical[word]

    def _inflected(self, word: str) -> str | None:
        if word[-1] == "s" and word[:-1] in self._known and len(word) > _SHORT_PLURAL:
            return word[:-1]  # "knees", "my knee's sore": folded, a knee has three letters
        for length in range(len(word) - 1, _COMPOUND_FROM - 1, -1):
            head, tail = word[:length], word[length:]
            if head not in self._known:
                continue
            # "arzt" + "termin" share a t once doubled letters are one
            if tail in _COMPOUNDS or head[-1] + tail in _COMPOUNDS or tail in _LINKED:
                return head
            # "shots", "tests": the plural of short words, too
            if (length >= _ENDING_FROM and tail in _ENDINGS) or tail == "s":
                return head
        return None

    def _misspelt(self, word: str) -> str | None:
        if word in GERMAN or word in ENGLISH or word in _NO_EVIDENCE:
            return None
        near = [known for known in self._by_letter[word[0]] if is_typo(word, known)]
        return min(near, key=lambda known: OSA.distance(word, known), default=None)

    def find(self, message: Sequence[Word]) -> list[Found]:
        """Phrases in the message; of overlapping ones of a kind the longest."""
        if not message:
            return []
        # "haut arzt" is one word there; the "check up" of a "child check-up" is not.
        return _longest([*self._read(message, joining=False), *self._read(message, joining=True)])

    def _read(self, message: Sequence[Word], *, joining: bool) -> Iterator[Found]:
        tokens, places = self._tokens(message, joining=joining)
        for match_id, start, end in self._matcher(Doc(self._vocab, words=tokens)):
            kind = self._vocab.strings[match_id]
            meaning = self._meanings[kind, " ".join(tokens[start:end])]
            yield Found(meaning, places[start][0], places[end - 1][1])

    def _tokens(self, message: Sequence[Word], *, joining: bool) -> tuple[list[str], list[tuple[int, int]]]:
        """The message in the clinic's words; with `joining`, two words that are one there become that one."""
        tokens: list[str] = []
        places: list[tuple[int, int]] = []
        i = 0
        while i < len(message):
            word = message[i].folded
            joined = word + message[i + 1].folded if i + 1 < len(message) else ""
            if joining and joined in self._single:
                tokens.append(joined)
                places.append((i, i + 2))
                i += 2
                continue
            tokens.append(self.canonical(word))
            places.append((i, i + 1))
            i += 1
        return tokens, places


def _longest(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for item in sorted(found, key=lambda f: (f.first - f.end, f.first)):
        if not any(
            k.meaning.kind == item.meaning.kind and k.first < item.end and item.first < k.end for k in kept
        ):
            kept.append(item)
    return sorted(kept, key=lambda f: f.first)


def is_everyday_word(folded: str) -> bool:
    """A family name that is also a word ("ich weiß nicht", "im Sommer") needs more evidence than itself."""
    return folded in GERMAN or folded in ENGLISH or folded in _NO_EVIDENCE
