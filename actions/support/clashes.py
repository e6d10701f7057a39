"""What a patient has already that gets in the way of the appointment about to be booked."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.service import AppointmentView, Slot

from .rows import row
from .turn import Buttons, Turn
from .words import word

A_FEW_DAYS = timedelta(days=7)


def clash(patient_id: UUID, slot: Slot) -> AppointmentView | None:
    """The patient's appointment that overlaps `slot`; else one of the same kind within a few days; else None."""
    coming = scheduling.upcoming([patient_id])
    overlapping = [a for a in coming if overlaps(a, slot)]
    alike = [
        a
        for a in coming
        if a.slot.visit_type == slot.visit_type and abs(a.slot.start - slot.start) <= A_FEW_DAYS
    ]
    return next(iter([*overlapping, *alike]), None)


def overlaps(appointment: AppointmentView, slot: Slot) -> bool:
    """Whether nobody could be at both."""
    return appointment.slot.start < slot.end and slot.start < appointment.slot.end


def choices(turn: Turn, other: AppointmentView, *, same_visit: bool) -> Buttons:
    """Book all the same; or the other gives way: moved to this time where it is the same visit, else afterwards."""
    both = word("book_anyway", turn.language)
    move = word("move_the_other", turn.language)
    hold, gives_way = str(turn.slot("hold")), "replaced" if same_visit else "moved_after"
    return [
        row(both, "confirm_booking", hold=hold),
        row(move, "confirm_booking", hold=hold, **{gives_way: str(other.id)}),
    ]


def moves_after(turn: Turn) -> list[EventType]:
    """The appointment that gives way is moved next, ahead of whatever else waits."""
    other = turn.entity("moved_after")
    if not other:
        return []
    text = f'/reschedule_appointment{{"appointment_ref": "{other}"}}'
    wish = {
        "text": text,
        "intent": "reschedule_appointment",
        "relationship": None,
        "gender": None,
        "name": None,
    }
    return [SlotSet("next_wish", [wish, *(turn.slot("next_wish") or [])])]
