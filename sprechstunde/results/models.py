"""Tables of results. What a result says, and whose it claims to be, is encrypted; states and times are plain."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Identity, Index, Integer, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import deferred

from sprechstunde.db import (
    Base,
    EncryptedBytes,
    EncryptedJSON,
    EncryptedText,
    Keyed,
    LookupHash,
    Timestamp,
    Uuid,
)

MARKS = ("fine", "discuss", "urgent")


class Result(Keyed, Base):
    """A file about a patient. `state`: received → released → withdrawn. Its key is the patient's once she is found.

    `claimed`: {"given_name", "family_name", "birth_date", "phone"} as the sender wrote them. `taken_on`: ISO date.
    `practitioner`: code of the doctor who is to release it. `called_at`: an urgent one was told by phone.
    `superseded_at`: its sender has corrected it (`superseded_by`) or taken it back (no `superseded_by`).
    """

    __tablename__ = "result"
    __table_args__ = (
        CheckConstraint("state IN ('received', 'released', 'withdrawn')", name="state"),
        CheckConstraint("mark IN ('fine', 'discuss', 'urgent')", name="mark"),
        CheckConstraint(
            "state <> 'released' OR (patient_id IS NOT NULL AND mark IS NOT NULL)", name="released"
        ),
        Index("ix_result_waiting", "received_at", postgresql_where=sql("state = 'received'")),
        Index("ix_result_patient", "patient_id", "released_at"),
    )

    id = Column(Uuid, primary_key=True, default=uuid.uuid4)
    source = Column(Text, nullable=False)
    external_hash = Column(LookupHash, nullable=False, unique=True)
    patient_id = Column(Uuid, ForeignKey("patient.id"))
    claimed = Column(EncryptedJSON, nullable=False)
    kind_of_test = Column(EncryptedText, nullable=False)
    taken_on = Column(EncryptedText)
    practitioner = Column(Text)
    content = deferred(Column(EncryptedBytes, nullable=False))
    mime_type = Column(Text, nullable=False)
    size = Column(Integer, nullable=False)
    digest = Column(EncryptedText, nullable=False)
    state = Column(Text, nullable=False)
    mark = Column(Text)
    remark = Column(EncryptedText)
    received_at = Column(Timestamp, nullable=False)
    released_at = Column(Timestamp)
    released_by = Column(Uuid)
    called_at = Column(Timestamp)
    announced_at = Column(Timestamp)
    first_opened_at = Column(Timestamp)
    superseded_at = Column(Timestamp)
    superseded_by = Column(Uuid)


class ResultLink(Base):
    """A way to one patient's results for one contact, opened by one browser. Only hashes of its secrets are kept.

    `code_hash`: the code on its way through the chat. `viewer_hash`: the browser that passed both checks.
    """

    __tablename__ = "result_link"

    token_hash = Column(LookupHash, primary_key=True)
    contact_id = Column(Uuid, ForeignKey("contact.id", ondelete="CASCADE"), nullable=False)
    patient_id = Column(Uuid, ForeignKey("patient.id", ondelete="CASCADE"), nullable=False)
    created_at = Column(Timestamp, nullable=False)
    expires_at = Column(Timestamp, nullable=False)
    revoked_at = Column(Timestamp)
    checking_hash = Column(LookupHash)
    code_hash = Column(LookupHash)
    code_sent_at = Column(Timestamp)
    code_failures = Column(Integer, nullable=False, default=0)
    codes_sent = Column(Integer, nullable=False, default=0)
    opened_at = Column(Timestamp)
    viewer_hash = Column(LookupHash, unique=True)
    viewer_expires_at = Column(Timestamp)

    __table_args__ = (Index("ix_result_link_whose", "contact_id", "patient_id"),)


class ResultGuard(Base):
    """How often a birth date was wrong for this contact and patient, over all links."""

    __tablename__ = "result_guard"

    contact_id = Column(Uuid, ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)
    patient_id = Column(Uuid, ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True)
    failures = Column(Integer, nullable=False)
    locked_until = Column(Timestamp)


class ResultConsent(Base):
    """A contact wants this patient's files in the chat. Withdrawn, it stays as a record of what was agreed and when."""

    __tablename__ = "result_consent"

    contact_id = Column(Uuid, ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)
    patient_id = Column(Uuid, ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True)
    given_at = Column(Timestamp, nullable=False)
    withdrawn_at = Column(Timestamp)


class ResultMessage(Keyed, Base):
    """A question below a result, or an answer to it. `staff_id` is None for the patient's own words."""

    __tablename__ = "result_message"
    __table_args__ = (Index("ix_result_message_result", "result_id", "id"),)

    id = Column(BigInteger, Identity(), primary_key=True)
    result_id = Column(Uuid, ForeignKey("result.id", ondelete="CASCADE"), nullable=False)
    contact_id = Column(Uuid, ForeignKey("contact.id", ondelete="CASCADE"))
    staff_id = Column(Uuid)
    body = Column(EncryptedText, nullable=False)
    at = Column(Timestamp, nullable=False)
    idempotency_hash = Column(LookupHash, nullable=False, unique=True)


class SendingSystem(Base):
    """A laboratory's or the practice's own system that may hand in results. Only the hash of its token is kept."""

    __tablename__ = "sending_system"

    id = Column(Uuid, primary_key=True, default=uuid.uuid4)
    name = Column(Text, nullable=False, unique=True)
    token_hash = Column(LookupHash, nullable=False, unique=True)
    created_at = Column(Timestamp, nullable=False)
    last_used_at = Column(Timestamp)
    revoked_at = Column(Timestamp)
