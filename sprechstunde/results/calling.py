"""The task to call a patient about an urgent result, and the result it is about: neither is done without the other."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde.results.models import Result
from sprechstunde.tasks import service as tasks


def task_key(result_id: UUID) -> str:
    """Under which key the task to call stands."""
    return f"urgent-result:{result_id}"


def to_call(s: Session) -> dict[UUID, UUID]:
    """Open tasks to call, each with the result that nobody has told the patient of yet."""
    untold = select(Result.id).where(
        Result.state == "released", Result.mark == "urgent", Result.called_at.is_(None)
    )
    results = {task_key(one): one for one in s.scalars(untold)}
    return {task_id: results[key] for key, task_id in tasks.known_by(s, results).items()}


def close(s: Session, result_id: UUID, *, staff_id: UUID, outcome: str | None) -> None:
    """The patient was called, or the result is none any more: the task to call goes with it."""
    for task_id in tasks.known_by(s, [task_key(result_id)]).values():
        tasks.complete(s, task_id, done_by=str(staff_id), outcome=outcome)
