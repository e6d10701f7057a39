"""Two wishes in one message, with a stub in place of the NLU: which words mean what is said in each test."""

from __future__ import annotations

import asyncio
from typing import Any

from sprechstunde.assistant.wishes import Wish, wishes_in

# The first of these that a text holds says what it means; with the entities that stand in it.
MEANINGS = {
    "brustschmerzen": "emergency_medical",
    "auf?": "ask_opening_hours",
    "parken": "ask_address",
    "park": "ask_address",
    "ergebnisse": "ask_results",
    "rezept": "request_prescription",
    "verschieben": "reschedule_appointment",
    "absagen": "cancel_appointment",
    "termin": "book_appointment",
    "book": "book_appointment",
    "knie": "inform",
    "morgen": "greet",
}
ENTITIES = {"knie": "visit_type", "montag": "time", "woche": "time"}


async def understand(text: str) -> dict[str, Any]:
    """What a perfect NLU would make of the words above; anything else is not understood."""
    said = text.lower()
    intent = next((name for word, name in MEANINGS.items() if word in said), "nlu_fallback")
    found = [{"entity": name, "value": word} for word, name in ENTITIES.items() if word in said]
    return {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": found}


def served(text: str) -> list[tuple[str, str]]:
    """The wishes in a message, in order: (intent, text)."""
    found: list[Wish] = asyncio.run(wishes_in(text, understand))
    return [(wish.parsed["intent"]["name"], wish.text) for wish in found]


def test_one_wish_stays_whole() -> None:
    text = "Guten Morgen! Mein Knie tut weh. Ich hätte gern einen Termin."
    assert served(text) == [("book_appointment", text)]


def test_a_question_is_answered_before_the_booking_begins() -> None:
    assert served("Ich möchte einen Termin. Habt ihr am Montag auf?") == [
        ("ask_opening_hours", "Habt ihr am Montag auf?"),
        ("book_appointment", "Ich möchte einen Termin."),
    ]


def test_a_complaint_with_a_time_is_a_wish_for_an_appointment() -> None:
    assert served("Knie, nächste Woche wäre gut. Wo kann ich parken?") == [
        ("ask_address", "Wo kann ich parken?"),
        ("inform", "Knie, nächste Woche wäre gut."),
    ]


def test_a_complaint_alone_belongs_to_the_question_beside_it() -> None:
    text = "Mein Knie tut weh. Wo kann ich parken?"
    assert served(text) == [("ask_address", text)]


def test_a_prescription_and_an_appointment_are_two_wishes() -> None:
    assert served("Ich brauche ein Rezept und einen Termin am Montag") == [
        ("request_prescription", "Ich brauche ein Rezept"),
        ("book_appointment", "und einen Termin am Montag"),
    ]


def test_cancelling_and_booking_is_one_wish() -> None:
    text = "Bitte absagen. Und einen neuen Termin am Montag"
    assert [name for name, _ in served(text)] == ["cancel_appointment"]


def test_an_emergency_anywhere_takes_the_whole_message() -> None:
    text = "Ich möchte einen Termin. Wo kann ich parken? Mein Mann hat Brustschmerzen"
    assert served(text) == [("emergency_medical", text)]


def test_sentences_without_a_wish_stay_with_the_one_beside_them() -> None:
    assert served("Ich bin neu hier. Einen Termin bitte. Danke schon mal. Wo kann ich parken?") == [
        ("ask_address", "Wo kann ich parken?"),
        ("book_appointment", "Ich bin neu hier. Einen Termin bitte. Danke schon mal."),
    ]


def test_english_breaks_at_and_i() -> None:
    assert [name for name, _ in served("Where can I park and I'd like to book a visit")] == [
        "ask_address",
        "book_appointment",
    ]


def test_the_same_wish_twice_is_one() -> None:
    text = "Ich möchte einen Termin. Ein Termin am Montag wäre gut."
    assert served(text) == [("book_appointment", text)]


def test_a_long_story_is_read_once_and_not_sentence_by_sentence() -> None:
    read: list[str] = []

    async def counting(text: str) -> dict[str, Any]:
        read.append(text)
        return await understand(text)

    story = "Mir ging es gestern nicht so gut. " * 100 + "Ich brauche einen Termin. Wann habt ihr auf?"
    wishes = asyncio.run(wishes_in(story, counting))
    assert [wish.text for wish in wishes] == [story]
    assert len(read) == 1
