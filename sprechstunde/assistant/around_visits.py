"""Questions around a visit that name no wish: who may come along, animals, a referral, an interpreter, by phone."""

from __future__ import annotations

import re
from typing import Any

from sprechstunde.assistant.nlu.marks import RULED

INTENT = "ask_what_to_bring"
_MAY = (
    r"(?:darf|dürf\w*|kann|könn\w*|soll\w*|muss|müss\w*|geht|ginge|ist es|ist das|wär\w*|can|could|may|might|should|"
    r"must|is it|would it|am i allowed|are|is|do)"
)
_SOMEBODY = (
    r"(?:jemand\w*|wer|wen|er|sie|he|she|they|begleit\w*|mein\w* \w+|unser\w* \w+|someone|somebody|"
    r"anyone|my \w+|our \w+|a friend|a companion|a relative)"
)
_BY_PHONE = (
    r"(?:telefonisch\w*|telefon(?:termin|sprechstunde|konsultation|beratung)\w*"
    r"|(?:per|via|am|übers?|by|over the|on the) (?:telefon|video\w*|zoom|skype|facetime|phone|telephone)"
    r"|video[- ]?(?:sprechstunde|call|termin|anruf|chat|appointment|consult\w*|visit)\w*"
    r"|(?:tele|phone|telephone)[- ]?(?:consult\w*|appointments?|visits?|health|medicine)"
    r"|(?:remote|virtual|online)[- ](?:consult\w*|visits?|sprechstunde))"
)
# Calls that staff make, and what has a way of its own: results, papers.
_NOT_A_VISIT = re.compile(
    r"zurück|rückruf|anruf(?!t? statt)|ruft?\b|erreich|melde|nummer|durchgekommen|warteschleife|geht (?:keiner|niemand)"
    r"|befund|ergebnis|labor|blutwert|werte\b|rezept|krank(?:schr|meld)|\bau\b|attest|absag|abgesagt|verschieb|jemand"
    r"|mensch|\bcall (?:me|back)|reach|number|results?\b|prescription|sick note|cancel|reschedul"
    r"|someone|somebody|human",
    re.IGNORECASE,
)
_ANIMAL = (
    r"\b(?:hund(?:e|es|en|chen)?|wauwau|welpe\w?|katze\w?|kater|haustier\w*|tiere?|assistenzhund\w*|blindenhund\w*|"
    r"dogs?|doggo|doggy|pupp(?:y|ies)|cats?|pets?|animals?)\b"
)
TOPICS = {
    "pets": re.compile(
        rf"(?=.*{_ANIMAL})(?=.*\b(?:mitbring\w*|mitnehm\w*|mitkomm\w*|mit ?rein\w*|rein\w*|erlaubt|dabei|verboten|"
        r"bring\w*|allowed|come (?:in|along|with)|take|inside|welcome|friendly)\b)",
        re.IGNORECASE | re.DOTALL,
    ),
    "interpreter": re.compile(
        r"\b(?:dolmetsch\w*|gebärden\w*|interpreters?|translators?|sign[- ]language|bsl|asl|"
        r"(?:jemand\w*|wer|somebody|someone) .{0,20}(?:übersetz\w*|translat\w*))\b",
        re.IGNORECASE,
    ),
    "referral": re.compile(
        r"\b(?:brauch\w*|bräucht\w*|benötig\w*) (?:ich|man|wir|mein\w* \w+)\b[^.!?]*(?:ü|ue|u)berwei[sß]ung|"
        r"(?:ü|ue|u)berwei[sß]ung\w*[^.!?]{0,20}\b(?:nötig|notwendig|erforderlich|pflicht|zwingend|muss|vorlegen)\b|"
        r"\b(?:nötig|notwendig|erforderlich)\b[^.!?]{0,20}(?:ü|ue|u)berwei[sß]ung|"
        r"\bohne (?:eine? )?(?:ü|ue|u)berwei[sß]ung|"
        r"\b(?:do|would|will|does|must|should) (?:i|we|you|u|ya|one|my \w+)\b[^.!?]{0,20}\b(?:need|have|require)\b"
        r"[^.!?]{0,20}refer+al|"
        r"\brefer+als? (?:needed|necessary|required|letter needed)|\bwithout (?:a )?refer+al|"
        r"\b(?:need|require)\w* (?:a )?refer+al\b[^.!?]*\?",
        re.IGNORECASE,
    ),
    "remote": re.compile(
        rf"\b(?:{_MAY}|lieber|am liebsten|gern\w*|möglich|bitte|gibt es|gibts|bietet|bieten|macht ihr|prefer\w*|rather|"
        rf"instead|possible|offer|please|want|like|termin|sprechstunde|appointment)\b.*\b{_BY_PHONE}\b|"
        rf"\b{_BY_PHONE}\b.*(?:\?|\b(?:lieber|gern\w*|möglich|bitte|geht|ginge|possible|please|instead|okay?|better|besser)\b)",
        re.IGNORECASE | re.DOTALL,
    ),
    "companion": re.compile(
        rf"\b{_MAY}\b[^.!?]*\b{_SOMEBODY}\b[^.!?]*\b(?:mitkomm\w*|mitgeh\w*|mitbring\w*|mit ?rein\w*|"
        r"dabei ?(?:sein|bleiben)|mit (?:ins?|rein|dazu|dabei)|begleit\w*|"
        r"come (?:in )?(?:along|with|too|as well)|join|accompany|be there|stay with|sit in|tag along)|"
        rf"\b{_MAY}\b[^.!?]*\b(?:begleitperson|begleitung|companion)\b|"
        rf"\b{_MAY}\b[^.!?]*\b(?:bring|take)\b (?:along )?{_SOMEBODY}(?: along| with me|(?= to\b)|\W*$)|"
        rf"\b{_MAY} (?:ich|wir) {_SOMEBODY} mitbringen",
        re.IGNORECASE,
    ),
}
# These people bring, and no companion: papers and pictures.
_THINGS = re.compile(
    r"\b(?:karte|unterlagen|befund\w*|impf\w*|pass|liste|plan|bilder|röntgen\w*|heft|medikament\w*|tabletten|"
    r"card|documents?|papers?|records?|results?|list|scans?|x-?rays?|medic\w*|meds|pills|insurance|notes)\b",
    re.IGNORECASE,
)
# Where the classifier is sure of one of these, a visit or paper is wanted and nothing asked.
_WISHES = frozenset({"book_appointment", "reschedule_appointment", "cancel_appointment", "request_human"})
_A_VISIT = re.compile(r"\b(?:termin\w*|appointments?|visit)\b", re.IGNORECASE)
_CERTAIN = 0.9


