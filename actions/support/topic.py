"""What was just talked about: "da", "bei ihr", "that day" point back to the last answer about hours."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from sprechstunde import clock

from .turn import Turn

TOPIC = "topic"
LASTS = timedelta(minutes=30)
THAT_TIME = re.compile(
    r"\b(?:da|dann|an dem tag|am selben tag|um die zeit|there|then|that (?:day|time|morning|afternoon)|"
    r"(?:the )?same (?:day|time))\b",
    re.IGNORECASE,
)
THAT_DOCTOR = re.compile(
    r"\b(?:(?:bei|zu|mit) (?:ihr|ihm|der|dem)|zur? selben|ist (?:sie|er)|hat (?:sie|er)|"
    r"(?:with|see|to) (?:her|him|them)|is (?:she|he)|does (?:she|he)|(?:the )?same doctor)\b(?! \w+(?:ärzt|arzt))",
    re.IGNORECASE,
)


def remember(practitioner: str | None, time: dict[str, Any] | None) -> list[EventType]:
    """Keep the doctor (code) and the time (a wish as the entity carries it) of an answer, where it had one."""
    if practitioner is None and time is None:
        return []
    value = {"practitioner": practitioner, "time": time, "at": clock.now().isoformat()}
    return [SlotSet(TOPIC, value)]


def point_back(turn: Turn) -> None:
    """Add to a message outside of any question what its "da" or "bei ihr" stands for."""
    topic = turn.slot(TOPIC)
    if not topic or turn.is_tap or turn.slot("requested_slot"):
        return
    if clock.now() - datetime.fromisoformat(topic["at"]) > LASTS:
        return
    if topic["practitioner"] and not turn.has_entity("practitioner") and THAT_DOCTOR.search(turn.text):
        turn.add_entity("practitioner", topic["practitioner"])
    if topic["time"] and turn.time is None and THAT_TIME.search(turn.text):
        turn.add_entity("time", topic["time"])
