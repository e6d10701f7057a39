"""Data keys: one per contact and per patient, wrapped by the master key."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, LargeBinary

from sprechstunde.db.base import Base
from sprechstunde.db.columns import Timestamp, Uuid


class DataKey(Base):
    """A wrapped AES-256 key. Destroying it (`wrapped` becomes NULL) erases all that it protects."""

    __tablename__ = "data_key"
    __table_args__ = (CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed"),)

    id = Column(Uuid, primary_key=True)
    wrapped = Column(LargeBinary)
    created_at = Column(Timestamp, nullable=False)
    destroyed_at = Column(Timestamp)
