"""A person hands a conversation back to the assistant: what she left unanswered must not be lost with it.

A patient who has just written wants an answer, and the assistant gives it. What lies back longer it would misread
("morgen" was another day), and a long talk belongs to people: that becomes a task, and the patient is told until when
she will hear.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic import service as clinic
from sprechstunde.conversations import holding
from sprechstunde.conversations import service as conversations
from sprechstunde.dates import format_slot
from sprechstunde.db import lookup_hash
from sprechstunde.jobs import defer
from sprechstunde.languages import spoken
from sprechstunde.tasks.service import TaskView, take_down_in
from sprechstunde.whatsapp import outbox, wording
from sprechstunde.whatsapp.content import Text
from sprechstunde.whatsapp.models import InboundMessage, OutboundMessage
from sprechstunde.whatsapp.transcript import told_in

FRESH = timedelta(hours=1)
MOST = 3
# They say nothing that could be answered.
_NO_WORDS = ("reaction", "deleted")


def hand_back(s: Session, contact_id: UUID, staff_id: UUID) -> None:
    """The assistant answers again, and so it does what was written last. Raises UnknownContact."""
    first = holding.hand_back(s, contact_id, staff_id)
    if first is None:
        return
    known = conversations.current_id(s, contact_id)
    left = _unanswered(s, known, first)
    if not left:
        return
    is_open = conversations.service_window_open(s, known)
    if is_open and len(left) <= MOST and left[0].received_at > clock.now() - FRESH:
        _give_to_assistant(s, known, left)
    else:
        _take_down(s, known, left, is_open=is_open)


def _unanswered(s: Session, contact_id: UUID, first: int) -> list[Any]:
    """What has come since, but for what the assistant answered although a person was there: words of an emergency."""
    query = select(InboundMessage).where(
        InboundMessage.contact_id == contact_id,
        InboundMessage.id >= first,
        InboundMessage.state == "processed",
        InboundMessage.kind.not_in(_NO_WORDS),
    )
    rows = s.execute(query.order_by(InboundMessage.id).with_for_update()).scalars().all()
    turns = {lookup_hash("turn", row.wamid): row for row in rows if row.wamid is not None}
    answered = select(OutboundMessage.turn_hash).where(OutboundMessage.turn_hash.in_(list(turns)))
    for turn in set(map(bytes, s.execute(answered).scalars())):
        turns.pop(turn)
    return list(turns.values())


def _give_to_assistant(s: Session, contact_id: UUID, left: list[Any]) -> None:
    for row in left:
        row.state, row.attempts = "pending", 0
        row.picked_at = row.processed_at = row.next_attempt_at = row.error = None
    s.flush()
    defer(s, "handle_inbound", f"in:{contact_id}", f"in:{contact_id}", contact_id=contact_id)


def _take_down(s: Session, contact_id: UUID, left: list[Any], *, is_open: bool) -> None:
    key = f"handed-back:{contact_id}:{left[-1].id}"
    words = "\n".join(told_in(row) for row in left)
    taken = take_down_in(s, "human", contact_id=contact_id, note=words, idempotency_key=key)
    if is_open and taken.is_new:  # a task that stood before has been promised before
        outbox.enqueue(s, contact_id, [_promise(s, contact_id, taken.task)], key)


def _promise(s: Session, contact_id: UUID, task: TaskView) -> Text:
    language = spoken(conversations.language_of(s, contact_id))
    until = format_slot(task.due_at.astimezone(clinic.clinic().zone), language)
    return Text(wording.notice("left_to_team", language, until=until))
