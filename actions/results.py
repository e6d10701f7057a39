"""Test results and medical questions: nothing is told or judged in the chat; the team looks and answers."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.clinic import service as clinic_service
from sprechstunde.tasks import service as tasks

from .support import naming, whose
from .support.action import ClinicAction
from .support.promise import answered_by, away
from .support.turn import Turn

NOTE_LENGTH = 1000
MEANING = re.compile(
    r"bedeut|hei(?:ß|ss)t das|was hei(?:ß|ss)t|schlimm|normal|auffällig|gefährlich|zu hoch|zu niedrig|erhöht|sorgen|"
    r"\bmean|\bbad\b|\bnormal|worr|dangerous|too high|too low|\bhigh\b|\blow\b|"
    r"elevated|explain|erklär|interpret|deuten|"
    r"\d+[.,]?\d*\s*(?:mg|mmol|mu|iu|u/l|g/dl|%)",
    re.IGNORECASE,
)


class AskAboutResults(ClinicAction):
    """Are they there: the team looks. What does a value mean: a nurse or a doctor answers."""

    action_name = "action_results"

    def perform(self, turn: Turn) -> list[EventType]:
        taken = tasks.take_down(
            "results",
            contact_id=turn.contact_id,
            patient_id=whose.patient_meant(turn),
            note=None if turn.is_tap else turn.text[:NOTE_LENGTH],
            idempotency_key=turn.key("results"),
        )
        meaning = not turn.is_tap and bool(MEANING.search(turn.text))
        if taken.is_new:
            response = "utter_results_question_taken" if meaning else "utter_results_taken"
        else:
            response = "utter_results_question_added" if meaning else "utter_results_known"
        turn.say(
            response,
            by=answered_by(taken.task.due_at, turn.language),
            away=away(turn.language),
            hint=clinic_service.clinic().notes.get("results", {}).get(turn.language, ""),
        )
        return [*naming.ask(turn, taken.task), SlotSet("outcome", "results_taken")]


class TakeQuestion(ClinicAction):
    """A medical question goes to the team, who will answer it."""

    action_name = "action_take_question"

    def perform(self, turn: Turn) -> list[EventType]:
        taken = tasks.take_down(
            "other",
            contact_id=turn.contact_id,
            patient_id=whose.patient_meant(turn),
            note=turn.text[:NOTE_LENGTH],
            idempotency_key=turn.key("question"),
        )
        turn.say("utter_no_medical_advice", by=answered_by(taken.task.due_at, turn.language))
        return [*naming.ask(turn, taken.task), SlotSet("outcome", "question_taken")]
