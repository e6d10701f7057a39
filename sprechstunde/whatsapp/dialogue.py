"""Taking a patient's messages one by one to whoever holds the conversation, and what happens when that fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.whatsapp import inbox, outbox, payloads, reports
from sprechstunde.whatsapp.client import GraphClient
from sprechstunde.whatsapp.content import Text
from sprechstunde.whatsapp.errors import GraphError
from sprechstunde.whatsapp.models import InboundMessage

logger = logging.getLogger(__name__)

Handler = Callable[[UUID], Awaitable[bool]]

# A pause no longer than this is waited for in the job: nobody else may answer this patient meanwhile anyway.
SHORT_PAUSE = timedelta(seconds=5)

APOLOGY = (
    "Entschuldigung, Ihre letzte Nachricht konnte ich wegen einer technischen Störung nicht bearbeiten. Ich habe unser"
    " Team informiert, jemand meldet sich bei Ihnen. Im Notfall wählen Sie bitte 112.\n\n"
    "Sorry, I could not handle your last message because of a technical problem. I have told our team and someone"
    " will get back to you. In an emergency please call 112."
)


async def drain(contact_id: UUID, handle: Handler, client: GraphClient | None = None) -> None:
    """Let `handle` process all that waits for this contact, in order, one message at a time.

    A message whose processing raises is tried five times in all; then the patient gets an apology and staff a task.
    Returns early while the next try is some time away: the sweep comes back to it.
    """
    contact_id = await asyncio.to_thread(_current, contact_id)
    marked: str | None = None
    while True:
        marked = await _show_reading(contact_id, client, marked)
        try:
            more = await handle(contact_id)
        except inbox.AlreadyProcessed:
            more = True  # a rescued job and its not quite dead predecessor met; the row tells who won
        except Exception as problem:
            pause = await asyncio.to_thread(_note_failure, contact_id, problem)
            if pause is not None and pause > SHORT_PAUSE:
                return
            if pause is not None:
                await asyncio.sleep(pause.total_seconds())
            more = True
        if not more:
            return


def _current(contact_id: UUID) -> UUID:
    with transaction() as s:
        return conversations.current_id(s, contact_id)


async def _show_reading(contact_id: UUID, client: GraphClient | None, marked: str | None) -> str | None:
    """Read mark and typing indicator for the newest waiting message; politeness, so errors are only logged."""
    if client is None:
        return None
    wamid = await asyncio.to_thread(_latest, contact_id)
    if wamid is not None and wamid != marked:
        task = asyncio.create_task(_mark_read(client, wamid))
        _marks.add(task)
        task.add_done_callback(_marks.discard)
    return wamid or marked


_marks: set[asyncio.Task[None]] = set()


async def _mark_read(client: GraphClient, wamid: str) -> None:
    try:
        await client.mark_read(payloads.mark_read(wamid))
    except GraphError as error:
        logger.info("read mark refused: %s", error)


def _latest(contact_id: UUID) -> str | None:
    with transaction() as s:
        return inbox.latest_pending(s, contact_id)


def _note_failure(contact_id: UUID, problem: Exception) -> timedelta | None:
    """Count the failed try of the oldest message. Returns the pause; None when it was given up."""
    # The traceback names code; the message of an exception may quote the patient, so it stays out of the database.
    logger.error("processing failed for contact %s", contact_id, exc_info=problem)
    with transaction() as s:
        oldest = select(InboundMessage).where(
            InboundMessage.contact_id == contact_id, InboundMessage.state == "pending"
        )
        row = s.execute(oldest.order_by(InboundMessage.sent_at, InboundMessage.id).limit(1)).scalars().first()
        if row is None:
            return None
        pause = inbox.failed(s, row.id, type(problem).__name__)
        if pause is None:
            outbox.enqueue(s, contact_id, [Text(APOLOGY)], turn_key=f"apology:{row.id}")
            reports.report_unhandled(s, contact_id, row.id)
        return pause
