"""Slots that a dialogue fills while it is under way, by form; they are empty before and after."""

from __future__ import annotations

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet

from sprechstunde.scheduling import service as scheduling

from .form import reset
from .turn import Turn

BOOKING = (
    *("visit_type", "reason", "specialty", "practitioner", "practitioners_excluded", "practitioner_gender"),
    *("location", "time_wish"),
    *("offered", "shown", "alternatives", "chosen_slot", "hold", "booking_confirmed"),
    *("patient", "relationship", "gender", "patient_name", "birth_date", "insurance_kind", "insurer"),
    *("name_part", "failures", "page", "changing", "requested_slot", "put_aside"),
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
    *("name_part", "failures", "requested_slot", "put_aside"),
)
EVERYTHING = sorted({*BOOKING, *CANCELLING, *MOVING, *REQUEST})


STOPPED = {"cancelling_form": "utter_appointment_kept", "moving_form": "utter_move_stopped"}
# "Doch nicht" right after something was done asks to undo it: that is offered, not assumed.
REGRETTED = {"booked": "utter_stop_booked", "moved": "utter_stop_moved", "cancelled": "utter_stop_cancelled"}


def leave(turn: Turn) -> None:
    """Another dialogue begins: a slot held for this one is free again."""
    if turn.slot("hold"):
        scheduling.release(turn.slot("hold"), contact_id=turn.contact_id)


def stop(turn: Turn) -> list[EventType]:
    """Drop the dialogue under way and say so; a held slot is free again."""
    leave(turn)
    if turn.active_form:
        turn.say(STOPPED.get(turn.active_form, "utter_stopped"))
        return [ActiveLoop(None), *reset(*EVERYTHING, "outcome")]
    turn.say(REGRETTED.get(turn.slot("outcome") or "", "utter_nothing_to_stop"))
    # "Shall I find a new one?": a yes still means that.
    return [SlotSet("outcome", "nothing_there" if turn.slot("outcome") == "cancelled" else None)]


def nothing_there(turn: Turn) -> list[EventType]:
    """No appointment to move or cancel: say so; a dialogue under way goes on, a "yes" books one."""
    turn.say("utter_no_appointments")
    if turn.active_form:
        return [FollowupAction(turn.active_form)]
    return [SlotSet("outcome", "nothing_there"), FollowupAction("action_listen")]
