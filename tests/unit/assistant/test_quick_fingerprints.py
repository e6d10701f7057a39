"""Whether data must be learnt again is told by its fingerprint: it changes with the contents, and with nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from sprechstunde.assistant import tuning

tuning.apply()

from rasa.core.policies.rule_policy import RulePolicy  # noqa: E402 -- Rasa only after `tuning.apply`
from rasa.engine.training.components import FingerprintStatus  # noqa: E402 -- as above
from rasa.nlu.tokenizers.tokenizer import Token  # noqa: E402 -- Rasa only after `tuning.apply`
from rasa.shared.nlu.training_data.message import Message  # noqa: E402 -- as above
from rasa.shared.utils import io  # noqa: E402 -- as above

from sprechstunde.assistant.tuning.quick_fingerprints import (  # noqa: E402 -- as above
    fingerprint,
    key,
    of_features,
)

CONTENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
CONTAINERS = st.lists(CONTENTS) | st.dictionaries(st.text(), CONTENTS)


def shape(value):
    """What is compared: `True` is not 1 here, as it is in Python."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else (type(value).__name__, value)


@given(one=CONTAINERS, other=CONTAINERS)
def test_equal_contents_and_only_those_have_equal_fingerprints(one, other):
    assert (fingerprint(one) == fingerprint(other)) == (shape(one) == shape(other))


def test_the_order_of_keys_counts_for_nothing_and_that_of_a_list_does():
    assert fingerprint({"a": 1, "b": [1, 2]}) == fingerprint({"b": [1, 2], "a": 1})
    assert fingerprint({"a": [1, 2]}) != fingerprint({"a": [2, 1]})


@pytest.mark.parametrize(
    "container", [{1: "a", "b": "c"}, {("a", 1): "c"}, [{None: 1, "x": 2}], {"\ud83d": 1}]
)
def test_unusual_keys_and_broken_emoji_are_no_obstacle(container):
    assert fingerprint(container) == fingerprint(container)
    assert fingerprint(container) != fingerprint([container])


def test_a_message_counts_by_what_was_said():
    said, same, other = (Message({"text": text}) for text in ("Guten Tag", "Guten Tag", "Hallo"))
    assert fingerprint([said]) == fingerprint([same]) != fingerprint([other])


def test_a_word_counts_by_spelling_place_and_stem():
    def told(**changed):
        return fingerprint([Token(**{"text": "Termine", "start": 0, "lemma": "termin", **changed})])

    words: list[dict[str, Any]] = [
        {},
        {"text": "Termin"},
        {"start": 1},
        {"lemma": "termine"},
        {"data": {"pos": "noun"}},
    ]
    assert told() == told()
    assert len({told(**changed) for changed in words}) == len(words)


@pytest.mark.parametrize("layout", ["csr", "coo"])
def test_features_are_told_apart_by_place_and_value(layout):
    def features(cells):
        return of_features(csr_matrix(cells).asformat(layout))

    assert features([[0, 1, 2]]) == features([[0, 1, 2]])
    assert (
        len({features(cells) for cells in ([[0, 1, 2]], [[1, 0, 2]], [[0, 1, 3]], [[0, 1, 2, 0]], [[0]])})
        == 5
    )


def test_a_list_known_only_by_its_fingerprint_leads_to_the_same_step(monkeypatch):
    monkeypatch.setattr(io, "deep_container_fingerprint", fingerprint)
    trackers = [Message({"text": "Guten Tag"}), Message({"text": "Hallo"})]
    remembered = FingerprintStatus(output_fingerprint=fingerprint(trackers), is_hit=True)
    assert key(RulePolicy, {}, {"trackers": trackers}) == key(RulePolicy, {}, {"trackers": remembered})
    assert key(RulePolicy, {}, {"trackers": trackers}) != key(RulePolicy, {}, {"trackers": trackers[:1]})
