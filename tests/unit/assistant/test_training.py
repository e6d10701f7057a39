"""A small assistant is trained, loaded and understood; nothing is trained twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import SlotSet

from sprechstunde.assistant import training
from sprechstunde.assistant.agent import NoModel, load_agent
from tests.unit.assistant.conftest import ROOT

DOMAIN = """
version: "3.1"
intents: [greet, goodbye, book, emergency_medical, emergency_mental, urgent_care]
entities: [language, practitioner, specialty, visit_type, insurer, time, person_name, birth_date, ordinal, relationship]
slots:
  language: {type: text, influence_conversation: false, mappings: [{type: from_entity, entity: language}]}
responses:
  utter_greet:
  - text: Guten Tag
  - text: Hello
    condition: [{type: slot, name: language, value: en}]
  - text: Bonjour
    condition: [{type: slot, name: language, value: fr}]
"""
DATA = """
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hallo
    - guten tag
    - hello
    - good morning
    - bonjour
    - bonsoir
- intent: goodbye
  examples: |
    - tschüss
    - auf wiedersehen
    - bye bye
    - see you
- intent: book
  examples: |
    - ich möchte einen termin
    - termin buchen bitte
    - I need an appointment
    - book an appointment
rules:
- rule: greet
  steps: [{intent: greet}, {action: utter_greet}]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("project")
    (root / "data").mkdir()
    (root / "data" / "all.yml").write_text(DATA)
    (root / "domain.yml").write_text(DOMAIN)
    (root / "config.yml").write_text((ROOT / "config.yml").read_text())
    return root


@pytest.fixture(scope="module")
def model(project) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RASA_CACHE_DIRECTORY", str(project / "cache"))
        return training.train_if_needed(root=project)


@pytest.fixture(scope="module")
def agent(model):
    return load_agent(model)


@pytest.fixture
def parse(agent, demo_clinic):
    return lambda text: asyncio.run(agent.processor.parse_message(UserMessage(text)))


def test_a_second_call_trains_nothing(project, model, monkeypatch):
    monkeypatch.setattr(training, "_train", lambda *_: pytest.fail("trained again"))
    said: list[str] = []
    assert training.train_if_needed(root=project, say=said.append) == model
    assert "up to date" in said[0]


def test_any_change_of_the_data_asks_for_training(project):
    before = training.fingerprint(project)
    (project / "data" / "more.yml").write_text("version: '3.1'\n")
    changed = training.fingerprint(project)
    (project / "data" / "more.yml").unlink()
    assert changed != before
    assert training.fingerprint(project) == before


@pytest.mark.parametrize(
    ("text", "intent"),
    [("Guten Tag!", "greet"), ("guten tach", "greet"), ("I need an apointment", "book"), ("TERMIN BUCHEN", "book"),
     ("tschuess", "goodbye"), ("mein Mann ist bewusstlos", "emergency_medical"), ("xyzq", "nlu_fallback"),
     ("🎉", "nlu_fallback")],
)  # fmt: skip
def test_intents(parse, text, intent):
    assert parse(text)["intent"]["name"] == intent


@pytest.mark.parametrize("text", [None, "", "   ", "\n", "…", "👍🏽", "?" * 4096, "a" * 4096, "ja " * 1365])
def test_odd_messages_are_answered_for(parse, text):
    parsed = parse(text)
    assert parsed["intent"]["name"]
    assert isinstance(parsed["entities"], list)


def test_an_emergency_is_not_overruled(parse):
    parsed = parse("Guten Tag, ich möchte einen Termin, ich bekomme keine Luft")
    assert parsed["intent"] == {"name": "emergency_medical", "confidence": 1.0}
    assert [intent["name"] for intent in parsed["intent_ranking"]] == ["emergency_medical"]


def test_a_message_that_carries_all_of_it(parse):
    parsed = parse(
        "Für meine Tochter Mia Schmidt, geb. 3.4.2018, TK, bitte bei Dr. Petrova und nicht bei Dr. Weiß"
    )
    found = {
        (e["entity"], e.get("role")): e["value"] for e in parsed["entities"] if e["entity"] != "language"
    }
    assert found == {
        ("relationship", None): "child",
        ("gender", None): "female",
        ("person_name", None): "Mia Schmidt",
        ("birth_date", None): "2018-04-03",
        ("insurer", None): "TK",
        ("practitioner", None): "petrova",
        ("practitioner", "excluded"): "weiss",
    }


@pytest.mark.parametrize(("language", "text"), [("de", "Guten Tag"), ("en", "Hello"), (None, "Guten Tag")])
def test_the_answer_comes_in_the_language_of_the_slot(agent, demo_clinic, language, text):
    async def talk() -> set[str]:
        sender = f"patient-{language}"
        await agent.handle_message(UserMessage("hallo", CollectingOutputChannel(), sender))
        tracker = await agent.processor.get_tracker(sender)
        tracker.update(SlotSet("language", language))
        await agent.processor.save_tracker(tracker)
        said: set[str] = set()
        for _ in range(5):  # Rasa draws among the variations that fit: it must never draw the other language
            output = CollectingOutputChannel()
            await agent.handle_message(UserMessage("/greet", output, sender))
            said |= {message["text"] for message in output.messages}
        return said

    assert asyncio.run(talk()) == {text}


def test_who_greets_in_a_third_language_that_was_written_down_is_greeted_in_it(agent, demo_clinic, in_french):
    async def talk(text: str) -> list[str]:
        output = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, output, "marie"))
        return [message["text"] for message in output.messages]

    assert asyncio.run(talk("Bonjour !")) == ["Bonjour"]
    assert asyncio.run(talk("bonsoir")) == ["Bonjour"]


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(NoModel, match=r"nothing\.tar\.gz"):
        load_agent(tmp_path / "nothing.tar.gz")
