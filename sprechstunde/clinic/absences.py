"""Absences that staff enter in the console: they stay when the clinic's file is read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic.models import Absence, Resource
from sprechstunde.clinic.service import clinic

SOURCE = "console"


@dataclass(frozen=True)
class AbsenceView:
    """Days, both included, on which a practitioner (by code) is away. `can_end`: entered here, not in the file."""

    id: int
    practitioner: str
    first_day: date
    last_day: date
    can_end: bool


def coming(s: Session) -> list[AbsenceView]:
    """Whole days of absence that are not over, soonest first; those that recur every year are left out."""
    today = clock.today(clinic().zone)
    query = (
        select(Absence, Resource.code)
        .join(Resource, Resource.id == Absence.resource_id)
        .where(Absence.last_day >= today, Absence.yearly.is_(False), Absence.start_time.is_(None))
        .order_by(Absence.first_day, Absence.id)
    )
    return [
        AbsenceView(row.id, code, row.first_day, row.last_day, row.source == SOURCE)
        for row, code in s.execute(query)
    ]


def add(s: Session, practitioner: str, first_day: date, last_day: date) -> None:
    """Nothing of these days is offered any more; what is booked stays, and shows as a conflict.

    Raises LookupError for an unknown practitioner, ValueError for days in the wrong order or all past.
    """
    if last_day < first_day or last_day < clock.today(clinic().zone):
        raise ValueError("an absence ends after it began, and not in the past")
    resource_id = s.execute(select(Resource.id).where(Resource.code == practitioner)).scalar_one_or_none()
    if resource_id is None:
        raise LookupError(practitioner)
    s.add(
        Absence(resource_id=resource_id, first_day=first_day, last_day=last_day, yearly=False, source=SOURCE)
    )
    s.flush()


def end(s: Session, absence_id: int) -> bool:
    """Take one back that was entered here; False when there is none."""
    gone = delete(Absence).where(Absence.id == absence_id, Absence.source == SOURCE)
    return bool(s.execute(gone.execution_options(synchronize_session=False)).rowcount)
