"""Enqueueing inside a business transaction: the job exists exactly if the transaction commits."""

from __future__ import annotations

import json
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

# Which queue a task lives on. Kept here, so that a process that only enqueues need not import the tasks.
QUEUES = {"handle_inbound": "dialogue", "send_outbound": "outbound", "fetch_media": "outbound"}

_WAITING = text("SELECT id FROM procrastinate_jobs WHERE queueing_lock = :q AND status = 'todo' FOR UPDATE")
_DEFER = text(
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(CAST(:queue AS varchar), CAST(:task AS varchar), 0,"
    " CAST(:lock AS text), CAST(:queueing_lock AS text), CAST(:args AS jsonb), NULL)"
    "::procrastinate_job_to_defer_v1])"
)
_WAKE = text("SELECT pg_notify('procrastinate_queue_v1#' || CAST(:queue AS text), CAST(:note AS text))")


def defer(
    s: Session, task_name: str, lock: str | None, queueing_lock: str | None, **ids: UUID | str | int
) -> bool:
    """Enqueue `task_name` in the transaction of `s`; False when a job with that queueing lock waits already.

    Arguments are ids only, never content. Jobs of one `lock` run one after the other. Whoever defers several in a
    transaction does so in the order of their queueing locks, or two transactions may deadlock.
    Raises KeyError for an unknown task.
    """
    queue = QUEUES[task_name]
    if queueing_lock is not None and _waiting(s, queueing_lock, queue):
        return False
    args = json.dumps({name: str(value) if isinstance(value, UUID) else value for name, value in ids.items()})
    job = {"queue": queue, "task": task_name, "lock": lock, "queueing_lock": queueing_lock, "args": args}
    if queueing_lock is None:
        s.execute(_DEFER, job)
        return True
    try:
        with s.begin_nested():
            s.execute(_DEFER, job)
        return True
    except IntegrityError:
        # Another transaction enqueued it between our look and our insert. Hold on to theirs.
        return False if _waiting(s, queueing_lock, queue) else defer(s, task_name, lock, queueing_lock, **ids)


def _waiting(s: Session, queueing_lock: str, queue: str) -> bool:
    """Is such a job waiting? If so it is held until we commit.

    Without the row lock a worker could take the job, find nothing new (we have not committed) and finish: our
    message would lie there with nobody coming for it. Workers pass over the held job, so they are woken again.
    """
    found = s.execute(_WAITING, {"q": queueing_lock}).first()
    if found is None:
        return False
    s.execute(_WAKE, {"queue": queue, "note": json.dumps({"type": "job_inserted", "job_id": found.id})})
    return True
