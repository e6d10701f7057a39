"""A doctor asked for who is not one of ours: say so, and who there is, instead of answering as if nobody was named."""

from __future__ import annotations

import re

from sprechstunde.assistant.nlu.language_words import is_everyday
from sprechstunde.clinic import service as clinic_service

from .turn import Turn

_NAME = r"(?P<name>[^\W\d_][^\W\d_'’-]*(?:[-'’][^\W\d_]+)*)"
_TITLE = r"(?:dr|drs|doktor|doktorin|doctor|doc|prof|professor)\b\.?"
DOCTOR = re.compile(rf"(?P<title>\b{_TITLE}(?:\s*{_TITLE})?(?:\s*med\.?)?)\s*{_NAME}", re.IGNORECASE)
SOMEBODY = re.compile(
    rf"\b(?:bei(?: der| dem)?|zu(?: der| dem)?|zur|zum|with|see)\s+(?P<title>frau|herrn?|mrs|ms|mr)\b\.?\s+{_NAME}",
    re.IGNORECASE,
)
# Who refers, who writes, and where she was before are no wish for that doctor.
ELSEWHERE = re.compile(
    r"(?:\b(?:von|vom|from|by|war bei|waren bei|was at|saw|über|laut|mein\w*|my|hausarzt|hausärztin|facharzt|"
    r"gp|kollege\w*|colleague|überwiesen|referred|ich bin|bin|hier ist|this is|i'?m|name ist|name is)\W+)"
    r"(?:(?:frau|herrn?|der|dem|die)\W+)*$",
    re.IGNORECASE,
)


def named(turn: Turn) -> str | None:
    """ "Dr. Yilmaz" as she wrote it, where the message asks for such a doctor and the practice has none."""
    if turn.is_tap or turn.has_entity("practitioner"):
        return None
    patients_own = turn.spans(frozenset({"person_name"}))
    for pattern in (DOCTOR, SOMEBODY):
        for found in pattern.finditer(turn.text):
            inside = any(start < found.end() and found.start() < end for start, end in patients_own)
            name = found["name"]
            if inside or len(name) < 3 or is_everyday(name) or ELSEWHERE.search(turn.text[: found.start()]):
                continue
            return f"{found['title'].rstrip()[:1].upper()}{found['title'].rstrip()[1:]} {name[:1].upper()}{name[1:]}"
    return None


def say(turn: Turn) -> bool:
    """Say that there is nobody of that name and who there is. True when there was something to say."""
    name = named(turn)
    if name is None:
        return False
    doctors = "\n".join(
        f"• *{person.name}*: {person.role.get(turn.language, '')}"
        for person in clinic_service.clinic().practitioners
    )
    turn.say("utter_no_such_doctor", name=name, doctors=doctors)
    return True
