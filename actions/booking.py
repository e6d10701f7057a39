"""Booking: what the form takes from each message, and the booking itself."""

from __future__ import annotations

import base64
from datetime import date
from uuid import UUID

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from sprechstunde import dates
from sprechstunde.clinic import service as clinic_service
from sprechstunde.patients import service as patients
from sprechstunde.patients.names import spelled
from sprechstunde.patients.service import PatientView
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.service import (
    AppointmentNotOpen,
    AppointmentView,
    NotAccepted,
    SlotNotOffered,
    SlotTaken,
    TooManyAppointments,
)
from sprechstunde.tasks import service as tasks

from .handover import add_to_handover
from .support import (
    children,
    corrections,
    elsewhere,
    insurance_open,
    insured,
    missing,
    naming,
    records,
    remote,
    strangers,
    where,
    whose,
)
from .support.action import ClinicAction
from .support.booking_answers import REASON_LENGTH, answer
from .support.booking_details import take_details
from .support.clashes import choices, clash, moves_after
from .support.eligibility import ANY, choices_for, practitioners_wanted
from .support.form import FormState, carries_on, count_failure, reset
from .support.reachable import has_phone
from .support.rows import row
from .support.slot_choice import say_slot, to_offer
from .support.turn import Turn
from .support.words import word
from .support.working import BOOKING, leave

# What a list of free times already settled before the booking began.
SETTLED = frozenset({"visit_type", "time_wish", "practitioner", "specialty", "location", "offered"})
GOES_ON = frozenset({"choose_slot", "choose_option", "inform", "book_appointment", "no_preference"})
VISIT_TYPES_A_PAGE = 9
PERSON = ("patient_name", "birth_date", "insurance_kind", "insurer")

NO_INSURER = frozenset({"self_pay", insurance_open.UNKNOWN})
RELATIVES = frozenset({"partner_male", "partner_female", "parent_male", "parent_female"})  # those with a word
CRUMBS = frozenset({"inform", "affirm", "no_preference"})
VISIT = ("visit_type", "specialty", "practitioner")


class BeginBooking(ClinicAction):
    """Start afresh: nothing of an earlier dialogue leaks into this one."""

    action_name = "action_begin_booking"

    def perform(self, turn: Turn) -> list[EventType]:
        if turn.active_form == "booking_form":
            return []
        # What is said after asking for a human is for that human, unless it names a visit.
        if turn.intent in CRUMBS and not any(turn.entity(name) for name in VISIT) and add_to_handover(turn):
            return [FollowupAction("action_listen")]
        if records.is_correction(turn):
            return records.pass_on(turn)
        passed_on = missing.pass_on(turn)
        if passed_on:
            return passed_on
        if elsewhere.say(turn):
            return [FollowupAction("action_listen")]
        leave(turn)
        strangers.say(turn)
        remote.say(turn)
        other_visit = turn.entity("visit_type") not in (None, turn.slot("visit_type"))
        goes_on = turn.slot("offered") and turn.intent in GOES_ON and not other_visit
        keep = SETTLED if goes_on and turn.active_form is None else frozenset()
        return [*reset(*(name for name in BOOKING if name not in keep)), SlotSet("outcome", None)]


class ValidateBookingForm(ClinicAction):
    """Read the message into the form's slots and say which is missing next."""

    action_name = "validate_booking_form"

    def perform(self, turn: Turn) -> list[EventType]:
        state = FormState(turn)
        if carries_on(turn):
            self._read(turn, state)
        elif turn.active_form == "booking_form" and turn.slot("requested_slot") is None:
            take_details(turn, state, None, answered=False)
        children.fit(turn, state)
        missing = next_missing(turn, state)
        if missing == "insurance_kind":
            insured.say_why_asked(turn, state)
        return [*state.events(), SlotSet("requested_slot", missing)]

    def _read(self, turn: Turn, state: FormState) -> None:
        if where.say(turn):
            state["failures"] = None
            return
        # A list of free times from before the booking is a question too.
        requested = turn.slot("requested_slot") or ("chosen_slot" if turn.slot("offered") else None)
        offered = state["offered"]
        corrected = corrections.take(turn, state, requested)
        answered = not corrected and answer(turn, state, requested)
        noted = take_details(turn, state, requested, answered=answered or corrected) or corrected
        if turn.slot("requested_slot") and strangers.say(turn):
            state["failures"] = None
            return
        if not answered and not noted:
            if turn.slot("requested_slot") and turn.intent != "book_appointment":
                count_failure(turn, state, _hint(turn, state, requested))
            return
        # Set in any case: Rasa takes a form that sets no slot to have understood nothing.
        state["failures"] = None
        if not answered and (requested, offered) == (next_missing(turn, state), state["offered"]):
            turn.say_if_silent("utter_noted")


def _hint(turn: Turn, state: FormState, requested: str | None) -> str:
    if requested == "visit_type" and state["reason"] != turn.text[:REASON_LENGTH]:
        return "utter_hint_visit_type_unclear"
    return f"utter_hint_{requested}"


