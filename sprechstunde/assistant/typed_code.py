"""The birth date or the six digits that open a result, typed into the chat instead of the page: where they go."""

from __future__ import annotations

import re
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde import clock
from sprechstunde.assistant import asking
from sprechstunde.assistant.nlu.marks import RULED
from sprechstunde.dates import birth_date

INTENT = "typed_code"
BIRTH_DATE = "typed_birth_date"
RESULTS = "ask_results"
DIGITS = r"(?<!\d)(?<!\d )\d{3}[ -]?\d{3}(?!\d)"
CODE = re.compile(rf"\W*(?:(?:\w+ ){{0,4}}code(?: ist| is| lautet| war)?\W+)?{DIGITS}\W*", re.IGNORECASE)
REFUSED = re.compile(
    rf"(?=.*{DIGITS})(?=.*(?:(?:geht|klappt|funktioniert|stimmt|passt|gilt) nicht|falsch|ungültig|abgelaufen|"
    r"wrong|invalid|expired|(?:doesn'?t|not|won'?t) (?:work|accept)|not accepted))",
    re.IGNORECASE | re.DOTALL,
)
MOST_WORDS = 10
# What the chat said last is a link.
LINK_SENT = frozenset({"results_link_sent", "link_sent"})
_AROUND = (
    r"(?:mein|das|unser|geburtsdatum|geburtstag|geb|geboren|am|vom|ist|ich|bin|heißt|lautet|der|die|hier|bitte|ok|"
    r"okay|also|"
    r"my|date|of|birth|birthday|dob|is|i|was|born|on|the|it|its|it's|here|sure|hi|hallo)"
)
BORN = re.compile(
    rf"\W*(?:{_AROUND}\W+){{0,6}}"
    r"(?:\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{2,4}|\d{4}-\d\d?-\d\d?|\d{1,2}(?:st|nd|rd|"
    r"th)?\.?(?: of)? ?[^\W\d_]{3,9}\.?,? \d{4}|"
    r"[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})\W*(?:geboren|geb|bitte|please)?\W*",
    re.IGNORECASE,
)
# Asked for any words at all, figures are an answer.
FREE = frozenset({"request_details"})


def recognised(parsed: dict[str, Any], asked: str | None) -> dict[str, Any]:
    """Parse data with the intent `typed_code` where such a number stands alone and answers nothing that was `asked`.

    Where it "does not work" it is about the way to her results.
    """
    text = parsed.get("text") or ""
    if asked in FREE or parsed.get(RULED):
        return parsed
    if REFUSED.match(text) and len(text.split()) <= MOST_WORDS:
        return {**parsed, "intent": {"name": RESULTS, "confidence": 1.0}}
    if not CODE.fullmatch(text):
        return parsed
    if asked and any(entity["entity"] != "language" for entity in parsed.get("entities", [])):
        return parsed  # a day, a number in a list
    if asked == "birth_date" and birth_date(parsed["text"], None, clock.now().date()):
        return parsed  # "120466"
    return {**parsed, "intent": {"name": INTENT, "confidence": 1.0}, "entities": []}


def on_the_page(parsed: dict[str, Any], tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """Parse data with the intent `typed_birth_date` where nothing but one follows the link that asks for it.

    "Geht nicht auf" behind a link is about that link.
    """
    text = parsed.get("text") or ""
    if tracker is None or tracker.active_loop_name or tracker.get_slot("outcome") not in LINK_SENT:
        return parsed
    if asking.STUCK.fullmatch(text) and not parsed.get(RULED):
        return {**parsed, "intent": {"name": RESULTS, "confidence": 1.0}}
    if parsed.get(RULED) or not BORN.fullmatch(text) or not birth_date(text, None, clock.now().date()):
        return parsed
    return {**parsed, "intent": {"name": BIRTH_DATE, "confidence": 1.0}, "entities": []}
