"""The staff's list."""

from __future__ import annotations

import uuid

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Text
from sqlalchemy import text as sql

from sprechstunde.db import Base, EncryptedText, Keyed, LookupHash, Timestamp, Uuid

KINDS = (
    "human",
    "prescription",
    "sick_note",
    "results",
    "callback",
    "emergency",
    "other",
    "delivery",
    "urgent_result",
)


class Task(Keyed, Base):
    """Something a human has to do. `state`: open → done. `due_at`: what the patient was told."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('human', 'prescription', 'sick_note', 'results', 'callback', 'emergency', 'other', 'delivery', "
            "'urgent_result')",
            name="kind",
        ),
        CheckConstraint("state IN ('open', 'done')", name="state"),
        Index("ix_task_open", "urgent", "due_at", postgresql_where=sql("state = 'open'")),
    )

    id = Column(Uuid, primary_key=True, default=uuid.uuid4)
    kind = Column(Text, nullable=False)
    state = Column(Text, nullable=False, default="open")
    contact_id = Column(Uuid, ForeignKey("contact.id"), index=True)
    patient_id = Column(Uuid, ForeignKey("patient.id"), index=True)
    note = Column(EncryptedText)
    urgent = Column(Boolean, nullable=False)
    due_at = Column(Timestamp, nullable=False)
    created_at = Column(Timestamp, nullable=False)
    done_at = Column(Timestamp)
    done_by = Column(Text)
    idempotency_hash = Column(LookupHash, nullable=False, unique=True)
