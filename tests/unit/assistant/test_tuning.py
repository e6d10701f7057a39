"""What is spared in a turn changes no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprechstunde.assistant import tuning

tuning.apply()

from jsonschema import Draft7Validator, ValidationError  # noqa: E402 -- Rasa only after `tuning.apply`
from rasa.core.actions.action import RemoteAction  # noqa: E402 -- as above
from rasa.shared.core.domain import Domain  # noqa: E402 -- as above
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered  # noqa: E402 -- as above
from rasa.shared.core.slots import TextSlot  # noqa: E402 -- as above
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402 -- as above
from rasa_sdk import Tracker  # noqa: E402 -- as above

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


def test_an_action_is_told_of_the_latest_message_however_long_the_session():
    def said(text):
        return UserUttered(text, {"name": "inform"}, input_channel="whatsapp")

    def call(messages):
        earlier = [said(f"earlier {number}") for number in range(messages)]
        events = [*earlier, said("Donnerstag um 10"), SlotSet("day", "Thursday"), SlotSet("hour", "10")]
        tracker = DialogueStateTracker.from_events(
            "somebody", events, slots=[TextSlot("day", []), TextSlot("hour", [])]
        )
        return RemoteAction("action_any", None)._action_call_format(tracker, Domain.empty())["tracker"]

    told = Tracker.from_dict(call(messages=30))
    assert told.latest_message["text"] == "Donnerstag um 10"
    assert told.slots_to_validate() == {"day": "Thursday", "hour": "10"}
    assert told.get_slot("hour") == "10"
    assert told.get_latest_input_channel() == "whatsapp"
    assert len(call(messages=30)["events"]) == len(call(messages=0)["events"])


def test_an_action_is_told_of_a_session_that_nobody_has_written_in_yet():
    tracker = DialogueStateTracker.from_events("somebody", [ActionExecuted("action_session_start")], slots=[])
    told = RemoteAction("action_any", None)._action_call_format(tracker, Domain.empty())["tracker"]
    assert [event["name"] for event in told["events"]] == ["action_session_start"]


def test_answers_of_a_form_take_no_domain_along() -> None:
    """Rasa sends it, 80 KB, to whatever is named validate_…, unless the domain says otherwise."""
    project = Domain.load(str(Path(__file__).resolve().parents[3] / "domain.yml"))
    validating = [name for name in project.action_names_or_texts if name.startswith("validate_")]
    assert validating
    assert not [name for name in validating if project.does_custom_action_explicitly_need_domain(name)]
