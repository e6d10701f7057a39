"""Outside the 24 h window: the template that asks the patient to write again, once for each time it is needed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.conversations import service as conversations
from sprechstunde.conversations.models import Contact
from sprechstunde.whatsapp import outbox, wording
from sprechstunde.whatsapp.models import OutboundMessage

TEMPLATE = "conversation_reopen"
PAYLOAD = "/resume_dialogue"
# So long a patient is left to answer; then it may be sent again.
PATIENCE = timedelta(hours=24)
_LOST = ("failed", "needs_template")


def asked_at(s: Session, contact_id: UUID) -> datetime | None:
    """Since when the template waits for the patient's answer; None where none does. Raises UnknownContact."""
    sent = _newest(s, conversations.current_id(s, contact_id))
    if sent is None or sent.state in _LOST or sent.status == "failed":
        return None
    at: datetime = sent.created_at
    return at if at > clock.now() - PATIENCE else None


def ask(s: Session, contact_id: UUID, staff_id: UUID) -> bool:
    """Send the template, unless one waits already: then nothing happens and this is False. Raises UnknownContact."""
    if asked_at(s, contact_id) is not None:
        return False
    known = conversations.current_id(s, contact_id)
    before = _newest(s, known)
    # Two people who press at once have the same key.
    key = f"reopen:{known}:{_last_inbound(s, known)}:{before.id if before is not None else ''}"
    template = wording.template(TEMPLATE, conversations.language_of(s, contact_id), PAYLOAD)
    outbox.enqueue(s, contact_id, [template], key, author=staff_id)
    return True


def _last_inbound(s: Session, contact_id: UUID) -> datetime | None:
    found: datetime | None = s.execute(
        select(Contact.last_inbound_at).where(Contact.id == contact_id)
    ).scalar()
    return found


def _newest(s: Session, contact_id: UUID) -> Any:
    """The newest such template since the patient last wrote."""
    query = select(OutboundMessage).where(
        OutboundMessage.contact_id == contact_id, OutboundMessage.author.is_not(None)
    )
    last = _last_inbound(s, contact_id)
    if last is not None:
        query = query.where(OutboundMessage.created_at > last)
    for row in s.execute(query.order_by(OutboundMessage.seq.desc())).scalars():
        if row.payload and row.payload.get("template", {}).get("name") == TEMPLATE:
            return row
    return None
