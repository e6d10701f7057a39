"""Settling what the classifier left open, with what else is known of the message."""

from __future__ import annotations

import re
from typing import Any

from sprechstunde.assistant import alarm, asking
from sprechstunde.assistant.alarm import ABOUT_A_VISIT
from sprechstunde.assistant.nlu.marks import ALARM_SHARE, HELD_BACK, RULED

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
SMALL_TALK = frozenset({"thank", "goodbye", "greet"})
PLEASANTRIES = re.compile(
    r"\b(?:dank\w*|merci|thank\w*|thx|cheers|tschü\w*|wiedersehen|bye|hallo|hello|hi|hey|moin|servus|gut\w* \w+|"
    r"good \w+)\b",
    re.IGNORECASE,
)
PHONE_NUMBER = re.compile(r"(?:\+|\b0)[\d /()-]{6,}\d")
# "Metformin 1000", "ramipril die 100er packung": no word of it speaks of an emergency, its number only looks like one.
DOSE = re.compile(
    r"\b(?:\d+[.,]\d+|\d+ ?(?:mg|mcg|µg|ml|er|stück|stk|pack\w*)|\d{2,4})\b|\bn[123]\b", re.IGNORECASE
)
MEASURED = re.compile(
    r"zucker|sugar|glucose|glukose|druck|pressure|\bbp\b|puls|heart|herz|sättigung|sauerstoff|oxygen|sats?\b|spo2|"
    r"fieber|fever|temp|grad\b|degrees|jahre|\bjahr|years?|monat|month|woche|week|tage|days?|minut|stunde|hour|uhr|"
    r"genommen|geschluckt|took|taken|swallow|überdosis|overdos|zu viel|too m",
    re.IGNORECASE,
)
A_FEW_WORDS = 8
OF_A_NUMBER = frozenset({"request_prescription", "request_human", "inform"})
# "Yes please cancel it", "nein! ich komme doch!"; "no, cancel it" is asked again.
SAYS_YES = re.compile(
    r"\W*(?:ja\w*|jo|jep|yes|yep|yeah|yup|sure|bitte|please)\b(?!.*\b(?:nicht|not|don'?t)\b)", re.IGNORECASE
)
SAYS_NO = re.compile(
    r"\W*(?:nein|nee?|nö|no|nope|nah)\b(?!.*(?:absag|storn|streich|lösch|weg|cancel|scrap|drop))",
    re.IGNORECASE,
)
_BOOK_IT = (
    r"(?:ein)?(?:tragen|buchen|machen) bitte|bitte (?:ein)?(?:tragen|buchen)|book it|go ahead|do it|lock it in|"
    r"put me down|that'?ll do"
)
BOOK_IT = re.compile(rf"\W*(?:{_BOOK_IT})(?: please| thanks?| danke)?\W*", re.IGNORECASE)
AGREES = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:ja\w?|jo|jep|jup|yes|yep|yeah|yup|stimmt|richtig|korrekt|correct|right|genau|perfekt|perfect|"
    r"passt|super|prima|great|wunderbar|alles gut|all good|lovely|brilliant|fine|gern|gerne|gladly|sure|ok|okay|"
    r"(?:is|isch|ist) (?:good|guet|gut|perfect|perfekt|fine|ok|okay|recht|grand)|no worries|"
    rf"{_BOOK_IT})\b",
    re.IGNORECASE,
)
DISAGREES = re.compile(
    r"\b(?:nicht|kein\w*|nein|ne+|aber|falsch|anders|stattdessen|lieber|doch|no|not|don'?t|isn'?t|but|wrong|instead|rather)\b",
    re.IGNORECASE,
)
# Words of taking one thing for another, with a word of cancelling beside them.
REPLACES = re.compile(
    r"(?=.*\b(?:\w*absag\w*|sag\w*\b.{1,40}\bab|stornier\w*|streich\w*|lösch\w*|cancel\w*|call off|scrap|drop|weg)\b)"
    r"(?=.*\b(?:dafür|dafuer|statt\w*|anstatt|ersatz\w*|neuen?|anderen?|instead|rather|another|a new one|new one|"
    r"(?:und|and|&) (?:gib|gebt|geben|mach\w*|nimm|buch\w*|trag\w*|book|put|give|get|make))\b)",
    re.IGNORECASE | re.DOTALL,
)
REPLACEABLE = frozenset({"cancel_appointment", "book_appointment", FALLBACK})
LIKELY = 0.12
MOSTLY = 0.6  # of the letters
NOT_OF_A_PAGE = frozenset({*EMERGENCIES, *SMALL_TALK, "urgent_care", "affirm", "deny", FALLBACK})
ALARMING = 0.8  # below, the classifier alone raises no alarm but says whom to call
CERTAIN = 0.9
RANKING = "intent_ranking"
WORRYING = 0.35
SOME_WORDS = 3  # alarms of fewer words are the rules' business: "blubb" only looks like blood
# Guards of data/emergency/red_flags.yml that say what is meant; "figurative" says only what is not.
SURELY_HARMLESS = frozenset(
    {
        *("negated", "denied", "past", "long_lasting", "checkup", "lab_test", "nose", "stuffy", "snoring"),
        *("slipped", "monthly", "minor_burn"),
        *("died_of", "afterwards", "afterwards_hospital", "supposed", "profession", "help_came", "stitches"),
    }
)
SURE_OF_ONE_WORD = 0.7
ONE_WORD = re.compile(r"^\W*\w+\W*$")
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
        _settle_technical,
        alarm.settle,
        _settle_lone_blood,
        _settle_held_back,
        _settle_numbers,
        _settle_bare_name,
        _settle_visit,
        _settle_service,
        _settle_replacement,
        _settle_fallback,
        _settle_nonsense,
    )
    for step in steps:
        parsed = step(parsed)
    return parsed


