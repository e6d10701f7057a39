"""Putting things on the staff's list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic import service as clinic
from sprechstunde.conversations import service as conversations
from sprechstunde.db import lookup_hash, new_data_key, transaction
from sprechstunde.tasks.models import KINDS, Task


@dataclass(frozen=True)
class TaskView:
    """A task; times are aware, UTC. `note` is None when there is none or when it was erased."""

    id: UUID
    kind: str
    state: str
    contact_id: UUID | None
    patient_id: UUID | None
    note: str | None
    urgent: bool
    due_at: datetime
    created_at: datetime
    done_at: datetime | None = None
    done_by: str | None = None


# What was said on the phone, or became of an emergency, is for whoever comes next.
WANT_OUTCOME = frozenset({"callback", "emergency", "urgent_result"})
OUTCOME = "→ "


def open_task(
    kind: str,
    *,
    contact_id: UUID | None,
    patient_id: UUID | None = None,
    note: str | None = None,
    urgent: bool = False,
    due_at: datetime | None = None,
    idempotency_key: str,
) -> TaskView:
    """Take something down for staff. The same key again returns the first task and changes nothing.

    `due_at` (aware) defaults to the time by which the clinic promises an answer; an urgent task is due at once.
    Raises ValueError for an unknown kind.
    """
    with transaction() as s:
        return open_task_in(
            s,
            kind,
            contact_id=contact_id,
            patient_id=patient_id,
            note=note,
            urgent=urgent,
            due_at=due_at,
            idempotency_key=idempotency_key,
        )


def open_task_in(
    s: Session,
    kind: str,
    *,
    contact_id: UUID | None,
    patient_id: UUID | None = None,
    note: str | None = None,
    urgent: bool = False,
    due_at: datetime | None = None,
    idempotency_key: str,
) -> TaskView:
    """`open_task` in the caller's transaction: the task exists only if the rest of it does."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind of task: {kind}")
    key = lookup_hash("task", idempotency_key)
    # Two transactions with the same key: the second waits here, then finds the first one's task.
    _one_at_a_time(s, key)
    known = s.execute(select(Task).where(Task.idempotency_hash == key)).scalar_one_or_none()
    if known is not None:
        return _view(known)
    now = clock.now()
    task = Task(
        key_id=new_data_key(s) if contact_id is None else conversations.key_of(s, contact_id),
        kind=kind,
        state="open",
        contact_id=contact_id and conversations.current_id(s, contact_id),
        patient_id=patient_id,
        note=note,
        urgent=urgent,
        due_at=due_at or (now if urgent else clinic.next_answer(now, kind)),
        created_at=now,
        idempotency_hash=key,
    )
    s.add(task)
    s.flush()
    return _view(task)


@dataclass(frozen=True)
class Taken:
    """A wish that was taken down. `is_new` is False when an open task already stood for it."""

    task: TaskView
    is_new: bool


def take_down(
    kind: str,
    *,
    contact_id: UUID,
    patient_id: UUID | None = None,
    note: str | None,
    urgent: bool = False,
    due_at: datetime | None = None,
    same_words_only: bool = False,
    of_anyone: bool = False,
    within: timedelta | None = None,
    idempotency_key: str,
) -> Taken:
    """`open_task`, unless an open task of this contact (not older than `within`) stands for the same wish already.

    The same wish is one of the same kind for the same patient (`of_anyone`: for whomever); with `same_words_only` its
    words must have been said before, too. The task that stands gets the words that are new. The same key again
    returns the first result.
    """
    with transaction() as s:
        return take_down_in(
            s,
            kind,
            contact_id=contact_id,
            patient_id=patient_id,
            note=note,
            urgent=urgent,
            due_at=due_at,
            same_words_only=same_words_only,
            of_anyone=of_anyone,
            within=within,
            idempotency_key=idempotency_key,
        )


def take_down_in(
    s: Session,
    kind: str,
    *,
    contact_id: UUID,
    patient_id: UUID | None = None,
    note: str | None,
    urgent: bool = False,
    due_at: datetime | None = None,
    same_words_only: bool = False,
    of_anyone: bool = False,
    within: timedelta | None = None,
    idempotency_key: str,
) -> Taken:
    """`take_down` in the caller's transaction."""
    # Two wishes at the same moment: the second waits here, then finds the first one's task.
    _one_at_a_time(s, lookup_hash("wish", f"{kind}:{conversations.current_id(s, contact_id)}"))
    standing = _standing(s, kind, contact_id, within)
    if not of_anyone:
        standing = [task for task in standing if task.patient_id == patient_id]
    if same_words_only:
        standing = [task for task in standing if _says(task.note, note)]
    if standing:
        task = standing[0]
        again = task.idempotency_hash == lookup_hash("task", idempotency_key)
        new = [line for line in (note or "").split("\n") if line.strip() and not _says(task.note, line)]
        if new:
            task.note = "\n".join([*([task.note] if task.note else []), *new])
        task.urgent = task.urgent or urgent
        s.flush()
        return Taken(_view(task), is_new=again)
    opened = open_task_in(
        s,
        kind,
        contact_id=contact_id,
        patient_id=patient_id,
        note=note,
        urgent=urgent,
        due_at=due_at,
        idempotency_key=idempotency_key,
    )
    return Taken(opened, is_new=True)


def add_words(contact_id: UUID, kinds: Iterable[str], words: str, *, likely: str = "") -> TaskView | None:
    """Add a line to the contact's open task of one of these kinds; None where none is open.

    Of several, the one whose note shares most words with `likely` (what the patient wrote), then the newest.
    """
    with transaction() as s:
        standing = [task for kind in kinds for task in _standing(s, kind, contact_id, None)]
        if not standing:
            return None
        said = {word for word in _plain(likely).split() if len(word) > 3}
        task = max(standing, key=lambda one: (len(said & set(_plain(one.note).split())), one.created_at))
        if not _says(task.note, words):
            task.note = "\n".join([*([task.note] if task.note else []), words])
        s.flush()
        return _view(task)


