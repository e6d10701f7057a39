"""A patient looks at her results, and asks about them. Each look is in the audit."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.db import lookup_hash
from sprechstunde.results import questions, reading
from sprechstunde.results.links import Viewer
from sprechstunde.results.models import ResultMessage
from sprechstunde.results.views import Message, ResultView
from sprechstunde.tasks.service import Taken, take_down_in

LONGEST_QUESTION = 2000


def results_of(s: Session, viewer: Viewer) -> list[ResultView]:
    """What this viewer may see, newest first."""
    return reading.released_to(s, viewer.patient_id)


def open_result(s: Session, viewer: Viewer, result_id: UUID) -> ResultView:
    """One of them, noted as opened. Raises UnknownResult for every other."""
    found = next((one for one in results_of(s, viewer) if one.id == result_id), None)
    if found is None:
        raise reading.UnknownResult(str(result_id))
    row = reading.row(s, result_id, lock=True)
    row.first_opened_at = row.first_opened_at or clock.now()
    audit.record(
        s,
        actor=f"patient:{viewer.contact_id}",
        action="result_opened",
        subject_kind="result",
        subject_id=result_id,
    )
    return reading.as_view(row)


def file_of(s: Session, viewer: Viewer, result_id: UUID) -> tuple[bytes, str]:
    """(the file, its media type) of one of the viewer's results. Raises UnknownResult."""
    if all(one.id != result_id for one in results_of(s, viewer)):
        raise reading.UnknownResult(str(result_id))
    return reading.content(s, result_id)


def thread(s: Session, result_id: UUID) -> list[Message]:
    """Questions and answers below a result, oldest first."""
    query = select(ResultMessage).where(ResultMessage.result_id == result_id)
    rows = s.execute(query.order_by(ResultMessage.id)).scalars()
    return [Message(row.id, row.staff_id, row.body, row.at) for row in rows if row.body is not None]


def ask(s: Session, viewer: Viewer, result_id: UUID, words: str, *, form_id: str) -> Taken:
    """Take the patient's question down, below the result and on the staff's list. The same form again changes nothing.

    Raises UnknownResult, ValueError for an empty or too long question.
    """
    words = words.strip()
    if not words or len(words) > LONGEST_QUESTION:
        raise ValueError(f"a question has 1 to {LONGEST_QUESTION} characters")
    if all(one.id != result_id for one in results_of(s, viewer)):
        raise reading.UnknownResult(str(result_id))
    _add(s, result_id, words, contact_id=viewer.contact_id, key=f"ask/{viewer.contact_id}/{form_id}")
    return take_down_in(
        s,
        "results",
        contact_id=viewer.contact_id,
        patient_id=viewer.patient_id,
        note=words,
        idempotency_key=f"result-question:{viewer.contact_id}/{form_id}",
    )


def answer(s: Session, result_id: UUID, words: str, *, staff_id: UUID, form_id: str) -> bool:
    """Put an answer below the result; False when this form was sent before. The task that asked for it is done.

    Raises UnknownResult, ValueError.
    """
    words = words.strip()
    if not words:
        raise ValueError("the answer is empty")
    new = _add(s, result_id, words, staff_id=staff_id, key=f"answer/{staff_id}/{form_id}")
    if new:
        audit.record(
            s,
            actor=f"staff:{staff_id}",
            action="result_answered",
            subject_kind="result",
            subject_id=result_id,
        )
        questions.close_answered(s, reading.row(s, result_id), staff_id=staff_id)
    return new


def _add(
    s: Session,
    result_id: UUID,
    words: str,
    *,
    key: str,
    contact_id: UUID | None = None,
    staff_id: UUID | None = None,
) -> bool:
    row = reading.row(s, result_id, lock=True)
    found = lookup_hash("result-message", key)
    if s.execute(select(ResultMessage.id).where(ResultMessage.idempotency_hash == found)).first():
        return False
    s.add(
        ResultMessage(
            key_id=row.key_id,
            result_id=result_id,
            contact_id=contact_id,
            staff_id=staff_id,
            body=words,
            at=clock.now(),
            idempotency_hash=found,
        )
    )
    s.flush()
    return True
