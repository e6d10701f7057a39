"""Name, date of birth and the matter in a word: "Klaus Meier geb. 3.4.55 blutwerte?" is about the matter."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from sprechstunde.assistant.nlu.marks import RULED
from sprechstunde.assistant.wishes import DIALOGUES, QUESTIONS, SURE

# As what a message looks that is mostly a name and figures.
UNCLEAR = frozenset({"inform", "nlu_fallback", "out_of_scope", "greet"})
WHO = frozenset({"person_name", "birth_date"})
# Whoever says these as well books: "Kind ist krank, Mia Schuster 5.6.2021 TK, heute".
OF_A_BOOKING = frozenset({"time", "insurer", "insurance_kind", "practitioner", "specialty", "location"})
AROUND = re.compile(
    r"\b(?:geb(?:oren)?\b\.?(?: am\b)?|born(?: on)?|d\.?o\.?b\b\.?|name(?: ist| is)?)|\*", re.IGNORECASE
)
MOST_WORDS = 10
Understand = Callable[[str], Awaitable[dict[str, Any]]]


async def read(parsed: dict[str, Any], asked: str | None, understand: Understand) -> dict[str, Any]:
    """Parse data with the intent of what stands beside name and birth date, where nothing was `asked`."""
    if asked or parsed.get(RULED) or _intent(parsed)[0] not in UNCLEAR:
        return parsed
    if OF_A_BOOKING & {entity["entity"] for entity in parsed.get("entities", [])}:
        return parsed
    matter = _beside_who(parsed)
    if not any(map(str.isalpha, matter)) or len(matter.split()) > MOST_WORDS:
        return parsed
    name, confidence = _intent(await understand(matter))
    if name not in QUESTIONS | DIALOGUES or confidence < SURE:
        return parsed
    return {**parsed, "intent": {"name": name, "confidence": confidence}}


def _beside_who(parsed: dict[str, Any]) -> str:
    """The text without name and birth date; empty where it says neither."""
    text = list(parsed.get("text") or "")
    spans = [
        (e["start"], e["end"]) for e in parsed.get("entities", []) if e["entity"] in WHO and "start" in e
    ]
    for start, end in spans:
        text[start:end] = " " * (end - start)
    return " ".join(AROUND.sub(" ", "".join(text)).split()).strip(" ,;:.-") if spans else ""


def _intent(parsed: dict[str, Any]) -> tuple[str, float]:
    found = parsed.get("intent") or {}
    return str(found.get("name") or ""), float(found.get("confidence") or 0)
