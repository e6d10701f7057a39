"""Questions cut short: "und samstags?", "what about Pankow?" ask what was asked before, about something else."""

from __future__ import annotations

import re
from typing import Any

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde.assistant.nlu.marks import RULED

TOPIC = "topic"
# Questions without a dialogue of their own that differ by a day, a place, a doctor, a visit, an insurer.
REPEATABLE = frozenset(
    {
        "ask_opening_hours",
        "ask_address",
        "ask_what_to_bring",
        "ask_services",
        "ask_insurance",
        "ask_availability",
    }
)
BEGINNING = re.compile(
    r"^\W*(?:ok(?:ay)?\W+|ah\W+|danke\W+|thanks\W+)?(?:und|oder|aber|and|or|what about|how about|was ist mit|"
    r"wie ist es|wie siehts?(?: es)?(?: denn)?(?: mit)?)\b",
    re.IGNORECASE,
)
_FILLERS = """am an im in bei beim mit für zu zum zur der die das den dem frau herr herrn dr es ist da dann denn so auch
eigentlich bitte nur on at for with the a an my then too also about is it does mr mrs ms please just"""
FILLERS = frozenset(_FILLERS.split())
ABOUT = frozenset({"time", "location", "practitioner", "specialty", "visit_type", "insurer"})
KEPT = ("time", "practitioner")
# "Ist am Freitag beim Hautarzt was frei?" – "Und am Montag?" is still about him; "und beim Orthopäden?" is not.
SOUGHT = frozenset({"time", "location", "practitioner", "specialty", "visit_type"})
WHOM = frozenset({"practitioner", "specialty"})


def followed_up(parsed: dict[str, Any], tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """Parse data with the intent of the question before, and what it was about, where the message only varies it."""
    before = _question_before(tracker)
    if tracker is None or before is None or parsed.get(RULED) or not _varies(parsed):
        return parsed
    named = {entity["entity"] for entity in parsed["entities"]}
    kept = [
        {"entity": name, "value": value, "extractor": "follow_up"}
        for name, value in _asked_about(before, tracker).items()
        if name not in named and not (name in WHOM and WHOM & named)
    ]
    entities = [*parsed["entities"], *kept]
    return {**parsed, "intent": {"name": before, "confidence": 1.0}, "entities": entities}


def _asked_about(question: str, tracker: DialogueStateTracker) -> dict[str, Any]:
    """What the question before was about, entities by name."""
    if question == "ask_availability":
        last = _last_message(tracker)
        return {e["entity"]: e["value"] for e in last.entities if e["entity"] in SOUGHT} if last else {}
    topic = tracker.get_slot(TOPIC) or {} if question == "ask_opening_hours" else {}
    return {name: topic[name] for name in KEPT if topic.get(name)}


def _last_message(tracker: DialogueStateTracker) -> UserUttered | None:
    return next((event for event in reversed(tracker.events) if isinstance(event, UserUttered)), None)


def _question_before(tracker: DialogueStateTracker | None) -> str | None:
    if tracker is None or tracker.active_loop_name:
        return None
    last = _last_message(tracker)
    return last.intent_name if last is not None and last.intent_name in REPEATABLE else None


def _varies(parsed: dict[str, Any]) -> bool:
    """Whether a message is a beginning ("und", "what about"), the names of things, and nothing else."""
    text, entities = parsed.get("text", ""), parsed.get("entities", [])
    beginning = BEGINNING.match(text)
    about = [entity for entity in entities if entity["entity"] in ABOUT]
    if beginning is None or not about:
        return False
    rest = list(text)
    rest[: beginning.end()] = " " * beginning.end()
    for entity in about:
        rest[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    return {word.casefold() for word in re.findall(r"\w+", "".join(rest))} <= FILLERS
