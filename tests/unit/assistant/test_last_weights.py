"""A training goes on from where the latest left off, and comes to the same as one from nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from sprechstunde.assistant.nlu import last_weights, one_vs_rest
from sprechstunde.assistant.nlu.ngrams import NGrams
from sprechstunde.assistant.nlu.one_vs_rest import Weights

SAID = {
    "greet": ["hallo", "guten tag", "moin zusammen", "hi there"],
    "cancel": ["ich kann nicht kommen", "termin absagen", "komme doch nicht", "i can't come"],
    "book": ["termin bitte", "wann kann ich kommen", "brauche einen termin", "can i come in"],
}
BLOCKS = [{"analyzer": "word", "ngram_range": [1, 2], "min_df": 1}]


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the weights are kept in these tests."""
    path = tmp_path / "last.npz"
    monkeypatch.setenv(last_weights.VARIABLE, str(path))
    return path


def learn(said: dict[str, list[str]], before: Weights | None = None) -> tuple[Weights, NGrams, list[str]]:
    ngrams = NGrams(BLOCKS)
    texts = [text for texts in said.values() for text in texts]
    labels = np.array([intent for intent, texts in said.items() for _ in texts])
    features: csr_matrix = ngrams.learn(texts)
    names = ngrams.terms[0]
    known = last_weights.recall(names) if before is None else before
    weights = one_vs_rest.fit(features, labels, sorted(said), c=30, tol=1e-4, before=known)
    return weights, ngrams, names


def scores(weights: Weights, ngrams: NGrams, text: str) -> Any:
    total = weights.bias.copy()
    for columns, values in ngrams.of(text):
        total += values @ weights.matrix[columns]
    return total


def test_a_changed_example_is_learnt_as_if_from_nothing(file: Path) -> None:
    changed = {**SAID, "greet": [*SAID["greet"], "seas"], "bye": ["tschüss", "bis bald", "see you"]}
    cold, ngrams, _ = learn(changed)

    weights, _, names = learn(SAID)
    last_weights.remember(weights, names)
    assert last_weights.recall(names) is not None
    warm, _, _ = learn(changed)

    assert warm.intents == ["book", "bye", "cancel", "greet"]
    for text in ("seas", "ich kann nicht", "bis bald", "einen termin bitte"):
        assert scores(warm, ngrams, text) == pytest.approx(scores(cold, ngrams, text), abs=0.05)


def test_words_that_came_in_between_begin_with_nothing_and_those_that_went_are_forgotten() -> None:
    matrix = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], dtype=np.float32)
    last_weights.remember(Weights(["a", "b"], matrix, np.array([0.5, 0.25])), ["ja", "nein", "weg"])
    found = last_weights.recall(["doch", "ja", "nein"])
    assert found is not None
    assert found.matrix.tolist() == [[0.0, 0.0], [1.0, 2.0], [3.0, 4.0]]
    assert found.of("b") is not None
    assert found.of("new") is None


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 half of one"])
def test_a_broken_file_costs_only_the_time(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert last_weights.recall(["ja"]) is None
    assert learn(SAID)[0].intents == sorted(SAID)


def test_without_a_place_nothing_is_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(last_weights.VARIABLE)
    weights, _, names = learn(SAID)
    last_weights.remember(weights, names)
    assert not file.exists()
    assert last_weights.recall(names) is None


def test_what_was_learnt_is_read_back_as_it_was() -> None:
    ngrams = NGrams([*BLOCKS, {"analyzer": "char_wb", "ngram_range": [2, 3], "min_df": 1}])
    ngrams.learn(["guten tag", "termin absagen"])
    again = NGrams([*BLOCKS, {"analyzer": "char_wb", "ngram_range": [2, 3], "min_df": 1}])
    again.restore(ngrams.terms, ngrams.idf)
    for text in ("guten termin", "tag tag", "ganz anders", "🙂", ""):
        pairs = zip(ngrams.of(text), again.of(text), strict=True)
        assert all(np.array_equal(a, b) for one, two in pairs for a, b in zip(one, two, strict=True))
