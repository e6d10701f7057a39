"""Settling what the classifier left open, with what else is known of the message."""

from __future__ import annotations

import re
from typing import Any

from sprechstunde.assistant.nlu.marks import HELD_BACK, RULED

FALLBACK = "nlu_fallback"
EMERGENCIES = frozenset({"emergency_medical", "emergency_mental"})
# Intents that lead the same way: torn between two of them, the likelier one does no harm.
FAMILIES = (
    frozenset({"book_appointment", "ask_availability", "inform"}),
    frozenset({"ask_results", "ask_medical_advice"}),
    frozenset({"request_other_times", "deny"}),
    frozenset({"choose_option", "inform", "affirm"}),
    frozenset({"thank", "goodbye", "affirm"}),
    frozenset({"emergency_medical", "urgent_care"}),
    frozenset({"ask_services", "ask_insurance"}),
    frozenset({"request_prescription", "request_sick_note"}),
)
MANNERS = re.compile(r"\b(?:bitte|please|danke|thanks?|hallo|hello|hi)\b", re.IGNORECASE)
NOT_OF_A_NAME = frozenset({"request_human", "affirm"})
ELSEWHERE = frozenset({"out_of_scope", "request_human", "no_preference"})
# Words of taking one thing for another, with a word of cancelling beside them.
REPLACES = re.compile(
    r"(?=.*\b(?:\w*absag\w*|sag\w*\b.{1,40}\bab|stornier\w*|streich\w*|lösch\w*|cancel\w*|call off|scrap|drop|weg)\b)"
    r"(?=.*\b(?:dafür|dafuer|statt\w*|anstatt|ersatz\w*|neuen?|anderen?|instead|rather|another|a new one|new one|"
    r"(?:und|and|&) (?:gib|gebt|geben|mach\w*|nimm|buch\w*|trag\w*|book|put|give|get|make))\b)",
    re.IGNORECASE | re.DOTALL,
)
REPLACEABLE = frozenset({"cancel_appointment", "book_appointment", FALLBACK})
ABOUT_A_VISIT = frozenset({"visit_type", "specialty", "practitioner"})
LIKELY = 0.12
MOSTLY = 0.6  # of the letters
ALARMING = 0.8  # below, the classifier alone raises no alarm but says whom to call
CERTAIN = 0.9
RANKING = "intent_ranking"
WORRYING = 0.35
SOME_WORDS = 3  # alarms of fewer words are the rules' business: "blubb" only looks like blood
# Guards of data/emergency/red_flags.yml that say what is meant; "figurative" says only what is not.
SURELY_HARMLESS = frozenset({"negated", "denied", "past", "long_lasting", "checkup", "lab_test"})
# Answers to these questions are names and numbers: they say nothing about the language.
NAMES_ASKED = frozenset(
    {"patient", "patient_name", "birth_date", "insurer", "insurance_kind", "request_details"}
)
A_SENTENCE = 6  # words


def settle(parsed: dict[str, Any]) -> dict[str, Any]:
    """Parse data with `nlu_fallback` replaced where family or entities tell what is meant, and an emergency that only
    the classifier suspects behind the name of a visit made an urgent matter; otherwise unchanged.
    """
    steps = (
        _settle_lone_blood,
        _settle_held_back,
        _settle_suspicion,
        _settle_bare_name,
        _settle_visit,
        _settle_service,
        _settle_replacement,
        _settle_fallback,
    )
    for step in steps:
        parsed = step(parsed)
    return parsed


