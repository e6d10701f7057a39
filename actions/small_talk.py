"""Stopping, going on, not understanding: what keeps a conversation from dying or looping."""

from __future__ import annotations

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet, UserUtteranceReverted

from .handover import add_to_handover
from .support.action import ClinicAction
from .support.form import FAILURES_BEFORE_HELP, reset
from .support.turn import Turn
from .support.working import BOOKING, stop

# "Shall I find one?" was the last thing said.
BOOKING_OFFERED = frozenset({"nothing_there", "cancelled"})
ABOUT_TIMES = frozenset(
    {"affirm", "request_other_times", "choose_option", "inform", "no_preference", "book_appointment"}
)


class Resume(ClinicAction):
    """After a digression: the question of the form under way comes back."""

    action_name = "action_resume"

    def perform(self, turn: Turn) -> list[EventType]:
        return [FollowupAction(turn.active_form)] if turn.active_form else []


class StopDialogue(ClinicAction):
    """Drop what was under way; nothing is booked, a held slot is free again."""

    action_name = "action_stop_dialogue"

    def perform(self, turn: Turn) -> list[EventType]:
        return stop(turn)


class NotUnderstood(ClinicAction):
    """First a hint, from the second time on buttons and a human."""

    action_name = "action_not_understood"

    def perform(self, turn: Turn) -> list[EventType]:
        if add_to_handover(turn):
            return []
        failures = int(turn.slot("failures") or 0) + 1
        turn.say("utter_not_understood" if failures < FAILURES_BEFORE_HELP else "utter_not_understood_again")
        return [SlotSet("failures", failures)]


class Goodbye(ClinicAction):
    """A farewell; in the middle of a dialogue with an honest word on what is not done yet, and no question after it."""

    action_name = "action_goodbye"

    def perform(self, turn: Turn) -> list[EventType]:
        if not turn.active_form:
            turn.say("utter_goodbye")
            return []
        turn.say("utter_goodbye_unfinished")
        # The form stays, ready for the next message; without this event Rasa would not come back to it.
        return [ActiveLoop(turn.active_form), FollowupAction("action_listen")]


class DefaultFallback(NotUnderstood):
    """Rasa's own name for "no policy knew what to do": yes, no and the like where no form asks anything."""

    action_name = "action_default_fallback"

    def perform(self, turn: Turn) -> list[EventType]:
        if turn.active_form is None and turn.slot("offered") and turn.intent in ABOUT_TIMES:
            return [FollowupAction("booking_form")]  # the list of free times before any booking
        if turn.active_form is None and turn.intent == "affirm":
            if turn.slot("outcome") in BOOKING_OFFERED:
                return [*reset(*BOOKING, "outcome"), FollowupAction("booking_form")]
            turn.say("utter_what_now")
            return [UserUtteranceReverted()]
        if turn.active_form is None and turn.intent in {"deny", "no_preference"}:
            turn.say("utter_all_right")
            return [UserUtteranceReverted()]
        # Taking the message back ends the turn.
        return [UserUtteranceReverted(), *super().perform(turn)]
