"""A patient who books through the phone, whatever the assistant asks and in whatever order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.front_desk import Phone

Json = dict[str, Any]
DAY = re.compile(r"^(Mo|Di|Mi|Do|Fr|Sa|So|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\d")
FIRST_WORDS = "Guten Tag, ich brauche einen Termin in der Hautsprechstunde"
MOST_TURNS = 15


@dataclass(frozen=True)
class Step:
    """What the patient does next: tap the option, or write the text. `moment` names where in the booking we are."""

    moment: str
    tap: str | None = None
    text: str | None = None


def book(phone: Phone, name: str, *, after: Callable[[str], None] = lambda moment: None) -> list[str]:
    """Book an appointment from "Guten Tag" to the confirmation; `after(moment)` is called right after each message is
    sent, before its answer. Returns the moments. Raises AssertionError with the chat when no booking comes of it.
    """
    moments = ["begin"]
    phone.write(FIRST_WORDS)
    after("begin")
    for _ in range(MOST_TURNS):
        answers = phone.answers()
        if any("gebucht" in str(message["text"]).lower() for message in answers):
            return moments
        step = next_step(answers[-1], name)
        assert step is not None, f"no idea what to answer:\n{phone.chat_text()}"
        if step.tap is not None:
            phone.tap(step.tap)
        else:
            phone.write(step.text or "")
        moments.append(step.moment)
        after(step.moment)
    raise AssertionError(f"no booking after {MOST_TURNS} turns:\n{phone.chat_text()}")


def next_step(message: Json, name: str) -> Step | None:
    """The patient's answer to the assistant's last message."""
    text, titles = str(message["text"]), [option["title"] for option in message.get("options") or []]
    for title in titles:
        if DAY.match(title):
            return Step("slot", tap=title)
        if title in ("Ja, buchen", "Wer zuerst frei ist", "So bald wie möglich", "Gesetzlich"):
            return Step({"Ja, buchen": "confirm"}.get(title, title), tap=title)
    for question, answer in (
        ("Geburtsdatum", Step("birth date", text="3.4.1988")),
        ("heißen Sie", Step("name", text=name)),
        ("welcher Versicherung", Step("insurer", text="TK")),
    ):
        if question in text:
            return answer
    return None
