"""Asking for a little time, told from stopping and from answers."""

from __future__ import annotations

import pytest

from sprechstunde.assistant.holding_on import INTENT, recognised

OTHER = "stop_dialogue"


def heard(text: str, *entities: str) -> dict[str, object]:
    found = [{"entity": name, "value": "x"} for name in entities]
    return recognised({"text": text, "intent": {"name": OTHER, "confidence": 0.6}, "entities": found})


@pytest.mark.parametrize(
    "said",
    [
        "moment",
        "Moment bitte",
        "momentchen mal",
        "warte kurz",
        "Warten Sie bitte einen Augenblick",
        "wart mal",
        "einen moment noch, muss kurz in den kalender schauen",
        "ich muss erst meine Frau fragen",
        "muss kurz überlegen",
        "1 sek",
        "bin gleich wieder da",
        "ich schau mal kurz nach",
        "hold on",
        "hang on a sec",
        "wait",
        "wait a minute please",
        "one moment please",
        "let me check my calendar",
        "just a sec, need to ask my husband",
        "i have to think about it",
        "brb",
        "gimme two mins",
    ],
)
def test_somebody_needs_a_moment(said: str) -> None:
    assert heard(said, "relationship")["intent"] == {"name": INTENT, "confidence": 1.0}


@pytest.mark.parametrize(
    "said",
    [
        "stopp",
        "ach nee lass",
        "moment, nein, alles stoppen",
        "moment mal, ich will absagen",
        "wie lange muss ich warten",
        "wait, cancel it",
        "kann ich kurz warten?",
        "one",
        "please",
        "the second one",
        "the second please",
        "hold the appointment",
        "I can't wait that long",
    ],
)
def test_somebody_means_something_else(said: str) -> None:
    assert heard(said)["intent"] == {"name": OTHER, "confidence": 0.6}


def test_a_day_beside_it_is_an_answer() -> None:
    assert heard("warte kurz", "time")["intent"] == {"name": OTHER, "confidence": 0.6}


def test_whom_one_goes_to_ask_is_not_the_patient() -> None:
    assert heard("muss kurz meinen mann fragen", "relationship", "language")["entities"] == [
        {"entity": "language", "value": "x"}
    ]
