"""Words that take something back without saying what shall stand there instead: "der Name ist falsch"."""

from __future__ import annotations

import re

from . import person
from .turn import Turn

# What is to be changed, in the order to look for it: "Geburtsdatum" is no date of an appointment.
PARTS = {
    "patient_name": re.compile(r"\b(?:(?:vor|nach|familien|sur)?name\w*)\b", re.IGNORECASE),
    "birth_date": re.compile(r"\b(?:geburts\w*|geboren|birth\w*|dob)\b", re.IGNORECASE),
    "insurance": re.compile(r"\b(?:\w*versicher\w*|\w*kasse|insur\w*)\b", re.IGNORECASE),
    "practitioner": re.compile(
        r"\b(?:\w*[aä]rzt\w*|dokt\w+|doctor|jemand(?:em|en)?\b.{0,12}\banders?\w*|(?:someone|somebody) else)\b",
        re.IGNORECASE,
    ),
    "visit_type": re.compile(
        r"\b(?:anlass|grund|reason|(?:type|kind) of (?:visit|appointment))\b", re.IGNORECASE
    ),
    "time": re.compile(r"\b(?:\w*zeit(?:en)?|tag|datum|times?|day|date)\b", re.IGNORECASE),
}
CHANGE = re.compile(
    r"\b(?:falsch\w*|stimmt (?:so )?nicht|nicht (?:richtig|korrekt)|vertippt|verschrieben|vertan|korrigier\w*|"
    r"(?:ver)?änder\w*|ander(?:s|e[rsnm]?)|wrong|incorrect|not (?:right|correct)|typo|mistake|misspel\w*|change|"
    r"correct|other|another|different|else)\b",
    re.IGNORECASE,
)
# "Ich möchte meinen Termin ändern" is a wish to move one.
AN_APPOINTMENT = re.compile(r"\b(?:termin\w*|appointment\w*)\b", re.IGNORECASE)
LONGEST = 9  # words: who writes more says what shall stand there instead


def part_in(turn: Turn) -> str | None:
    """The part of the booking that the words want changed without naming a new value; "" where they name no part."""
    if turn.is_tap or len(turn.text.split()) > LONGEST or not CHANGE.search(turn.text):
        return None
    for part, words in PARTS.items():
        if words.search(turn.text):
            return None if _has_value(turn, part) else part
    plain = not turn.has_details and not AN_APPOINTMENT.search(turn.text)
    return "" if plain and turn.intent == "reschedule_appointment" else None


def _has_value(turn: Turn, part: str) -> bool:
    values = {
        "patient_name": (
            bool(turn.entity("person_name")) and person.plausible(str(turn.entity("person_name")))
        ),
        "birth_date": bool(turn.entity("birth_date")),
        "insurance": bool(turn.entity("insurance_kind") or turn.entity("insurer")),
        "practitioner": bool(turn.entities("practitioner") or turn.entity("specialty")),
        "visit_type": bool(turn.entity("visit_type")),
        "time": turn.time is not None,
    }
    return values[part]


def _other_doctor(turn: Turn) -> bool:
    """ "Not Dr Hoffmann, Dr Weiss please" asks nothing about Dr Weiss."""
    return bool(turn.entities("practitioner", role="excluded")) and "?" not in turn.text


def is_one(turn: Turn) -> bool:
    """True when the message corrects something of the booking under way, whatever the classifier makes of it."""
    if turn.active_form != "booking_form" or turn.is_tap:
        return False
    if part_in(turn) is not None or _other_doctor(turn):
        return True
    current = turn.slot("patient_name")
    return (
        bool(current)
        and turn.slot("requested_slot") != "patient_name"
        and (person.corrected_name(turn, current) is not None)
    )
