"""Tables of the schedule: holds and appointments in one table, and what happened to each of them."""

from __future__ import annotations

import uuid

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint
from sqlalchemy.orm import deferred

# Their tables are referred to below.
import sprechstunde.clinic.models
import sprechstunde.conversations.models
import sprechstunde.patients.models  # noqa: F401
from sprechstunde.db import Base, EncryptedText, Keyed, LookupHash, Timestamp, Uuid

STATUSES = ("held", "booked", "cancelled", "released", "expired")
ACTIONS = ("held", "released", "expired", "booked", "moved", "cancelled", "arrived", "no_show", "unmarked")


class Appointment(Keyed, Base):
    """A stretch of a practitioner's time: first held for a contact (until `expires_at`), then booked for a patient.

    `starts_at`/`ends_at` bound the visit; `blocked_from`/`blocked_until` add its buffers, and `during` is that range.
    `key_id` is the contact's while held, the patient's once booked. `sequence` counts moves and the cancellation.
    Staff may put a visit on top of others: `overbooked_because` says why, and `lane` is then one that is never offered.
    `attendance` ∈ arrived | no_show, once staff said so.
    """

    __tablename__ = "appointment"

    id = Column(Uuid, primary_key=True, default=uuid.uuid4)
    resource_id = Column(BigInteger, ForeignKey("resource.id"), nullable=False)
    lane = Column(Integer, nullable=False)
    location = Column(Text, ForeignKey("location.code"), nullable=False)
    visit_type = Column(Text, ForeignKey("visit_type.code"), nullable=False)
    status = Column(Text, nullable=False)
    starts_at = Column(Timestamp, nullable=False)
    ends_at = Column(Timestamp, nullable=False)
    blocked_from = Column(Timestamp, nullable=False)
    blocked_until = Column(Timestamp, nullable=False)
    during = deferred(
        Column(
            TSTZRANGE,
            Computed("tstzrange(blocked_from, blocked_until, '[)')", persisted=True),
            nullable=False,
        )
    )
    contact_id = Column(Uuid, ForeignKey("contact.id"), nullable=False)
    patient_id = Column(Uuid, ForeignKey("patient.id"), index=True)
    expires_at = Column(Timestamp)
    reason = Column(EncryptedText)
    notes = Column(EncryptedText)
    overbooked_because = Column(EncryptedText)
    attendance = Column(Text)
    sequence = Column(Integer, nullable=False, server_default="0")
    created_at = Column(Timestamp, nullable=False)
    changed_at = Column(Timestamp, nullable=False)

    __table_args__ = (
        # Without the contrib btree_gist, plain numbers become ranges of one.
        ExcludeConstraint(
            (text("int8range(resource_id, resource_id, '[]')"), "="),
            (text("int4range(lane, lane, '[]')"), "="),
            (text("during"), "&&"),
            name="ex_appointment_no_overlap",
            where=text("status IN ('held', 'booked')"),
            using="gist",
        ),
        CheckConstraint("status IN ('held', 'booked', 'cancelled', 'released', 'expired')", name="status"),
        CheckConstraint("attendance IN ('arrived', 'no_show')", name="attendance"),
        CheckConstraint("starts_at < ends_at", name="times"),
        CheckConstraint("blocked_from <= starts_at AND ends_at <= blocked_until", name="buffers"),
        CheckConstraint("status <> 'held' OR expires_at IS NOT NULL", name="held_expires"),
        CheckConstraint("status <> 'booked' OR patient_id IS NOT NULL", name="booked_for"),
        Index("ix_appointment_day", "starts_at", postgresql_where=text("status IN ('booked', 'cancelled')")),
        Index(
            "ix_appointment_busy",
            "resource_id",
            "starts_at",
            postgresql_where=text("status IN ('held', 'booked')"),
            postgresql_include=["lane", "status", "expires_at", "blocked_from", "blocked_until"],
        ),
        Index("ix_appointment_contact_id_status", "contact_id", "status"),
    )


class AppointmentHistory(Keyed, Base):
    """Who did what to an appointment, when and why. Rows are only ever added.

    `actor` ∈ patient (through `contact_id`) | staff | system. `idempotency_hash` finds what a
    repeated request led to.
    """

    __tablename__ = "appointment_history"
    __table_args__ = (
        UniqueConstraint("contact_id", "action", "idempotency_hash"),
        CheckConstraint("actor IN ('patient', 'staff', 'system')", name="actor"),
        CheckConstraint(
            "action IN ('held', 'released', 'expired', 'booked', 'moved', 'cancelled', 'arrived', 'no_show', "
            "'unmarked')",
            name="action",
        ),
    )

    id = Column(BigInteger, Identity(), primary_key=True)
    appointment_id = Column(Uuid, ForeignKey("appointment.id"), nullable=False, index=True)
    at = Column(Timestamp, nullable=False)
    action = Column(Text, nullable=False)
    actor = Column(Text, nullable=False)
    contact_id = Column(Uuid, ForeignKey("contact.id"))
    why = Column(EncryptedText)
    resource_id = Column(BigInteger, ForeignKey("resource.id"), nullable=False)
    starts_at = Column(Timestamp, nullable=False)
    old_resource_id = Column(BigInteger, ForeignKey("resource.id"))
    old_starts_at = Column(Timestamp)
    idempotency_hash = Column(LookupHash)
