"""In whose hands a conversation is: the assistant's, or a person's. All functions work in the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.conversations import service
from sprechstunde.conversations.models import ConversationCare, StaffNote


class HeldBySomebodyElse(RuntimeError):
    """A colleague has taken this conversation over; `staff_id` says who."""

    def __init__(self, staff_id: UUID) -> None:
        super().__init__(str(staff_id))
        self.staff_id = staff_id


@dataclass(frozen=True)
class Care:
    """`held_by` None: the assistant answers. Times are aware, UTC."""

    held_by: UUID | None = None
    held_since: datetime | None = None
    assigned_to: UUID | None = None
    seen_inbound_id: int | None = None


@dataclass(frozen=True)
class Note:
    """A note for colleagues."""

    staff_id: UUID
    body: str
    at: datetime


def care_of(s: Session, contact_id: UUID) -> Care:
    """How things stand with this conversation."""
    row = s.get(ConversationCare, service.current_id(s, contact_id))
    if row is None:
        return Care()
    return Care(row.held_by, row.held_since, row.assigned_to, row.seen_inbound_id)


def take_over(s: Session, contact_id: UUID, staff_id: UUID, *, from_colleague: bool = False) -> None:
    """From now on this person answers and the assistant is silent.

    Raises HeldBySomebodyElse unless it is to be taken `from_colleague`; UnknownContact.
    """
    row = _row(s, contact_id)
    if row.held_by == staff_id:
        return
    if row.held_by is not None and not from_colleague:
        raise HeldBySomebodyElse(row.held_by)
    row.held_by, row.held_since, row.assigned_to = staff_id, clock.now(), staff_id
    s.flush()
    _note_deed(s, row.contact_id, staff_id, "conversation_taken")


def hand_back(s: Session, contact_id: UUID, staff_id: UUID) -> int | None:
    """The assistant answers again. The oldest message that the person left unanswered, None where there is none: see
    `whatsapp.handing_back` for what becomes of those. Raises UnknownContact."""
    row = _row(s, contact_id)
    if row.held_by is None:
        return None
    unanswered = row.unanswered_from
    row.held_by = row.held_since = row.assigned_to = None
    _nothing_waits(row)
    s.flush()
    _note_deed(s, row.contact_id, staff_id, "conversation_handed_back")
    return unanswered


def waits_for_person(s: Session, contact_id: UUID, inbound_id: int, due_at: datetime) -> bool:
    """This message is left to the person who holds the conversation; an answer is due by then, if not before.

    False where nobody holds it any more: then it is the assistant's. Raises UnknownContact.
    """
    row = _row(s, contact_id)
    if row.held_by is None:
        return False
    row.unanswered_from = min(row.unanswered_from or inbound_id, inbound_id)
    row.unanswered_to = max(row.unanswered_to or inbound_id, inbound_id)
    row.answer_due_at = row.answer_due_at or due_at
    s.flush()
    return True


def answered(s: Session, contact_id: UUID) -> None:
    """Staff have written to the patient: what they had seen of hers by then is answered. Raises UnknownContact."""
    row = _row(s, contact_id)
    if row.unanswered_from is None:
        return
    seen_up_to = row.seen_inbound_id or 0
    if seen_up_to >= row.unanswered_to:
        _nothing_waits(row)
    else:
        row.unanswered_from = max(row.unanswered_from, seen_up_to + 1)
    s.flush()


def assign(s: Session, contact_id: UUID, assigned_to: UUID | None, staff_id: UUID) -> None:
    """Say whose matter it is; nobody's with None. The assistant goes on answering. Raises UnknownContact."""
    row = _row(s, contact_id)
    if row.assigned_to != assigned_to:
        row.assigned_to = assigned_to
        s.flush()
        _note_deed(s, row.contact_id, staff_id, "conversation_assigned")


def seen(s: Session, contact_id: UUID, inbound_id: int | None) -> None:
    """Staff have read up to this message of the patient's."""
    row = _row(s, contact_id)
    if inbound_id is not None and (row.seen_inbound_id or 0) < inbound_id:
        row.seen_inbound_id = inbound_id
        s.flush()


def add_note(s: Session, contact_id: UUID, staff_id: UUID, words: str) -> None:
    """A note for colleagues. Raises ValueError when it is empty; UnknownContact."""
    if not words.strip():
        raise ValueError("the note is empty")
    known = service.current_id(s, contact_id)
    s.add(
        StaffNote(
            key_id=service.key_of(s, known),
            contact_id=known,
            staff_id=staff_id,
            body=words.strip(),
            at=clock.now(),
        )
    )
    s.flush()


def notes(s: Session, contact_id: UUID) -> list[Note]:
    """Notes about this conversation, oldest first."""
    query = select(StaffNote).where(StaffNote.contact_id == service.current_id(s, contact_id))
    rows = s.execute(query.order_by(StaffNote.id)).scalars()
    return [Note(row.staff_id, row.body, row.at) for row in rows if row.body is not None]


def _row(s: Session, contact_id: UUID) -> Any:
    """The row, made if need be, and locked: two people who take over at once meet here."""
    known = service.current_id(s, contact_id)
    s.execute(insert(ConversationCare.__table__).values(contact_id=known).on_conflict_do_nothing())
    query = select(ConversationCare).where(ConversationCare.contact_id == known).with_for_update()
    return s.execute(query.execution_options(populate_existing=True)).scalar_one()


def _nothing_waits(row: Any) -> None:
    row.unanswered_from = row.unanswered_to = row.answer_due_at = None


def _note_deed(s: Session, contact_id: UUID, staff_id: UUID, action: str) -> None:
    audit.record(s, actor=f"staff:{staff_id}", action=action, subject_kind="contact", subject_id=contact_id)
