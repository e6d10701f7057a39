"""What people do: prescriptions, sick notes, a word with a human, results. Taken down as tasks for staff."""

from __future__ import annotations

from uuid import UUID

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.patients import service as patients
from sprechstunde.tasks import service as tasks

from .support import person
from .support.action import ClinicAction
from .support.form import FormState, carries_on, count_failure, reset
from .support.promise import answered_by
from .support.turn import Turn
from .support.working import REQUEST

KIND_OF = {
    "request_prescription": "prescription",
    "request_sick_note": "sick_note",
    "ask_results": "results",
    "request_human": "human",
}
NOTE_LENGTH = 1000
# With this many words a request most likely says already what it is about.
TELLING = 9


class BeginRequest(ClinicAction):
    """Remember what is asked for; a first message that says it all is not asked again."""

    action_name = "action_begin_request"

    def perform(self, turn: Turn) -> list[EventType]:
        if turn.active_form == "request_form":
            return []
        telling = not turn.is_tap and len(turn.text.split()) >= TELLING
        return [
            *reset(*REQUEST),
            SlotSet("request_kind", KIND_OF.get(turn.intent, "other")),
            SlotSet("request_details", turn.text[:NOTE_LENGTH] if telling else None),
        ]


class ValidateRequestForm(ClinicAction):
    """The request in the patient's words; name and birth date only from people we do not know."""

    action_name = "validate_request_form"

    def perform(self, turn: Turn) -> list[EventType]:
        state = FormState(turn)
        requested = turn.slot("requested_slot")
        if requested and carries_on(turn):
            if self._answer(turn, state, requested):
                state.clear("failures")
            else:
                count_failure(turn, state, f"utter_hint_{requested}")
        missing = next((name for name in self._needed(turn) if state[name] is None), None)
        return [*state.events(), SlotSet("requested_slot", missing)]

    def _needed(self, turn: Turn) -> tuple[str, ...]:
        known = patients.patients_of(turn.contact_id)
        return ("request_details",) if known else ("request_details", "patient_name", "birth_date")

    def _answer(self, turn: Turn, state: FormState, requested: str) -> bool:
        if requested == "request_details":
            if len(turn.text.strip()) < 2 or turn.is_tap:
                return False
            state["request_details"] = turn.text[:NOTE_LENGTH]
            return True
        if requested == "patient_name":
            name = person.name_in(turn)
            if name and not person.is_full(name):
                turn.say("utter_ask_full_name")
                return True
            state["patient_name"] = name
            born = person.birth_date_in(turn)
            if name and born:
                state["birth_date"] = born.isoformat()
            return name is not None
        born = person.birth_date_in(turn)
        if born:
            state["birth_date"] = born.isoformat()
        return born is not None


class AskRequestDetails(ClinicAction):
    """The one question that staff would ask back."""

    action_name = "action_ask_request_details"

    def perform(self, turn: Turn) -> list[EventType]:
        kind = turn.slot("request_kind")
        turn.say(
            {"prescription": "utter_ask_which_medication", "sick_note": "utter_ask_sick_note_details"}.get(
                kind, "utter_ask_request_details_other"
            )
        )
        return []


class TakeRequest(ClinicAction):
    """Put the request on the staff's list and say when someone answers."""

    action_name = "action_take_request"

    def perform(self, turn: Turn) -> list[EventType]:
        kind, details = turn.slot("request_kind"), turn.slot("request_details")
        if not kind or not details:
            return []
        known = patients.patients_of(turn.contact_id)
        person_line = (
            f"{turn.slot('patient_name')}, {turn.slot('birth_date')}: " if turn.slot("patient_name") else ""
        )
        task = tasks.open_task(
            kind,
            contact_id=turn.contact_id,
            patient_id=known[0].id if len(known) == 1 else None,
            note=f"{person_line}{details}",
            idempotency_key=turn.key(kind),
        )
        turn.say(f"utter_{kind}_taken", by=answered_by(task.due_at, turn.language))
        return [*reset(*REQUEST), SlotSet("outcome", f"{kind}_taken")]


def _open(turn: Turn, kind: str) -> str:
    task = tasks.open_task(
        kind,
        contact_id=turn.contact_id,
        patient_id=_only_patient(turn),
        note=None if turn.is_tap else turn.text[:NOTE_LENGTH],
        idempotency_key=turn.key(kind),
    )
    return answered_by(task.due_at, turn.language)


def _only_patient(turn: Turn) -> UUID | None:
    known = patients.patients_of(turn.contact_id)
    return known[0].id if len(known) == 1 else None


class HandToHuman(ClinicAction):
    """A person from the team takes over."""

    action_name = "action_hand_to_human"

    def perform(self, turn: Turn) -> list[EventType]:
        turn.say("utter_human_taken", by=_open(turn, "human"))
        return [SlotSet("outcome", "human_taken"), SlotSet("failures", None)]


class AskAboutResults(ClinicAction):
    """Results are not told in the chat: the team looks and answers."""

    action_name = "action_results"

    def perform(self, turn: Turn) -> list[EventType]:
        turn.say("utter_results_taken", by=_open(turn, "results"))
        return [SlotSet("outcome", "results_taken")]


class TakeNoteOfMedia(ClinicAction):
    """A photo, voice note or document: kept for staff, and said so."""

    action_name = "action_take_media"

    def perform(self, turn: Turn) -> list[EventType]:
        by = _open(turn, "other")
        turn.say(MEDIA_RESPONSE.get(turn.intent, "utter_media_taken"), by=by)
        return []


MEDIA_RESPONSE = {"media_audio": "utter_voice_taken", "media_image": "utter_photo_taken"}
