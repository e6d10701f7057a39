"""The audit's table."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Identity, Index, Text

from sprechstunde.db import Base, Timestamp, Uuid


class AuditEntry(Base):
    """One deed. `actor`: "staff:<id>", "patient:<contact id>" or "system:<name>"; `detail`: codes, never content."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id", "id"),)

    id = Column(BigInteger, Identity(), primary_key=True)
    at = Column(Timestamp, nullable=False, index=True)
    actor = Column(Text, nullable=False)
    action = Column(Text, nullable=False)
    subject_kind = Column(Text, nullable=False)
    subject_id = Column(Uuid)
    detail = Column(Text)
