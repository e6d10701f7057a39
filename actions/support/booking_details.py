"""The crumbs of a booking that may come at any time: what for, with whom, when, for whom, which insurance."""

from __future__ import annotations

import re

from sprechstunde.clinic import service as clinic_service

from . import children, doctors_gender, insurance_open, insured, person, slot_choice, whose
from .eligibility import ANY
from .form import FormState
from .turn import Turn

# Where a person's data was asked for and given, the same words name no doctor and no day.
PERSONAL = frozenset({"patient_name", "birth_date", "insurer"})
ANYONE = re.compile(
    r"\b(?:egal,? (?:bei |zu |mit )?(?:wem|wer|welche\w*)|(?:bei|zu|mit) wem,? ist (?:mir )?egal|irgendwer|"
    r"irgendein\w* [aä]rzt\w*|whoever|whichever doctor|any doctor|don'?t (?:mind|care) who)\b",
    re.IGNORECASE,
)
REASON_LENGTH = 300
BIRTH = re.compile(r"\b(?:geb|geboren|geburts\w*|jeboren|born|birth\w*|dob)\b", re.IGNORECASE)
A_DATE = re.compile(
    r"\d{1,2}\s?[./-]\s?\d|\b(?:jan|feb|mär|maer|mar|apr|mai\b|may\b|jun|jul|aug|sep|o[ck]t|nov|de[zc])\w*|\w+(?:te[rn]|th)\b",
    re.IGNORECASE,
)


def take_details(turn: Turn, state: FormState, requested: str | None, *, answered: bool) -> bool:
    """Take every detail of the message into the slots. True when there was one."""
    if not turn.is_tap and answered and requested in PERSONAL | {"chosen_slot", "booking_confirmed"}:
        taken = _insurance(turn, state) if requested in PERSONAL else False
    elif turn.is_tap and turn.intent != "book_appointment":
        taken = False
    else:
        readers = (
            _visit_type,
            _specialty,
            _practitioner,
            lambda turn, state: doctors_gender.take(turn, state, requested),
            _location,
            _time,
            whose.take_person,  # a new person's first, then the insurance that comes with her
            _insurance,
        )
        # Every reader reads: one message may carry all of it.
        found = [reader(turn, state) for reader in readers]
        taken = True in found
        children.fit(turn, state)
        if taken:
            _fit_visit_type(turn, state)
            doctors_gender.fit(turn, state)
    whose.settle(turn, state)
    insured.fit(turn, state)
    return taken


def _visit_type(turn: Turn, state: FormState) -> bool:
    visit_type = turn.entity("visit_type")
    if visit_type is None:
        return False
    if state["visit_type"] not in (None, visit_type):
        slot_choice.drop_choice(turn, state)
        state.clear("offered", "shown", "alternatives", "practitioner", "specialty")
    state["visit_type"] = visit_type
    if not state["reason"]:
        state["reason"] = turn.text[:REASON_LENGTH]
    return True


def _specialty(turn: Turn, state: FormState) -> bool:
    specialty = turn.entity("specialty")
    if specialty is None:
        return False
    if state["specialty"] not in (None, specialty):
        state.clear("practitioner")
    state["specialty"] = specialty
    if _of_another_specialty(turn, state, specialty):
        slot_choice.drop_choice(turn, state)
        state.clear("visit_type", "offered", "shown", "alternatives")
        if turn.entity("practitioner") is None:
            state.clear("practitioner")
    if state["visit_type"] is None:
        fitting = [v.code for v in clinic_service.clinic().visit_types if v.specialty == specialty]
        if fitting:
            state["visit_type"] = fitting[0]
    return True


def _of_another_specialty(turn: Turn, state: FormState, specialty: str) -> bool:
    """The visit so far is one that nobody of this specialty gives ("GP", then "I meant the skin doctor")."""
    clinic = clinic_service.clinic()
    visit = clinic.visit_type(state["visit_type"] or "")
    gives = any(
        specialty in p.specialties for p in clinic.practitioners if visit and p.code in visit.given_by
    )
    offered = any(v.specialty == specialty for v in clinic.visit_types)
    return visit is not None and turn.entity("visit_type") is None and offered and not gives


def _practitioner(turn: Turn, state: FormState) -> bool:
    wanted, unwanted = turn.entities("practitioner"), turn.entities("practitioner", role="excluded")
    if not wanted and ANYONE.search(turn.text):
        wanted = [ANY]
    if not wanted and not unwanted:
        return False
    if wanted and not unwanted and state["chosen_slot"] and _cannot(turn, wanted[0], state["visit_type"]):
        return True  # the time chosen stays
    if unwanted:
        state["practitioners_excluded"] = sorted({*(state["practitioners_excluded"] or []), *unwanted})
        if state["practitioner"] in unwanted:
            state["practitioner"] = ANY
    if wanted:
        state["practitioner"] = wanted[0]
        state.clear("practitioner_gender")
    slot_choice.drop_choice(turn, state)
    state.clear("offered", "shown", "alternatives")
    return True


def _fit_visit_type(turn: Turn, state: FormState) -> None:
    """A doctor who does not give that visit: say who does, rather than search for what cannot be."""
    if _cannot(turn, state["practitioner"], state["visit_type"]):
        state["practitioner"] = None


def _cannot(turn: Turn, practitioner_code: str | None, visit_type_code: str | None) -> bool:
    """True when that doctor does not give that visit, which is said."""
    clinic = clinic_service.clinic()
    practitioner = clinic.practitioner(practitioner_code or "")
    visit_type = clinic.visit_type(visit_type_code or "")
    if not practitioner or not visit_type or practitioner.code in visit_type.given_by:
        return False
    doctor, what = practitioner.spoken(turn.language), visit_type.name(turn.language)
    turn.say("utter_not_with_that_doctor", doctor=doctor, what=what)
    return True


def _location(turn: Turn, state: FormState) -> bool:
    location = turn.entity("location")
    if location is None:
        return False
    if state["location"] != location:
        slot_choice.drop_choice(turn, state)
        state.clear("offered", "shown", "alternatives")
    state["location"] = location
    return True


def _time(turn: Turn, state: FormState) -> bool:
    if state["chosen_slot"] and _speaks_of_a_birthday(turn):
        return False
    return slot_choice.take_time_wish(turn, state, turn.time)


def _speaks_of_a_birthday(turn: Turn) -> bool:
    """A date that is, or answers the question for, a date of birth, even one that can't be read, is no wish."""
    asked = turn.slot("requested_slot") == "birth_date" and turn.is_time_only
    return bool(BIRTH.search(turn.text) or (asked and A_DATE.search(turn.text)))


def _insurance(turn: Turn, state: FormState) -> bool:
    kind = person.insurance_kind_in(turn)
    if kind is None:
        return _family(turn, state)
    state["insurance_kind"] = kind
    if turn.entity("insurer"):
        state["insurer"] = turn.entity("insurer")
    return True


def _family(turn: Turn, state: FormState) -> bool:
    """ "Bei meinen Eltern mitversichert", said before anybody asked."""
    if state["insurance_kind"] or not insurance_open.through_family(turn) or insured.matters(state):
        return False
    state["insurance_kind"] = insurance_open.FAMILY
    return True
