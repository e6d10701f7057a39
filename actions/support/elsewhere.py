"""A specialty that the practice has not: said at once, instead of a list of visits that can't help."""

from __future__ import annotations

from sprechstunde.clinic import service as clinic_service

from . import tongues
from .turn import Turn

# Who names one of these is with us, whatever else is in the sentence ("Knieschmerzen, habe ein MRT dabei").
OURS = ("visit_type", "specialty", "practitioner")


def say(turn: Turn) -> bool:
    """Say that we don't have it, who helps, and whom we do have. True when such a thing was asked for."""
    if turn.is_tap or any(turn.entities(name) for name in OURS):
        return False
    missing = tongues.not_here(turn.text, turn.language)
    if missing is None:
        return False
    team = clinic_service.clinic().practitioners
    doctors = "\n".join(f"• *{person.name}*: {person.role.get(turn.language, '')}" for person in team)
    turn.say("utter_specialty_not_here", what=missing, doctors=doctors)
    return True
