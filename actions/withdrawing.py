"""What a patient takes back: a request that is no longer needed stands as withdrawn on the task it is about."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.tasks import service as tasks

from .support import lying
from .support.action import ClinicAction
from .support.turn import Turn
from .support.working import stop

NOTE_LENGTH = 1000
WITHDRAWN = "Zurückgezogen:"


class Withdraw(ClinicAction):
    """ "Das Rezept hat sich erledigt": staff see it on the task, and the patient hears that they do."""

    action_name = "action_withdraw"

    def perform(self, turn: Turn) -> list[EventType]:
        if not lying.taken_back(turn.text):
            return lying.tell(turn)
        if turn.active_form == "request_form":
            return stop(turn)
        named = lying.named(turn.text)
        # Whether a task about results stands there would tell whether one has come: only what was asked here counts.
        secret = bool(turn.patients)
        asked = secret and (lying.RESULTS in named or (not named and bool(turn.slot(lying.RESULTS_DUE))))
        kinds = named or tuple(kind for kind in lying.KINDS if asked or not secret or kind != lying.RESULTS)
        note = f"{WITHDRAWN} {turn.text}"[:NOTE_LENGTH]
        task = tasks.add_words(turn.contact_id, kinds, note, likely=turn.text)
        turn.say("utter_withdrawn" if task or asked else "utter_nothing_to_withdraw")
        return [SlotSet("outcome", "withdrawn"), *([SlotSet(lying.RESULTS_DUE, None)] if asked else [])]


class TellRequestStatus(ClinicAction):
    """ "Was ist mit meiner Anfrage?": what lies with the team and until when they answer."""

    action_name = "action_request_status"

    def perform(self, turn: Turn) -> list[EventType]:
        return lying.tell(turn)
