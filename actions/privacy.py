"""What patients may ask about their own data: people decide and do it."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.tasks import service as tasks

from .support import naming, whose
from .support.action import ClinicAction
from .support.promise import answered_by, away
from .support.turn import Turn

NOTE_LENGTH = 1000


class TakeDataRequest(ClinicAction):
    """ "Löschen Sie meine Daten" (Art. 15, 17 GDPR): nothing is erased here; staff get the request."""

    action_name = "action_take_data_request"

    def perform(self, turn: Turn) -> list[EventType]:
        taken = tasks.take_down(
            "other",
            contact_id=turn.contact_id,
            patient_id=whose.patient_meant(turn),
            note=f"Datenschutz: {turn.text}"[:NOTE_LENGTH],
            same_words_only=True,
            idempotency_key=turn.key("data"),
        )
        turn.say(
            "utter_data_request_taken",
            by=answered_by(taken.task.due_at, turn.language),
            away=away(turn.language),
        )
        return [*naming.ask(turn, taken.task), SlotSet("outcome", "question_taken")]