def add_line(s: Session, task_id: UUID, words: str) -> None:
    """Add a line to the note of an open task, once."""
    task = s.get(Task, task_id, with_for_update=True)
    if task is not None and task.state == "open" and not _says(task.note, words):
        task.note = "\n".join([*([task.note] if task.note else []), words])
        s.flush()


def say_whose(
    task_ids: Iterable[UUID | str],
    *,
    contact_id: UUID,
    who: str | None = None,
    instead_of: str | None = None,
    patient_id: UUID | None = None,
    words: str | None = None,
) -> None:
    """Tell staff whose matter these open tasks of the contact are.

    `who` becomes the first line of the note (in place of the line `instead_of`); `patient_id` is set where there is
    none; `words` are added behind, if they are new. Tasks of others and those done already stay as they are.
    """
    with transaction() as s:
        mine = select(Task).where(
            Task.id.in_([UUID(str(one)) for one in task_ids]),
            Task.state == "open",
            Task.contact_id == conversations.current_id(s, contact_id),
        )
        for task in s.execute(mine.order_by(Task.id).with_for_update()).scalars():
            lines = [line for line in (task.note or "").split("\n") if line and line != instead_of]
            if who and not _says(task.note, who):
                lines.insert(0, who)
            if words and not _says(task.note, words):
                lines.append(words)
            task.note = "\n".join(lines) or None
            task.patient_id = task.patient_id or patient_id


def _one_at_a_time(s: Session, key: bytes) -> None:
    """Wait until no other transaction holds `key`; the lock ends with this transaction."""
    s.execute(select(func.pg_advisory_xact_lock(int.from_bytes(key[:8], "big", signed=True))))


def _standing(s: Session, kind: str, contact_id: UUID, within: timedelta | None) -> list[Any]:
    found = select(Task).where(
        Task.state == "open",
        Task.kind == kind,
        Task.contact_id == conversations.current_id(s, contact_id),
    )
    if within is not None:
        found = found.where(Task.created_at >= clock.now() - within)
    return list(s.execute(found.order_by(Task.created_at.desc()).with_for_update()).scalars())


def _says(note: str | None, words: str | None) -> bool:
    return _plain(words) in [_plain(line) for line in (note or "").split("\n")]


def _plain(text: str | None) -> str:
    return " ".join("".join(ch if ch.isalnum() else " " for ch in (text or "").casefold()).split())


def open_tasks(*, without: Collection[str] = ()) -> list[TaskView]:
    """What waits for staff, but for these kinds: urgent first, then by the time promised."""
    with transaction() as s:
        waiting = select(Task).where(Task.state == "open", Task.kind.not_in(without))
        rows = s.execute(waiting.order_by(Task.urgent.desc(), Task.due_at, Task.id)).scalars()
        return [_view(task) for task in rows]


def _view(task: Any) -> TaskView:
    return TaskView(
        id=task.id,
        kind=task.kind,
        state=task.state,
        contact_id=task.contact_id,
        patient_id=task.patient_id,
        note=task.note,
        urgent=task.urgent,
        due_at=task.due_at,
        created_at=task.created_at,
        done_at=task.done_at,
        done_by=task.done_by,
    )


def tasks_of(s: Session, contact_id: UUID, *, without: Collection[str] = ()) -> list[TaskView]:
    """This contact's open tasks, but for these kinds: urgent first, then by the time promised."""
    mine = select(Task).where(
        Task.state == "open",
        Task.contact_id == conversations.current_id(s, contact_id),
        Task.kind.not_in(without),
    )
    rows = s.execute(mine.order_by(Task.urgent.desc(), Task.due_at, Task.id)).scalars()
    return [_view(task) for task in rows]


def complete(
    s: Session, task_id: UUID, *, done_by: str, outcome: str | None = None, without: Collection[str] = ()
) -> TaskView:
    """A human has done it; `outcome` is added to its note, behind an arrow. Doing it again changes nothing.

    Raises LookupError, also for a task of a kind in `without`.
    """
    task = s.get(Task, task_id, with_for_update=True)
    if task is None or task.kind in without:
        raise LookupError(f"no task {task_id}")
    if task.state == "open":
        task.state, task.done_at, task.done_by = "done", clock.now(), done_by
        if outcome and outcome.strip():
            task.note = "\n".join([*([task.note] if task.note else []), f"{OUTCOME}{outcome.strip()}"])
        s.flush()
    return _view(task)


def done_of(s: Session, contact_id: UUID, *, without: Collection[str] = (), most: int = 5) -> list[TaskView]:
    """What was done last for this contact, but for these kinds, newest first: their notes end with the outcome."""
    mine = select(Task).where(
        Task.state == "done",
        Task.contact_id == conversations.current_id(s, contact_id),
        Task.kind.not_in(without),
    )
    rows = s.execute(mine.order_by(Task.done_at.desc(), Task.id).limit(most)).scalars()
    return [_view(task) for task in rows]


def known_by(s: Session, keys: Iterable[str]) -> dict[str, UUID]:
    """The ids of open tasks that were opened under these idempotency keys, by key."""
    hashes = {lookup_hash("task", key): key for key in keys}
    query = select(Task.idempotency_hash, Task.id).where(
        Task.state == "open", Task.idempotency_hash.in_(hashes)
    )
    return {hashes[bytes(row.idempotency_hash)]: row.id for row in s.execute(query)} if hashes else {}
