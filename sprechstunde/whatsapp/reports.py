"""Telling staff what did not reach a patient, or could not be handled. Idempotent: a task once opened stays one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timezone, tzinfo
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic import service as clinic
from sprechstunde.tasks.service import open_task_in, take_down_in
from sprechstunde.whatsapp.errors import UNREACHABLE
from sprechstunde.whatsapp.models import OutboundMessage

NEEDS_TEMPLATE = "Antwort nicht zugestellt: Das 24-Stunden-Fenster ist zu. Bitte Vorlage senden oder anrufen."
NOT_REACHABLE = (
    "Antwort nicht zugestellt: Der Kontakt kann keine WhatsApp-Nachrichten empfangen. Bitte anrufen."
)
NOT_DELIVERED = "Antwort nicht zugestellt (Fehler {code})."
NOT_HANDLED = (
    "Eine Nachricht konnte nicht automatisch bearbeitet werden. Bitte im Chat nachsehen und antworten."
)


def report_undelivered(s: Session, contact_id: UUID) -> int:
    """Tell staff what did not arrive: one open task per contact, later failures are added to it.

    Once staff are done with it, the next failure opens a new one. Returns how many messages were reported.
    """
    state = OutboundMessage.state.in_(("failed", "needs_template"))
    lost = select(OutboundMessage).where(
        OutboundMessage.contact_id == contact_id, state, OutboundMessage.reported_at.is_(None)
    )
    rows = s.execute(lost.order_by(OutboundMessage.seq).with_for_update(skip_locked=True)).scalars().all()
    if not rows:
        return 0
    now = clock.now()
    take_down_in(
        s,
        "delivery",
        contact_id=contact_id,
        note=_note(rows, now),
        due_at=now,
        # Of the message, not of its turn: the rest of a turn may fail after staff were done with its beginning.
        idempotency_key=f"undelivered:{rows[0].id}",
    )
    for row in rows:
        row.reported_at = now
    s.flush()
    return len(rows)


def report_unhandled(s: Session, contact_id: UUID, message_id: int) -> None:
    """A message that failed for good. Urgent, for nobody knows what it says."""
    open_task_in(
        s,
        "human",
        contact_id=contact_id,
        note=NOT_HANDLED,
        urgent=True,
        idempotency_key=f"unhandled:{message_id}",
    )


def _note(rows: Sequence[Any], now: datetime) -> str:
    """A line for each reason, with the time (the clinic's): a patient who can't be reached shows up once."""
    at = now.astimezone(_zone()).strftime("%d.%m. %H:%M")
    counted = Counter(_reason(row) for row in rows)
    return "\n".join(
        f"{at}: {reason}" + (f" ({times} Nachrichten)" if times > 1 else "")
        for reason, times in counted.items()
    )


def _zone() -> tzinfo:
    try:
        return clinic.clinic().zone
    except clinic.ClinicMissing:
        return timezone.utc


def _reason(row: Any) -> str:
    if row.state == "needs_template":
        return NEEDS_TEMPLATE
    return (
        NOT_REACHABLE if row.error_code in UNREACHABLE else NOT_DELIVERED.format(code=row.error_code or "–")
    )
