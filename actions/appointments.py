"""My appointments: what is coming, for everyone this phone acts for."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction

from sprechstunde.patients import service as patients

from .support.action import ClinicAction
from .support.appointments import upcoming
from .support.slot_choice import say_slot
from .support.turn import Turn


class ListAppointments(ClinicAction):
    """A line an appointment, soonest first."""

    action_name = "action_list_appointments"

    def perform(self, turn: Turn) -> list[EventType]:
        coming = upcoming(turn)
        if not coming:
            turn.say("utter_no_appointments")
            return []
        names = {patient.id: patient.given_name for patient in patients.patients_of(turn.contact_id)}
        lines = []
        for appointment in coming:
            said = say_slot(appointment.slot, turn.language)
            who = (
                f" ({names[appointment.patient_id]})"
                if len(names) > 1 and appointment.patient_id in names
                else ""
            )
            lines.append(f"• *{said['when']}*{who}\n  {said['what']}, {said['doctor']}, {said['place']}")
        turn.say("utter_appointments", appointments="\n".join(lines))
        return []


class StaleChoice(ClinicAction):
    """A tap on a button whose dialogue is over: a second "yes" finds its appointment, anything else starts afresh."""

    action_name = "action_stale_choice"

    def perform(self, turn: Turn) -> list[EventType]:
        if turn.intent == "other_day" and turn.slot("offered") and not turn.active_form:
            return [FollowupAction("booking_form")]
        if turn.intent in {"confirm_booking", "confirm_move", "confirm_cancel"}:
            turn.say("utter_already_answered")
            return ListAppointments().perform(turn)
        turn.say("utter_stale_choice")
        return []
