"""Sending what lies in the outbox: each patient's messages in order, one at a time.

Before a message goes out its row says `sending`; when Meta's answer is stored it says `accepted`. A row found `sending`
belongs to a sender that died or got no answer: its fate is looked up in the statuses (they carry our id), and only
when none came within the grace time is it sent again. There is no idempotency key at Meta, so this is all one can know.
"""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.conversations import service as conversations
from sprechstunde.db import insist, transaction
from sprechstunde.whatsapp import breaker, pace, statuses
from sprechstunde.whatsapp.client import GraphClient
from sprechstunde.whatsapp.errors import MAX_ATTEMPTS, GraphError, Verdict, wait_before
from sprechstunde.whatsapp.models import OutboundMessage, wamid_hash
from sprechstunde.whatsapp.payloads import ContentError, Payload, addressed

logger = logging.getLogger(__name__)

# How long a status may take to tell us what became of a message whose answer was lost.
GRACE = timedelta(seconds=15)
Now = Callable[[], datetime]


@dataclass(frozen=True)
class _Send:
    """A message whose turn it is."""

    id: UUID
    body: Payload
    upload: Payload | None


@dataclass(frozen=True)
class _Wait:
    """Not now."""

    time: timedelta


async def send_pending(
    contact_id: UUID, client: GraphClient, now: Now = pace.machine_now
) -> timedelta | None:
    """Send what waits for the contact, in order. Returns None when nothing is left, else how long to wait.

    Only one may run per contact (the job's lock sees to it). Never raises for a message that can't be sent.
    """
    while True:
        turn = await asyncio.to_thread(_next, contact_id, client.phone_number_id, now())
        if turn is None:
            return None
        if isinstance(turn, _Wait):
            return turn.time
        wait = await _send(turn, client, now)
        if wait is not None:
            return wait


async def _send(turn: _Send, client: GraphClient, now: Now) -> timedelta | None:
    try:
        if turn.upload is not None:
            content = base64.b64decode(turn.upload["content"])
            name = turn.body[turn.body["type"]].get("filename", "picture")
            media_id = await client.upload(content, turn.upload["mime_type"], name)
            await asyncio.to_thread(_uploaded, turn.id, media_id)
            return None
        wamid = await client.send(turn.body)
    except GraphError as error:
        return await asyncio.to_thread(_refused, turn.id, error, client.phone_number_id, now())
    # Forgotten, it would be sent a second time.
    await asyncio.to_thread(insist, _accepted, turn.id, wamid)
    return None


def _next(contact_id: UUID, phone_number_id: str, now: datetime) -> _Send | _Wait | None:
    """The contact's oldest open message, marked as being sent."""
    with transaction() as s:
        contact_id = conversations.current_id(s, contact_id)
        row = s.execute(_open(contact_id).with_for_update()).scalars().first()
        if row is None:
            return None
        if row.state == "sending" and not _resolved(s, row, now):
            return _Wait(max(row.sending_since + GRACE - now, timedelta(milliseconds=10)))
        if row.state not in ("pending", "sending"):
            return _Wait(timedelta(0))
        wait = _wait_for(s, row, phone_number_id, now)
        if wait:
            return _Wait(wait)
        return _begin(s, row, now)


def _open(contact_id: UUID) -> Any:
    mine = OutboundMessage.contact_id == contact_id
    return (
        select(OutboundMessage)
        .where(mine, OutboundMessage.state.in_(("pending", "sending")))
        .order_by(OutboundMessage.seq)
        .limit(1)
    )


def _resolved(s: Session, row: Any, now: datetime) -> bool:
    """Do we know what became of a send without answer? After the grace time silence means: it never went out."""
    if statuses.apply_known(s, row):
        return True
    if row.sending_since + GRACE > now:
        return False
    logger.warning("message %s: no answer and no status, sending again", row.id)
    row.state = "pending"
    s.flush()
    return True


