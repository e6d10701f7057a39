"""What is left to do, whoever it is about."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from starlette.responses import Response

from sprechstunde.console.staff import finishing, people, when
from sprechstunde.console.staff.access import Converse, ConverseForm, Me, back_to
from sprechstunde.db import transaction
from sprechstunde.results import calling
from sprechstunde.tasks import service as tasks
from sprechstunde.tasks.service import TaskView

router = APIRouter(prefix="/tasks", include_in_schema=False)
MOST = 100


@router.get("")
def all_tasks(me: Converse) -> Response:
    """Open tasks: urgent first, then by the time promised."""
    return _page(me)


def _page(me: Me, *, unfinished: UUID | None = None, status: int = 200) -> Response:
    waiting = tasks.open_tasks(without=me.hidden_tasks)
    with transaction() as s:
        shown = waiting[:MOST]
        contacts = people.contact_names(s, [task.contact_id for task in shown if task.contact_id])
        patients = people.patient_names(s, [task.patient_id for task in shown])
        phones = people.contact_phones(s, [task.contact_id for task in shown if task.contact_id])
        to_call = calling.to_call(s)
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
    return me.page(
        "staff/tasks.html",
        status=status,
        here="tasks",
        lines=lines,
        phones=phones,
        to_call=to_call,
        want_outcome=tasks.WANT_OUTCOME,
        unfinished=unfinished,
        more=len(waiting) - len(shown),
    )


def _about(task: TaskView, patients: dict[UUID, str], contacts: dict[UUID, str]) -> str:
    patient = patients.get(task.patient_id) if task.patient_id else None
    return patient or (contacts.get(task.contact_id, "") if task.contact_id else "")


@router.post("/{task_id}/done")
def done(me: ConverseForm, task_id: UUID, outcome: Annotated[str, Form(max_length=500)] = "") -> Response:
    """It is done."""
    try:
        result_id = finishing.finish(me, task_id, outcome)
    except finishing.OutcomeWanted:
        return _page(me, unfinished=task_id, status=422)
    return back_to(f"/results/{result_id}" if result_id else "/tasks")
