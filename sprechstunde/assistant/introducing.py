"""Asked whose matter a task is, the patient says her name: no wish, and no answer to a form."""

from __future__ import annotations

import re
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde.assistant.nlu.given_names import is_given_name
from sprechstunde.assistant.nlu.language_words import is_everyday
from sprechstunde.assistant.nlu.marks import RULED
from sprechstunde.assistant.wishes import DIALOGUES, EMERGENCIES, QUESTIONS, SURE, Wish

SLOT = "unnamed"
INTRODUCES = "introduce_patient"
HER_DATA = frozenset({"person_name", "birth_date"})
HER_OWN = HER_DATA | {"relationship", "gender"}
OTHER_MATTERS = DIALOGUES | QUESTIONS | EMERGENCIES | {"request_human", "stop_dialogue"}
UNCLEAR = frozenset({"nlu_fallback", "inform", "out_of_scope", "affirm", "greet", "insult", "ask_bot"})
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
A_FEW = 5  # words around a name: "sure, my name is …, born on …"


def introduction(wish: Wish, tracker: DialogueStateTracker | None) -> Wish | None:
    """The step that takes name and date of birth, None where the message says something else or nobody asked."""
    if tracker is None or tracker.active_loop_name or not tracker.get_slot(SLOT) or wish.parsed.get(RULED):
        return None
    if not (_is_bare_name(wish) or _gives_data(wish)):
        return None
    # a name is in no language
    entities = [entity for entity in wish.parsed.get("entities", []) if entity["entity"] != "language"]
    return Wish(
        wish.text,
        {**wish.parsed, "intent": {"name": INTRODUCES, "confidence": 1.0}, "entities": entities},
    )


def _gives_data(wish: Wish) -> bool:
    found = [entity for entity in wish.parsed.get("entities", []) if entity["entity"] in HER_DATA]
    if not found or _is_another_matter(wish):
        return False
    if any(entity["entity"] == "birth_date" for entity in found):
        return True
    rest = list(wish.text)
    for entity in found:
        rest[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    return len(WORD.findall("".join(rest))) <= A_FEW


def _is_another_matter(wish: Wish) -> bool:
    intent: dict[str, Any] = wish.parsed.get("intent") or {}
    return intent.get("name") in OTHER_MATTERS and float(intent.get("confidence") or 0) >= SURE


def _is_bare_name(wish: Wish) -> bool:
    """Two to four words and nothing else, none an everyday one: "Uwe Uhl", "xhevahire krasniqi"."""
    words = WORD.findall(wish.text)
    if not 2 <= len(words) <= 4 or re.search(r"[?!<>{}@#]", wish.text):
        return False
    if {entity["entity"] for entity in wish.parsed.get("entities", [])} - {"language", *HER_OWN}:
        return False
    given = [word for word in words if is_given_name(word)]
    if given:
        return not any(is_everyday(word) for word in words if word not in given)
    intent = wish.parsed.get("intent") or {}
    capitals = all(word[0].isupper() for word in words)
    return capitals and intent.get("name") in UNCLEAR and not any(is_everyday(word) for word in words)
