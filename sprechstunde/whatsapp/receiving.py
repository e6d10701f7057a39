"""Storing a batch of updates: rows, effects on earlier rows, and jobs, in the caller's transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.conversations import service as conversations
from sprechstunde.conversations.service import ContactView
from sprechstunde.db import new_data_key, sealed
from sprechstunde.db.keys import preload
from sprechstunde.jobs import defer
from sprechstunde.settings import get_settings
from sprechstunde.whatsapp import incoming_media, replies, statuses
from sprechstunde.whatsapp.models import InboundMessage, wamid_hash
from sprechstunde.whatsapp.updates import (
    IdentityChange,
    Ignored,
    Incoming,
    Sender,
    Status,
    Unreadable,
    Update,
)

logger = logging.getLogger(__name__)

CHUNK = 200


@dataclass(frozen=True)
class _Item:
    """A message with its contact."""

    message: Incoming
    contact: ContactView
    wamid_hash: bytes
    about_hash: bytes | None

    @classmethod
    def of(cls, message: Incoming, contact: ContactView) -> _Item:
        about = None if message.original is None else wamid_hash(message.original)
        return cls(message, contact, wamid_hash(message.wamid), about)


def receive(s: Session, item: Update) -> None:
    """Store one update. A redelivered one changes nothing."""
    receive_batch(s, [item])


def receive_batch(s: Session, batch: Sequence[Update]) -> int:
    """Store many updates of one webhook call; returns how many messages were new.

    Statuses rank up only, messages are unique by wamid, so redelivery and reordering change nothing.
    Raises what the database raises; then nothing of the batch may be committed.
    """
    for item in batch:
        if isinstance(item, Ignored):
            logger.warning("webhook update ignored: %s", item.reason)
        elif isinstance(item, Unreadable):
            _keep_unreadable(s, item)
        elif isinstance(item, IdentityChange):
            _change_identity(s, item)
    new = _store(s, [item for item in batch if isinstance(item, Incoming)])
    statuses.record(s, [item for item in batch if isinstance(item, Status)])
    return new


def _keep_unreadable(s: Session, item: Unreadable) -> None:
    now = clock.now()
    row = InboundMessage(
        key_id=new_data_key(s),
        kind="unreadable",
        state="unreadable",
        raw=item.raw,
        sent_at=now,
        received_at=now,
        error=item.reason[:500],
    )
    s.add(row)
    s.flush()
    logger.error("webhook update unreadable (%s), kept as inbound_message %s", item.reason, row.id)


def _change_identity(s: Session, item: IdentityChange) -> None:
    if item.phone is not None:
        user_id = item.user_id or item.sender.user_id
        conversations.change_number(s, old_phone=item.sender.phone, new_phone=item.phone, user_id=user_id)
    else:
        # Known by its number, the contact gets the new user id from its next message on.
        conversations.contact_for(s, phone=item.sender.phone, user_id=item.user_id)
    logger.info("a contact changed its number or id")


def _store(s: Session, messages: list[Incoming]) -> int:
    if not messages:
        return 0
    contacts = _contacts(s, messages)
    items = [_Item.of(message, contacts[_known_as(message.sender)]) for message in messages]
    preload(s, [item.contact.key_id for item in items])
    tapped = replies.redeem(s, (m.token for m in messages if m.token is not None))
    new: list[_Item] = []
    for start in range(0, len(items), CHUNK):
        new += _insert(s, items[start : start + CHUNK], tapped)
    _apply_edits(s, new)
    for contact_id in sorted({item.contact.id for item in new}):
        # Locks differ from those of sending, so that answers go out while the next message is being read.
        defer(s, "handle_inbound", f"in:{contact_id}", f"in:{contact_id}", contact_id=contact_id)
    return len(new)


def _contacts(s: Session, messages: Iterable[Incoming]) -> dict[tuple[str, str], ContactView]:
    """The contact of every sender. In one fixed order, so that two batches never wait for each other."""
    latest: dict[tuple[str, str], Incoming] = {}
    for message in messages:
        latest[_known_as(message.sender)] = message
    found: dict[tuple[str, str], ContactView] = {}
    for key in sorted(latest):
        sender = latest[key].sender
        contact = conversations.contact_for(
            s, phone=sender.phone, user_id=sender.user_id, profile_name=sender.profile_name
        )
        conversations.touch_inbound(s, contact.id, _window_time(latest[key].timestamp))
        found[key] = contact
    if len(found) == 1:
        return found
    # A merge in this very batch may have moved someone met earlier on.
    return {key: _current(s, contact) for key, contact in found.items()}


def _current(s: Session, contact: ContactView) -> ContactView:
    current = conversations.current_id(s, contact.id)
    if current == contact.id:
        return contact
    return ContactView(id=current, key_id=conversations.key_of(s, current), language=contact.language)


def _known_as(sender: Sender) -> tuple[str, str]:
    return sender.phone or "", sender.user_id or ""


def _window_time(sent_at: datetime | None) -> datetime:
    """When the 24 h window began. In demo mode our clock can be moved and the sender's need not follow."""
    now = clock.now()
    return now if sent_at is None or get_settings().demo else min(sent_at, now)


