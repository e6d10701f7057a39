""" "Nee, behalte ihn doch", "leave it as it is": while an appointment is moved or cancelled, it shall stay."""

from __future__ import annotations

import re
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

CHANGING = frozenset({"moving_form", "cancelling_form"})
LONGEST = 9  # words
KEEPS = re.compile(
    r"\b(?:behalt\w*|beibehalt\w*|bleib\w* (?:doch |dann |lieber |einfach )*(?:dabei|beim alten|so|wie)|"
    r"lass\w* (?:\w+ )?(?:\w+ )?(?:stehen|so|wie)\b|soll \w+ bleiben|kann (?:so )?bleiben|"
    r"keep(?:ing)? (?:it|that|this|the|my|mine)|leave (?:it|that|things) (?:as|alone|how|the way)|stay(?:s)? as it is)",
    re.IGNORECASE,
)
OTHER_WISHES = frozenset({"time", "practitioner", "specialty", "visit_type", "ordinal"})


def kept(parsed: dict[str, Any], tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """Parse data with `stop_dialogue` where the appointment under change is to stay; otherwise unchanged.

    Which of several, or which day, is another matter: whoever names one is not read here.
    """
    if tracker is None or tracker.active_loop_name not in CHANGING:
        return parsed
    text = parsed.get("text") or ""
    named = {entity["entity"] for entity in parsed.get("entities", [])} & OTHER_WISHES
    if named or "?" in text or len(text.split()) > LONGEST or not KEEPS.search(text):
        return parsed
    return {**parsed, "intent": {"name": "stop_dialogue", "confidence": 1.0}}
