"""Keeping the audit, and reading it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.audit.models import AuditEntry


@dataclass(frozen=True)
class Deed:
    """What was done; `at` is aware, UTC."""

    at: datetime
    actor: str
    action: str
    subject_kind: str
    subject_id: UUID | None
    detail: str | None


def record(
    s: Session,
    *,
    actor: str,
    action: str,
    subject_kind: str,
    subject_id: UUID | None,
    detail: str | None = None,
) -> None:
    """Note a deed in the caller's transaction: no deed without its entry, no entry without its deed."""
    s.add(
        AuditEntry(
            at=clock.now(),
            actor=actor,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            detail=detail,
        )
    )


def deeds(s: Session, subject_kind: str, subject_id: UUID, *, limit: int = 100) -> list[Deed]:
    """What was done with this subject, newest first."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.subject_kind == subject_kind, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return [
        Deed(row.at, row.actor, row.action, row.subject_kind, row.subject_id, row.detail)
        for row in s.execute(query).scalars()
    ]
