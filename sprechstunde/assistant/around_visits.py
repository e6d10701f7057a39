"""Questions around a visit that name no wish: who may come along, animals, a referral, an interpreter."""

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
    """`pets`, `interpreter`, `referral` or `companion` where the message asks about it."""
    found = next((name for name, words in TOPICS.items() if words.search(text)), None)
    return None if found == "companion" and _THINGS.search(text) else found


def recognised(parsed: dict[str, Any]) -> dict[str, Any]:
    """Parse data with `ask_what_to_bring` where such a question was taken for something else."""
    text, intent = parsed.get("text") or "", parsed.get("intent") or {}
    topic = None if parsed.get(RULED) else topic_of(text)
    if topic is None:
        return parsed
    wanted = intent.get("name") in _WISHES and float(intent.get("confidence") or 0) >= _CERTAIN
    if wanted and ("?" not in text or (topic == "interpreter" and _A_VISIT.search(text))):
        return parsed
    return {**parsed, "intent": {"name": INTENT, "confidence": 1.0}}
