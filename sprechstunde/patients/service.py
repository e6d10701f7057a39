"""The people a contact acts for.

A patient is found only among those of the contact who asks. Whoever gives a stranger's name and birth date gets a
new patient of her own, never the stranger's: a chat proves nothing about who is typing. Joining two is for staff.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.conversations import service as conversations
from sprechstunde.conversations.models import Contact
from sprechstunde.db import lookup_hash, new_data_key, transaction
from sprechstunde.patients.models import GENDERS, INSURANCE_KINDS, RELATIONSHIPS, ContactPatient, Patient
from sprechstunde.patients.names import comparable, split_name
from sprechstunde.patients.people import person_hash
from sprechstunde.patients.search import search_hashes
from sprechstunde.scheduling.models import Appointment

__all__ = [
    "PatientView",
    "UnknownPatient",
    "mark_known",
    "patients_of",
    "register",
    "split_name",
    "update_insurance",
]


class UnknownPatient(LookupError):
    """This contact has no such patient."""


# Asked several times a turn, so put together once.
_LINKED = (
    select(
        Patient,
        ContactPatient,
        select(Appointment.id)
        .where(
            Appointment.patient_id == Patient.id,
            Appointment.status == "booked",
            Appointment.ends_at <= bindparam("now"),
        )
        .exists(),
    )
    .join(ContactPatient, ContactPatient.patient_id == Patient.id)
    .where(ContactPatient.contact_id == bindparam("contact"))
    .order_by(ContactPatient.relationship != "self", ContactPatient.created_at, Patient.id)
)


@dataclass(frozen=True)
class PatientView:
    """A patient as one contact sees her. `is_known`: staff have seen her, not just this chat: they said so, or an
    appointment of hers has taken place."""

    id: UUID
    given_name: str
    family_name: str
    full_name: str
    birth_date: date
    insurance_kind: str | None
    insurer: str | None
    relationship: str
    is_known: bool
    gender: str | None = None
    """FHIR's words, where somebody said so ("mein Sohn" → male)."""


def patients_of(contact_id: UUID) -> list[PatientView]:
    """Everyone this contact acts for, herself first, then in the order they were named. Erased ones are left out."""
    with transaction() as s:
        return [_view(*linked) for linked in _linked(s, conversations.current_id(s, contact_id))]


def register(
    contact_id: UUID,
    *,
    name: str,
    birth_date: date,
    insurance_kind: str | None,
    insurer: str | None,
    relationship: str = "self",
    gender: str | None = None,
    idempotency_key: str,
) -> PatientView:
    """Take down a patient for this contact; one she named before is found again and her insurance brought up to date.

    The same key again returns the first result. Raises ValueError for an empty name, a birth date that lies ahead,
    or an unknown kind of insurance, relationship or gender.
    """
    given, family = split_name(name)
    if not family:
        raise ValueError("a patient needs a name")
    _check(birth_date, insurance_kind, relationship, gender)
    with transaction() as s:
        contact_id = conversations.current_id(s, contact_id)
        # One registration of a contact at a time: two messages about one person make one patient.
        s.execute(select(Contact.id).where(Contact.id == contact_id).with_for_update())
        # The contact is part of the key: nobody gets another contact's patient by repeating a key.
        key = lookup_hash("patient", f"{contact_id}/{idempotency_key}")
        for patient, link, was_here in _linked(s, contact_id):
            if patient.idempotency_hash == key:
                return _view(patient, link, was_here)
            if _is_same(patient, given, family, birth_date):
                _set_insurance(patient, insurance_kind, insurer)
                patient.gender = patient.gender or gender
                return _view(patient, link, was_here)
        patient = Patient(
            key_id=new_data_key(s),
            given_name=given,
            family_name=family,
            birth_date=birth_date.isoformat(),
            gender=gender,
            created_at=clock.now(),
            changed_at=clock.now(),
            idempotency_hash=key,
            person_hash=person_hash(given, family, birth_date.isoformat()),
            search_hashes=search_hashes(given, family, birth_date.isoformat()),
        )
        _set_insurance(patient, insurance_kind, insurer)
        s.add(patient)
        s.flush()
        link = ContactPatient(
            contact_id=contact_id, patient_id=patient.id, relationship=relationship, created_at=clock.now()
        )
        s.add(link)
        s.flush()
        return _view(patient, link, False)


def update_insurance(
    contact_id: UUID, patient_id: UUID, *, insurance_kind: str, insurer: str | None
) -> PatientView:
    """Change the insurance of one of the contact's patients. Raises UnknownPatient, ValueError."""
    if insurance_kind not in INSURANCE_KINDS:
        raise ValueError(f"unknown kind of insurance: {insurance_kind}")
    with transaction() as s:
        for patient, link, was_here in _linked(s, conversations.current_id(s, contact_id)):
            if patient.id == patient_id:
                _set_insurance(patient, insurance_kind, insurer)
                return _view(patient, link, was_here)
    raise UnknownPatient(str(patient_id))


def mark_known(s: Session, patient_id: UUID) -> None:
    """Staff have seen this patient: from now on she is no new patient."""
    patient = s.get(Patient, patient_id)
    if patient is None:
        raise UnknownPatient(str(patient_id))
    if patient.known_since is None:
        patient.known_since = clock.now()
        s.flush()


def _linked(s: Session, contact_id: UUID) -> list[tuple[Any, Any, bool]]:
    """(patient, her link to the contact, whether an appointment of hers has taken place), erased ones left out."""
    rows = s.execute(_LINKED, {"contact": contact_id, "now": clock.now()}).all()
    return [(patient, link, here) for patient, link, here in rows if patient.family_name is not None]


def _is_same(patient: Any, given: str, family: str, birth_date: date) -> bool:
    same_name = comparable(patient.given_name, patient.family_name) == comparable(given, family)
    return same_name and patient.birth_date == birth_date.isoformat()


def _check(birth_date: date, insurance_kind: str | None, relationship: str, gender: str | None) -> None:
    # A day of grace: nobody here knows the zone, and a child may be born today.
    if (birth_date - clock.now().date()).days > 1:
        raise ValueError("the birth date lies ahead")
    if insurance_kind is not None and insurance_kind not in INSURANCE_KINDS:
        raise ValueError(f"unknown kind of insurance: {insurance_kind}")
    if relationship not in RELATIONSHIPS:
        raise ValueError(f"unknown relationship: {relationship}")
    if gender is not None and gender not in GENDERS:
        raise ValueError(f"unknown gender: {gender}")


def _set_insurance(patient: Any, kind: str | None, insurer: str | None) -> None:
    if kind is None or (patient.insurance_kind, patient.insurer) == (kind, insurer):
        return
    patient.insurance_kind, patient.insurer = kind, None if kind == "self_pay" else insurer
    patient.changed_at = clock.now()


def _view(patient: Any, link: Any, was_here: bool) -> PatientView:
    return PatientView(
        id=patient.id,
        given_name=patient.given_name,
        family_name=patient.family_name,
        full_name=f"{patient.given_name} {patient.family_name}".strip(),
        birth_date=date.fromisoformat(patient.birth_date),
        insurance_kind=patient.insurance_kind,
        insurer=patient.insurer,
        relationship=link.relationship,
        gender=patient.gender,
        is_known=patient.known_since is not None or was_here,
    )