def next_missing(turn: Turn, state: FormState) -> str | None:
    """The next slot to ask for; None when the booking is complete."""
    if state["visit_type"] is None:
        return "visit_type"
    if state["patient"] is None:
        return "patient"
    new = state["patient"] == "new"
    if new and state["insurance_kind"] is None and insured.matters(state):
        return "insurance_kind"
    if _whom_is_open(state):
        return "practitioner"
    for name in ("time_wish", "chosen_slot"):
        if state[name] is None:
            return name
    if new:
        for name in PERSON:
            if state[name] is None and not (name == "insurer" and state["insurance_kind"] in NO_INSURER):
                return name
    return None if state["booking_confirmed"] else "booking_confirmed"


def _whom_is_open(state: FormState) -> bool:
    """A doctor or a specialty that was named answers it; so does having no choice."""
    if state["practitioner"] or state["specialty"]:
        return False
    return len(choices_for(state["visit_type"], state.__getitem__)) > 1


class AskBookingConfirmed(ClinicAction):
    """The summary with its three buttons."""

    action_name = "action_ask_booking_confirmed"

    def perform(self, turn: Turn) -> list[EventType]:
        if turn.slot("changing"):
            turn.say("utter_ask_what_to_change")
            return [SlotSet("changing", None)]
        slot = scheduling.slot_of(turn.slot("chosen_slot"))
        said = say_slot(slot, turn.language)
        known = _patient(turn)
        other = clash(known.id, slot) if known else None
        if other is None:
            buttons = [row(_book(turn), "confirm_booking", hold=str(turn.slot("hold")))]
            turn.say("utter_booking_summary", buttons=buttons, who=who(turn), **said)
            return []
        beside = say_slot(other.slot, turn.language)
        turn.say(
            "utter_booking_beside",
            buttons=choices(turn, other, same_visit=other.slot.visit_type == slot.visit_type),
            who=who(turn),
            other_when=beside["when"],
            other_what=beside["what"],
            **said,
        )
        return []


def _book(turn: Turn) -> str:
    return word("yes_book", turn.language)


def who(turn: Turn) -> str:
    """For whom: the name as the patient gave it, or as we know it."""
    if turn.slot("patient") in (None, "new"):
        return spelled(str(turn.slot("patient_name") or ""))
    known = _patient(turn)
    return known.full_name if known else ""


def _patient(turn: Turn) -> PatientView | None:
    return next((p for p in patients.patients_of(turn.contact_id) if str(p.id) == turn.slot("patient")), None)


class BookAppointment(ClinicAction):
    """Register the appointment and confirm it with everything the patient needs."""

    action_name = "action_book_appointment"

    def perform(self, turn: Turn) -> list[EventType]:
        if not turn.slot("booking_confirmed"):
            return []
        patient_id = self._patient_id(turn)
        replaced = turn.entity("replaced")
        try:
            booked = self._move(turn, replaced) if replaced else self._book(turn, patient_id)
        except SlotTaken as taken:
            turn.say("utter_slot_taken")
            return self._offer_again(
                turn, patient_id, [to_offer(s, turn.language) for s in taken.alternatives[:3]]
            )
        except NotAccepted as refused:
            insured.say_not_accepted(turn, refused.practitioner)
            return [*self._offer_again(turn, patient_id, None), SlotSet("practitioner", ANY)]
        except SlotNotOffered:
            turn.say("utter_slot_taken")
            return self._offer_again(turn, patient_id, None)
        except AppointmentNotOpen:
            turn.say("utter_appointment_gone")
            return [*reset(*BOOKING), SlotSet("outcome", "gone")]
        except TooManyAppointments:
            turn.say("utter_too_many_appointments")
            return [*reset(*BOOKING), SlotSet("outcome", "refused")]
        confirm(turn, booked, "utter_moved" if replaced else "utter_booked")
        own = (turn.slot("relationship") or "self") == "self"
        named = naming.settle(turn, patient_id=patient_id) if own else []
        done = "moved" if replaced else "booked"
        outcome = SlotSet("outcome", "callback_taken" if self._asks_for_a_number(turn, booked) else done)
        return [*reset(*BOOKING), *moves_after(turn), *named, outcome]

    def _asks_for_a_number(self, turn: Turn, booked: AppointmentView) -> bool:
        """A visit by phone, and no number to dial: what she writes next goes to whoever will call."""
        visit = clinic_service.clinic().visit_type(booked.slot.visit_type)
        if visit is None or not visit.by_phone or has_phone(turn):
            return False
        when = dates.format_slot(booked.slot.start, "de")
        tasks.take_down(
            "callback",
            contact_id=turn.contact_id,
            patient_id=booked.patient_id,
            note=f"{visit.name('de')}, {when}: Nummer fehlt",
            idempotency_key=turn.key("callback"),
        )
        turn.say("utter_which_number")
        return True

    def _book(self, turn: Turn, patient_id: UUID) -> AppointmentView:
        return scheduling.book(
            UUID(turn.slot("hold")),
            patient_id=patient_id,
            contact_id=turn.contact_id,
            reason=turn.slot("reason"),
            idempotency_key=turn.key("book"),
        )

    def _move(self, turn: Turn, replaced: str) -> AppointmentView:
        """The appointment that there was takes the new time."""
        return scheduling.move(
            UUID(replaced),
            UUID(turn.slot("hold")),
            contact_id=turn.contact_id,
            reason="patient asked in chat",
            idempotency_key=turn.key("move"),
        )

    def _patient_id(self, turn: Turn) -> UUID:
        if turn.slot("patient") != "new":
            return UUID(turn.slot("patient"))
        registered = patients.register(
            turn.contact_id,
            name=turn.slot("patient_name"),
            birth_date=date.fromisoformat(turn.slot("birth_date")),
            insurance_kind=insurance_open.known(turn.slot("insurance_kind")),
            insurer=insurance_open.known(turn.slot("insurer")),
            relationship=turn.slot("relationship") or "self",
            gender=turn.slot("gender"),
            idempotency_key=turn.key("register"),
        )
        return registered.id

    def _offer_again(self, turn: Turn, patient_id: UUID, offers: object) -> list[EventType]:
        return [
            *reset("chosen_slot", "hold", "booking_confirmed", "offered"),
            SlotSet("patient", str(patient_id)),
            SlotSet("alternatives", offers),
            FollowupAction("booking_form"),
        ]


