"""The task that stands for questions below a result, and the answer given there: nobody is to answer again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde.results.models import Result, ResultMessage
from sprechstunde.tasks import service as tasks

ANSWERED = "unter dem Befund beantwortet · answered below the result"


def close_answered(s: Session, result: Any, *, staff_id: UUID) -> None:
    """The questions below this result were answered just now: tasks that hold nothing else are done.

    A task may hold more, for a contact has one for all she asks about results: words from the chat, questions below
    another result. Then it stays, with a line that says what was answered.
    """
    if result.patient_id is None:
        return
    hers = list(s.scalars(select(Result.id).where(Result.patient_id == result.patient_id)))
    waiting = {line for one in hers for line in _unanswered(s, one)}
    everywhere, here = _asked(s, hers), _asked(s, [result.id])
    for contact_id, mine in here.items():
        for task in tasks.tasks_of(s, contact_id):
            held = set(_lines(task.note)) - {ANSWERED}
            if task.kind != "results" or task.patient_id != result.patient_id or not held & mine:
                continue
            if held <= everywhere[contact_id] - waiting:
                tasks.complete(s, task.id, done_by=str(staff_id), outcome=ANSWERED)
            else:
                tasks.add_line(s, task.id, ANSWERED)


def _asked(s: Session, result_ids: list[UUID]) -> dict[UUID, set[str]]:
    """By contact, the lines of all questions below these results."""
    lines: dict[UUID, set[str]] = {}
    query = select(ResultMessage).where(
        ResultMessage.result_id.in_(result_ids), ResultMessage.staff_id.is_(None)
    )
    for row in s.scalars(query):
        if row.contact_id is not None:
            lines.setdefault(row.contact_id, set()).update(_lines(row.body))
    return lines


def _unanswered(s: Session, result_id: UUID) -> list[str]:
    """Lines of the questions below a result that nobody has answered since."""
    lines: list[str] = []
    query = select(ResultMessage).where(ResultMessage.result_id == result_id).order_by(ResultMessage.id)
    for row in s.scalars(query):
        lines = [] if row.staff_id is not None else [*lines, *_lines(row.body)]
    return lines


def _lines(words: str | None) -> list[str]:
    return [line.strip() for line in (words or "").split("\n") if line.strip()]
