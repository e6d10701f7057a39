"""Tables of contacts and of what they and the assistant said."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Identity, Index, Integer, Text
from sqlalchemy import text as sql

from sprechstunde.db import Base, EncryptedJSON, EncryptedText, Keyed, LookupHash, Timestamp, Uuid

# Where a session remembers, for its one transaction, what contacts became.
PRESENT = "contacts_present"


class Contact(Keyed, Base):
    """Someone on WhatsApp, known by a phone number (digits, no plus), a business-scoped user id, or both.

    A contact without either was replaced: by `merged_into`, or by a new owner of its number.
    """

    __tablename__ = "contact"

    id = Column(Uuid, primary_key=True, default=uuid.uuid4)
    phone = Column(EncryptedText)
    phone_hash = Column(LookupHash, unique=True)
    user_id = Column(EncryptedText)
    user_id_hash = Column(LookupHash, unique=True)
    profile_name = Column(EncryptedText)
    language = Column(Text)
    last_inbound_at = Column(Timestamp, index=True)
    merged_into = Column(Uuid, ForeignKey("contact.id"))
    created_at = Column(Timestamp, nullable=False)


class ConversationEvent(Keyed, Base):
    """What one turn added to the assistant's record: `body` is a list of Rasa's events as JSON."""

    __tablename__ = "conversation_event"
    __table_args__ = (
        Index(
            "ix_conversation_event_session",
            "contact_id",
            "seq",
            postgresql_where=sql("starts_session"),
            unique=True,
        ),
    )

    contact_id = Column(Uuid, ForeignKey("contact.id"), primary_key=True)
    seq = Column(Integer, primary_key=True, autoincrement=False)
    starts_session = Column(Boolean, nullable=False)
    at = Column(Timestamp, nullable=False)
    body = Column(EncryptedJSON, nullable=False)


class IssuedReply(Keyed, Base):
    """A button or list row we sent. Only its token travels; a tap counts from the contact it was sent to."""

    __tablename__ = "issued_reply"

    token = Column(Text, primary_key=True)
    contact_id = Column(Uuid, ForeignKey("contact.id"), nullable=False, index=True)
    outbound_id = Column(Uuid, index=True)
    payload = Column(EncryptedText, nullable=False)
    issued_at = Column(Timestamp, nullable=False)
    expires_at = Column(Timestamp, nullable=False, index=True)


class ConversationCare(Base):
    """What staff have to do with a conversation. `held_by`: the person who answers instead of the assistant.

    `seen_inbound_id`: the patient's newest message that somebody of the staff has seen. `unanswered_from`,
    `unanswered_to`: her oldest and newest message that waits for a person while one holds the conversation;
    `answer_due_at`: until when she may expect an answer.
    """

    __tablename__ = "conversation_care"

    contact_id = Column(Uuid, ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)
    held_by = Column(Uuid, index=True)
    held_since = Column(Timestamp)
    assigned_to = Column(Uuid, index=True)
    seen_inbound_id = Column(BigInteger)
    unanswered_from = Column(BigInteger)
    unanswered_to = Column(BigInteger)
    answer_due_at = Column(Timestamp)


class StaffNote(Keyed, Base):
    """A note for colleagues; the patient never sees it."""

    __tablename__ = "staff_note"

    id = Column(BigInteger, Identity(), primary_key=True)
    contact_id = Column(Uuid, ForeignKey("contact.id", ondelete="CASCADE"), nullable=False, index=True)
    staff_id = Column(Uuid, nullable=False)
    body = Column(EncryptedText, nullable=False)
    at = Column(Timestamp, nullable=False)
