"""Telling staff what did not reach a patient, or could not be handled. Idempotent: a task once opened stays one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.tasks.service import open_task_in
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
    """Open a task for each turn of which something did not arrive. Returns how many messages were reported."""
    state = OutboundMessage.state.in_(("failed", "needs_template"))
    lost = select(OutboundMessage).where(
        OutboundMessage.contact_id == contact_id, state, OutboundMessage.reported_at.is_(None)
    )
    rows = s.execute(lost.order_by(OutboundMessage.seq).with_for_update(skip_locked=True)).scalars().all()
    for row in rows:
        open_task_in(
            s,
            "delivery",
            contact_id=row.contact_id,
            note=_note(row),
            due_at=clock.now(),
            idempotency_key=f"undelivered:{row.turn_hash.hex()}",
        )
        row.reported_at = clock.now()
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


def _note(row: Any) -> str:
    if row.state == "needs_template":
        return NEEDS_TEMPLATE
    return (
        NOT_REACHABLE if row.error_code in UNREACHABLE else NOT_DELIVERED.format(code=row.error_code or "–")
    )
