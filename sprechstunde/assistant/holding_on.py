""" "Moment", "warte kurz", "let me check my calendar": nothing is stopped and nothing was misunderstood."""

from __future__ import annotations

import re
from typing import Any

from sprechstunde.assistant.nlu.marks import RULED

INTENT = "hold_on"
_SMALL = (  # words that say nothing of their own
    r"(?:oh|ach|ah|ähm?|hm+|um|uh|ok(?:ay)?|ja|yes|yeah|bitte|please|pls|sorry|hey|gut|also|dann|da|so|mal|kurz|schnell"
    r"|noch|eben|erst|nur|just|for|can you|could you|kann(?:st du| en sie)?|ei?ne?n?|1|one|two|a|ganz|bisschen|bissl"
    r"|(?:a )?(?:little|bit)|du|sie|there|on|up|quick(?:ly)?|real|first)"
)
_LOOKS = r"(?:nach)?(?:schaun?|schauen|sehe?n|[gk]ucken|prüfen|checken|überlegen|denken|fragen|telefonieren)"
_GERMAN = (
    r"moment(?:chen|erl|le)?|augenblick|sekunde?|sek|minute|minütchen|wart(?:en?|et)?|geduld"
    r"|(?:ich )?bin gleich (?:wieder )?(?:da|zurück)"
    rf"|(?:ich )?(?:muss|müsst\w*|schau\w*|[gk]uck\w*|frag\w*|überleg\w*|will|würd\w*) (?:[\w'-]+ ){{0,5}}?{_LOOKS}"
    r"|(?:ich )?(?:schau|[gk]uck|frag|überleg)e?(?: (?:mal|kurz|eben|schnell|noch|erst|nach|meine[nmr]?|im|in den|den"
    r"|kalender|mann|frau|partner|chef))*"
)
_ENGLISH = (
    r"hold|hang|wait|(?:a|one|1|two|few) (?:secs?|seconds?|mins?)|minutes?|bear with me|brb|be right back|gimme|give me"
    r"|(?:i'?m |i'?ll be )right back"
    r"|(?:let me|lemme|i (?:need|have|gotta|got) to|i'll|i'?d need to|need to|gotta) (?:just |quickly |first )*"
    r"(?:check|think|ask|look)(?: (?:my|with|in|at|about|it|that|over|the|calendar|diary|schedule|rota|wife|husband"
    r"|partner|boss|mum|mom|this|up))*"
)
_WAITS = rf"(?:{_GERMAN}|{_ENGLISH})"
HOLDS_ON = re.compile(rf"\W*(?:{_SMALL}\b\W*)*{_WAITS}\b(?:\W*\b(?:{_SMALL}|{_WAITS})\b)*\W*", re.IGNORECASE)
LONGEST = 14  # words
# What one goes to ask ("meine Frau") is nobody for whom a visit is.
_KEPT = frozenset({"language"})
_A_WISH = frozenset(
    {"time", "visit_type", "practitioner", "specialty", "location", "person_name", "birth_date"}
)


def recognised(parsed: dict[str, Any]) -> dict[str, Any]:
    """Parse data with the intent `hold_on` where the whole message asks for a little time, else as given."""
    text = parsed.get("text") or ""
    entities = parsed.get("entities", [])
    if parsed.get(RULED) or "?" in text or len(text.split()) > LONGEST or not HOLDS_ON.fullmatch(text):
        return parsed
    if any(entity["entity"] in _A_WISH for entity in entities):
        return parsed
    kept = [entity for entity in entities if entity["entity"] in _KEPT]
    return {**parsed, "intent": {"name": INTENT, "confidence": 1.0}, "entities": kept}
