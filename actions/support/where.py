"""Asked at the last moment: "hold on, is that the one in Pankow?" The place is said, and nothing else is searched."""

from __future__ import annotations

import re

from sprechstunde.clinic import service as clinic_service
from sprechstunde.scheduling import service as scheduling

from .turn import Turn

IS_IT = re.compile(
    r"\b(?:ist|wäre|is|was|sind|bin|that'?s|it'?s)\b|\b(?:der|die|das|that|the one) in\b", re.IGNORECASE
)
WISHES = re.compile(
    r"\b(?:geht|ginge|gibt|auch|lieber|kann|könn\w*|möglich|statt\w*|frei|was frei|can|could|instead|rather|possible|"
    r"also|too|free|available|anything|möchte|will|want|would|offen|auf|open)\b",
    re.IGNORECASE,
)
OTHER_DETAILS = frozenset({"time", "practitioner", "specialty", "visit_type", "person_name", "insurer"})


def asks(turn: Turn) -> bool:
    """Whether the message asks if the time chosen is at a certain place."""
    chosen = turn.active_form == "booking_form" and bool(turn.slot("chosen_slot")) and not turn.is_tap
    if not chosen or not turn.entity("location") or turn.details & OTHER_DETAILS:
        return False
    return "?" in turn.text and bool(IS_IT.search(turn.text)) and not WISHES.search(turn.text)


def say(turn: Turn) -> bool:
    """Say where it is; whoever wants the other place reads how. True when that was asked."""
    if not asks(turn):
        return False
    clinic = clinic_service.clinic()
    place = clinic.location(scheduling.slot_of(turn.slot("chosen_slot")).location)
    named = clinic.location(turn.entity("location"))
    if place is None or named is None:
        return False
    response = "utter_place_yes" if place.code == named.code else "utter_place_no"
    turn.say(response, place=place.name, address=place.address, other=named.name)
    return True
