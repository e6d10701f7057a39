"""What a doctor does with a result: say whose it is, release it, take it back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.patients import people
from sprechstunde.results import calling, links, reading
from sprechstunde.results.models import MARKS
from sprechstunde.results.views import ResultView
from sprechstunde.tasks.service import open_task_in


class NotReleasable(ValueError):
    """The result is in no state for this.

    `reason` ∈ already, nobody, no_patient, not_urgent, yet, call_first, superseded.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def assign(s: Session, result_id: UUID, patient_id: UUID, *, actor: str) -> ResultView:
    """Say whose result it is; it passes to that patient's key. Raises UnknownResult, NotReleasable."""
    row = reading.row(s, result_id, lock=True)
    if row.state != "received":
        raise NotReleasable("already", "it was released already")
    person = people.person(s, patient_id)
    if person is None:
        raise NotReleasable("no_patient", "there is no such patient")
    # Encrypted anew as a whole under the patient's key: loaded first, for the file is left out of ordinary reads.
    _ = row.content
    row.patient_id, row.key_id = person.id, person.key_id
    s.flush()
    audit.record(s, actor=actor, action="result_assigned", subject_kind="result", subject_id=row.id)
    return reading.as_view(row)


def release(s: Session, result_id: UUID, *, mark: str, remark: str | None, staff_id: UUID) -> ResultView:
    """Let the patient have it. An urgent one becomes a task to call her first; the others may be announced at once.

    The same release again changes nothing. Raises UnknownResult, NotReleasable, ValueError for an unknown mark.
    """
    if mark not in MARKS:
        raise ValueError(f"unknown mark: {mark}")
    row = reading.row(s, result_id, lock=True)
    if row.state == "released" and (row.mark, row.remark) == (mark, remark or None):
        return reading.as_view(row)
    if row.state != "received":
        raise NotReleasable("already", "it was released or taken back already")
    if row.patient_id is None:
        raise NotReleasable("nobody", "nobody has said whose result it is")
    if row.superseded_at is not None:
        raise NotReleasable("superseded", "its sender has corrected it or taken it back")
    row.state, row.mark, row.remark = "released", mark, remark or None
    row.released_at, row.released_by = clock.now(), staff_id
    s.flush()
    audit.record(
        s,
        actor=f"staff:{staff_id}",
        action="result_released",
        subject_kind="result",
        subject_id=row.id,
        detail=mark,
    )
    if mark == "urgent":
        person = people.person(s, row.patient_id)
        open_task_in(
            s,
            "urgent_result",
            contact_id=person.contact_ids[0] if person and person.contact_ids else None,
            patient_id=row.patient_id,
            note=None,
            urgent=True,
            idempotency_key=calling.task_key(row.id),
        )
    return reading.as_view(row)


def told_by_phone(s: Session, result_id: UUID, *, staff_id: UUID, outcome: str | None = None) -> ResultView:
    """The patient was called about an urgent result: now it may be announced, and the task to call is done.

    Raises UnknownResult, NotReleasable.
    """
    row = reading.row(s, result_id, lock=True)
    if row.state != "released" or row.mark != "urgent":
        raise NotReleasable("not_urgent", "it is no urgent result that was released")
    if row.called_at is None:
        row.called_at = clock.now()
        s.flush()
        audit.record(
            s,
            actor=f"staff:{staff_id}",
            action="result_told_by_phone",
            subject_kind="result",
            subject_id=row.id,
        )
    calling.close(s, row.id, staff_id=staff_id, outcome=outcome)
    return reading.as_view(row)


def announced(s: Session, result_id: UUID) -> bool:
    """Note that the patient is being told; False when she was before. Raises UnknownResult, NotReleasable."""
    row = reading.row(s, result_id, lock=True)
    if row.state != "released":
        raise NotReleasable("yet", "it is not released")
    if row.mark == "urgent" and row.called_at is None:
        raise NotReleasable("call_first", "an urgent result is told by phone first")
    if row.announced_at is not None:
        return False
    row.announced_at = clock.now()
    s.flush()
    return True


def withdraw(s: Session, result_id: UUID, *, staff_id: UUID, outcome: str | None = None) -> ResultView:
    """Take a result back: nobody can open it any more, nor is to call about it. Raises UnknownResult."""
    row = reading.row(s, result_id, lock=True)
    if row.state != "withdrawn":
        row.state = "withdrawn"
        s.flush()
        if row.patient_id is not None and not reading.released_to(s, row.patient_id):
            links.revoke_all(s, row.patient_id)
        audit.record(
            s,
            actor=f"staff:{staff_id}",
            action="result_withdrawn",
            subject_kind="result",
            subject_id=row.id,
        )
        calling.close(s, row.id, staff_id=staff_id, outcome=outcome)
    return reading.as_view(row)
