"""A new session: nothing is carried over but the language."""

from __future__ import annotations

from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet

from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction

from .support.action import ClinicAction
from .support.turn import Turn


class SessionStart(ClinicAction):
    """Rasa's default copies every old SlotSet event; we start clean."""

    action_name = "action_session_start"

    def perform(self, turn: Turn) -> list[EventType]:
        with transaction() as s:
            language = conversations.language_of(s, turn.contact_id)
        return [SessionStarted(), SlotSet("language", language), ActionExecuted("action_listen")]
