"""The guard around every custom action."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from . import topic
from .turn import Turn

logger = logging.getLogger(__name__)


class ClinicAction(Action, ABC):
    """An action whose failure the patient hears of.

    To Rasa an action that raises looks like success, so nothing escapes from here: what goes wrong is logged, said
    to the patient with a way on, and stands in the slot `outcome`.
    """

    action_name: str

    def name(self) -> str:
        """The action's name in the domain."""
        return self.action_name

    @abstractmethod
    def perform(self, turn: Turn) -> list[EventType]:
        """Do the work and return Rasa events. Runs in a thread: database calls may block."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Rasa's entry point."""
        turn = Turn(tracker, dispatcher)
        topic.point_back(turn)
        try:
            return await asyncio.to_thread(self.perform, turn)
        except Exception:
            logger.exception("action %s failed", self.name())
            dispatcher.messages.clear()
            turn.say("utter_technical_problem")
            return [SlotSet("outcome", "failed")]
