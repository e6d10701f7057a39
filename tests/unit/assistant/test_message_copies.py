"""A copied example is as good as the first and shares nothing with it."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
from scipy.sparse import coo_matrix

from sprechstunde.assistant import tuning

tuning.apply()

from rasa.shared.nlu.training_data.features import Features  # noqa: E402 -- Rasa only after `tuning.apply`
from rasa.shared.nlu.training_data.message import Message  # noqa: E402 -- as above

from sprechstunde.assistant.tuning import message_copies  # noqa: E402 -- as above

message_copies.install()


def example() -> Message:
    counts = Features(coo_matrix(np.eye(1, 3)), "sentence", "text", "counts")
    entities = [{"entity": "practitioner", "value": "Yilmaz", "start": 3, "end": 9}]
    data = {"text": "zu Yilmaz", "intent": "book", "entities": entities, "metadata": {"of": ("a", ["b"])}}
    return Message(data=data, output_properties={"text", "intent"}, time=7, features=[counts])


def test_a_copy_is_the_same_message():
    first = example()
    second = deepcopy(first)
    assert second == first
    assert second.fingerprint() == first.fingerprint()
    assert (second.output_properties, second.time) == (first.output_properties, first.time)


def test_what_happens_to_a_copy_leaves_the_first_alone():
    first = example()
    second = deepcopy(first)
    second.set("text", "zu Weber")
    second.get("entities")[0]["value"] = "Weber"
    second.get("metadata")["of"][1].append("c")
    second.features[0].features.data[0] = 9
    second.features.clear()
    second.output_properties.clear()
    untouched = example()
    assert first == untouched
    assert first.fingerprint() == untouched.fingerprint()
    assert first.output_properties == untouched.output_properties
