"""Names for ids: of colleagues, of contacts and the people they act for."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde.conversations.models import Contact
from sprechstunde.db.keys import preload
from sprechstunde.patients.models import ContactPatient, Patient
from sprechstunde.staff.models import StaffMember


def colleagues(s: Session) -> dict[UUID, str]:
    """Name of everybody who has or had an account."""
    return {row.id: row.name for row in s.execute(select(StaffMember.id, StaffMember.name))}


def active_colleagues(s: Session) -> dict[UUID, str]:
    """Name of everybody who can sign in: whom something may be given to."""
    rows = s.execute(select(StaffMember.id, StaffMember.name).where(StaffMember.is_active))
    return {row.id: row.name for row in rows}


def contact_names(s: Session, contact_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What to call these contacts: the patient herself, else the one they act for, else their WhatsApp name."""
    wanted = list(set(contact_ids))
    if not wanted:
        return {}
    contacts = s.execute(select(Contact).where(Contact.id.in_(wanted))).scalars().all()
    links = s.execute(
        select(ContactPatient, Patient)
        .join(Patient, Patient.id == ContactPatient.patient_id)
        .where(ContactPatient.contact_id.in_(wanted))
        .order_by(ContactPatient.relationship != "self", ContactPatient.created_at)
    ).all()
    preload(s, [one.key_id for one in contacts] + [patient.key_id for _, patient in links])
    names = {one.id: one.profile_name or _number(one.phone) for one in contacts}
    told: set[UUID] = set()
    for link, patient in links:
        if link.contact_id not in told and patient.family_name is not None:
            told.add(link.contact_id)
            names[link.contact_id] = f"{patient.given_name} {patient.family_name}".strip()
    return names


def contact_phones(s: Session, contact_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The numbers to dial: digits with country code. Whoever hides it has none."""
    wanted = list(set(contact_ids))
    rows = s.execute(select(Contact).where(Contact.id.in_(wanted))).scalars().all() if wanted else []
    preload(s, [row.key_id for row in rows])
    return {row.id: row.phone for row in rows if row.phone}


def patient_names(s: Session, patient_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Full names of these patients; erased ones are left out."""
    wanted = list({one for one in patient_ids if one is not None})
    if not wanted:
        return {}
    rows = s.execute(select(Patient).where(Patient.id.in_(wanted))).scalars().all()
    return {
        row.id: f"{row.given_name} {row.family_name}".strip() for row in rows if row.family_name is not None
    }


def _number(phone: str | None) -> str:
    return f"+{phone}" if phone else "WhatsApp"
