"""What is left to do, whoever it is about."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException
from starlette.responses import Response

from sprechstunde.audit import service as audit
from sprechstunde.console.staff import people, when
from sprechstunde.console.staff.access import Converse, ConverseForm, back_to
from sprechstunde.db import transaction
from sprechstunde.tasks import service as tasks
from sprechstunde.tasks.service import TaskView

router = APIRouter(prefix="/tasks", include_in_schema=False)
MOST = 100


@router.get("")
def all_tasks(me: Converse) -> Response:
    """Open tasks: urgent first, then by the time promised."""
    waiting = tasks.open_tasks(without=me.hidden_tasks)
    with transaction() as s:
        shown = waiting[:MOST]
        contacts = people.contact_names(s, [task.contact_id for task in shown if task.contact_id])
        patients = people.patient_names(s, [task.patient_id for task in shown])
    lines = [
        (
            task,
            _about(task, patients, contacts),
            when.short(task.due_at, me.language),
            when.is_late(task.due_at),
            when.with_days(task.note, me.language),
        )
        for task in shown
    ]
    return me.page("staff/tasks.html", here="tasks", lines=lines, more=len(waiting) - len(shown))


def _about(task: TaskView, patients: dict[UUID, str], contacts: dict[UUID, str]) -> str:
    patient = patients.get(task.patient_id) if task.patient_id else None
    return patient or (contacts.get(task.contact_id, "") if task.contact_id else "")


@router.post("/{task_id}/done")
def done(me: ConverseForm, task_id: UUID, outcome: Annotated[str, Form(max_length=500)] = "") -> Response:
    """It is done."""
    with transaction() as s:
        try:
            task = tasks.complete(s, task_id, done_by=str(me.id), outcome=outcome, without=me.hidden_tasks)
        except LookupError:
            raise HTTPException(404) from None
        audit.record(
            s, actor=me.actor, action="task_done", subject_kind="task", subject_id=task_id, detail=task.kind
        )
    return back_to("/tasks")
