"""The language of a message is told only when sure."""

from __future__ import annotations

import pytest

from sprechstunde.assistant.nlu.language import detect


@pytest.mark.parametrize(
    "text",
    ["Ich brauche einen Termin", "Hallo", "danke", "morgen nachmittag", "hab ausschlag am arm", "Wann habt ihr auf?",
     "bitte auf Deutsch", "Termin beim Hautarzt", "knie tut weh seit montag", "i bräucht an Termin, mei Kreuz is hi",
     "Guten Tag, mein Name ist John Smith", "can we speak german please", "Grüß Gott", "kein code angekommen"],
)  # fmt: skip
def test_german(text):
    assert detect(text) == "de"


@pytest.mark.parametrize(
    "text",
    ["I need an appointment", "hello", "thanks", "tomorrow afternoon", "rash since two days", "when are you open?",
     "English please", "auf Englisch bitte", "skin doctor appointment", "my knee hurts since monday",
     "Good morning, my name is Jürgen Müller", "can't come, sorry", "i got no code", "no code came"],
)  # fmt: skip
def test_english(text):
    assert detect(text) == "en"


@pytest.mark.parametrize(
    "text",
    ["ok", "OK 👍", "Anna Schmidt", "John Smith", "3.4.1988", "15:30", "Montag", "Monday 3pm", "TK", "BARMER",
     "Dr. Weiß",
     "🎉", "", "   ", "2", "+49 170 1234567", "yes", "check-up", "Müller, Peter", "December", "hi", "..."],
)  # fmt: skip
def test_unsure(text):
    assert detect(text) is None


def test_names_of_doctors_and_insurers_are_no_evidence(demo_clinic, read_with):
    from sprechstunde.assistant.nlu.clinic import ClinicEntities
    from sprechstunde.assistant.nlu.language import LanguageDetector

    read = read_with(ClinicEntities, LanguageDetector)
    assert not [e for e in read("Techniker Krankenkasse") if e["entity"] == "language"]
    assert [e["value"] for e in read("bin bei der Techniker Krankenkasse") if e["entity"] == "language"] == [
        "de"
    ]
