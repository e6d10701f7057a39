"""What people do: prescriptions, sick notes, referrals. Taken down as tasks for staff."""

from __future__ import annotations

import re
from uuid import UUID

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from sprechstunde.clinic import service as clinic_service
from sprechstunde.patients import service as patients
from sprechstunde.tasks import service as tasks

from .support import collecting, naming, person, whose
from .support.action import ClinicAction
from .support.form import FormState, carries_on, count_failure, reset
from .support.promise import answered_by, away
from .support.telling import says_what
from .support.turn import Turn
from .support.working import REQUEST

KIND_OF = {"request_prescription": "prescription", "request_sick_note": "sick_note"}
# A paper of its own to patients, no kind of its own on the staff's list.
REFERRAL = re.compile(r"überweis|ueberweis|\brefer", re.IGNORECASE)
TASK_KIND = {"prescription": "prescription", "sick_note": "sick_note"}
NOTE_LENGTH = 1000
PERSON = frozenset({"person_name", "birth_date", "relationship", "insurer"})
PERSONAL = re.compile(
    r"\b(?:name|named|heiße|heisse|geboren|geb|born|dob|birthday|am|bei|versichert)\b", re.IGNORECASE
)


class BeginRequest(ClinicAction):
    """Remember what is asked for; a first message that says it all is not asked again."""

    action_name = "action_begin_request"

    def perform(self, turn: Turn) -> list[EventType]:
        if turn.active_form == "request_form":
            return []
        if collecting.say(turn):
            return [FollowupAction("action_listen")]
        kind = "referral" if REFERRAL.search(turn.text) else KIND_OF.get(turn.intent, "other")
        told = not turn.is_tap and says_what(turn.text)
        state = FormState(turn)
        for event in reset(*REQUEST):
            state[event["name"]] = None
        state["request_kind"] = kind
        state["request_details"] = turn.text[:NOTE_LENGTH] if told else None
        whose.take_person(turn, state)
        return state.events()


class ValidateRequestForm(ClinicAction):
    """The request in the patient's words; name and birth date only of people we do not know."""

    action_name = "validate_request_form"

    def perform(self, turn: Turn) -> list[EventType]:
        state = FormState(turn)
        requested = turn.slot("requested_slot")
        ours = requested is None or carries_on(turn)
        if requested and ours:
            if self._answer(turn, state, requested):
                state.clear("failures")
            else:
                count_failure(turn, state, f"utter_hint_{requested}")
        if ours:
            whose.settle(turn, state)
        missing = next((name for name in self._needed(state) if state[name] is None), None)
        return [*state.events(), SlotSet("requested_slot", missing)]

    def _needed(self, state: FormState) -> tuple[str, ...]:
        person_asked = ("patient_name", "birth_date") if state["patient"] == "new" else ()
        return ("request_details", "patient", *person_asked)

    def _answer(self, turn: Turn, state: FormState, requested: str) -> bool:
        if requested == "request_details":
            if len(turn.text.strip()) < 2 or turn.is_tap or turn.intent in {"affirm", "deny"}:
                return False
            person_said = whose.take_person(turn, state)
            # A name and a date of birth say who, not what: that is asked again.
            if person_said and self._is_only_a_person(turn):
                turn.say("utter_noted")
            else:
                state["request_details"] = turn.text[:NOTE_LENGTH]
            return True
        if requested == "patient":
            return whose.answer(turn, state)
        if requested == "patient_name":
            return whose.answer_name(turn, state)
        born = person.birth_date_in(turn)
        if born:
            state["birth_date"] = born.isoformat()
        return born is not None

    @staticmethod
    def _is_only_a_person(turn: Turn) -> bool:
        if person.written_as_name(turn):
            return True
        rest = list(turn.text)
        for start, end in turn.spans(PERSON):
            rest[start:end] = " " * (end - start)
        return not says_what(PERSONAL.sub(" ", "".join(rest)))


class AskRequestDetails(ClinicAction):
    """The one question that staff would ask back."""

    action_name = "action_ask_request_details"

    def perform(self, turn: Turn) -> list[EventType]:
        responses = {
            "prescription": "utter_ask_which_medication",
            "sick_note": "utter_ask_sick_note_details",
            "referral": "utter_ask_referral_details",
        }
        turn.say(responses.get(turn.slot("request_kind"), "utter_ask_request_details_other"))
        return []


class AskRequestPatient(ClinicAction):
    """For whom, where one phone acts for several people."""

    action_name = "action_ask_request_form_patient"

    def perform(self, turn: Turn) -> list[EventType]:
        turn.say("utter_ask_request_patient", buttons=whose.rows(turn))
        return []


class AskRequestName(ClinicAction):
    """The name staff look for in their files."""

    action_name = "action_ask_request_form_patient_name"

    def perform(self, turn: Turn) -> list[EventType]:
        own = (turn.slot("relationship") or "self") == "self"
        turn.say("utter_ask_request_own_name" if own else "utter_ask_request_other_name")
        return []


class TakeRequest(ClinicAction):
    """Put the request on the staff's list and say when someone answers."""

    action_name = "action_take_request"

    def perform(self, turn: Turn) -> list[EventType]:
        kind, details = turn.slot("request_kind"), turn.slot("request_details")
        if not kind or not details:
            return []
        taken = tasks.take_down(
            TASK_KIND.get(kind, "other"),
            contact_id=turn.contact_id,
            patient_id=_patient_id(turn),
            note=_note(turn, kind, details),
            same_words_only=True,
            idempotency_key=turn.key(kind),
        )
        by = answered_by(taken.task.due_at, turn.language)
        if taken.is_new:
            hint = clinic_service.clinic().notes.get(kind, {}).get(turn.language, "")
            turn.say(f"utter_{kind}_taken", by=by, away=away(turn.language), hint=hint)
        else:
            turn.say("utter_request_known", by=by)
        return [*reset(*REQUEST), *_introduced(turn), SlotSet("outcome", f"{kind}_taken")]


def _patient_id(turn: Turn) -> UUID | None:
    """A known patient's id, or that of the one the given name and birth date belong to."""
    chosen = turn.slot("patient")
    if chosen and chosen != "new":
        return UUID(chosen)
    known = patients.patients_of(turn.contact_id)
    named = [p for p in known if p.birth_date.isoformat() == turn.slot("birth_date")]
    return named[0].id if len(named) == 1 else None


def _note(turn: Turn, kind: str, details: str) -> str:
    """One line: who, for people without a file, then the patient's own words."""
    who = f"{turn.slot('patient_name')}, {turn.slot('birth_date')}: " if turn.slot("patient") == "new" else ""
    what = "Überweisung: " if kind == "referral" else ""
    return " ".join(f"{who}{what}{details}".split())


def _introduced(turn: Turn) -> list[EventType]:
    """Whoever gave her own name once is not asked again in this conversation."""
    own = (turn.slot("relationship") or "self") == "self"
    if turn.slot("patient") != "new" or not own:
        return []
    name, born = turn.slot("patient_name"), turn.slot("birth_date")
    introduced = {"name": name, "birth_date": born}
    return [SlotSet("introduced", introduced), *naming.settle(turn, introduced)]
