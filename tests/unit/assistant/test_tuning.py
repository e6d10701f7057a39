"""What is spared in a turn changes no answer."""

from __future__ import annotations

import pytest

from sprechstunde.assistant import tuning

tuning.apply()

from jsonschema import Draft7Validator, ValidationError  # noqa: E402 -- Rasa only after `tuning.apply`
from rasa.core.actions.action import RemoteAction  # noqa: E402 -- as above
from rasa.core.policies.memoization import AugmentedMemoizationPolicy  # noqa: E402 -- as above
from rasa.shared.core.events import ActionExecuted, Event, SlotSet  # noqa: E402 -- as above
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402 -- as above

from sprechstunde.assistant.tuning import memoized_stories  # noqa: E402 -- as above

SAID = {"text": "Guten Tag"}
ANSWERS = [
    {},
    {"events": [], "responses": [SAID]},
    {"events": [{"event": "slot", "name": "time", "value": None}], "responses": []},
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


LISTEN = {"prev_action": {"action_name": "action_listen"}}
GREETED = {**LISTEN, "user": {"intent": "greet", "entities": ("language",)}}
HELPED = {"prev_action": {"action_name": "action_help"}, "user": {"intent": "greet"}}
ASKED = {
    "prev_action": {"action_name": "action_ask"},
    "slots": {"time": (1.0,)},
    "user": {"intent": "greet"},
}


class Remembering(AugmentedMemoizationPolicy):
    """A policy that knows one story and counts how often it looks back."""

    def __init__(self, *, compressed: bool) -> None:
        self.config = {"enable_feature_string_compression": compressed, "max_history": 8}
        self.looked_back = 0
        self.lookup = {str(self._create_feature_key([{}, GREETED, ASKED])): "utter_next"}

    def _recall_using_truncation(self, *args, **kwargs):
        self.looked_back += 1


def after(*actions):
    """A conversation in which these were done."""
    return DialogueStateTracker.from_events("somebody", [ActionExecuted(name) for name in actions])


@pytest.mark.parametrize("compressed", [True, False])
def test_a_past_is_shortened_only_where_a_story_can_be_found(compressed):
    policy = Remembering(compressed=compressed)
    asked = after("action_listen", "action_ask")
    assert policy.recall([{}, GREETED, ASKED], asked, None, None) == "utter_next"
    policy.recall([{}, GREETED, LISTEN, GREETED, ASKED], asked, None, None)
    policy.recall([{}, GREETED, {**ASKED, "slots": {}}], asked, None, None)
    assert policy.looked_back == 2
    # A shorter past may not know of the loop that hides what was done in it.
    policy.recall([{}, HELPED, ASKED], asked, None, None)
    assert policy.looked_back == 3
    policy.recall([{}, GREETED], after("action_listen"), None, None)
    policy.recall([{}, GREETED, {**ASKED, "user": {"intent": "thank"}}], asked, None, None)
    policy.recall([{}, HELPED, ASKED], after("action_help", "action_ask"), None, None)
    policy.recall([{}], after(), None, None)
    assert policy.looked_back == 3
    assert policy in memoized_stories._endings
