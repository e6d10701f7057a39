"""A patient who reads what is on the screen and answers with what she has in mind. She knows nothing of slots."""

from __future__ import annotations

import re
import time
from typing import Any

from tests.front_desk import Json, Phone

# What is asked, by the words on the screen, German or English.
QUESTIONS = {
    "chosen_slot": r"Andere Zeiten|Other times|Anderer Tag|Other day",
    "booking_confirmed": r"Soll ich das so buchen|Shall I book it",
    "move_confirmed": r"Soll ich so verschieben|Shall I move it",
    "cancel_confirmed": r"Soll ich diesen Termin absagen|Shall I cancel this",
    "appointment": r"Welche[nr]? (Termin|davon)|Which (appointment|one) ",
    "visit_type": r"Worum geht es|What is the appointment for|What is it about",
    "patient": r"Für wen ist der Termin\?|Who is the appointment for",
    "practitioner": r"Zu wem möchten Sie|Who would you like to see",
    "time_wish": r"Wann passt es|When would suit you",
    "patient_name": r"Vor- und Nachname|full name",
    "birth_date": r"Geburtsdatum|date of birth",
    "insurance_kind": r"Wie ist die Versicherung|What kind of insurance",
    "insurer": r"Bei welcher Versicherung|Which insurer",
}
DONE = r"✅ (Gebucht|Booked|Verschoben|Moved)|^Abgesagt|^Cancelled"
PATIENCE = 90.0  # seconds; several talk at once


class Reader:
    """One patient with a phone."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone

    def say(self, text: str) -> None:
        """Write it."""
        self._phone.write(text)

    def answer_all(self, answers: dict[str, Any]) -> None:
        """Answer what is asked until it is done. AssertionError with the chat when it does not get there."""
        for _ in range(12):
            question, message = self._read()
            if question is None:
                return
            assert question in answers, f"asked for {question}:\n{self._phone.chat_text()}"
            reply = answers[question]
            if isinstance(reply, int):
                self._phone.tap(message["options"][reply - 1]["title"])
            else:
                self._phone.write(reply)
        raise AssertionError(f"still asked after twelve answers:\n{self._phone.chat_text()}")

    def wait_for(self, text: str) -> None:
        """Until the practice has said this since the patient last wrote."""
        assert any(text.lower() in message["text"].lower() for message in self._messages(text)), text

    def _read(self) -> tuple[str | None, Json]:
        """The question on the screen and its message; (None, …) when the matter is settled."""
        for message in self._messages("|".join([*QUESTIONS.values(), DONE])):
            words = _words(message)
            if re.search(DONE, words, re.MULTILINE):
                return None, message
            for question, pattern in QUESTIONS.items():
                if re.search(pattern, words):
                    return question, message
        raise AssertionError(f"no question I understand:\n{self._phone.chat_text()}")

    def _messages(self, pattern: str) -> list[Json]:
        """What was said since the patient last wrote, newest first, once something in it matches."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = self._phone.answers(seconds=PATIENCE)
            if any(re.search(pattern, _words(message), re.MULTILINE | re.IGNORECASE) for message in found):
                return found[::-1]
        raise AssertionError(f"never said {pattern!r}:\n{self._phone.chat_text()}")


def _words(message: Json) -> str:
    titles = [option["title"] for option in message.get("options") or []]
    return "\n".join([message["text"], *titles])
