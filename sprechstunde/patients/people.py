"""Patients across contacts: for staff and for what comes from the practice's own systems, never for a chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.db import lookup_hash
from sprechstunde.db.keys import preload
from sprechstunde.patients.models import ContactPatient, Patient
from sprechstunde.patients.names import comparable
from sprechstunde.scheduling.models import Appointment


@dataclass(frozen=True)
class Person:
    """A patient with the contacts that act for her. `is_known`: staff said so, or an appointment has taken place."""

    id: UUID
    key_id: UUID
    full_name: str
    birth_date: date
    contact_ids: tuple[UUID, ...]
    is_known: bool


def person_hash(given: str, family: str, birth_date: str) -> bytes:
    """What rows about one person share, however her name is spelt. `birth_date`: ISO."""
    return lookup_hash("person", f"{' '.join(sorted(comparable(given, family)))}/{birth_date}")


def same_person(s: Session, given: str, family: str, birth_date: date) -> list[Person]:
    """Every patient of this name and birth date, oldest record first."""
    wanted = person_hash(given, family, birth_date.isoformat())
    rows = s.execute(
        select(Patient).where(Patient.person_hash == wanted).order_by(Patient.created_at, Patient.id)
    )
    return [person for row in rows.scalars() if (person := _person(s, row)) is not None]


def person(s: Session, patient_id: UUID) -> Person | None:
    """One patient; None when there is none, or her data was erased."""
    row = s.get(Patient, patient_id)
    return None if row is None else _person(s, row)


def note_hashes(s: Session, *, most: int = 200) -> int:
    """Give patients from before there was a `person_hash` theirs; returns how many."""
    rows = s.execute(
        select(Patient).where(Patient.person_hash.is_(None), Patient.family_name.is_not(None)).limit(most)
    )
    patients = rows.scalars().all()
    preload(s, [patient.key_id for patient in patients])
    for patient in patients:
        patient.person_hash = (
            b"erased"
            if patient.family_name is None
            else person_hash(patient.given_name, patient.family_name, patient.birth_date)
        )
    return len(patients)


def _person(s: Session, row: Any) -> Person | None:
    if row.family_name is None:
        return None
    links = select(ContactPatient.contact_id).where(ContactPatient.patient_id == row.id)
    visit = select(Appointment.id).where(
        Appointment.patient_id == row.id, Appointment.status == "booked", Appointment.ends_at <= clock.now()
    )
    was_here = s.execute(select(visit.exists())).scalar_one()
    return Person(
        id=row.id,
        key_id=row.key_id,
        full_name=f"{row.given_name} {row.family_name}".strip(),
        birth_date=date.fromisoformat(row.birth_date),
        contact_ids=tuple(s.execute(links.order_by(ContactPatient.created_at)).scalars()),
        is_known=row.known_since is not None or bool(was_here),
    )
