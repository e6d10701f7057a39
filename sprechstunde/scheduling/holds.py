"""Holds: a slot kept for a contact for some minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.scheduling import reading
from sprechstunde.scheduling.errors import SlotTaken
from sprechstunde.scheduling.ledger import done_before, note
from sprechstunde.scheduling.locks import lock_contact, lock_resources
from sprechstunde.scheduling.models import Appointment
from sprechstunde.scheduling.offering import Place, offered, slot_of
from sprechstunde.scheduling.taking import close, expire_overlapping, free_lane, or_alternatives
from sprechstunde.scheduling.views import HoldView


def hold(slot_key: str, *, contact_id: UUID, idempotency_key: str, minutes: int = 10) -> HoldView:
    """Keep a slot for this contact; the one the contact held before is released.

    Raises SlotTaken (with alternatives), SlotNotOffered.
    """
    slot = slot_of(slot_key)
    with or_alternatives(slot_key, SlotTaken), transaction() as s:
        contact_id = conversations.current_id(s, contact_id)
        lock_contact(s, contact_id)
        again = done_before(s, "held", contact_id, idempotency_key)
        if again is not None:
            return reading.hold_view(s, again)
        place = offered(s, slot_key)
        now = clock.now()
        mine = _holds_of(s, contact_id)
        lock_resources(s, [place.worker.id, *(row.resource_id for row in mine)])
        for row in mine:
            close(s, row, "released", now, contact_id)
        expire_overlapping(s, place.worker.id, *place.blocked, now)
        s.flush()
        lane = free_lane(s, place.worker.id, place.worker.lanes, *place.blocked)
        row = _new_hold(s, place, lane, contact_id, now, minutes)
        note(s, row, "held", at=now, contact_id=contact_id, idempotency_key=idempotency_key)
        s.flush()
        return HoldView(row.id, slot, row.expires_at.astimezone(slot.start.tzinfo))


def release(hold_id: UUID | str, *, contact_id: UUID | None = None) -> None:
    """Give a hold up. Nothing happens if it is gone already, booked, or another contact's."""
    with transaction() as s:
        row = s.get(Appointment, as_uuid(hold_id))
        if row is None:
            return
        owner = conversations.current_id(s, row.contact_id)
        if contact_id is not None and conversations.current_id(s, contact_id) != owner:
            return
        lock_contact(s, owner)
        lock_resources(s, [row.resource_id])
        s.refresh(row, with_for_update=True)
        if row.status == "held":
            close(s, row, "released", clock.now(), owner)


def expire_holds() -> int:
    """Housekeeping: mark holds whose time is up (they block nothing any more). Returns how many."""
    with transaction() as s:
        return expire_holds_in(s)


def expire_holds_in(s: Session) -> int:
    """`expire_holds` within a transaction of the caller's."""
    now = clock.now()
    lapsed = select(Appointment).where(Appointment.status == "held", Appointment.expires_at <= now)
    rows = s.scalars(lapsed.with_for_update(skip_locked=True)).all()
    for row in rows:
        close(s, row, "expired", now, None)
    return len(rows)


def as_uuid(value: UUID | str) -> UUID:
    """Ids come as they were handed out or as the text that a dialogue keeps. Raises ValueError."""
    return value if isinstance(value, UUID) else UUID(value)


def _holds_of(s: Session, contact_id: UUID) -> list[Any]:
    mine = select(Appointment).where(Appointment.contact_id == contact_id, Appointment.status == "held")
    return list(s.scalars(mine))


def _new_hold(s: Session, place: Place, lane: int, contact_id: UUID, now: datetime, minutes: int) -> Any:
    start, end = place.blocked
    row = Appointment(
        key_id=conversations.key_of(s, contact_id),
        resource_id=place.worker.id,
        lane=lane,
        location=place.slot.location,
        visit_type=place.slot.visit_type,
        status="held",
        starts_at=place.slot.start,
        ends_at=place.slot.end,
        blocked_from=start,
        blocked_until=end,
        contact_id=contact_id,
        expires_at=now + timedelta(minutes=minutes),
        sequence=0,
        created_at=now,
        changed_at=now,
    )
    s.add(row)
    s.flush()
    return row
