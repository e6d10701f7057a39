"""Tables of the clinic: every revision of its description, and the rows that appointments point at."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    Time,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from sprechstunde.db import Base, Timestamp


class ClinicRevision(Base):
    """What the clinic file said, newest last. `document` is the file's tree; equal content makes no new revision."""

    __tablename__ = "clinic_revision"

    number = Column(Integer, Identity(), primary_key=True)
    content_hash = Column(LargeBinary, nullable=False)
    document = Column(JSONB, nullable=False)
    created_at = Column(Timestamp, nullable=False)


class LocationRow(Base):
    """A place. Rows stay when the file drops it (`active` = false): appointments still name it."""

    __tablename__ = "location"

    code = Column(Text, primary_key=True)
    name = Column(Text, nullable=False)
    address = Column(Text, nullable=False)
    active = Column(Boolean, nullable=False, server_default=true())


class Resource(Base):
    """What can be booked: a practitioner. `lanes` is how many visits may run at once; rows stay when dropped."""

    __tablename__ = "resource"
    __table_args__ = (CheckConstraint("lanes >= 1", name="lanes"),)

    id = Column(BigInteger, Identity(), primary_key=True)
    code = Column(Text, nullable=False, unique=True)
    name = Column(Text, nullable=False)
    lanes = Column(Integer, nullable=False)
    active = Column(Boolean, nullable=False, server_default=true())


class VisitTypeRow(Base):
    """A kind of visit, with what its appointments need after the file has dropped it."""

    __tablename__ = "visit_type"

    code = Column(Text, primary_key=True)
    names = Column(JSONB, nullable=False)
    bring = Column(JSONB, nullable=False)
    active = Column(Boolean, nullable=False, server_default=true())


class WeeklyRule(Base):
    """Weekly working time in the clinic's wall clock: `weekday` 0 = Monday; `only` = visit types (empty: all)."""

    __tablename__ = "weekly_rule"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("start_time < end_time", name="times"),
    )

    id = Column(BigInteger, Identity(), primary_key=True)
    resource_id = Column(BigInteger, ForeignKey("resource.id"), nullable=False, index=True)
    location = Column(Text, ForeignKey("location.code"), nullable=False)
    weekday = Column(SmallInteger, nullable=False)
    start_time = Column(Time, nullable=False)
    end_time = Column(Time, nullable=False)
    only = Column(ARRAY(Text), nullable=False)
    valid_from = Column(Date)
    valid_until = Column(Date)


class Absence(Base):
    """Days (both included) on which somebody does not work; with times, only that part of each day.

    `yearly` ranges lie in the year 2000 and recur. `source` = file rows are replaced at each sync, others are left.
    """

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("yearly OR first_day <= last_day", name="days"),
        CheckConstraint("(start_time IS NULL) = (end_time IS NULL)", name="times"),
        Index("ix_absence_resource_id_days", "resource_id", "first_day", "last_day"),
    )

    id = Column(BigInteger, Identity(), primary_key=True)
    resource_id = Column(BigInteger, ForeignKey("resource.id"), nullable=False)
    first_day = Column(Date, nullable=False)
    last_day = Column(Date, nullable=False)
    yearly = Column(Boolean, nullable=False)
    start_time = Column(Time)
    end_time = Column(Time)
    source = Column(Text, nullable=False, server_default="file")


class OpeningRow(Base):
    """One-off working time, also on holidays. `source` as in Absence."""

    __tablename__ = "opening"
    __table_args__ = (
        CheckConstraint("start_time < end_time", name="times"),
        Index("ix_opening_resource_id_day", "resource_id", "day"),
    )

    id = Column(BigInteger, Identity(), primary_key=True)
    resource_id = Column(BigInteger, ForeignKey("resource.id"), nullable=False)
    location = Column(Text, ForeignKey("location.code"), nullable=False)
    day = Column(Date, nullable=False)
    start_time = Column(Time, nullable=False)
    end_time = Column(Time, nullable=False)
    only = Column(ARRAY(Text), nullable=False)
    source = Column(Text, nullable=False, server_default="file")