def _insert(s: Session, items: list[_Item], tapped: dict[str, tuple[UUID, str | None]]) -> list[_Item]:
    """Insert what is not there yet; returns the new ones."""
    by_hash = {item.wamid_hash: item for item in reversed(items)}  # of two in one batch the first counts
    rows = [_row(item, tapped) for item in items if by_hash[item.wamid_hash] is item]
    statement = insert(InboundMessage.__table__).values(rows)
    statement = statement.on_conflict_do_nothing(index_elements=["wamid_hash"])
    columns = InboundMessage.__table__.c
    new = [
        (row.id, by_hash[bytes(row.wamid_hash)])
        for row in s.execute(statement.returning(columns.id, columns.wamid_hash))
    ]
    for message_id, item in new:
        if item.message.media is not None:
            incoming_media.expect(s, message_id, item.contact, item.message.kind, item.message.media)
    return [item for _, item in new]


def _row(item: _Item, tapped: dict[str, tuple[UUID, str | None]]) -> dict[str, Any]:
    message, key_id, now = item.message, item.contact.key_id, clock.now()
    kind, payload = message.kind, None
    if message.token is not None:
        owner, payload = tapped.get(message.token, (None, None))
        if owner != item.contact.id or payload is None:
            kind, payload = "stale_choice", None
            logger.info("tap on something we did not issue to contact %s", item.contact.id)
    content = {"text": message.text, "payload": payload, "media": message.media, "meta": message.meta}
    return {
        "wamid_hash": item.wamid_hash,
        "wamid": sealed(key_id, message.wamid),
        "contact_id": item.contact.id,
        "key_id": key_id,
        "kind": kind,
        "state": "pending",
        "about_hash": item.about_hash,
        "content": sealed(key_id, content),
        "raw": sealed(key_id, message.raw),
        "sent_at": message.timestamp or now,
        "received_at": now,
        "attempts": 0,
    }


def _apply_edits(s: Session, new: list[_Item]) -> None:
    """What was changed before we processed it counts as changed; what was taken back is not answered."""
    hashes = [item.wamid_hash for item in new]
    abouts = [item.about_hash for item in new if item.about_hash is not None]
    about = InboundMessage.about_hash
    edits = select(InboundMessage).where(
        InboundMessage.state == "pending", about.in_([*hashes, *abouts]), InboundMessage.picked_at.is_(None)
    )
    rows = (
        s.execute(edits.order_by(InboundMessage.sent_at, InboundMessage.id).with_for_update()).scalars().all()
    )
    if not rows:
        return
    originals = select(InboundMessage).where(InboundMessage.wamid_hash.in_([row.about_hash for row in rows]))
    known = {row.wamid_hash: row for row in s.execute(originals.with_for_update()).scalars()}
    for edit in rows:
        original = known.get(edit.about_hash)
        if original is None or original.contact_id != edit.contact_id:
            continue
        if original.state == "pending" and original.picked_at is None:
            _replace(original, edit)
            if edit.kind == "deleted":
                incoming_media.forget(s, original.id)
    s.flush()


def _replace(original: Any, edit: Any) -> None:
    """Put the edit in place of its original, which keeps its turn in the order."""
    edit.state, edit.processed_at = "replaced", clock.now()
    if edit.kind == "deleted":
        original.state, original.processed_at = "replaced", edit.processed_at
        return
    content = dict(edit.content or {})
    kind = (content.get("meta") or {}).get("edited_kind") or original.kind
    original.content = {
        **(original.content or {}),
        "text": content.get("text"),
        "media": content.get("media"),
    }
    original.kind = kind if original.kind not in ("reply", "stale_choice") else original.kind