def _settle_lone_blood(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "Blut" and no other word: asked what is meant, with 112 in the question."""
    said = MANNERS.sub("", parsed.get("text", "")).strip(" .!?,").lower()
    if said not in {"blut", "blood"}:
        return parsed
    return {**parsed, "intent": {"name": "lone_blood", "confidence": 1.0}}


def _settle_bare_name(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "Dr. Öztürk", "laserbehandlung bitte" and nothing else are pieces of information, whatever is
    often asked about them or sounds like them."""
    text = MANNERS.sub("", parsed.get("text", "")).strip(" .!,")
    names = [e for e in parsed.get("entities", []) if e["entity"] in ABOUT_A_VISIT]
    bare = bool(text) and any(e.get("end", 0) - e.get("start", 0) >= len(text) for e in names)
    intent = (parsed.get("intent") or {}).get("name", "")
    if not bare or parsed.get(RULED) or not (intent.startswith("ask_") or intent in NOT_OF_A_NAME):
        return parsed
    return {**parsed, "intent": {"name": "inform", "confidence": 1.0}}


def _settle_visit(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "I'd like a blood test": who names one of our visits means our business."""
    intent = parsed.get("intent") or {}
    if intent.get("name") not in ELSEWHERE or intent.get("confidence", 0) >= CERTAIN:
        return parsed
    named = {entity["entity"] for entity in parsed.get("entities", [])}
    visits = [entry for entry in parsed.get("intent_ranking", []) if entry["name"] in FAMILIES[0]]
    return {**parsed, "intent": visits[0]} if visits and "visit_type" in named else parsed


def _settle_held_back(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "Hatte 2019 einen Herzinfarkt, brauche Kontrolle": the rules saw it and know better than single words."""
    alarms = EMERGENCIES | {"urgent_care"}
    harmless = set(parsed.get(HELD_BACK) or ()) & SURELY_HARMLESS
    if not harmless or (parsed.get("intent") or {}).get("name") not in alarms:
        return parsed
    named = {entity["entity"] for entity in parsed.get("entities", [])}
    calm = [e for e in parsed.get("intent_ranking", []) if e["name"] in FAMILIES[0]]
    if calm or named & ABOUT_A_VISIT:
        return {**parsed, "intent": calm[0] if calm else {"name": "inform", "confidence": LIKELY}}
    return {**parsed, "intent": {"name": FALLBACK, "confidence": 1.0}}


def _settle_suspicion(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "Mein Rücken bringt mich um" gets 116117, 112 and a way to an appointment; no rule called it an emergency."""
    intent = parsed.get("intent") or {}
    confidence = intent.get("confidence", 0)
    if intent.get("name") not in EMERGENCIES or parsed.get(RULED):
        return parsed
    # One unknown word that resembles an alarm ("blub", "blubb"): the rules know every word that is one.
    if len(parsed.get("text", "").split()) == 1 and confidence < CERTAIN:
        return {**parsed, "intent": {"name": FALLBACK, "confidence": confidence}, RANKING: []}
    visit = ABOUT_A_VISIT & {entity["entity"] for entity in parsed.get("entities", [])}
    if not visit and confidence >= ALARMING:
        return parsed
    return {**parsed, "intent": {**intent, "name": "urgent_care"}}


def _settle_service(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "Skin cancer screening with Dr Weiss on Saturday" asks for no list of services."""
    intent, named = parsed.get("intent") or {}, {entity["entity"] for entity in parsed.get("entities", [])}
    if intent.get("name") != "ask_services" or "?" in parsed.get("text", ""):
        return parsed
    return {**parsed, "intent": {**intent, "name": "inform"}} if {"visit_type", "time"} <= named else parsed


def _settle_replacement(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "Cancel that & book me in Friday instead" moves it: the time named is the one wanted."""
    intent = parsed.get("intent") or {}
    ranking = {entry["name"]: entry["confidence"] for entry in parsed.get("intent_ranking", [])}
    if intent.get("name") not in REPLACEABLE or not REPLACES.match(parsed.get("text", "")):
        return parsed
    timed = any(entity["entity"] == "time" for entity in parsed.get("entities", []))
    if not timed or max(ranking.get(name, 0) for name in REPLACEABLE - {FALLBACK}) < LIKELY:
        return parsed
    return {**parsed, "intent": {"name": "reschedule_appointment", "confidence": 1.0}}


def _settle_fallback(parsed: dict[str, Any]) -> dict[str, Any]:
    if (parsed.get("intent") or {}).get("name") != FALLBACK:
        return parsed
    ranking = [entry for entry in parsed.get("intent_ranking", []) if entry["name"] != FALLBACK]
    if not ranking:
        return parsed
    alarm = sum(entry["confidence"] for entry in ranking if entry["name"] in EMERGENCIES | {"urgent_care"})
    if alarm >= WORRYING and not parsed.get(HELD_BACK) and len(parsed.get("text", "").split()) >= SOME_WORDS:
        # Better the number of the doctor on call once too often than "I didn't understand that".
        return {**parsed, "intent": {"name": "urgent_care", "confidence": alarm}}
    first, second = ranking[0], ranking[1] if len(ranking) > 1 else None
    if second and any({first["name"], second["name"]} <= family for family in FAMILIES):
        return {**parsed, "intent": first}
    named = {entity["entity"] for entity in parsed.get("entities", [])}
    visits = [
        entry for entry in ranking[:3] if entry["name"] in FAMILIES[0] and entry["confidence"] >= LIKELY
    ]
    if named & ABOUT_A_VISIT and visits:
        return {**parsed, "intent": visits[0]}
    if _says_when(parsed):
        return {**parsed, "intent": {"name": "inform", "confidence": LIKELY}}
    return parsed


def _says_when(parsed: dict[str, Any]) -> bool:
    """ "Ja, das um viertel nach 3": hardly anything but a time."""
    spans = [e for e in parsed.get("entities", []) if e["entity"] == "time" and "start" in e]
    said = max((e["end"] - e["start"] for e in spans), default=0)
    return said >= MOSTLY * len(parsed.get("text", "").strip()) > 0


def keep_language(parsed: dict[str, Any], asked: str | None) -> dict[str, Any]:
    """Parse data without a language read from what may well be a name ("Mary-Jane von Berg")."""
    if asked not in NAMES_ASKED or len(parsed.get("text", "").split()) >= A_SENTENCE:
        return parsed
    return {**parsed, "entities": [e for e in parsed.get("entities", []) if e["entity"] != "language"]}
