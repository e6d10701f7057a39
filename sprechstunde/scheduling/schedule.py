"""Who works when: resources with their weekly rules, cached per revision of the clinic; the rest read for a window."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from sprechstunde.clinic.hours import holiday
from sprechstunde.clinic.models import Absence, OpeningRow, Resource, WeeklyRule
from sprechstunde.clinic.view import LONGEST_VISIT, ClinicView, DayRange, VisitType
from sprechstunde.db import address
from sprechstunde.scheduling.availability import (
    Lane,
    Timing,
    Work,
    WorkOpening,
    WorkRule,
    lanes_from,
    work_on,
)


@dataclass(frozen=True)
class Worker:
    """A bookable resource and its weekly rules by weekday (0 = Monday)."""

    id: int
    code: str
    name: str
    lanes: int
    rules: Mapping[int, tuple[WorkRule, ...]]


@dataclass
class Exceptions:
    """Absences and openings of some workers, by resource id."""

    absences: dict[int, list[DayRange]] = field(default_factory=lambda: defaultdict(list))
    openings: dict[int, list[WorkOpening]] = field(default_factory=lambda: defaultdict(list))


_lock = threading.Lock()
_cache: tuple[tuple[str, int], dict[str, Worker]] | None = None


def workers(s: Session, clinic: ClinicView) -> dict[str, Worker]:
    """Active resources by code."""
    global _cache
    key = (address(), clinic.revision)
    known = _cache
    if known is not None and known[0] == key:
        return known[1]
    rules: dict[int, dict[int, tuple[WorkRule, ...]]] = defaultdict(dict)
    for row in s.scalars(select(WeeklyRule)):
        rule = WorkRule(
            row.location,
            row.weekday,
            row.start_time,
            row.end_time,
            frozenset(row.only),
            row.valid_from,
            row.valid_until,
        )
        own = rules[row.resource_id]
        own[row.weekday] = (*own.get(row.weekday, ()), rule)
    found = {
        row.code: Worker(row.id, row.code, row.name, row.lanes, dict(rules[row.id]))
        for row in s.scalars(select(Resource).where(Resource.active))
    }
    with _lock:
        _cache = (key, found)
    return found


def exceptions(s: Session, people: Sequence[Worker], first: date, last: date) -> Exceptions:
    """Absences and openings that touch the days `first` … `last` (yearly absences: all of them)."""
    ids = [person.id for person in people]
    found = Exceptions()
    in_window = and_(Absence.first_day <= last, Absence.last_day >= first)
    away = select(
        Absence.resource_id,
        Absence.first_day,
        Absence.last_day,
        Absence.yearly,
        Absence.start_time,
        Absence.end_time,
    ).where(Absence.resource_id.in_(ids), or_(Absence.yearly, in_window))
    for row in s.execute(away):
        found.absences[row[0]].append(DayRange(*row[1:]))
    extra = select(
        OpeningRow.resource_id,
        OpeningRow.location,
        OpeningRow.day,
        OpeningRow.start_time,
        OpeningRow.end_time,
        OpeningRow.only,
    ).where(OpeningRow.resource_id.in_(ids), OpeningRow.day.between(first, last))
    for row in s.execute(extra):
        found.openings[row[0]].append(WorkOpening(row[1], row[2], row[3], row[4], frozenset(row[5])))
    return found


def timing(visit: VisitType) -> Timing:
    """The visit's lengths in minutes."""
    duration, before, after, grid = (
        int(length.total_seconds() // 60)
        for length in (visit.duration, visit.buffer_before, visit.buffer_after, visit.grid)
    )
    return Timing(visit.code, duration, before, after, grid)


def work(clinic: ClinicView, visit: VisitType, person: Worker, day: date, known: Exceptions) -> list[Work]:
    """When `person` works on `day`, where that visit may be given."""
    if day.weekday() not in person.rules and not known.openings.get(person.id):
        return []
    found = work_on(
        day,
        visit.code,
        rules=person.rules.get(day.weekday(), ()),
        openings=known.openings.get(person.id, ()),
        absences=known.absences.get(person.id, ()),
        days_off=clinic.closures,
        is_holiday=holiday(clinic, day) is not None,
        zone=clinic.zone,
    )
    return [block for block in found if not visit.locations or block.location in visit.locations]


def busy(
    s: Session, people: Sequence[Worker], start: datetime, end: datetime, now: datetime
) -> dict[int, list[Lane]]:
    """Lanes of each worker with what is booked or held (holds that lapsed by `now` don't count) in [start, end).

    No visit blocks more than LONGEST_VISIT, so the index on starts_at finds all that reaches into the window.
    The database joins neighbours into one range: a full day comes as one row, not as thirty.
    """
    rows: Any = s.connection().exec_driver_sql(
        """
        SELECT resource_id, lane,
               extract(epoch FROM lower(span))::bigint / 60, extract(epoch FROM upper(span))::bigint / 60
        FROM (
            SELECT resource_id, lane, unnest(range_agg(tstzrange(blocked_from, blocked_until))) AS span
            FROM appointment
            WHERE resource_id = ANY(%(ids)s) AND status IN ('held', 'booked')
              AND starts_at >= %(early)s AND starts_at < %(late)s
              AND blocked_until > %(start)s AND blocked_from < %(end)s
              AND (status = 'booked' OR expires_at > %(now)s)
            GROUP BY resource_id, lane
        ) AS busy
        ORDER BY lower(span)
        """,
        {
            "ids": [p.id for p in people],
            "early": start - LONGEST_VISIT,
            "late": end + LONGEST_VISIT,
            "start": start,
            "end": end,
            "now": now,
        },
    )
    taken: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for resource_id, lane, begin, until in rows:
        taken[resource_id][lane].append((begin, until))
    return {person.id: lanes_from(taken.get(person.id, {}), person.lanes) for person in people}