def confirm(turn: Turn, appointment: AppointmentView, response: str) -> None:
    """Say date, time, place, doctor and what to bring, and send the calendar file."""
    patient = next((p for p in patients.patients_of(turn.contact_id) if p.id == appointment.patient_id), None)
    said = say_slot(appointment.slot, turn.language)
    bring = appointment.bring.get(turn.language) or ""
    turn.say(response, who=patient.full_name if patient else "", bring=bring, **said)
    day = appointment.slot.start.strftime("%Y-%m-%d")
    turn.send_document(
        base64.b64encode(scheduling.ics(appointment, turn.language)).decode(),
        f"{word('calendar_file', turn.language)}-{day}.ics",
        "text/calendar",
        dates.format_slot(appointment.slot.start, turn.language),
    )


class AskVisitType(ClinicAction):
    """What for: the clinic's visit types as a list, page by page; free words are understood as well."""

    action_name = "action_ask_visit_type"

    def perform(self, turn: Turn) -> list[EventType]:
        wanted = set(practitioners_wanted(turn.slot) or ())
        offered = [v for v in clinic_service.clinic().visit_types if not wanted or wanted & set(v.given_by)]
        page = int(turn.slot("page") or 0) * VISIT_TYPES_A_PAGE
        rows = [
            row(v.name(turn.language), "choose_visit_type", visit_type=v.code)
            for v in offered[page : page + VISIT_TYPES_A_PAGE] or offered[:VISIT_TYPES_A_PAGE]
        ]
        if len(offered) > VISIT_TYPES_A_PAGE:
            more = word("more_reasons", turn.language)
            rows.append(row(more, "request_other_times"))
        turn.say("utter_ask_visit_type", buttons=rows)
        return []


class AskPractitioner(ClinicAction):
    """With whom: whoever is free first, or one of those who give that visit."""

    action_name = "action_ask_practitioner"

    def perform(self, turn: Turn) -> list[EventType]:
        clinic = clinic_service.clinic()
        first = word("whoever_first", turn.language)
        rows = [row(first, "choose_practitioner", practitioner=ANY)]
        kind = insured.kind_of(turn, turn.slot)
        for code in choices_for(turn.slot("visit_type"), turn.slot)[:9]:
            practitioner = clinic.practitioner(code)
            if practitioner is None or (kind and kind not in practitioner.accepts):
                continue
            role = practitioner.role.get(turn.language, "")
            rows.append(
                row(practitioner.spoken(turn.language), "choose_practitioner", role, practitioner=code)
            )
        turn.say("utter_ask_practitioner", buttons=rows)
        return []


class AskPatient(ClinicAction):
    """For whom, where one phone acts for several people."""

    action_name = "action_ask_patient"

    def perform(self, turn: Turn) -> list[EventType]:
        turn.say("utter_ask_patient", buttons=whose.rows(turn))
        return []


class AskPatientName(ClinicAction):
    """The name: the patient's own, a child's, somebody else's."""

    action_name = "action_ask_patient_name"

    def perform(self, turn: Turn) -> list[EventType]:
        relationship = turn.slot("relationship") or "self"
        responses = {"self": "utter_ask_own_name", "child": "utter_ask_child_name"}
        response, whom = responses.get(relationship, "utter_ask_other_name"), ""
        if f"{relationship}_{turn.slot('gender')}" in RELATIVES:
            response = "utter_ask_relative_name"
            whom = word(f"name_of_{relationship}_{turn.slot('gender')}", turn.language)
        slot = scheduling.slot_of(turn.slot("chosen_slot"))
        turn.say(response, whom=whom, **say_slot(slot, turn.language))
        return []
