"""Families of phrasing: examples so alike that knowing one is knowing the other.

Split at random, "termin morgen" is trained on and "Termin morgen bitte" is tested: that measures memory. So likeness is
the cosine of weighted pieces of words, families are what average linkage joins, and a family is never split.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedGroupKFold

from sprechstunde.assistant.nlu.text import fold
from sprechstunde.workbench.evaluation.examples import Example

APART = 0.75
"""Cosine distance from which two groups of phrases are strangers: "brauche einen Termin beim Hautarzt" and "bräuchte
einen Hautarzttermin" are one family (0.5), "kann sich jemand meinen Ausschlag ansehen" is another."""


def families(examples: Sequence[Example]) -> list[int]:
    """The number of each example's family. Both languages together: much is written alike in both ("ok", names)."""
    numbers, first_free = [-1] * len(examples), 0
    by_intent: dict[str, list[int]] = defaultdict(list)
    for place, example in enumerate(examples):
        by_intent[example.intent].append(place)
    for places in by_intent.values():
        labels = _alike([fold(examples[place].text) or "_" for place in places])
        for place, label in zip(places, labels, strict=True):
            numbers[place] = first_free + label
        first_free += max(labels) + 1
    return numbers


def _alike(texts: list[str]) -> list[int]:
    if len(texts) < 2:
        return [0] * len(texts)
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True).fit_transform(texts)
    distances = np.clip(1 - (vectors @ vectors.T).toarray(), 0, None)
    clustering = AgglomerativeClustering(
        n_clusters=None, distance_threshold=APART, linkage="average", affinity="precomputed"
    )
    return [int(label) for label in clustering.fit_predict(distances)]


def folds(examples: Sequence[Example], count: int) -> Iterator[tuple[list[int], list[int]]]:
    """`count` times the places to train on and to test on; families stay whole, intents and languages even."""
    groups = families(examples)
    strata = [f"{example.intent} {example.language}" for example in examples]
    splitter = StratifiedGroupKFold(n_splits=count, shuffle=True, random_state=1)
    for train, test in splitter.split(strata, strata, groups):
        yield [int(place) for place in train], [int(place) for place in test]
