"""Who waits for whom: first the contact, then resources by id, then rows. One order for all, so nobody deadlocks."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from sprechstunde.clinic.models import Resource


def lock_contact(s: Session, contact_id: UUID) -> None:
    """One change of a contact's appointments at a time, until the transaction ends."""
    s.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"),
        {"key": f"appointments of {contact_id}"},
    )


def lock_resources(s: Session, ids: Iterable[int]) -> None:
    """One change in a resource's schedule at a time."""
    # NO KEY: rows that merely refer to the resource may go on being written.
    s.execute(
        select(Resource.id)
        .where(Resource.id.in_(sorted(set(ids))))
        .order_by(Resource.id)
        .with_for_update(key_share=True)
    )
