"""Which words, word pairs and pieces of words a message holds, as numbers. Knows no Rasa."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

Numbers = tuple[Any, Any]
"""Columns and their values."""


class NGrams:
    """Blocks of n-grams, each weighted by tf-idf and brought to length 1 on its own; columns lie side by side."""

    def __init__(self, blocks: Sequence[dict[str, Any]]) -> None:
        """`blocks`: options of scikit-learn's `CountVectorizer`; all read folded words with blanks between them."""
        self._counters = [_counter(block) for block in blocks]
        self._idf = np.zeros(0)

    @property
    def width(self) -> int:
        """How many columns there are; 0 before anything was learnt."""
        return len(self._idf)

    @property
    def terms(self) -> list[list[str]]:
        """The n-grams of each block, in the order of its columns."""
        return [
            sorted(counter.vocabulary_, key=counter.vocabulary_.__getitem__) for counter in self._counters
        ]

    @property
    def idf(self) -> Any:
        """Weight of each column."""
        return self._idf

    def learn(self, texts: Sequence[str]) -> csr_matrix:
        """Take the n-grams of these texts for all there are; what they come to, a row for each text."""
        counts = [counter.fit_transform(texts) for counter in self._counters]
        weightings = [TfidfTransformer(sublinear_tf=True).fit(block) for block in counts]
        self._idf = np.concatenate([weighting.idf_ for weighting in weightings])
        return hstack([w.transform(block) for w, block in zip(weightings, counts, strict=True)]).tocsr()

    def restore(self, terms: Sequence[Sequence[str]], idf: Any) -> None:
        """As they were when `terms` and `idf` were taken."""
        for counter, known in zip(self._counters, terms, strict=True):
            counter.vocabulary_ = {term: column for column, term in enumerate(known)}
        self._idf = idf

    def of(self, text: str) -> Iterator[Numbers]:
        """Columns and values of one text, block by block; empty blocks are left out."""
        offset = 0
        for counter in self._counters:
            counts = counter.transform([text])
            if counts.nnz:
                counts.sort_indices()
                columns = counts.indices + offset
                values = (1 + np.log(counts.data)) * self._idf[columns]
                yield columns, values / np.linalg.norm(values)
            offset += len(counter.vocabulary_)


def _counter(options: dict[str, Any]) -> CountVectorizer:
    given = {**options, "ngram_range": tuple(options["ngram_range"])}
    pattern = {"token_pattern": r"(?u)\b\w+\b"} if given["analyzer"] == "word" else {}
    return CountVectorizer(lowercase=True, **pattern, **given)
