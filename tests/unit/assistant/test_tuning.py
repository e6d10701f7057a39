"""What is spared in a turn changes no answer."""

from __future__ import annotations

import pytest

from sprechstunde.assistant import tuning

tuning.apply()

from jsonschema import Draft7Validator, ValidationError  # noqa: E402 -- Rasa only after `tuning.apply`
from rasa.core.actions.action import RemoteAction  # noqa: E402 -- as above
from rasa.shared.core.events import Event, SlotSet  # noqa: E402 -- as above

SAID = {"text": "Guten Tag"}
ANSWERS = [
    {},
    {"events": [], "responses": [SAID]},
    {"events": [{"event": "slot", "name": "time", "value": None}], "responses": []},
    {"events": [{"event": "slot", "timestamp": None, "name": "time", "value": [1]}], "responses": []},
    {"events": [{"event": "slot", "timestamp": None, "name": 7, "value": 1}], "responses": []},
    {"events": [{"event": "slot", "timestamp": "now", "name": "time", "value": 1}], "responses": []},
    {
        "events": [{"event": "slot", "timestamp": None, "name": "time", "value": 1, "metadata": 1}],
        "responses": [],
    },
    {"events": [{"event": "slot", "name": 7}], "responses": []},
    {"events": [{"event": "slot"}], "responses": []},
    {"events": [{"name": "time"}], "responses": []},
    {"events": [{"event": "never heard of"}], "responses": []},
    {"events": ["slot"], "responses": []},
    {"events": [{"event": "followup", "name": "booking_form", "timestamp": "now"}]},
    {"events": {"event": "slot"}, "responses": []},
    {"events": [], "responses": [{"text": 1}]},
    {"events": [], "responses": "Guten Tag"},
]


@pytest.mark.parametrize("answer", ANSWERS, ids=str)
def test_the_same_answers_of_an_action_server_are_refused(answer):
    rasas = Draft7Validator(RemoteAction.action_response_format_spec())
    action = RemoteAction("action_any", None)
    if rasas.is_valid(answer):
        assert action._validate_action_result(answer)
    else:
        with pytest.raises(ValidationError):
            action._validate_action_result(answer)


def test_events_are_found_by_name_and_unknown_ones_are_not():
    for _ in range(2):
        assert Event.resolve_by_type("slot") is SlotSet
        assert Event.resolve_by_type("no such", SlotSet) is SlotSet
        with pytest.raises(ValueError, match="no such"):
            Event.resolve_by_type("no such")
