"""Taking time: room in a lane, lapsed holds that give way, and what is said when somebody was faster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sprechstunde.clinic.models import Resource
from sprechstunde.clinic.view import LONGEST_VISIT
from sprechstunde.scheduling.errors import SlotNotOffered, SlotTaken
from sprechstunde.scheduling.ledger import note
from sprechstunde.scheduling.models import Appointment
from sprechstunde.scheduling.offering import nearest_free, slot_of

_EXCLUSION_VIOLATION = "23P01"


class Gone(Exception):
    """The time is taken; the transaction ends, then alternatives are looked for."""


@contextmanager
def or_alternatives(slot_key: str, error: type[SlotTaken] = SlotTaken) -> Iterator[None]:
    """Wrap a transaction: when the time is taken, roll back and raise `error` with what is free instead."""
    try:
        yield
    except Gone:
        raise error(nearest_free(slot_of(slot_key))) from None
    except IntegrityError as problem:
        if getattr(problem.orig, "pgcode", None) != _EXCLUSION_VIOLATION:
            raise
        raise error(nearest_free(slot_of(slot_key))) from problem


def close(s: Session, row: Any, status: str, now: datetime, contact_id: UUID | None) -> None:
    """End a hold as released or expired; without a contact the system does it."""
    row.status, row.changed_at = status, now
    note(s, row, status, at=now, contact_id=contact_id)


def expire_overlapping(s: Session, resource_id: int, start: datetime, end: datetime, now: datetime) -> None:
    """Lapsed holds in the way give way. Their resource is locked."""
    lapsed = _active(resource_id, start, end).where(
        Appointment.status == "held", Appointment.expires_at <= now
    )
    for row in s.scalars(lapsed):
        close(s, row, "expired", now, None)


def _active(resource_id: int, start: datetime, end: datetime) -> Any:
    return select(Appointment).where(
        Appointment.resource_id == resource_id,
        Appointment.status.in_(("held", "booked")),
        Appointment.blocked_from < end,
        Appointment.blocked_until > start,
        # Lets the index on starts_at serve.
        Appointment.starts_at.between(start - LONGEST_VISIT, end + LONGEST_VISIT),
    )


def free_lane(s: Session, resource_id: int, lanes: int, start: datetime, end: datetime) -> int:
    """The first lane with room. Raises Gone."""
    used = {row.lane for row in s.scalars(_active(resource_id, start, end))}
    for lane in range(lanes):
        if lane not in used:
            return lane
    raise Gone


def secure(s: Session, row: Any, now: datetime) -> None:
    """Make sure of the hold's time; its resource is locked. Raises Gone."""
    s.refresh(row, with_for_update=True)
    if row.status == "held" and row.expires_at > now:
        return
    if row.status in ("booked", "cancelled"):
        raise SlotNotOffered("that hold was booked already")
    if row.status == "released" or row.starts_at <= now:
        raise Gone
    expire_overlapping(s, row.resource_id, row.blocked_from, row.blocked_until, now)
    s.flush()
    lanes = s.scalars(select(Resource.lanes).where(Resource.id == row.resource_id)).one()
    row.lane = free_lane(s, row.resource_id, lanes, row.blocked_from, row.blocked_until)
