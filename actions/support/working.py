"""Slots that a dialogue fills while it is under way, by form; they are empty before and after."""

from __future__ import annotations

from rasa_sdk.events import ActiveLoop, EventType

from sprechstunde.scheduling import service as scheduling

from .form import reset
from .turn import Turn

BOOKING = (
    *("visit_type", "reason", "specialty", "practitioner", "practitioners_excluded", "location", "time_wish"),
    *("offered", "shown", "alternatives", "chosen_slot", "hold", "booking_confirmed"),
    *("patient", "relationship", "gender", "patient_name", "birth_date", "insurance_kind", "insurer"),
    *("failures", "page", "requested_slot", "put_aside"),
)
MOVING = (
    *(
        "appointment",
        "time_wish",
        "offered",
        "shown",
        "alternatives",
        "chosen_slot",
        "hold",
        "move_confirmed",
    ),
    *("visit_type", "practitioner", "practitioners_excluded", "specialty", "location"),
    *("failures", "requested_slot", "put_aside"),
)
CANCELLING = ("appointment", "cancel_confirmed", "failures", "requested_slot", "put_aside")
REQUEST = (
    *("request_kind", "request_details", "patient", "relationship", "gender", "patient_name", "birth_date"),
    *("failures", "requested_slot", "put_aside"),
)
EVERYTHING = sorted({*BOOKING, *CANCELLING, *MOVING, *REQUEST})


def stop(turn: Turn) -> list[EventType]:
    """Drop the dialogue under way and say so; a held slot is free again."""
    if turn.slot("hold"):
        scheduling.release(turn.slot("hold"), contact_id=turn.contact_id)
    turn.say("utter_stopped" if turn.active_form else "utter_nothing_to_stop")
    return [ActiveLoop(None), *reset(*EVERYTHING)]
