"""A task is done: with what came of it where others must know, and never behind the back of an urgent result."""

from __future__ import annotations

from uuid import UUID

from fastapi import HTTPException

from sprechstunde.audit import service as audit
from sprechstunde.console.staff.access import Me
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.results import calling
from sprechstunde.tasks import service as tasks


class OutcomeWanted(ValueError):
    """Whoever comes next has to know what came of it."""


def finish(me: Me, task_id: UUID, outcome: str, *, contact_id: UUID | None = None) -> UUID | None:
    """Tick it off; with a contact, only a task of that conversation. Raises 404, OutcomeWanted.

    A call about an urgent result is noted at the result, or the patient would never get to read it: then nothing is
    ticked off, and the result's id is returned.
    """
    with transaction() as s:
        result_id = calling.to_call(s).get(task_id)
        if result_id is not None and "urgent_result" not in me.hidden_tasks:
            return result_id
        try:
            task = tasks.complete(s, task_id, done_by=str(me.id), outcome=outcome, without=me.hidden_tasks)
            if contact_id is not None:
                whose = conversations.current_id(s, task.contact_id) if task.contact_id else None
                if whose != conversations.current_id(s, contact_id):
                    raise LookupError("a task of somebody else's")
        except LookupError:
            raise HTTPException(404) from None
        if task.kind in tasks.WANT_OUTCOME and not outcome.strip():
            raise OutcomeWanted(task.kind)
        audit.record(
            s, actor=me.actor, action="task_done", subject_kind="task", subject_id=task_id, detail=task.kind
        )
    return None
