"""Booking, moving and cancelling: one transaction each, locks in one order (`locks.py`).

Two appointments can't overlap: the database forbids it. Locking first only spares the losers a deadlock.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic.service import clinic
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.patients import service as patients
from sprechstunde.patients.models import Patient
from sprechstunde.scheduling import overbooking, reading
from sprechstunde.scheduling.errors import (
    AppointmentNotOpen,
    HoldExpired,
    NotAccepted,
    NotAllowed,
    SlotNotOffered,
    TooManyAppointments,
)
from sprechstunde.scheduling.holds import as_uuid
from sprechstunde.scheduling.ledger import done_before, note
from sprechstunde.scheduling.locks import lock_contact, lock_resources
from sprechstunde.scheduling.models import Appointment
from sprechstunde.scheduling.taking import close, or_alternatives, secure
from sprechstunde.scheduling.views import AppointmentView, Slot


def book(
    hold_id: UUID | str, *, patient_id: UUID, contact_id: UUID, reason: str | None, idempotency_key: str
) -> AppointmentView:
    """Make a hold an appointment of `patient_id`. A lapsed hold is taken again if its time is still free.

    Raises HoldExpired (with alternatives), NotAllowed, SlotNotOffered (not for such a patient; NotAccepted: not by
    that practitioner), TooManyAppointments.
    """
    with transaction() as s:
        key, contact_id = _hold_key(s, hold_id), conversations.current_id(s, contact_id)
    patient = _acts_for(contact_id, patient_id)
    with or_alternatives(key, HoldExpired), transaction() as s:
        lock_contact(s, contact_id)
        again = done_before(s, "booked", contact_id, idempotency_key)
        if again is not None:
            return reading.view(s, again)
        row = _own_hold(s, hold_id, contact_id)
        if row.status == "booked" and row.patient_id == patient_id:
            # The button was tapped twice: two messages, one wish.
            return reading.view(s, row)
        _check_patient(reading.slot(s, row), patient)
        _check_number(s, contact_id)
        lock_resources(s, [row.resource_id])
        now = clock.now()
        secure(s, row, now)
        row.status, row.patient_id, row.expires_at, row.changed_at = "booked", patient_id, None, now
        row.key_id = s.scalars(select(Patient.key_id).where(Patient.id == patient_id)).one()
        row.reason = reason
        note(s, row, "booked", at=now, contact_id=contact_id, why=reason, idempotency_key=idempotency_key)
        s.flush()
        return reading.view(s, row)


def move(
    appointment_id: UUID | str,
    hold_id: UUID | str,
    *,
    contact_id: UUID,
    reason: str | None,
    idempotency_key: str,
) -> AppointmentView:
    """Put an appointment on the time that is held: its id stays, the old time is freed in the same transaction.

    Raises HoldExpired (with alternatives; the old time stays), NotAllowed, AppointmentNotOpen, SlotNotOffered.
    """
    with transaction() as s:
        key, contact_id = _hold_key(s, hold_id), conversations.current_id(s, contact_id)
    mine = {patient.id: patient for patient in patients.patients_of(contact_id)}
    with or_alternatives(key, HoldExpired), transaction() as s:
        lock_contact(s, contact_id)
        again = done_before(s, "moved", contact_id, idempotency_key)
        if again is not None:
            return reading.view(s, again)
        new = _own_hold(s, hold_id, contact_id)
        old = _own_appointment(s, appointment_id, mine)
        if new.status == "released" and _same_time(new, old):
            return reading.view(s, old)
        _check_patient(reading.slot(s, new), mine[old.patient_id])
        lock_resources(s, [new.resource_id, old.resource_id])
        now = clock.now()
        s.refresh(old, with_for_update=True)
        _check_open(old, now)
        secure(s, new, now)
        before = old.resource_id, old.starts_at
        freed = old.resource_id, old.blocked_from, old.blocked_until
        # The hold's row gives its time to the appointment's row: both resources are locked, nobody sees a gap.
        close(s, new, "released", now, contact_id)
        s.flush()
        for name in ("resource_id", "lane", "location", "visit_type"):
            setattr(old, name, getattr(new, name))
        for name in ("starts_at", "ends_at", "blocked_from", "blocked_until"):
            setattr(old, name, getattr(new, name))
        old.sequence, old.changed_at = old.sequence + 1, now
        old.overbooked_because = old.attendance = None
        note(
            s,
            old,
            "moved",
            at=now,
            contact_id=contact_id,
            why=reason,
            idempotency_key=idempotency_key,
            before=before,
        )
        overbooking.move_up(s, *freed)
        return reading.view(s, old)


def cancel(
    appointment_id: UUID | str, *, contact_id: UUID, reason: str | None, idempotency_key: str
) -> AppointmentView:
    """Free the appointment's time. One that is cancelled already is returned as it is.

    Raises NotAllowed, AppointmentNotOpen (unknown, or its time is past).
    """
    mine = {patient.id: patient for patient in patients.patients_of(contact_id)}
    with transaction() as s:
        contact_id = conversations.current_id(s, contact_id)
        lock_contact(s, contact_id)
        row = done_before(s, "cancelled", contact_id, idempotency_key)
        if row is None:
            row = _own_appointment(s, appointment_id, mine)
            lock_resources(s, [row.resource_id])
            s.refresh(row, with_for_update=True)
            if row.status != "cancelled":
                now = clock.now()
                _check_open(row, now)
                row.status, row.sequence, row.changed_at = "cancelled", row.sequence + 1, now
                note(
                    s,
                    row,
                    "cancelled",
                    at=now,
                    contact_id=contact_id,
                    why=reason,
                    idempotency_key=idempotency_key,
                )
                overbooking.move_up(s, row.resource_id, row.blocked_from, row.blocked_until)
        return reading.view(s, row)


def _hold_key(s: Session, hold_id: UUID | str) -> str:
    """The key of the slot that a row stands for."""
    row = s.get(Appointment, as_uuid(hold_id))
    if row is None:
        raise SlotNotOffered("there is no such hold")
    return reading.slot(s, row).key


def _own_hold(s: Session, hold_id: UUID | str, contact_id: UUID) -> Any:
    """The hold's row. Raises NotAllowed for another contact's; SlotNotOffered for what is no hold any more."""
    row = s.get(Appointment, as_uuid(hold_id))
    if row is None or conversations.current_id(s, row.contact_id) != contact_id:
        raise NotAllowed("the hold is another contact's")
    if row.status == "cancelled":
        raise SlotNotOffered("that hold was booked and cancelled")
    return row


def _same_time(hold_row: Any, appointment: Any) -> bool:
    """Did the appointment take the hold's time already?"""
    names = ("status", "resource_id", "lane", "visit_type", "starts_at")
    return [getattr(appointment, name) for name in names] == [
        "booked",
        *(getattr(hold_row, n) for n in names[1:]),
    ]


