"""A run of all conversations that leaves much of the dialogues out is told what, and fails."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sprechstunde.assistant import tuning

tuning.apply()

from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered  # noqa: E402 -- after tuning
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402 -- as above

from tests.conversations.reached import Reached  # noqa: E402 -- as above

LISTEN = ActionExecuted("action_listen")


class Speaker:
    async def generate(self, response, tracker):
        return {"text": response}


@pytest.fixture
def processor():
    forms = {"moving_form": {"required_slots": ["appointment"]}}
    intents = ["greet", "thank", "restart"]
    responses: dict[str, list[str]] = {"utter_greet": [], "utter_welcome": []}
    domain = SimpleNamespace(intents=intents, forms=forms, responses=responses)
    return SimpleNamespace(domain=domain, nlg=Speaker())


@pytest.fixture
def reached(processor):
    found = Reached()
    found.watch(processor)
    found._paths = {"rule: hello": [("intent", "greet"), ("action", "utter_greet")]}
    return found


def talk(*events):
    tracker = DialogueStateTracker("anna", [])
    for event in events:
        tracker.update(event)
    return tracker


def test_what_no_conversation_reached_is_named_and_too_little(reached):
    reached.note(talk(LISTEN, UserUttered("?", {"name": "thank"})), 0.5)
    told = "\n".join(reached.table())
    assert "never: greet" in told
    assert "never: thank" not in told
    assert "restart" not in told
    assert "never: rule: hello" in told
    assert "never: utter_greet (en)" in told
    assert any("50.0 % of the intents" in line for line in reached.too_little())


def test_what_was_reached_is_counted(reached):
    greeted = (LISTEN, UserUttered("hallo", {"name": "greet"}), ActionExecuted("utter_greet"))
    asked = (ActiveLoop("moving_form"), SlotSet("requested_slot", "appointment"), SlotSet("appointment", "7"))
    reached.note(talk(*greeted, LISTEN, UserUttered("danke", {"name": "thank"}), *asked), 0.5)
    told = "\n".join(reached.table())
    assert "never: rule: hello" not in told
    assert "100.0 %  slots filled (1 of 1)" in told
    assert "1 turns, 2 a second" in told


async def test_a_response_counts_in_the_language_it_was_said_in(reached, processor):
    tracker = SimpleNamespace(get_slot=lambda name: "en")
    assert await processor.nlg.generate("utter_greet", tracker) == {"text": "utter_greet"}
    reached.note(None, 0.5)
    assert "never: utter_greet (de)" in "\n".join(reached.table())
    assert "never: utter_greet (en)" not in "\n".join(reached.table())


def test_what_validating_an_answer_came_to_is_counted(reached):
    def answer(text, *events):
        return (LISTEN, UserUttered(text, {"name": "inform"}), *events)

    def said(response):
        return BotUttered("?", metadata={"utter_action": response})

    asked = (ActiveLoop("moving_form"), SlotSet("requested_slot", "appointment"))
    reached.note(talk(*answer("verschieben", *asked)), 0.5)
    assert reached.found["outcomes of answers"] == set()
    reached.note(talk(*answer("verschieben", *asked), *answer("hm", said("utter_hint_appointment"))), 0.5)
    told = "\n".join(reached.table())
    assert "never: moving_form: appointment asked again" not in told
    assert "never: moving_form: appointment taken" in told
    assert any("33.3 % of the outcomes of answers" in line for line in reached.too_little())
    again = answer("hm", said("utter_form_help"))
    taken = answer("der erste", SlotSet("appointment", "7"), SlotSet("requested_slot", None))
    reached.note(talk(*answer("verschieben", *asked), *again, *taken), 0.5)
    assert "100.0 %  outcomes of answers (3 of 3)" in "\n".join(reached.table())
