"""Tables of the channel. Content is encrypted under the contact's key; states, our own ids and times are plain.

Meta's message ids (wamids) hold the patient's phone number in base64: rows are found by a keyed hash (`wamid_hash`),
and the id itself stands beside it encrypted, where it is needed again (read mark, reply, reaction).
"""

from __future__ import annotations

import uuid

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
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
    lookup_hash,
)


def wamid_hash(wamid: str) -> bytes:
    """What a message of this id is found by."""
    return lookup_hash("wamid", wamid)


class InboundMessage(Keyed, Base):
    """A message of a patient. `state`: pending → processed | failed; unreadable (has no contact); replaced.

    `content`: {"text", "payload", "media", "meta"}; `raw` is Meta's JSON, emptied after a few days.
    """

    __tablename__ = "inbound_message"
    __table_args__ = (
        Index(
            "ix_inbound_message_pending",
            "contact_id",
            "sent_at",
            "id",
            postgresql_where=sql("state = 'pending'"),
        ),
        Index("ix_inbound_message_transcript", "contact_id", "id"),
        Index("ix_inbound_message_raw", "received_at", postgresql_where=sql("raw IS NOT NULL")),
    )

    id = Column(BigInteger, Identity(), primary_key=True)
    wamid_hash = Column(LookupHash, unique=True)
    wamid = Column(EncryptedText)
    contact_id = Column(Uuid, ForeignKey("contact.id", ondelete="CASCADE"))
    kind = Column(Text, nullable=False)
    state = Column(Text, nullable=False, default="pending")
    about_hash = Column(LookupHash, index=True)  # an edit or a deletion: of which message
    content = Column(EncryptedJSON)
    raw = Column(EncryptedJSON)
    sent_at = Column(Timestamp, nullable=False)
    received_at = Column(Timestamp, nullable=False)
    picked_at = Column(Timestamp)
    processed_at = Column(Timestamp)
    attempts = Column(Integer, nullable=False, default=0)
    next_attempt_at = Column(Timestamp)
    error = Column(Text)


class InboundMedia(Keyed, Base):
    """A file of a patient's. `state`: pending → fetched | failed (Meta did not give it) | refused (type or size).

    `reference` is what Meta said of it (id, mime_type, sha256, …); `mime_type` what it really is, `size` in bytes,
    `sha256` in hex. Content and checksum are encrypted: a checksum alone would tell whoever has the same file.
    """

    __tablename__ = "inbound_media"
    __table_args__ = (
        Index("ix_inbound_media_pending", "next_attempt_at", postgresql_where=sql("state = 'pending'")),
    )

    id = Column(Uuid, primary_key=True, default=uuid.uuid4)
    message_id = Column(
        BigInteger, ForeignKey("inbound_message.id", ondelete="CASCADE"), nullable=False, unique=True
    )
    contact_id = Column(Uuid, ForeignKey("contact.id", ondelete="CASCADE"), nullable=False, index=True)
    kind = Column(Text, nullable=False)
    state = Column(Text, nullable=False, default="pending")
    reference = Column(EncryptedJSON, nullable=False)
    content = deferred(Column(EncryptedBytes))
    mime_type = Column(Text)
    filename = Column(Text)
    size = Column(Integer)
    sha256 = Column(EncryptedText)
    received_at = Column(Timestamp, nullable=False)
    fetched_at = Column(Timestamp)
    attempts = Column(Integer, nullable=False, default=0)
    next_attempt_at = Column(Timestamp)
    error = Column(Text)


class OutboundMessage(Keyed, Base):
    """One message to a patient, in the order of `seq`. `state`: pending → sending → accepted | failed | needs_template.

    `status` is Meta's word (sent, delivered, read, failed). `id` travels as `biz_opaque_callback_data`.
    """

    __tablename__ = "outbound_message"
    __table_args__ = (
        UniqueConstraint("turn_hash", "position"),
        Index(
            "ix_outbound_message_open",
            "contact_id",
            "seq",
            postgresql_where=sql("state IN ('pending', 'sending')"),
        ),
        Index("ix_outbound_message_transcript", "contact_id", "seq"),
        Index(
            "ix_outbound_message_unreported",
            "contact_id",
            postgresql_where=sql("state IN ('failed', 'needs_template') AND reported_at IS NULL"),
        ),
    )

    id = Column(Uuid, primary_key=True, default=uuid.uuid4)
    seq = Column(BigInteger, Identity(), nullable=False, unique=True)
    contact_id = Column(Uuid, ForeignKey("contact.id", ondelete="CASCADE"), nullable=False)
    turn_hash = Column(LookupHash, nullable=False)
    position = Column(Integer, nullable=False)
    payload = Column(EncryptedJSON, nullable=False)
    author = Column(Uuid)  # who of the staff wrote it; None: the practice's programs
    state = Column(Text, nullable=False, default="pending")
    media_id = Column(Text)
    wamid_hash = Column(LookupHash, unique=True)
    wamid = Column(EncryptedText)
    status = Column(Text)
    status_at = Column(Timestamp)
    created_at = Column(Timestamp, nullable=False)
    sending_since = Column(Timestamp)
    accepted_at = Column(Timestamp)
    attempts = Column(Integer, nullable=False, default=0)
    next_attempt_at = Column(Timestamp)
    error_code = Column(Integer)
    error_title = Column(Text)
    reported_at = Column(Timestamp)  # when staff got a task about a message that did not arrive


class DeliveryStatus(Base):
    """Every status as it came. One that overtakes our own record of the send waits here for it."""

    __tablename__ = "delivery_status"
    __table_args__ = (UniqueConstraint("wamid_hash", "status"),)

    id = Column(BigInteger, Identity(), primary_key=True)
    wamid_hash = Column(LookupHash, nullable=False)
    callback = Column(Text, index=True)
    status = Column(Text, nullable=False)
    at = Column(Timestamp, nullable=False)
    error_code = Column(Integer)
    error_title = Column(Text)


class SendRate(Base):
    """Generic cell rate algorithm: the time at which the next message would be due at an even pace."""

    __tablename__ = "send_rate"

    key = Column(LargeBinary, primary_key=True)
    due_at = Column(Timestamp, nullable=False)


class SendStop(Base):
    """The breaker: while `until` lies ahead nothing is sent from this number."""

    __tablename__ = "send_stop"

    phone_number_id = Column(Text, primary_key=True)
    until = Column(Timestamp, nullable=False)
    error_code = Column(Integer, nullable=False)
    stopped_at = Column(Timestamp, nullable=False)
