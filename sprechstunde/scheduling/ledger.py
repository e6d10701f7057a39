"""Every change of an appointment leaves a line: who, when, what, why."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde.db import lookup_hash
from sprechstunde.scheduling.models import Appointment, AppointmentHistory


def note(
    s: Session,
    appointment: Any,
    action: str,
    *,
    at: datetime,
    contact_id: UUID | None = None,
    why: str | None = None,
    idempotency_key: str | None = None,
    before: tuple[int, datetime] | None = None,
    by_staff: bool = False,
) -> None:
    """Add a line. `before` = (resource id, start) ahead of a move.

    `by_staff`: staff did it, for the contact (who of them, the audit says); otherwise the contact, or the system.
    """
    s.add(
        AppointmentHistory(
            key_id=appointment.key_id,
            appointment_id=appointment.id,
            at=at,
            action=action,
            actor="staff" if by_staff else "patient" if contact_id else "system",
            contact_id=contact_id,
            why=why,
            resource_id=appointment.resource_id,
            starts_at=appointment.starts_at,
            old_resource_id=before[0] if before else None,
            old_starts_at=before[1] if before else None,
            idempotency_hash=None if idempotency_key is None else _hash(idempotency_key),
        )
    )


def done_before(s: Session, action: str, contact_id: UUID, idempotency_key: str) -> Any | None:
    """The appointment that this contact's same request led to already. Call with the contact locked."""
    found = select(AppointmentHistory.appointment_id).where(
        AppointmentHistory.contact_id == contact_id,
        AppointmentHistory.action == action,
        AppointmentHistory.idempotency_hash == _hash(idempotency_key),
    )
    appointment_id = s.scalars(found).first()
    return None if appointment_id is None else s.get(Appointment, appointment_id)


def _hash(idempotency_key: str) -> bytes:
    # The key comes from a message id, which holds the patient's phone number.
    return lookup_hash("appointment", idempotency_key)
