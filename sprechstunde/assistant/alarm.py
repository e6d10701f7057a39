"""How sure an emergency must be: what the rules and the classifier make of a message, taken together.

Each alone errs too often: measured in docs/decisions/012.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from sprechstunde.assistant.nlu.marks import ALARM_SHARE, RULED

Parse = Callable[[str], Awaitable[dict[str, Any]]]

EMERGENCIES = ("emergency_medical", "emergency_mental")
URGENT = "urgent_care"
ABOUT_A_VISIT = frozenset({"visit_type", "specialty", "practitioner"})
SURE = 0.4  # the classifier's share from which it raises the alarm by itself
SURE_OF_A_VISIT = 0.6  # the same, where words of a visit ("my back") speak for an appointment
A_STORY = (
    8  # words; "anaphylaxis" or "too many tablets" is no figure of speech, whatever the classifier knows
)
SEAM = re.compile(r"[.!?;,\n]+\s|\s(?:und|and|&|aber|but|weil|because)\s", re.IGNORECASE)
SOME_WORDS = 3
DOUBTED = 0.05  # below, it takes what a rule found for something else: the doctor on call is named, and 112
A_WORD = 0.9  # for a single word: the rules know those that are alarms, others only resemble one ("blub")


async def hear(text: str, parse: Parse) -> dict[str, Any]:
    """Parse data of a message, as sure of an emergency as the surest of its parts where a rule's finding is doubted."""
    parsed = await parse(text)
    again = [await parse(part) for part in to_hear_again(parsed)]
    return heard_again(parsed, again) if again else parsed


def to_hear_again(parsed: dict[str, Any]) -> list[str]:
    """The parts of a message in which a rule found an emergency that the classifier doubts: what else is said drowns
    it ("I need a prescription for … and my husband can't breathe"). Empty where there is nothing to ask again."""
    if not _is_doubted(parsed):
        return []
    parts = [part.strip() for part in SEAM.split(parsed["text"])]
    return [part for part in parts if len(part.split()) >= SOME_WORDS] if len(parts) > 1 else []


def heard_again(parsed: dict[str, Any], parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """`parsed`, as sure as the surest of its parts."""
    return {
        **parsed,
        ALARM_SHARE: max([parsed[ALARM_SHARE], *(part.get(ALARM_SHARE, 1.0) for part in parts)]),
    }


def _is_doubted(parsed: dict[str, Any]) -> bool:
    told = len(parsed.get("text", "").split()) >= A_STORY
    return told and bool(parsed.get(RULED)) and parsed.get(ALARM_SHARE, 1.0) < DOUBTED


def settle(parsed: dict[str, Any]) -> dict[str, Any]:
    """Parse data with an emergency that is likely, and `urgent_care` for one that only one of the two suspects."""
    intent = parsed.get("intent") or {}
    suspected = intent.get("name") in EMERGENCIES
    share = parsed.get(ALARM_SHARE, intent.get("confidence", 0.0) if suspected else 0.0)
    if parsed.get(RULED):
        return _as(parsed, URGENT, share) if suspected and _is_doubted(parsed) else parsed
    if len(parsed.get("text", "").split()) == 1 and share < A_WORD:
        return _as({**parsed, "intent_ranking": []}, "nlu_fallback", share) if suspected else parsed
    visit = ABOUT_A_VISIT & {entity["entity"] for entity in parsed.get("entities", [])}
    if share >= (SURE_OF_A_VISIT if visit else SURE):
        return _as(parsed, _likelier(parsed), share)
    return _as(parsed, URGENT, share) if suspected else parsed


def _likelier(parsed: dict[str, Any]) -> str:
    ranking = [entry["name"] for entry in parsed.get("intent_ranking", []) if entry["name"] in EMERGENCIES]
    return str(ranking[0]) if ranking else EMERGENCIES[0]


def _as(parsed: dict[str, Any], name: str, share: float) -> dict[str, Any]:
    return {**parsed, "intent": {"name": name, "confidence": share}}
