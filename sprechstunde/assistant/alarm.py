"""How sure an emergency must be: what the rules and the classifier make of a message, taken together.

Each alone errs too often: measured in docs/decisions/012.
"""

from __future__ import annotations

from typing import Any

from sprechstunde.assistant.nlu.marks import ALARM_FROM, ALARM_SHARE, RULED

EMERGENCIES = ("emergency_medical", "emergency_mental")
URGENT = "urgent_care"
ABOUT_A_VISIT = frozenset({"visit_type", "specialty", "practitioner"})
SURE = 0.4  # the classifier's share from which it raises the alarm by itself
SURE_OF_A_VISIT = 0.6  # the same, where words of a visit ("my back") speak for an appointment
DOUBTED = 0.04  # below, it takes what a rule found for something else: the doctor on call is named, and 112
A_WORD = (
    0.9  # one unknown word that resembles an alarm ("blub", "blubb"): the rules know every word that is one
)


def to_hear_again(parsed: dict[str, Any]) -> str | None:
    """What follows from the clause on in which a rule found an emergency that the classifier doubts: a long wish ahead
    of it ("I need a prescription for … and my husband …") drowns it. None where there is nothing to ask again."""
    begins = parsed.get(ALARM_FROM)
    return parsed["text"][begins:] if begins and _is_doubted(parsed) else None


def heard_again(parsed: dict[str, Any], rest: dict[str, Any]) -> dict[str, Any]:
    """`parsed`, with what the classifier says of the rest of the message alone."""
    return {**parsed, ALARM_SHARE: max(parsed[ALARM_SHARE], rest.get(ALARM_SHARE, 1.0))}


def _is_doubted(parsed: dict[str, Any]) -> bool:
    return bool(parsed.get(RULED)) and parsed.get(ALARM_SHARE, 1.0) < DOUBTED


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