def _own_appointment(s: Session, appointment_id: UUID | str, mine: dict[UUID, patients.PatientView]) -> Any:
    row = s.get(Appointment, as_uuid(appointment_id))
    if row is None or row.patient_id is None:
        raise AppointmentNotOpen("there is no such appointment")
    if row.patient_id not in mine:
        raise NotAllowed("the contact does not act for that patient")
    return row


def _check_open(row: Any, now: datetime) -> None:
    if row.status != "booked" or row.starts_at <= now:
        raise AppointmentNotOpen("the appointment was cancelled or is past")


def _acts_for(contact_id: UUID, patient_id: UUID) -> patients.PatientView:
    for patient in patients.patients_of(contact_id):
        if patient.id == patient_id:
            return patient
    raise NotAllowed("the contact does not act for that patient")


def _check_patient(slot: Slot, patient: patients.PatientView) -> None:
    """Is that visit, and who gives it, for such a patient? What the clinic dropped meanwhile is held against nobody."""
    view = clinic()
    visit, person = view.visit_type(slot.visit_type), view.practitioner(slot.practitioner)
    if visit is not None and not visit.is_for(patient.insurance_kind, patient.is_known):
        raise SlotNotOffered(f"{slot.visit_type} is not for this patient (new/known or insurance)")
    if person is not None and patient.insurance_kind not in (None, *person.accepts):
        raise NotAccepted(person.code, str(patient.insurance_kind))
    if person is not None and not (person.new_patients or patient.is_known):
        raise NotAccepted(person.code, "new")


def _check_number(s: Session, contact_id: UUID) -> None:
    """The guard against a phone that books the clinic full."""
    coming = select(func.count()).where(
        Appointment.contact_id == contact_id,
        Appointment.status == "booked",
        Appointment.starts_at > clock.now(),
    )
    if s.execute(coming).scalar_one() >= clinic().open_appointments:
        raise TooManyAppointments("this phone has as many open appointments as the clinic allows")