def _wait_for(s: Session, row: Any, phone_number_id: str, now: datetime) -> timedelta:
    if row.next_attempt_at is not None and row.next_attempt_at > now:
        return row.next_attempt_at - now
    stopped = breaker.stopped_for(s, phone_number_id, now)
    if stopped:
        return stopped
    if _needs_upload(row):
        return timedelta(0)
    return pace.permit(s, phone_number_id, row.contact_id, now)


def _begin(s: Session, row: Any, now: datetime) -> _Send | _Wait:
    payload = row.payload
    try:
        if payload is None:
            raise ContentError("the contact's data was erased")
        address = conversations.contact_address(s, row.contact_id)
        upload = payload.get("upload") if _needs_upload(row) else None
        body = addressed(_wire(payload, row.media_id), address, str(row.id))
    except (ContentError, conversations.UnknownContact) as problem:
        _give_up(row, None, str(problem))
        return _Wait(timedelta(0))
    if upload is None:
        row.state, row.sending_since = "sending", now
        row.attempts += 1
    s.flush()
    return _Send(row.id, body, upload)


def _needs_upload(row: Any) -> bool:
    return row.media_id is None and bool((row.payload or {}).get("upload"))


def _wire(payload: Payload, media_id: str | None) -> Payload:
    """The payload as Meta takes it: the uploaded file by its id."""
    wire = {name: value for name, value in payload.items() if name != "upload"}
    if media_id is not None:
        wire[wire["type"]] = {"id": media_id, **wire[wire["type"]]}
    return wire


def _uploaded(message_id: UUID, media_id: str) -> None:
    with transaction() as s:
        row = _locked(s, message_id)
        row.media_id = media_id


def _accepted(message_id: UUID, wamid: str) -> None:
    with transaction() as s:
        row = _locked(s, message_id)
        found = wamid_hash(wamid)
        if row.wamid_hash is None:
            row.wamid_hash, row.wamid, row.accepted_at = found, wamid, clock.now()
        elif row.wamid_hash != found:
            logger.error("message %s went out twice", row.id)
        if row.state in ("pending", "sending"):
            row.state = "accepted"
        row.error_code = row.error_title = None
        s.flush()
        statuses.apply_known(s, row)


def _refused(message_id: UUID, error: GraphError, phone_number_id: str, now: datetime) -> timedelta | None:
    """Act on an error. Returns the wait before this contact's next try, None to go on with the next message."""
    with transaction() as s:
        row = _locked(s, message_id)
        if row.state not in ("pending", "sending"):
            return None  # a status was faster and knows better
        row.error_code, row.error_title = error.code, error.title
        logger.warning("message %s: %s", row.id, error)
        return _consequence(s, row, error, phone_number_id, now)


def _consequence(
    s: Session, row: Any, error: GraphError, phone_number_id: str, now: datetime
) -> timedelta | None:
    if error.verdict is Verdict.UNKNOWN_FATE:
        return GRACE  # stays `sending`: a status or the grace time decides
    if error.verdict is Verdict.STOP:
        breaker.stop(s, phone_number_id, error.code, now)
        row.state, row.attempts = "pending", max(row.attempts - 1, 0)
        return breaker.PAUSE
    if error.verdict in (Verdict.RETRY, Verdict.PAIR_WAIT):
        # An upload that fails counts too, or it would be tried for ever.
        row.attempts += 1 if row.state == "pending" else 0
        if row.attempts < MAX_ATTEMPTS:
            wait = wait_before(row.attempts, error.verdict)
            row.state, row.next_attempt_at = "pending", now + wait
            return wait
    _give_up(row, error.code, error.title, template=error.verdict is Verdict.NEEDS_TEMPLATE)
    return None


def _give_up(row: Any, code: int | None, title: str, *, template: bool = False) -> None:
    row.state = "needs_template" if template else "failed"
    row.error_code, row.error_title = code, title[:200]
    logger.error("message %s is not delivered: %s (code %s)", row.id, row.state, code)


def _locked(s: Session, message_id: UUID) -> Any:
    return s.execute(
        select(OutboundMessage).where(OutboundMessage.id == message_id).with_for_update()
    ).scalar_one()
