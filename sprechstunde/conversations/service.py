"""Contacts and conversations. All functions work in the caller's transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.conversations.identity import change_number, contact_for, contact_with
from sprechstunde.conversations.models import PRESENT, Contact, ConversationEvent
from sprechstunde.conversations.views import Address, ContactView

__all__ = [
    "Address",
    "ContactView",
    "UnknownContact",
    "append_turn",
    "change_number",
    "contact_address",
    "contact_for",
    "contact_with",
    "current_id",
    "key_of",
    "language_of",
    "load_session",
    "service_window_open",
    "set_language",
    "touch_inbound",
]

# https://developers.facebook.com/docs/whatsapp/conversation-types: free-form messages within 24 h of the last one.
SERVICE_WINDOW = timedelta(hours=24)
# Asked several times a turn, so put together once.
_KEY_AND_SUCCESSOR = select(Contact.key_id, Contact.merged_into).where(Contact.id == bindparam("contact"))


class UnknownContact(LookupError):
    """There is no contact with this id."""


def contact_address(s: Session, contact_id: UUID) -> Address:
    """Where messages to this contact go. Raises UnknownContact."""
    contact = _current(s, contact_id)
    return Address(phone=contact.phone, user_id=contact.user_id)


def current_id(s: Session, contact_id: UUID) -> UUID:
    """The contact that `contact_id` was merged into, or itself. Raises UnknownContact."""
    return _present(s, contact_id)[0]


def key_of(s: Session, contact_id: UUID) -> UUID:
    """Data key for rows about this contact. Raises UnknownContact."""
    return _present(s, contact_id)[1]


def set_language(s: Session, contact_id: UUID, language: str) -> None:
    """Remember the language last written (`de`, `en`)."""
    contact = _current(s, contact_id)
    if contact.language != language:
        contact.language = language
        s.flush()


def language_of(s: Session, contact_id: UUID) -> str | None:
    """The language last written, None before the first sure message."""
    known = current_id(s, contact_id)
    return s.execute(select(Contact.language).where(Contact.id == known)).scalar_one()


def touch_inbound(s: Session, contact_id: UUID, at: datetime) -> None:
    """A message of the contact, sent at `at` (aware). Messages can arrive out of order: the latest counts."""
    later = func.greatest(func.coalesce(Contact.last_inbound_at, at), at)
    statement = update(Contact).where(Contact.id == current_id(s, contact_id)).values(last_inbound_at=later)
    s.execute(statement.execution_options(synchronize_session=False))


def service_window_open(s: Session, contact_id: UUID) -> bool:
    """May we send free text? True for 24 hours after the contact's last message."""
    known = current_id(s, contact_id)
    last = s.execute(select(Contact.last_inbound_at).where(Contact.id == known)).scalar_one()
    return last is not None and clock.now() < last + SERVICE_WINDOW


def append_turn(
    s: Session, contact_id: UUID, events: list[dict[str, Any]], *, seq: int, starts_session: bool
) -> None:
    """Store what a turn added. `seq` is the number `load_session` gave.

    Raises sqlalchemy.exc.IntegrityError when another turn took it first: then this turn must be run again.
    """
    known, key_id = _present(s, contact_id)
    s.add(
        ConversationEvent(
            contact_id=known,
            key_id=key_id,
            seq=seq,
            starts_session=starts_session,
            at=clock.now(),
            body=events,
        )
    )
    s.flush()


def load_session(s: Session, contact_id: UUID) -> tuple[list[list[dict[str, Any]]], datetime | None, int]:
    """The current session only: (events of each turn, oldest first; time of the last turn; next `seq`)."""
    known = current_id(s, contact_id)
    mine = ConversationEvent.contact_id == known
    begin = (
        select(func.max(ConversationEvent.seq))
        .where(mine, ConversationEvent.starts_session)
        .scalar_subquery()
    )
    rows = s.execute(
        select(ConversationEvent.seq, ConversationEvent.at, ConversationEvent.body)
        .where(mine, ConversationEvent.seq >= func.coalesce(begin, 0))
        .order_by(ConversationEvent.seq)
    ).all()
    if not rows:
        return [], None, 0
    return [row.body for row in rows if row.body is not None], rows[-1].at, rows[-1].seq + 1


def _present(s: Session, contact_id: UUID) -> tuple[UUID, UUID]:
    """Id and data key of the contact that `contact_id` became; decrypts nothing. Raises UnknownContact."""
    seen: dict[UUID, tuple[UUID, UUID]] = s.info.setdefault(PRESENT, {})
    known = contact_id
    while contact_id not in seen:
        row = s.execute(_KEY_AND_SUCCESSOR, {"contact": known}).one_or_none()
        if row is None:
            raise UnknownContact(str(contact_id))
        if row.merged_into is None:
            seen[contact_id] = known, row.key_id
        known = row.merged_into
    return seen[contact_id]


def _current(s: Session, contact_id: UUID) -> Any:
    return s.get(Contact, current_id(s, contact_id))
