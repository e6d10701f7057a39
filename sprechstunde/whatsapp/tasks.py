"""The channel's jobs, and the sweeps that enqueue again what fell out of the queue."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.db import transaction
from sprechstunde.jobs import defer
from sprechstunde.jobs.app import cleanup, handler, sweep, task
from sprechstunde.whatsapp import dialogue, inbox, incoming_media, outbox, pace, reports, sender
from sprechstunde.whatsapp.client import GraphClient

# Longer waits go back to the domain tables: a job that sleeps for long is a job lost at the next restart.
SHORT_WAIT = timedelta(seconds=6)
SWEEP_LIMIT = 500

_client: GraphClient | None = None


def graph_client() -> GraphClient:
    """This process's client, made on first use."""
    global _client
    if _client is None:
        _client = GraphClient()
    return _client


@cleanup
async def close_client() -> None:
    """Close the connections to Meta."""
    global _client
    if _client is not None:
        await _client.aclose()
        _client = None


@task("handle_inbound")
async def handle_inbound(contact_id: str) -> None:
    """Process all messages of a patient that wait."""
    await dialogue.drain(UUID(contact_id), handler("handle_inbound"), graph_client())


@task("send_outbound")
async def send_outbound(contact_id: str) -> None:
    """Send all messages to a patient that wait; tell staff what could not be delivered."""
    wait: timedelta | None = timedelta(0)
    while wait is not None:
        wait = await sender.send_pending(UUID(contact_id), graph_client())
        await asyncio.to_thread(_report, UUID(contact_id))
        if wait is not None and wait > SHORT_WAIT:
            return
        await asyncio.sleep(wait.total_seconds() if wait else 0)


@task("fetch_media")
async def fetch_media(media_id: str) -> None:
    """Fetch a file that a patient sent."""
    await incoming_media.fetch(UUID(media_id), graph_client())


def _report(contact_id: UUID) -> None:
    with transaction() as s:
        reports.report_undelivered(s, contact_id)


# A contact with a job, waiting or running, needs no other: it will see whatever is due.
_DUE_INBOUND = text(
    "SELECT DISTINCT contact_id FROM inbound_message m WHERE state = 'pending'"
    " AND (next_attempt_at IS NULL OR next_attempt_at <= :now) AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs j"
    " WHERE j.lock = 'in:' || m.contact_id AND j.status IN ('todo', 'doing')) ORDER BY contact_id LIMIT :limit"
)
_DUE_OUTBOUND = text(
    "SELECT DISTINCT contact_id FROM outbound_message m"
    " WHERE (state IN ('pending', 'sending') AND (next_attempt_at IS NULL OR next_attempt_at <= :now)"
    " OR state IN ('failed', 'needs_template') AND reported_at IS NULL) AND NOT EXISTS (SELECT 1"
    " FROM procrastinate_jobs j WHERE j.lock = 'out:' || m.contact_id AND j.status IN ('todo', 'doing'))"
    " ORDER BY contact_id LIMIT :limit"
)


# Meta redelivers for 7 days; a message's own row keeps its last status for good.
STATUS_LIFETIME = timedelta(days=30)
_OLD_STATUSES = text("DELETE FROM delivery_status WHERE at < :before")
_OLD_REPLIES = text("DELETE FROM issued_reply WHERE expires_at < :before")


@sweep
def sweep_inbound(s: Session) -> int:
    """Enqueue patients whose messages are due and who have no job (a retry's time has come, a job was lost)."""
    found = s.execute(_DUE_INBOUND, {"now": pace.machine_now(), "limit": SWEEP_LIMIT}).scalars().all()
    for contact_id in sorted(found):
        defer(s, "handle_inbound", f"in:{contact_id}", f"in:{contact_id}", contact_id=contact_id)
    return len(found)


@sweep
def sweep_outbound(s: Session) -> int:
    """The same for messages to patients."""
    found = s.execute(_DUE_OUTBOUND, {"now": pace.machine_now(), "limit": SWEEP_LIMIT}).scalars().all()
    for contact_id in sorted(found):
        outbox.wake(s, contact_id)
    return len(found)


@sweep
def sweep_media(s: Session) -> int:
    """The same for files of patients."""
    found = incoming_media.due(s, SWEEP_LIMIT)
    for media_id in found:
        incoming_media.wake(s, media_id)
    return len(found)


@sweep
def sweep_leftovers(s: Session) -> None:
    """Forget what is kept for a short time only."""
    inbox.forget_raw(s)
    pace.forget_idle(s, pace.machine_now())
    s.execute(_OLD_STATUSES, {"before": clock.now() - STATUS_LIFETIME})
    s.execute(_OLD_REPLIES, {"before": clock.now() - STATUS_LIFETIME})
