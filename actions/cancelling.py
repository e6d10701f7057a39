"""Cancelling: ask once, free the slot, offer a new one."""

from __future__ import annotations

import re
from uuid import UUID

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from sprechstunde.assistant.settling import agrees
from sprechstunde.clinic import service as clinic_service
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.service import AppointmentNotOpen

from .support.action import ClinicAction
from .support.appointments import appointment_of, fitting, take_appointment, upcoming, who_has
from .support.form import FormState, carries_on, count_failure, reset
from .support.rows import row
from .support.slot_choice import say_slot, wish_of
from .support.turn import Turn
from .support.words import word
from .support.working import CANCELLING, leave, nothing_there, stop

THE_OTHER = re.compile(r"\b(?:(?:den|der|das|die) ander\w+|the other\b|other one)", re.IGNORECASE)
EVERY = re.compile(
    r"\b(?:beide[ns]?|alle[ns]?(?! anderen)|sämtliche\w*|all (?:of them|my appointments)|both|everything)\b",
    re.IGNORECASE,
)


class BeginCancelling(ClinicAction):
    """Nothing to cancel is said at once; otherwise start afresh."""

    action_name = "action_begin_cancelling"

    def perform(self, turn: Turn) -> list[EventType]:
        if turn.active_form == "cancelling_form":
            return []
        if not upcoming(turn):
            if turn.active_form == "booking_form":  # "cancel it" means what is being booked
                return [*stop(turn), FollowupAction("action_listen")]
            return nothing_there(turn)
        leave(turn)
        return [*reset(*CANCELLING), SlotSet("outcome", None)]


class ValidateCancellingForm(ClinicAction):
    """Read which appointment, and the yes or no."""

    action_name = "validate_cancelling_form"

    def perform(self, turn: Turn) -> list[EventType]:
        state = FormState(turn)
        requested = turn.slot("requested_slot")
        if carries_on(turn) or requested is None:
            used = self._read(turn, state, requested)
            if used:
                state["failures"] = None
            elif requested:
                count_failure(turn, state, f"utter_hint_{requested}")
        missing = "appointment" if state["appointment"] is None else None
        if missing is None and state["cancel_confirmed"] is None:
            missing = "cancel_confirmed"
        return [*state.events(), SlotSet("requested_slot", missing)]

    def _read(self, turn: Turn, state: FormState, requested: str | None) -> bool:
        if requested == "cancel_confirmed":
            return self._confirmed(turn, state)
        if self._all_of_them(turn, state):
            return True
        return take_appointment(
            turn, state, wish_of(turn.entity("time", role="source") or turn.entity("time"))
        )

    def _all_of_them(self, turn: Turn, state: FormState) -> bool:
        """ "Cancel both": the first now; the rest waits as a wish of its own, which comes back here."""
        coming = upcoming(turn)
        if turn.is_tap or len(coming) < 2 or not EVERY.search(turn.text):
            return False
        state["appointment"] = str(coming[0].id)
        state["next_wish"] = [
            {"text": turn.text, "intent": "cancel_appointment"},
            *(turn.slot("next_wish") or []),
        ]
        return True

    def _confirmed(self, turn: Turn, state: FormState) -> bool:
        if turn.intent == "choose_appointment":
            return take_appointment(turn, state, None)
        if self._other_one(turn, state):
            return True
        if turn.intent == "confirm_cancel":
            if turn.entity("appointment_ref") != state["appointment"]:
                return False
            state["cancel_confirmed"] = True
            return True
        if self._names_it(turn, state):
            state["cancel_confirmed"] = True
            return True
        if turn.intent in {"affirm", "deny"}:
            state["cancel_confirmed"] = turn.intent == "affirm"
            return True
        return False

    def _names_it(self, turn: Turn, state: FormState) -> bool:
        """ "Genau, den am Donnerstag": yes, with the time of the very appointment."""
        if turn.is_tap or not turn.time or not agrees(turn.text):
            return False
        meant = fitting(turn, upcoming(turn), wish_of(turn.time))
        return [str(appointment.id) for appointment in meant] == [state["appointment"]]

    def _other_one(self, turn: Turn, state: FormState) -> bool:
        """ "Nein, den am Mittwoch": the one meant instead; "nein, den anderen": the other, or the list of others."""
        if turn.is_tap or turn.intent == "affirm":
            return False
        coming = upcoming(turn)
        others = [a for a in coming if str(a.id) != state["appointment"]]
        meant = fitting(turn, coming, wish_of(turn.time))
        if any(str(a.id) == state["appointment"] for a in meant):
            meant = others if THE_OTHER.search(turn.text) else []
        if not meant:
            return False
        state["appointment"] = str(meant[0].id) if len(meant) == 1 else None
        return True


class AskCancelConfirmed(ClinicAction):
    """The one question before a slot is freed."""

    action_name = "action_ask_cancel_confirmed"

    def perform(self, turn: Turn) -> list[EventType]:
        title = word("yes_cancel", turn.language)
        appointment = appointment_of(turn)
        turn.say(
            "utter_cancel_summary",
            buttons=[row(title, "confirm_cancel", appointment_ref=turn.slot("appointment"))],
            who=who_has(turn, appointment),
            **say_slot(appointment.slot, turn.language),
        )
        return []


class CancelAppointment(ClinicAction):
    """Free the slot, or keep it where the patient changed her mind."""

    action_name = "action_cancel_appointment"

    def perform(self, turn: Turn) -> list[EventType]:
        confirmed = turn.slot("cancel_confirmed")
        if confirmed is None:
            return []
        if not confirmed:
            turn.say("utter_appointment_kept")
            return [*reset(*CANCELLING), SlotSet("outcome", "kept")]
        try:
            cancelled = scheduling.cancel(
                UUID(turn.slot("appointment")),
                contact_id=turn.contact_id,
                reason="patient asked in chat",
                idempotency_key=turn.key("cancel"),
            )
        except AppointmentNotOpen:
            turn.say("utter_appointment_gone")
            return [*reset(*CANCELLING), SlotSet("outcome", "gone")]
        turn.say("utter_cancelled", **say_slot(cancelled.slot, turn.language))
        return [*reset(*CANCELLING), SlotSet("outcome", "cancelled")]


class CancellationRule(ClinicAction):
    """Until when it may be cancelled and what that costs: the clinic's own words."""

    action_name = "action_cancellation_rule"

    def perform(self, turn: Turn) -> list[EventType]:
        note = clinic_service.clinic().notes.get("cancellation", {}).get(turn.language, "")
        title = word("cancel_appointment", turn.language)
        has_one = turn.active_form is None and bool(upcoming(turn))
        turn.say(
            "utter_cancellation_rule",
            buttons=[row(title, "cancel_appointment")] if has_one else None,
            note=note,
        )
        return []
