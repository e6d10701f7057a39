"""The inbox: messages of patients, stored before anything else happens, handed out in order, one at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.whatsapp.models import InboundMessage
from sprechstunde.whatsapp.pace import machine_now
from sprechstunde.whatsapp.receiving import receive, receive_batch

__all__ = [
    "MAX_ATTEMPTS",
    "AlreadyProcessed",
    "Inbound",
    "TriedTooOften",
    "done",
    "failed",
    "forget_raw",
    "latest_pending",
    "next_message",
    "receive",
    "receive_batch",
]

MAX_ATTEMPTS = 5
# Pauses after the 1st, 2nd, … failed try.
BACKOFF = tuple(timedelta(seconds=n) for n in (1, 4, 15, 40))
# How long Meta's own JSON is kept: long enough to look into a fault report.
RAW_LIFETIME = timedelta(days=7)


class AlreadyProcessed(RuntimeError):
    """Someone else finished this message meanwhile: nothing of this turn may be kept."""


class TriedTooOften(RuntimeError):
    """Each try so far ended without a word, as when the process was killed: the message is to be set aside."""


@dataclass(frozen=True)
class Inbound:
    """A message to process. `payload` only for a tap on something we issued to this contact.

    `timestamp`: Meta's, aware UTC. `media`: {"id", "mime_type", "sha256", "filename", "caption", "voice"}.
    `meta`: reply_to, forwarded, referral, location, contacts, reaction_to, … as far as the message has them.
    """

    id: int
    wamid: str = field(repr=False)  # holds the phone number
    contact_id: UUID
    kind: str
    text: str | None = field(repr=False)
    payload: str | None = field(repr=False)
    media: dict[str, Any] | None = field(repr=False)
    timestamp: datetime
    meta: dict[str, Any] = field(repr=False)


def next_message(s: Session, contact_id: UUID) -> Inbound | None:
    """The oldest unprocessed message by (Meta's timestamp, arrival), its row locked; None when there is none.

    None also while the oldest waits for its next try: later ones don't overtake it. Being picked counts as a try, so
    that a message that kills its process does not come back for ever: raises TriedTooOften after the last.
    """
    row = s.execute(_pending(contact_id).with_for_update()).scalars().first()
    if row is None or (row.next_attempt_at is not None and row.next_attempt_at > machine_now()):
        return None
    if row.attempts >= MAX_ATTEMPTS:
        raise TriedTooOften(str(row.id))
    row.attempts += 1
    row.picked_at = clock.now()
    s.flush()
    content = row.content or {}
    return Inbound(
        id=row.id,
        wamid=row.wamid,
        contact_id=row.contact_id,
        kind=row.kind,
        text=content.get("text"),
        payload=content.get("payload"),
        media=content.get("media"),
        timestamp=row.sent_at,
        meta=content.get("meta") or {},
    )


def done(s: Session, message_id: int) -> None:
    """The message is processed, in the same transaction as what came of it. Raises AlreadyProcessed."""
    _finish(s, message_id, "processed", None)


def failed(s: Session, message_id: int, error: str) -> timedelta | None:
    """A try failed. Returns the pause before the next, None when this was the last (the row is `failed` then).

    `error` names the fault and quotes nothing of the patient's. Raises AlreadyProcessed.
    """
    found = select(InboundMessage).where(InboundMessage.id == message_id).with_for_update()
    row = s.execute(found).scalar_one()
    if row.state != "pending":
        raise AlreadyProcessed(str(message_id))
    if row.picked_at is None:  # it failed before it could be picked
        row.attempts += 1
    row.error = error[:500]
    row.picked_at = None
    if row.attempts >= MAX_ATTEMPTS:
        row.state, row.processed_at = "failed", clock.now()
        s.flush()
        return None
    pause = BACKOFF[min(row.attempts, len(BACKOFF)) - 1]
    row.next_attempt_at = machine_now() + pause
    s.flush()
    return pause


def latest_pending(s: Session, contact_id: UUID) -> str | None:
    """Id of the newest unprocessed message: to mark it read marks all before it."""
    newest = select(InboundMessage.wamid).where(
        InboundMessage.contact_id == contact_id, InboundMessage.state == "pending"
    )
    return s.execute(
        newest.order_by(InboundMessage.sent_at.desc(), InboundMessage.id.desc()).limit(1)
    ).scalar()


def forget_raw(s: Session) -> int:
    """Empty Meta's JSON of messages older than a week, except of what nobody could read. Returns how many."""
    old = update(InboundMessage).where(
        InboundMessage.raw.is_not(None),
        InboundMessage.received_at < clock.now() - RAW_LIFETIME,
        InboundMessage.state != "unreadable",
    )
    return int(s.execute(old.values(raw=None).execution_options(synchronize_session=False)).rowcount)


def _pending(contact_id: UUID) -> Any:
    mine = select(InboundMessage).where(
        InboundMessage.contact_id == contact_id, InboundMessage.state == "pending"
    )
    return mine.order_by(InboundMessage.sent_at, InboundMessage.id).limit(1)


def _finish(s: Session, message_id: int, state: str, error: str | None) -> None:
    statement = update(InboundMessage).where(
        InboundMessage.id == message_id, InboundMessage.state == "pending"
    )
    statement = statement.values(state=state, error=error, processed_at=clock.now())
    if s.execute(statement.execution_options(synchronize_session=False)).rowcount != 1:
        raise AlreadyProcessed(str(message_id))
