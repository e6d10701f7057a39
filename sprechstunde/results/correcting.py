"""A sender says that a result was wrong: a new version comes in under the same id, or it takes the result back.

Nothing is replaced or hidden by that: the old one is marked, for staff and for a patient who may be reading it, and
staff get a task. What becomes of it is a doctor's to say.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.patients import people
from sprechstunde.results.models import Result
from sprechstunde.tasks.service import open_task_in

NEW_VERSION = (
    "Befund vom Absender korrigiert, neue Fassung wartet · Result corrected by its sender, new version waits"
)
TAKEN_BACK = "Befund vom Absender zurückgezogen · Result taken back by its sender"


def versions(s: Session, first: Any) -> list[Any]:
    """This result and what came in its place, oldest first."""
    found = [first]
    while found[-1].superseded_by is not None:
        found.append(s.execute(select(Result).where(Result.id == found[-1].superseded_by)).scalar_one())
    return found


def supersede(s: Session, old: Any, new: Any, *, actor: str) -> None:
    """Mark the old version and tell staff; `new` is None where the sender only takes it back. Twice changes nothing."""
    if old.superseded_by is not None or (new is None and old.superseded_at is not None):
        return
    old.superseded_at = old.superseded_at or clock.now()
    old.superseded_by = new.id if new is not None else None
    s.flush()
    action = "result_taken_back_by_sender" if new is None else "result_corrected_by_sender"
    audit.record(s, actor=actor, action=action, subject_kind="result", subject_id=old.id)
    person = people.person(s, old.patient_id) if old.patient_id else None
    open_task_in(
        s,
        "results",
        contact_id=person.contact_ids[0] if person and person.contact_ids else None,
        patient_id=old.patient_id,
        note=TAKEN_BACK if new is None else NEW_VERSION,
        # Somebody may be acting on a wrong value already.
        urgent=old.state == "released",
        idempotency_key=f"result-superseded:{old.id}:{new.id if new is not None else ''}",
    )
