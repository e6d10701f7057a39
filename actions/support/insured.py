"""Whom a visit or a doctor is for: private practice is said before somebody with statutory insurance waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sprechstunde.clinic import service as clinic_service
from sprechstunde.clinic.view import Practitioner, VisitType
from sprechstunde.scheduling import service as scheduling

from . import insurance_open, slot_choice
from .eligibility import ANY
from .form import FormState
from .turn import Turn

KINDS = 3  # statutory, private, self_pay: who takes fewer makes a difference


def kind_of(turn: Turn, slot: Callable[[str], Any]) -> str | None:
    """`statutory`, `private` or `self_pay`: as we know the patient, or as she said; None while that is open."""
    chosen = slot("patient")
    if chosen in (None, "new"):
        kind = slot("insurance_kind")
        return insurance_open.known(kind)
    known = turn.patients
    return next((p.insurance_kind for p in known if str(p.id) == chosen), None)


def matters(state: FormState) -> bool:
    """Whether the insurance decides if the visit, or the doctor wanted for it, is possible."""
    visit, doctor = _visit(state), _doctor(state)
    return bool((visit and len(visit.insurance) < KINDS) or (doctor and len(doctor.accepts) < KINDS))


def say_why_asked(turn: Turn, state: FormState) -> None:
    """Ahead of the question for the insurance: the doctor who makes it necessary."""
    doctor = _doctor(state)
    if doctor and len(doctor.accepts) < KINDS and turn.slot("requested_slot") != "insurance_kind":
        turn.say("utter_doctor_private", doctor=doctor.spoken(turn.language))


def fit(turn: Turn, state: FormState) -> None:
    """A visit or doctor that this insurance does not get: say so, and go on with what it does get."""
    kind = kind_of(turn, state.__getitem__)
    visit, doctor = _visit(state), _doctor(state)
    if kind is None:
        return
    if visit and kind not in visit.insurance:
        turn.say("utter_visit_not_covered", what=visit.name(turn.language))
        slot_choice.drop_choice(turn, state)
        state.clear("offered", "shown", "alternatives", "insurance_kind", "insurer")
        if state["patient"] != "new":
            state.clear("visit_type", "reason", "practitioner", "specialty")
    elif doctor and kind not in doctor.accepts:
        turn.say("utter_doctor_not_covered", doctor=doctor.spoken(turn.language))
        slot_choice.drop_choice(turn, state)
        state.clear("offered", "shown", "alternatives")
        state["practitioner"] = ANY


def say_not_accepted(turn: Turn, code: str) -> None:
    """The booking was refused for the doctor's sake, whatever the form believed."""
    doctor = clinic_service.clinic().practitioner(code)
    turn.say("utter_doctor_not_covered", doctor=doctor.spoken(turn.language) if doctor else code)


def take_open_kind(turn: Turn, state: FormState) -> bool:
    """Take such an answer to "which kind?"."""
    decides = matters(state)  # the visit or the doctor depends on it, so it must be known
    if insurance_open.through_family(turn, "insurance_kind"):
        state["insurance_kind"] = insurance_open.FAMILY if not decides else None
        turn.say("utter_insured_with_family")
        return True
    if not insurance_open.is_not_known(turn):
        return False
    if decides:
        turn.say("utter_insurance_decides")
    else:
        state["insurance_kind"] = insurance_open.UNKNOWN
        turn.say("utter_insurance_at_the_desk")
    return True


def take_open_insurer(turn: Turn, state: FormState) -> bool:
    """ "No idea" where the insurer was asked for."""
    if not insurance_open.is_not_known(turn):
        return False
    state["insurer"] = insurance_open.UNKNOWN
    turn.say("utter_insurance_at_the_desk")
    return True


def settle_kind(state: FormState) -> None:
    """The insurer tells which kind a family's insurance is."""
    insurer = clinic_service.clinic().insurer(state["insurer"] or "")
    if insurer is not None and state["insurance_kind"] in insurance_open.OPEN:
        state["insurance_kind"] = insurer.kind


def _visit(state: FormState) -> VisitType | None:
    return clinic_service.clinic().visit_type(state["visit_type"] or "")


def _doctor(state: FormState) -> Practitioner | None:
    """The doctor of the time chosen, else the one asked for."""
    chosen = scheduling.slot_of(state["chosen_slot"]).practitioner if state["chosen_slot"] else None
    return clinic_service.clinic().practitioner(chosen or state["practitioner"] or "")
