"""Absences that staff enter in the console: they stay when the clinic's file is read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic.models import Absence, Resource
from sprechstunde.clinic.service import clinic
from sprechstunde.clinic.view import DayRange

SOURCE = "console"


@dataclass(frozen=True)
class AbsenceView:
    """Days, both included, on which a practitioner (by code) is away; with times, for that part of each day.

    `can_end`: entered here, not in the file. `yearly`: it recurs, these are the days that come next.
    """

    id: int
    practitioner: str
    first_day: date
    last_day: date
    can_end: bool
    start: time | None = None
    end: time | None = None
    yearly: bool = False


def coming(s: Session) -> list[AbsenceView]:
    """Absences that are not over, soonest first."""
    today = clock.today(clinic().zone)
    query = (
        select(Absence, Resource.code)
        .join(Resource, Resource.id == Absence.resource_id)
        .where(Resource.active, or_(Absence.yearly, Absence.last_day >= today))
    )
    found = [_view(row, code, today) for row, code in s.execute(query)]
    return sorted(found, key=lambda one: (one.first_day, one.id))


def on(s: Session, day: date) -> dict[str, list[AbsenceView]]:
    """Who is away on a day, by the practitioner's code; whole days first."""
    away: dict[str, list[AbsenceView]] = {}
    query = (
        select(Absence, Resource.code)
        .join(Resource, Resource.id == Absence.resource_id)
        .where(or_(Absence.yearly, and_(Absence.first_day <= day, Absence.last_day >= day)))
    )
    for row, code in s.execute(query):
        if DayRange(row.first_day, row.last_day, row.yearly).covers(day):
            away.setdefault(code, []).append(_view(row, code, day))
    for found in away.values():
        found.sort(key=lambda one: (one.start or time(), one.id))
    return away


def _view(row: Any, code: str, today: date) -> AbsenceView:
    first, last = row.first_day, row.last_day
    if row.yearly:
        first, last = _next(first, last, today)
    return AbsenceView(
        row.id, code, first, last, row.source == SOURCE, row.start_time, row.end_time, row.yearly
    )


def _next(first: date, last: date, today: date) -> tuple[date, date]:
    """The days of a range of the year 2000 as they come next; it may wrap New Year."""
    wraps = (first.month, first.day) > (last.month, last.day)
    for year in (today.year - 1, today.year):
        until = _in_year(last, year + wraps)
        if until >= today:
            return _in_year(first, year), until
    return _in_year(first, today.year + 1), _in_year(last, today.year + 1 + wraps)


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)


def add(
    s: Session,
    practitioner: str,
    first_day: date,
    last_day: date,
    *,
    start: time | None = None,
    end: time | None = None,
) -> None:
    """Nothing of these days is offered any more; what is booked stays, and shows as a conflict.

    `start` and `end` narrow each day to a part of it; one alone means from the day's beginning, or until its end.
    Raises LookupError for an unknown practitioner, ValueError for days or times in the wrong order or days all past.
    """
    if last_day < first_day or last_day < clock.today(clinic().zone):
        raise ValueError("an absence ends after it began, and not in the past")
    if start is not None or end is not None:
        start, end = start or time(), end or time(23, 59)
        if start >= end:
            raise ValueError("an absence ends after it began")
    resource_id = s.execute(select(Resource.id).where(Resource.code == practitioner)).scalar_one_or_none()
    if resource_id is None:
        raise LookupError(practitioner)
    s.add(
        Absence(
            resource_id=resource_id,
            first_day=first_day,
            last_day=last_day,
            yearly=False,
            start_time=start,
            end_time=end,
            source=SOURCE,
        )
    )
    s.flush()


def end(s: Session, absence_id: int) -> bool:
    """Take one back that was entered here; False when there is none."""
    gone = delete(Absence).where(Absence.id == absence_id, Absence.source == SOURCE)
    return bool(s.execute(gone.execution_options(synchronize_session=False)).rowcount)
