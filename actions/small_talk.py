"""Stopping, going on, not understanding: what keeps a conversation from dying or looping."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction, SlotSet, UserUtteranceReverted

from .handover import add_to_handover
from .support.action import ClinicAction
from .support.form import FAILURES_BEFORE_HELP
from .support.turn import Turn
from .support.working import stop


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


class DefaultFallback(NotUnderstood):
    """Rasa's own name for "no policy knew what to do". Taking the message back ends the turn."""

    action_name = "action_default_fallback"

    def perform(self, turn: Turn) -> list[EventType]:
        return [UserUtteranceReverted(), *super().perform(turn)]
