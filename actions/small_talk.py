"""Stopping, going on, not understanding: what keeps a conversation from dying or looping."""

from __future__ import annotations

import re

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet, UserUtteranceReverted

from .handover import add_to_handover
from .support import collecting, speaking
from .support.action import ClinicAction
from .support.form import FAILURES_BEFORE_HELP, reset
from .support.turn import Turn
from .support.working import BOOKING, REGRETTED, stop

# "Shall I find one?" was the last thing said.
BOOKING_OFFERED = frozenset({"nothing_there", "cancelled"})
REGRET = re.compile(r"\b(?:doch (?:nicht|ned|net)|versehen|wait|mistake|oops|ups|don'?t)\b", re.IGNORECASE)
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
        if add_to_handover(turn) or collecting.say(turn) or speaking.say_if_named(turn):
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


class Declined(ClinicAction):
    """ "No, thanks", which right after something was done may also ask to undo it."""

    action_name = "action_declined"

    def perform(self, turn: Turn) -> list[EventType]:
        if REGRET.search(turn.text) and turn.slot("outcome") in REGRETTED:
            return stop(turn)
        turn.say("utter_all_right")
        return []


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
        if turn.active_form is None and (turn.entity("visit_type") or turn.entity("specialty")):
            return [*reset(*BOOKING, "outcome"), FollowupAction("booking_form")]
        if turn.active_form is None and turn.intent in {"deny", "no_preference"}:
            return [*Declined().perform(turn), UserUtteranceReverted()]
        # Taking the message back ends the turn.
        return [UserUtteranceReverted(), *super().perform(turn)]
