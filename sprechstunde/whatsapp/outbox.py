"""The outbox: what is to be sent, stored in the same transaction as its reason."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.conversations import holding
from sprechstunde.conversations import service as conversations
from sprechstunde.db import lookup_hash
from sprechstunde.jobs import defer
from sprechstunde.whatsapp import payloads, replies
from sprechstunde.whatsapp.content import Choice, Content, Option, Template, Text
from sprechstunde.whatsapp.models import OutboundMessage
from sprechstunde.whatsapp.payloads import ContentError, Payload

logger = logging.getLogger(__name__)


def enqueue(
    s: Session, contact_id: UUID, contents: Sequence[Content], turn_key: str, *, author: UUID | None = None
) -> None:
    """Queue `contents` for the contact, behind all that waits already. The same `turn_key` again changes nothing.

    `author`: who of the staff wrote them; None for what programs say.

    Content that can't be sent as it is goes out as plain text, or is left out with an error in the log: one bad
    button must not cost the patient the whole answer. Raises UnknownContact.
    """
    if is_queued(s, turn_key):
        return
    turn_hash = lookup_hash("turn", turn_key)
    contact_id = conversations.current_id(s, contact_id)
    key_id = conversations.key_of(s, contact_id)
    position = 0
    for content in contents:
        # A choice split in several keeps its tokens under one id; the token alone decides what a tap means.
        first_id = uuid.uuid4()
        for payload in _render(s, content, contact_id, key_id, first_id):
            row_id = first_id if payload["type"] in ("interactive", "template") else uuid.uuid4()
            s.add(
                OutboundMessage(
                    id=row_id,
                    contact_id=contact_id,
                    key_id=key_id,
                    turn_hash=turn_hash,
                    position=position,
                    payload=payload,
                    author=author,
                    state="pending",
                    created_at=clock.now(),
                    attempts=0,
                )
            )
            # One flush a row: the order of the rows is the order of their numbers.
            s.flush()
            position += 1
    if author is not None and not all(isinstance(content, Template) for content in contents):
        holding.answered(s, contact_id)
    if position:
        wake(s, contact_id)


def is_queued(s: Session, turn_key: str) -> bool:
    """Whether something was queued under this key, sent by now or not."""
    known = select(OutboundMessage.id).where(OutboundMessage.turn_hash == lookup_hash("turn", turn_key))
    return s.execute(known.limit(1)).first() is not None


def wake(s: Session, contact_id: UUID) -> None:
    """Have the sender look at this contact."""
    defer(s, "send_outbound", f"out:{contact_id}", f"out:{contact_id}", contact_id=contact_id)


def _render(s: Session, content: Content, contact_id: UUID, key_id: UUID, outbound_id: UUID) -> list[Payload]:
    issue = replies.issuer(s, contact_id, key_id, outbound_id)
    try:
        return payloads.render(content, issue)
    except ContentError as problem:
        logger.error("content can't be sent: %s", problem)
    if isinstance(content, Choice):
        spoken = tuple(option for option in content.options if option.title.strip())
        words = payloads.plain(Choice(content.body, spoken, content.header, content.footer))
        return payloads.render(Text(words), _nothing_to_tap)
    return []


def _nothing_to_tap(option: Option) -> str:
    raise AssertionError("plain text has no options")
