"""Moving an appointment: which one, to when; the old one stays until the new one is safe."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from sprechstunde import clock, dates
from sprechstunde.assistant.settling import REPLACES
from sprechstunde.dates import TimeWish
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.service import (
    AppointmentNotOpen,
    AppointmentView,
    NotAccepted,
    SlotNotOffered,
    SlotTaken,
)

from .booking import confirm
from .support import exchanges, insured, leaning
from .support.action import ClinicAction
from .support.appointments import (
    appointment_of,
    ask_which,
    take_appointment,
    upcoming,
    who_has,
)
from .support.eligibility import ANY
from .support.form import FormState, carries_on, count_failure, reset
from .support.rows import row
from .support.slot_choice import (
    answer_choice,
    drop_choice,
    say_slot,
    shift,
    take_time_wish,
    to_offer,
    wish_of,
)
from .support.turn import Turn
from .support.which import TO_SOMEBODY
from .support.words import word
from .support.working import MOVING, leave, nothing_there

TAPS = frozenset({"choose_slot", "other_day"})


class BeginMoving(ClinicAction):
    """Nothing to move is said at once; otherwise start afresh."""

    action_name = "action_begin_moving"

    def perform(self, turn: Turn) -> list[EventType]:
        if turn.active_form == "moving_form":
            return []
        if turn.active_form == "booking_form" and (not upcoming(turn) or _means_this_one(turn)):
            return self._another_time(turn)
        if not upcoming(turn):
            # "My mole has changed": with a complaint and nothing to move, a booking is meant.
            if turn.entity("visit_type"):
                return [*reset(*MOVING), FollowupAction("booking_form")]
            return nothing_there(turn)
        leave(turn)
        return [*reset(*MOVING), SlotSet("outcome", None)]

    def _another_time(self, turn: Turn) -> list[EventType]:
        """With nothing booked yet, "could we move it to Friday" means what is being booked."""
        state = FormState(turn)
        if not shift(turn, state, state["offered"] or []) and not take_time_wish(turn, state, turn.time):
            drop_choice(turn, state)
            state.clear("time_wish", "offered", "shown", "alternatives")
        return [*state.events(), FollowupAction("booking_form")]


class ValidateMovingForm(ClinicAction):
    """Read the message: the appointment meant, the new time wished, the choice, the yes."""

    action_name = "validate_moving_form"

    def perform(self, turn: Turn) -> list[EventType]:
        state = FormState(turn)
        requested = turn.slot("requested_slot")
        if carries_on(turn) or requested is None:
            used = self._read(turn, state, requested)
            if used:
                state["failures"] = None
            elif requested:
                count_failure(turn, state, f"utter_hint_{requested}")
        missing = next(
            (name for name in ("appointment", "time_wish", "chosen_slot") if state[name] is None),
            None if state["move_confirmed"] else "move_confirmed",
        )
        return [*state.events(), SlotSet("requested_slot", missing)]

    def _read(self, turn: Turn, state: FormState, requested: str | None) -> bool:
        if turn.intent == "confirm_move":
            state["move_confirmed"] = True if turn.entity("hold") == state["hold"] else None
            return bool(state["move_confirmed"])
        exchange = exchanges.of(turn)
        source = exchange.source if exchange else wish_of(turn.entity("time", role="source"))
        used = take_appointment(turn, state, source)
        choosing = requested in {"chosen_slot", "move_confirmed"} or turn.intent in TAPS
        if choosing and answer_choice(turn, state):
            return True
        if requested == "move_confirmed" and self._confirmed(turn, state):
            return True
        used = take_time_wish(turn, state, self._new_time(turn, state)) or used
        used = self._take_practitioner(turn, state) or used
        if requested in {None, "time_wish"} and not state["time_wish"]:
            used = self._relative_time(turn, state, requested) or used
        return used

    def _relative_time(self, turn: Turn, state: FormState, requested: str | None) -> bool:
        """ "As soon as possible", or earlier or later than the appointment that there is."""
        soon = leaning.EARLIEST.search(turn.text) or turn.intent == "no_preference"
        if requested == "time_wish" and soon:
            state["time_wish"] = TimeWish(asap=True).to_dict()
            return True
        way = leaning.direction(turn, longest=leaning.A_SENTENCE)
        moved = _coming(turn, state)
        if way is None or moved is None:
            return False
        state["time_wish"] = leaning.around(way, moved.slot.start, _now(moved)).to_dict()
        return True

    def _new_time(self, turn: Turn, state: FormState) -> dict[str, Any] | None:
        """Once it is clear which appointment is meant, any time said is the new one."""
        known = turn.slot("appointment") is not None
        said = turn.time if known else turn.entity("time")
        moved = _coming(turn, state)
        shifted = dates.shift(turn.text, moved.slot.start) if moved and not turn.is_tap else None
        if shifted is not None:
            return shifted.to_dict()
        exchange = exchanges.of(turn)
        if exchange is not None and not known:
            said = exchange.target.to_dict()
        if not isinstance(said, dict):
            return None
        # "Verschieben wir meinen Termin am Dienstag": the day it is on is no new day.
        if moved is None:
            return said
        start, wish = moved.slot.start, TimeWish.from_dict(said)
        if not known and exchange is None and wish.covers(start):
            return None
        return leaning.in_its_week(wish, start, _now(moved)).to_dict()

    def _take_practitioner(self, turn: Turn, state: FormState) -> bool:
        # "Den bei Dr. Weiß": while it is open which one is meant, that is the doctor it is with
        to_her = state["appointment"] is not None or TO_SOMEBODY.search(turn.text)
        wanted = turn.entity("practitioner") if to_her else None
        if wanted is None and turn.intent != "choose_practitioner":
            return False
        state["practitioner"] = wanted or ANY
        drop_choice(turn, state)
        state.clear("offered", "shown", "alternatives")
        return True

    def _confirmed(self, turn: Turn, state: FormState) -> bool:
        if turn.entity("time"):
            return False
        if turn.intent == "affirm":
            state["move_confirmed"] = True
            return True
        if turn.intent in {"deny", "request_other_times"}:
            drop_choice(turn, state)
            state.clear("time_wish", "offered", "alternatives")
            return True
        return False


def _means_this_one(turn: Turn) -> bool:
    """ "Cancel that & book me in Friday instead", said of the appointment that is being booked."""
    named = turn.entity("time", role="source") or turn.entity("relationship") or turn.entity("visit_type")
    return bool(REPLACES.search(turn.text)) and not named


def _coming(turn: Turn, state: FormState) -> AppointmentView | None:
    return next((a for a in upcoming(turn) if str(a.id) == state["appointment"]), None)


def _now(moved: AppointmentView) -> datetime:
    return clock.now().astimezone(moved.slot.start.tzinfo)


class AskAppointment(ClinicAction):
    """Which of several appointments."""

    action_name = "action_ask_appointment"

    def perform(self, turn: Turn) -> list[EventType]:
        ask_which(turn)
        return []


class AskMoveTime(ClinicAction):
    """When instead; says which appointment it is about."""

    action_name = "action_ask_moving_form_time_wish"

    def perform(self, turn: Turn) -> list[EventType]:
        turn.say("utter_ask_move_time", **say_slot(appointment_of(turn).slot, turn.language))
        return []


class AskMoveConfirmed(ClinicAction):
    """Old and new side by side, and one tap."""

    action_name = "action_ask_move_confirmed"

    def perform(self, turn: Turn) -> list[EventType]:
        appointment = appointment_of(turn)
        new = scheduling.slot_of(turn.slot("chosen_slot"))
        title = word("yes_move", turn.language)
        turn.say(
            "utter_move_summary",
            buttons=[row(title, "confirm_move", hold=str(turn.slot("hold")))],
            who=who_has(turn, appointment),
            old_when=dates.format_slot(appointment.slot.start, turn.language),
            **say_slot(new, turn.language),
        )
        return []


class MoveAppointment(ClinicAction):
    """Take the new time and free the old one, in one transaction."""

    action_name = "action_move_appointment"

    def perform(self, turn: Turn) -> list[EventType]:
        if not turn.slot("move_confirmed"):
            return []
        try:
            moved = scheduling.move(
                UUID(turn.slot("appointment")),
                UUID(turn.slot("hold")),
                contact_id=turn.contact_id,
                reason="patient asked in chat",
                idempotency_key=turn.key("move"),
            )
        except SlotTaken as taken:
            turn.say("utter_slot_taken_old_stays")
            return self._again([to_offer(s, turn.language) for s in taken.alternatives[:3]])
        except NotAccepted as refused:
            insured.say_not_accepted(turn, refused.practitioner)
            return [*self._again(None), SlotSet("practitioner", ANY)]
        except SlotNotOffered:
            turn.say("utter_slot_taken_old_stays")
            return self._again(None)
        except AppointmentNotOpen:
            turn.say("utter_appointment_gone")
            return [*reset(*MOVING), SlotSet("outcome", "gone")]
        confirm(turn, moved, "utter_moved")
        return [*reset(*MOVING), SlotSet("outcome", "moved")]

    def _again(self, offers: object) -> list[EventType]:
        return [
            *reset("chosen_slot", "hold", "move_confirmed", "offered"),
            SlotSet("alternatives", offers),
            FollowupAction("moving_form"),
        ]
