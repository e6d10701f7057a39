"""Reading who the patient is: name, date of birth, insurance, in whatever words."""

from __future__ import annotations

import re
from datetime import date

from sprechstunde import clock, dates
from sprechstunde.clinic import service as clinic_service

from .turn import Turn

LEAD_IN = re.compile(
    r"^\s*(?:(?:hallo|hi|guten tag|ja|also|okay|ok)[,!. ]+)?(?:"
    r"ich hei(?:ß|ss)e|mein name ist|der name ist|name(?: ist)?:?|ich bin|hier ist|das ist|(?:sie|er) hei(?:ß|ss)t|"
    r"my name is|my name's|the name is|i am|i'm|im|this is|it's|its|(?:her|his) name is|(?:she|he)'s called)\s+",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"\s*(?:\d|\bgeb\b|\bgeboren\b|\bborn\b|\bdob\b|\*|\n|\bund (?:ich )?bin\b|\band i\b|\bversichert\b|\bbei der\b)"
    r".*$",
    re.IGNORECASE | re.DOTALL,
)
NAME = re.compile(r"^[^\W\d_][^\d_<>{}\[\]@#/\\?!:;=+]{1,79}$")
NOT_A_NAME = frozenset(
    [
        *(
            "ich",
            "nicht",
            "kein",
            "keine",
            "warum",
            "wieso",
            "was",
            "wie",
            "wer",
            "wo",
            "wann",
            "doch",
            "mal",
            "bitte",
        ),
        *("danke", "termin", "arzt", "praxis", "möchte", "will", "kann", "sie", "du", "ihr"),
        *(
            "why",
            "what",
            "how",
            "who",
            "where",
            "when",
            "please",
            "thanks",
            "appointment",
            "doctor",
            "want",
            "can",
        ),
        *("not", "don't", "dont", "you"),
    ]
)


def name_in(turn: Turn) -> str | None:
    """A full name in the message, or None."""
    named = turn.entity("person_name")
    text = named or TAIL.sub("", LEAD_IN.sub("", turn.text, count=1))
    text = " ".join(text.strip(" .,;:-").split())
    words = [word.strip(",.").lower() for word in text.split()]
    if not NAME.match(text) or not 1 <= len(words) <= 6 or any(word in NOT_A_NAME for word in words):
        return None
    return text


def is_full(name: str) -> bool:
    """True when the name has a given and a family name."""
    return len([word for word in re.split(r"[\s,]+", name) if len(word.strip(".")) > 1]) >= 2


def birth_date_in(turn: Turn) -> date | None:
    """A date of birth in the message, or None."""
    known = turn.entity("birth_date")
    if known:
        return date.fromisoformat(known)
    today = clock.now().astimezone(clinic_service.clinic().zone).date()
    return dates.birth_date(turn.text, turn.language, today)


def insurance_kind_in(turn: Turn) -> str | None:
    """Kind of insurance named outright or through the insurer's name."""
    kind = turn.entity("insurance_kind")
    if kind:
        return str(kind)
    insurer = clinic_service.clinic().insurer(turn.entity("insurer") or "")
    return insurer.kind if insurer else None


def insurer_in(turn: Turn) -> str | None:
    """The insurer's canonical name, or the patient's own words when we do not know it."""
    known = turn.entity("insurer")
    if known:
        return str(known)
    text = " ".join(turn.text.split())
    if turn.is_tap or not 2 <= len(text) <= 60 or "?" in text:
        return None
    return text
