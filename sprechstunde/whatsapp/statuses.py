"""Delivery statuses: recorded as they come, in any order, any number of times; a message's rank only goes up."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.jobs import defer
from sprechstunde.whatsapp.errors import Verdict, verdict_of
from sprechstunde.whatsapp.models import DeliveryStatus, OutboundMessage, wamid_hash
from sprechstunde.whatsapp.updates import Status

logger = logging.getLogger(__name__)

# `failed` may follow `sent`; what was delivered did not fail, whatever arrives late.
RANK = {"sent": 1, "failed": 2, "delivered": 3, "read": 4}


@dataclass(frozen=True)
class _News:
    """A status, fresh (then with Meta's id in clear) or from our table."""

    wamid_hash: bytes
    wamid: str | None
    status: str
    at: datetime
    callback: str | None
    error_code: int | None
    error_title: str | None


def record(s: Session, batch: Sequence[Status]) -> None:
    """Store statuses and let them work on the messages they are about.

    A status that names our own id resolves a send whose answer we never got.
    """
    if not batch:
        return
    now = clock.now()
    # Both a row's order and its uniqueness are settled before the database sees them.
    distinct = {(item.wamid, item.status): _fresh(item, now) for item in reversed(batch)}
    news = [item for _, item in sorted(distinct.items())]
    statement = insert(DeliveryStatus.__table__).values([_row(item) for item in news])
    s.execute(statement.on_conflict_do_nothing(index_elements=["wamid_hash", "status"]))
    hashes = sorted({item.wamid_hash for item in news})
    ids = sorted({found for found in (_uuid(item.callback) for item in news) if found is not None})
    known = or_(OutboundMessage.wamid_hash.in_(hashes), OutboundMessage.id.in_(ids))
    mine = select(OutboundMessage).where(known).order_by(OutboundMessage.seq).with_for_update()
    _apply_all(s, s.execute(mine).scalars().all(), list(distinct.values()))


def _fresh(item: Status, now: datetime) -> _News:
    return _News(
        wamid_hash=wamid_hash(item.wamid),
        wamid=item.wamid,
        status=item.status,
        at=item.timestamp or now,
        callback=item.callback,
        error_code=item.error_code,
        error_title=item.error_title,
    )


def _row(item: _News) -> dict[str, Any]:
    names = ("wamid_hash", "callback", "status", "at", "error_code", "error_title")
    return {name: getattr(item, name) for name in names}


def apply_known(s: Session, message: Any) -> bool:
    """Apply statuses that arrived before we knew of the send. True when there were any."""
    known = select(DeliveryStatus).where(
        or_(
            DeliveryStatus.callback == str(message.id),
            DeliveryStatus.wamid_hash == (message.wamid_hash or b""),
        )
    )
    rows = s.execute(known).scalars().all()
    for row in rows:
        _apply(message, _News(wamid=None, **_row(row)))
    s.flush()
    return bool(rows)


def _apply_all(s: Session, messages: Sequence[Any], batch: list[_News]) -> None:
    by_wamid = {message.wamid_hash: message for message in messages if message.wamid_hash}
    by_id = {message.id: message for message in messages}
    again: set[UUID] = set()
    for item in batch:
        message = by_wamid.get(item.wamid_hash) or by_id.get(_uuid(item.callback))
        if message is None:
            continue
        before = message.state
        _apply(message, item)
        if message.state != before:
            again.add(message.contact_id)
    s.flush()
    for contact_id in sorted(again):
        # Someone waits for this: the next message in order, or staff to hear of a failure.
        defer(s, "send_outbound", f"out:{contact_id}", f"out:{contact_id}", contact_id=contact_id)


def _apply(message: Any, item: _News) -> None:
    if message.state in ("pending", "sending") and message.wamid_hash is None:
        message.wamid_hash, message.wamid = item.wamid_hash, item.wamid
        message.state, message.accepted_at = "accepted", item.at
    if RANK[item.status] <= RANK.get(message.status or "", 0):
        return
    message.status, message.status_at = item.status, item.at
    if item.status == "failed":
        verdict = verdict_of(item.error_code, None)
        message.state = "needs_template" if verdict is Verdict.NEEDS_TEMPLATE else "failed"
        message.error_code, message.error_title = item.error_code, item.error_title
        logger.error("message %s was not delivered: code %s", message.id, item.error_code)
    elif item.status in ("delivered", "read"):
        message.state = "accepted"


def _uuid(value: str | None) -> UUID | None:
    try:
        return UUID(value) if value else None
    except ValueError:
        return None
