"""Files that patients send. Meta forgets them after days, so they are fetched at once and kept encrypted, here only."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.conversations import service as conversations
from sprechstunde.conversations.service import ContactView
from sprechstunde.db import transaction
from sprechstunde.jobs import defer
from sprechstunde.tasks.service import open_task_in
from sprechstunde.whatsapp.client import GraphClient
from sprechstunde.whatsapp.errors import GraphError, Verdict
from sprechstunde.whatsapp.media import Download, MediaRefused
from sprechstunde.whatsapp.models import InboundMedia
from sprechstunde.whatsapp.pace import machine_now

logger = logging.getLogger(__name__)

# A sticker says nothing that staff would have to see.
KINDS = frozenset({"image", "document", "audio", "video"})
# Jobs of one lock run one after the other: at most so many files are on their way at once, and none takes the place of
# an answer that is to be sent.
LANES = 4
TIMEOUT = 180.0
LONGEST_WAIT = timedelta(hours=1)
# With hourly tries at the end that makes the 7 days for which Meta keeps it.
MAX_ATTEMPTS = 178
# "Not there" may be a slip of Meta's; three times is an answer.
MAX_REFUSALS = 3

NOT_THERE = "Eine Datei des Patienten ({kind}) konnte nicht von WhatsApp geladen werden. Bitte erneut schicken lassen."
NOT_TAKEN = (
    "Eine Datei des Patienten ({kind}) wurde nicht angenommen, weil sie zu groß ist oder nicht das ist, was sie zu sein"
    " vorgibt ({why}). Bitte auf anderem Weg schicken lassen."
)
KIND_WORDS = {"image": "Foto", "document": "Dokument", "audio": "Sprachnachricht", "video": "Video"}


@dataclass(frozen=True)
class MediaView:
    """A patient's file. `state`: pending fetched failed refused; `size` in bytes; times aware, UTC."""

    id: UUID
    message_id: int
    contact_id: UUID
    kind: str
    state: str
    mime_type: str | None
    filename: str | None
    size: int | None
    sha256: str | None = field(repr=False)
    caption: str | None = field(repr=False)
    received_at: datetime


def expect(s: Session, message_id: int, contact: ContactView, kind: str, reference: dict[str, Any]) -> None:
    """A new message holds a file: note it, and have it fetched."""
    if kind not in KINDS:
        return
    row = InboundMedia(
        id=uuid4(),
        message_id=message_id,
        contact_id=contact.id,
        key_id=contact.key_id,
        kind=kind,
        state="pending",
        reference=reference,
        received_at=clock.now(),
        attempts=0,
    )
    s.add(row)
    s.flush()
    wake(s, row.id)


def forget(s: Session, message_id: int) -> None:
    """The patient took the message back before anyone looked: its file goes too."""
    mine = delete(InboundMedia).where(InboundMedia.message_id == message_id)
    s.execute(mine.execution_options(synchronize_session=False))


def wake(s: Session, media_id: UUID) -> None:
    """Have it fetched."""
    lane = f"media:{media_id.int % LANES}"
    defer(s, "fetch_media", lane, f"media:{media_id}", media_id=media_id)


def due(s: Session, limit: int) -> list[UUID]:
    """Files whose next try is due and that have no job."""
    return list(s.execute(_DUE, {"now": machine_now(), "limit": limit}).scalars())


def media_of(s: Session, contact_id: UUID) -> list[MediaView]:
    """All files of a contact, oldest first."""
    mine = InboundMedia.contact_id == conversations.current_id(s, contact_id)
    found = select(InboundMedia).where(mine).order_by(InboundMedia.received_at, InboundMedia.message_id)
    return [_view(row) for row in s.execute(found).scalars()]


def content_of(s: Session, media_id: UUID) -> bytes | None:
    """The file itself; None when there is none (yet), or when the patient's data was erased."""
    content = s.execute(select(InboundMedia.content).where(InboundMedia.id == media_id)).scalar_one_or_none()
    return None if content is None else bytes(content)


def file_of(s: Session, media_id: UUID, contact_id: UUID) -> tuple[bytes, str, str] | None:
    """(content, media type, a name made by us) of a fetched file of this contact's; None when there is none."""
    row = s.get(InboundMedia, media_id)
    if row is None or row.contact_id != contact_id or row.state != "fetched" or row.content is None:
        return None
    return row.content, row.mime_type, row.filename or "file"


