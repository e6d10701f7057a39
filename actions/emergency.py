"""The alert for staff behind an emergency. The patient's text goes out before, as a plain response."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.tasks import service as tasks

from .support.action import ClinicAction
from .support.turn import Turn


class AlertStaff(ClinicAction):
    """An emergency task, urgent unless it can wait for the on-call service."""

    action_name = "action_alert_staff"

    def perform(self, turn: Turn) -> list[EventType]:
        tasks.open_task(
            "emergency",
            contact_id=turn.contact_id,
            note=turn.text[:1000],
            urgent=turn.intent != "urgent_care",
            idempotency_key=turn.key("emergency"),
        )
        return [SlotSet("outcome", "emergency")]
