"""A word with a human: on the chat, on the phone, and what is added while waiting."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.clinic import service as clinic_service
from sprechstunde.tasks import service as tasks

from .support import naming, speaking, whose
from .support.action import ClinicAction
from .support.promise import answered_by, away
from .support.reachable import has_phone
from .support.turn import Turn

NOTE_LENGTH = 1000
IN_WRITING = "Nicht anrufen, im Chat antworten:"
CALL = re.compile(
    r"\b(?:zurück ?ruf|rückruf|ruf(?:t|en|e|st)?\b(?! ich| ich)|anruf|ruft? .{0,20}\ban\b|call ?back|call me|"
    r"give me a (?:call|ring|bell)|ring me|phone me|phone call|telefonisch)",
    re.IGNORECASE,
)
SOMEBODY = re.compile(
    r"mensch|mitarbeit|jemand|wem\b|team|person|human|some(?:one|body)|staff|agent|reception|operator",
    re.IGNORECASE,
)
# "Bitte nicht anrufen, lieber schreiben", "I'm deaf": an answer in writing, and no call.
NO_CALL = re.compile(
    r"\b(?:nicht|kein\w*|ohne|nie|statt)\b[^.!?,]{0,25}(?:\banruf\w*|\banzurufen|\btelefon\w*|\brückruf\w*)|"
    r"\b(?:anruf\w*|telefonieren|telefonisch|telefon|rückruf)\b[^.!?]{0,15}\b(?:nicht|unmöglich|schlecht)\b|"
    r"\bruf\w*\b[^.!?,]{0,20}\bnicht\b[^.!?,]{0,10}\ban\b|"
    r"\b(?:don'?t|dont|do not|not|can'?t|cant|cannot|never|without|instead of|rather than|unable to)\b[^.!?,]{0,15}"
    r"\b(?:call\w*|phon\w*|telephone|ring\w*)\b(?: me\b)?|\bno (?:phone )?calls?\b|"
    r"\bgehörlos\w*|\btaubstumm\w*|\bdeaf\b|\b(?:nur|lieber) (?:schriftlich|schreiben)|\b(?:text|write|chat) only\b|"
    r"\bonly (?:text|write)\b|\bin writing\b",
    re.IGNORECASE,
)
# Tasks that an answer belongs to.
ANSWERED = ("callback", "human", "results", "prescription", "sick_note", "other")
NUMBER = re.compile(r"(?:\+|00?)\d[\d /()-]{6,}\d")


class HandToHuman(ClinicAction):
    """A person from the team takes over; whoever asks for a call gets one."""

    action_name = "action_hand_to_human"

    def perform(self, turn: Turn) -> list[EventType]:
        if not turn.is_tap and wants_no_call(turn.text):
            return self._in_writing(turn)
        kind = self._kind(turn)
        taken = tasks.take_down(
            kind,
            contact_id=turn.contact_id,
            patient_id=whose.patient_meant(turn),
            of_anyone=True,
            note=None if turn.is_tap else turn.text[:NOTE_LENGTH],
            idempotency_key=turn.key(kind),
        )
        values: dict[str, Any] = {
            "by": answered_by(taken.task.due_at, turn.language),
            "away": away(turn.language),
            "phone": clinic_service.clinic().phone,
        }
        turn.say(self._response(turn, kind, taken.is_new), **values)
        asked = naming.ask(turn, taken.task)
        return [*asked, SlotSet("outcome", f"{kind}_taken"), SlotSet("failures", None)]

    def _kind(self, turn: Turn) -> str:
        if turn.is_tap or turn.slot("outcome") == "callback_taken":
            return "callback" if not turn.is_tap else "human"  # "meine Nummer ist …" belongs to the call
        return "callback" if CALL.search(turn.text) else "human"

    def _in_writing(self, turn: Turn) -> list[EventType]:
        """The wish stands on the task it is about; where there is none, a person writes."""
        note = f"{IN_WRITING} {turn.text}"[:NOTE_LENGTH]
        standing = tasks.add_words(turn.contact_id, ANSWERED, note)
        task = standing or self._open_written(turn, note)
        turn.say("utter_in_writing", by=answered_by(task.due_at, turn.language), away=away(turn.language))
        asked = naming.ask(turn, task)
        return [*asked, SlotSet("outcome", "human_taken"), SlotSet("failures", None)]

    def _open_written(self, turn: Turn, note: str) -> tasks.TaskView:
        taken = tasks.take_down(
            "human",
            contact_id=turn.contact_id,
            patient_id=whose.patient_meant(turn),
            of_anyone=True,
            note=note,
            idempotency_key=turn.key("human"),
        )
        return taken.task

    def _response(self, turn: Turn, kind: str, is_new: bool) -> str:
        if not is_new:
            tells = bool(NUMBER.search(turn.text))
            asks_again = turn.is_tap or (
                bool(SOMEBODY.search(turn.text) or CALL.search(turn.text)) and not tells
            )
            return "utter_human_again" if asks_again else "utter_passed_on"
        if kind == "human":
            return "utter_human_taken"
        reachable = bool(NUMBER.search(turn.text)) or has_phone(turn)
        return "utter_callback_taken" if reachable else "utter_callback_number_missing"


def wants_no_call(text: str) -> bool:
    """Whether somebody wants an answer in writing: "nicht anrufen", and no other words that ask for a call."""
    return bool(NO_CALL.search(text)) and not CALL.search(NO_CALL.sub(" ", text))


def add_to_handover(turn: Turn) -> bool:
    """Words nobody here understands, from a patient who waits for a human, go to that human. True when they did."""
    waiting = {"human_taken": "human", "callback_taken": "callback"}.get(turn.slot("outcome") or "")
    if waiting is None or turn.active_form or turn.is_tap:
        return False
    if wants_no_call(turn.text):
        HandToHuman().perform(turn)
        return True
    taken = tasks.take_down(
        waiting,
        contact_id=turn.contact_id,
        of_anyone=True,
        note=turn.text[:NOTE_LENGTH],
        idempotency_key=turn.key(waiting),
    )
    turn.say("utter_passed_on", by=answered_by(taken.task.due_at, turn.language))
    return True


class OutOfScope(ClinicAction):
    """Not our business, unless it is meant for the human who was asked for."""

    action_name = "action_out_of_scope"

    def perform(self, turn: Turn) -> list[EventType]:
        if not add_to_handover(turn) and not speaking.say_if_named(turn):
            turn.say("utter_out_of_scope")
        return []
