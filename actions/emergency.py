"""The alert for staff behind an emergency. The patient's text goes out before, as a plain response."""

from __future__ import annotations

from datetime import timedelta

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet

from sprechstunde.tasks import service as tasks

from .support.action import ClinicAction
from .support.turn import Turn

NOTE_LENGTH = 1000
# What is written within this time is about the same emergency: staff get one alert with all of it.
ONE_EMERGENCY = timedelta(hours=1)


class AlertStaff(ClinicAction):
    """An emergency task, urgent unless it can wait for the on-call service.

    Where it is urgent, the dialogue under way is put aside: nobody is asked for her insurance while she calls 112.
    """

    action_name = "action_alert_staff"

    def perform(self, turn: Turn) -> list[EventType]:
        urgent = turn.intent != "urgent_care"
        tasks.take_down(
            "emergency",
            contact_id=turn.contact_id,
            note=turn.text[:NOTE_LENGTH],
            urgent=urgent,
            within=ONE_EMERGENCY,
            idempotency_key=turn.key("emergency"),
        )
        if not urgent:
            return [SlotSet("outcome", "urgent_care")]
        return [SlotSet("outcome", "emergency"), *self._put_aside(turn)]

    def _put_aside(self, turn: Turn) -> list[EventType]:
        if not turn.active_form:
            return []
        turn.say("utter_put_aside")
        return [
            SlotSet("put_aside", turn.active_form),
            SlotSet("requested_slot", None),
            ActiveLoop(None),
            FollowupAction("action_listen"),
        ]


class TakeUpAgain(ClinicAction):
    """ "Weiter" after an emergency: the dialogue that was put aside asks its question again."""

    action_name = "action_take_up_again"

    def perform(self, turn: Turn) -> list[EventType]:
        form = turn.slot("put_aside")
        if turn.active_form or not form:
            if not turn.active_form:
                turn.say("utter_nothing_put_aside")
            return [
                SlotSet("put_aside", None),
                *([FollowupAction(turn.active_form)] if turn.active_form else []),
            ]
        return [SlotSet("put_aside", None), SlotSet("failures", None), FollowupAction(form)]