def _settle_technical(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "Die Seite geht nicht auf": no door that nobody opens, no cry for help, and no thanks either."""
    intent = (parsed.get("intent") or {}).get("name")
    if parsed.get(RULED) or intent not in NOT_OF_A_PAGE or not asking.is_technical(parsed.get("text", "")):
        return parsed
    ranking = [entry for entry in parsed.get(RANKING, []) if entry["name"] not in NOT_OF_A_PAGE]
    return {
        **parsed,
        "intent": {"name": "ask_results", "confidence": 1.0},
        ALARM_SHARE: 0.0,
        RANKING: ranking,
    }


def _settle_nonsense(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "blablub": one word that nobody knows is not yet a wish for something we don't do; we ask again."""
    intent = parsed.get("intent") or {}
    if intent.get("name") != "out_of_scope" or intent.get("confidence", 1.0) >= SURE_OF_ONE_WORD:
        return parsed
    if not ONE_WORD.match(parsed.get("text") or ""):
        return parsed
    return {**parsed, "intent": {**intent, "name": FALLBACK}}


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
    mistaken = intent.startswith("ask_") or intent in NOT_OF_A_NAME | {"urgent_care", FALLBACK}
    if not bare or parsed.get(RULED) or not mistaken:
        return parsed
    return {**parsed, "intent": {"name": "inform", "confidence": 1.0}}


def _settle_visit(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "I'd like a blood test": who names one of our visits means our business."""
    intent = parsed.get("intent") or {}
    named = {entity["entity"] for entity in parsed.get("entities", [])}
    if parsed.get(RULED) or "visit_type" not in named or intent.get("confidence", 0) >= CERTAIN:
        return parsed
    visits = [entry for entry in parsed.get("intent_ranking", []) if entry["name"] in FAMILIES[0]]
    text = parsed.get("text", "")
    if asking.EXPLANATION.match(text) or asking.CALL.match(text):
        # about the blood test she had: no further one is wanted
        return {**parsed, "intent": {"name": "ask_results", "confidence": LIKELY}}
    if intent.get("name") in SMALL_TALK and not PLEASANTRIES.search(text):
        # "Rückenschmerzen so schnell wie möglich" thanks nobody
        return {**parsed, "intent": visits[0] if visits else {"name": "inform", "confidence": LIKELY}}
    return {**parsed, "intent": visits[0]} if visits and intent.get("name") in ELSEWHERE else parsed


def _settle_held_back(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "Hatte 2019 einen Herzinfarkt, brauche Kontrolle": the rules saw it and know better than single words."""
    alarms = EMERGENCIES | {"urgent_care"}
    harmless = set(parsed.get(HELD_BACK) or ()) & SURELY_HARMLESS
    intent = parsed.get("intent") or {}
    if not harmless or parsed.get(RULED) or intent.get("name") not in alarms | {FALLBACK}:
        return parsed
    named = {entity["entity"] for entity in parsed.get("entities", [])}
    if (
        intent["name"] == "urgent_care"
        and intent.get("confidence", 0) >= ALARMING
        and not named & ABOUT_A_VISIT
    ):
        return parsed  # "need help right away but it's not life threatening"
    parsed = {**parsed, RANKING: [e for e in parsed.get(RANKING, []) if e["name"] not in alarms]}
    if intent["name"] == FALLBACK:
        return parsed
    calm = [e for e in parsed.get("intent_ranking", []) if e["name"] in FAMILIES[0]]
    if calm or named & ABOUT_A_VISIT:
        return {**parsed, "intent": calm[0] if calm else {"name": "inform", "confidence": LIKELY}}
    return {**parsed, "intent": {"name": FALLBACK, "confidence": 1.0}}


def _settle_numbers(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "Meine Nummer ist 0170 1234567", "und noch metformin 1000": no rule fires, and what is left is a number. The
    likeliest that is no alarm is meant, or it is asked."""
    alarms, text = EMERGENCIES | {"urgent_care"}, parsed.get("text", "")
    intent = (parsed.get("intent") or {}).get("name")
    if parsed.get(RULED) or intent not in alarms | {FALLBACK} or not is_number(text):
        return parsed
    calm = [e for e in parsed.get(RANKING, []) if e["name"] not in alarms | {FALLBACK}]
    chosen = next((e for e in calm if e["name"] in OF_A_NUMBER and e["confidence"] >= LIKELY), None)
    return {**parsed, "intent": chosen or {"name": FALLBACK, "confidence": 1.0}, RANKING: calm}


def is_number(text: str) -> bool:
    """Whether a short message is about a phone number or the strength or size of a medicine."""
    if len(text.split()) > A_FEW_WORDS + 4 or MEASURED.search(text):
        return False
    if re.search(r"\d{3}", text) and not re.search(r"[^\W\d_]", text):
        return True  # "120466"
    return bool(PHONE_NUMBER.search(text) or (DOSE.search(text) and len(text.split()) <= A_FEW_WORDS))


def _settle_service(parsed: dict[str, Any]) -> dict[str, Any]:
    """ "Skin cancer screening with Dr Weiss on Saturday" asks for no list of services; nor does what one costs."""
    intent, named = parsed.get("intent") or {}, {entity["entity"] for entity in parsed.get("entities", [])}
    if intent.get("name") == "ask_services" and asking.COST.search(parsed.get("text", "")):
        return {**parsed, "intent": {**intent, "name": "ask_insurance"}}
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
    if (
        "visit_type" in named
        and "?" not in parsed.get("text", "")
        and len(parsed["text"].split()) <= A_FEW_WORDS
    ):
        return {**parsed, "intent": {"name": "inform", "confidence": LIKELY}}  # "I think I've got a uti"
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


def agreed(parsed: dict[str, Any], *, to_confirm: bool) -> dict[str, Any]:
    """Parse data with `affirm` where a yes-or-no question gets "Yes, that is correct, thank you"."""
    text = parsed.get("text", "")
    intent = (parsed.get("intent") or {}).get("name")
    picks = any(entity["entity"] in {"ordinal", "time"} for entity in parsed.get("entities", []))
    takes = {"thank", "goodbye", FALLBACK} | (set() if picks else {"choose_option"})  # "genau den"
    if not to_confirm or parsed.get(RULED) or not (intent in takes or BOOK_IT.fullmatch(text)):
        return parsed
    return {**parsed, "intent": {"name": "affirm", "confidence": 1.0}} if agrees(text) else parsed


def meant_to_cancel(parsed: dict[str, Any], *, asked: bool) -> dict[str, Any]:
    """Parse data with `affirm` or `deny` where "Shall I cancel it?" is answered in words of cancelling."""
    text = parsed.get("text", "")
    if not asked or (parsed.get("intent") or {}).get("name") != "cancel_appointment":
        return parsed
    said = "affirm" if SAYS_YES.match(text) else "deny" if SAYS_NO.match(text) else None
    return {**parsed, "intent": {"name": said, "confidence": 1.0}} if said else parsed


def agrees(text: str) -> bool:
    """Whether a few words say yes and nothing against it."""
    against = "?" in text or DISAGREES.search(text)
    return not against and bool(AGREES.search(text)) and len(text.split()) <= A_FEW_WORDS