async def fetch(media_id: UUID, client: GraphClient) -> None:
    """One try to fetch a file. What fails is tried again later (`due`); what can't be had becomes a task for staff."""
    wanted = await asyncio.to_thread(_wanted, media_id)
    if wanted is None:
        return
    try:
        found = await asyncio.wait_for(client.download(wanted.reference_id, wanted.kind), TIMEOUT)
    except MediaRefused as refused:
        await asyncio.to_thread(_refuse, media_id, str(refused))
    except asyncio.TimeoutError:
        await asyncio.to_thread(_fail, media_id, GraphError(Verdict.RETRY, None, "too slow"))
    except GraphError as error:
        await asyncio.to_thread(_fail, media_id, error)
    else:
        await asyncio.to_thread(_keep, media_id, found)


@dataclass(frozen=True)
class _Wanted:
    kind: str
    reference_id: str


def _wanted(media_id: UUID) -> _Wanted | None:
    with transaction() as s:
        row = s.get(InboundMedia, media_id)
        if row is None or row.state != "pending" or row.reference is None:
            return None
        return _Wanted(row.kind, row.reference["id"])


def _keep(media_id: UUID, found: Download) -> None:
    with transaction() as s:
        row = _pending(s, media_id)
        if row is None:
            return
        row.content, row.mime_type, row.filename = found.content, found.mime_type, found.filename
        row.size, row.sha256 = len(found.content), hashlib.sha256(found.content).hexdigest()
        row.state, row.fetched_at, row.error, row.next_attempt_at = "fetched", clock.now(), None, None


def _refuse(media_id: UUID, why: str) -> None:
    with transaction() as s:
        row = _pending(s, media_id)
        if row is not None:
            row.attempts += 1
            _give_up(s, row, "refused", why, NOT_TAKEN)


def _fail(media_id: UUID, error: GraphError) -> None:
    with transaction() as s:
        row = _pending(s, media_id)
        if row is None:
            return
        row.attempts += 1
        row.error = f"code {error.code}, HTTP {error.http_status}"
        limit = MAX_REFUSALS if error.verdict is Verdict.REFUSED else MAX_ATTEMPTS
        if row.attempts >= limit:
            _give_up(s, row, "failed", row.error, NOT_THERE)
            return
        wait = min(timedelta(seconds=2 ** min(row.attempts, 12)), LONGEST_WAIT)
        row.next_attempt_at = machine_now() + wait
        logger.warning("file %s not fetched (%s), next try in %s", row.id, row.error, wait)


def _give_up(s: Session, row: Any, state: str, why: str, note: str) -> None:
    """Staff were promised this file: they hear that it does not come."""
    row.state, row.error, row.next_attempt_at = state, why[:200], None
    logger.error("file %s %s: %s", row.id, state, row.error)
    open_task_in(
        s,
        "other",
        contact_id=row.contact_id,
        note=note.format(kind=KIND_WORDS[row.kind], why=row.error),
        due_at=clock.now(),
        idempotency_key=f"media:{row.id}",
    )


def _pending(s: Session, media_id: UUID) -> Any | None:
    """The row, locked; None when it was dealt with, taken back or erased meanwhile."""
    found = select(InboundMedia).where(InboundMedia.id == media_id, InboundMedia.state == "pending")
    return s.execute(found.with_for_update()).scalar_one_or_none()


def _view(row: Any) -> MediaView:
    return MediaView(
        id=row.id,
        message_id=row.message_id,
        contact_id=row.contact_id,
        kind=row.kind,
        state=row.state,
        mime_type=row.mime_type,
        filename=row.filename,
        size=row.size,
        sha256=row.sha256,
        caption=(row.reference or {}).get("caption"),
        received_at=row.received_at,
    )


_DUE = text(
    "SELECT id FROM inbound_media m WHERE state = 'pending' AND (next_attempt_at IS NULL OR next_attempt_at <= :now)"
    " AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs j WHERE j.queueing_lock = 'media:' || m.id"
    " AND j.status IN ('todo', 'doing')) ORDER BY id LIMIT :limit"
)
