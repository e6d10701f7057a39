"""Somebody is late for today's appointment: the team hears of it at once."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from sprechstunde import clock, dates
from sprechstunde.clinic import service as clinic_service
from sprechstunde.tasks import service as tasks

from .support import naming, whose
from .support.action import ClinicAction
from .support.appointments import upcoming
from .support.turn import Turn

NOTE_LENGTH = 1000


class RunningLate(ClinicAction):
    """An urgent task naming the appointment, and the phone number for who can't wait."""

    action_name = "action_running_late"

    def perform(self, turn: Turn) -> list[EventType]:
        clinic = clinic_service.clinic()
        today = clock.now().astimezone(clinic.zone).date()
        mine = [a for a in upcoming(turn) if a.slot.start.astimezone(clinic.zone).date() == today]
        when = dates.format_slot(mine[0].slot.start, turn.language) if mine else ""
        taken = tasks.take_down(
            "other",
            contact_id=turn.contact_id,
            patient_id=mine[0].patient_id if mine else whose.patient_meant(turn),
            note=f"Verspätung: {turn.text}"[:NOTE_LENGTH],
            urgent=bool(mine),
            idempotency_key=turn.key("late"),
        )
        response = "utter_running_late" if mine else "utter_running_late_unknown"
        turn.say(response, when=when, phone=clinic.phone)
        return [*naming.ask(turn, taken.task), SlotSet("outcome", "late_noted")]