def topic_of(text: str) -> str | None:
    """`pets`, `interpreter`, `referral`, `remote` or `companion` where the message asks about it."""
    found = next((name for name, words in TOPICS.items() if words.search(text)), None)
    not_about_it = {"companion": _THINGS, "remote": _NOT_A_VISIT}.get(found or "")
    return None if not_about_it and not_about_it.search(text) else found


def beside_a_visit(text: str, visits: list[tuple[int, int]]) -> bool:
    """Whether "by phone" or "by video" stands for itself and is no part of the name of a visit that the practice has.

    `visits`: start and end of the visit types named in `text`.
    """
    said = re.search(_BY_PHONE, text, re.IGNORECASE)
    return said is not None and not any(start < said.end() and said.start() < end for start, end in visits)


def recognised(parsed: dict[str, Any]) -> dict[str, Any]:
    """Parse data with `ask_what_to_bring` where such a question was taken for something else."""
    text, intent = parsed.get("text") or "", parsed.get("intent") or {}
    topic = None if parsed.get(RULED) else topic_of(text)
    if topic is None:
        return parsed
    visits = [(e["start"], e["end"]) for e in parsed.get("entities", []) if e["entity"] == "visit_type"]
    if topic == "remote" and not beside_a_visit(text, visits):
        return parsed
    wanted = intent.get("name") in _WISHES and float(intent.get("confidence") or 0) >= _CERTAIN
    said_beside = topic == "remote" or (topic == "interpreter" and _A_VISIT.search(text))
    if wanted and ("?" not in text or said_beside):
        return parsed
    return {**parsed, "intent": {"name": INTENT, "confidence": 1.0}}
