"""Visits on top of others, because staff decided so. They lie in lanes above those that are offered."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde.clinic.models import Resource
from sprechstunde.clinic.view import LONGEST_VISIT
from sprechstunde.scheduling.models import Appointment

MOST = 5  # lanes above those that are offered: more at once is no plan any more


def lane_with_room(
    s: Session,
    resource_id: int,
    lanes: int,
    start: datetime,
    end: datetime,
    *,
    leaving: UUID | None = None,
) -> int | None:
    """The first of so many lanes with room, as if the appointment `leaving` were gone; None when all are taken."""
    used = {row.lane for row in s.scalars(_between(resource_id, start, end)) if row.id != leaving}
    return next((lane for lane in range(lanes) if lane not in used), None)


def move_up(s: Session, resource_id: int, freed_from: datetime, freed_until: datetime) -> None:
    """Time became free: visits on top take it, so that it is not offered to somebody else. The resource is locked."""
    lanes = s.scalars(select(Resource.lanes).where(Resource.id == resource_id)).one()
    s.flush()
    on_top = _between(resource_id, freed_from, freed_until).where(Appointment.lane >= lanes)
    for row in s.scalars(on_top.order_by(Appointment.starts_at, Appointment.id)).all():
        found = lane_with_room(s, resource_id, lanes, row.blocked_from, row.blocked_until)
        if found is not None:
            row.lane = found
            s.flush()


def _between(resource_id: int, start: datetime, end: datetime) -> Any:
    return select(Appointment).where(
        Appointment.resource_id == resource_id,
        Appointment.status.in_(("held", "booked")),
        Appointment.blocked_from < end,
        Appointment.blocked_until > start,
        # Lets the index on starts_at serve.
        Appointment.starts_at.between(start - LONGEST_VISIT, end + LONGEST_VISIT),
    )
