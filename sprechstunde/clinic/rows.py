"""Writes a clinic into its tables: rows that appointments point at are updated or set inactive, never deleted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from sprechstunde.clinic.models import Absence, LocationRow, OpeningRow, Resource, VisitTypeRow, WeeklyRule
from sprechstunde.clinic.view import ClinicView, Practitioner


def write_rows(s: Session, clinic: ClinicView) -> None:
    """Make the tables say what `clinic` says. Absences and openings that did not come from a file stay."""
    _upsert(
        s,
        LocationRow,
        [{"code": place.code, "name": place.name, "address": place.address} for place in clinic.locations],
    )
    _upsert(
        s,
        Resource,
        [
            {"code": p.code, "name": p.name, "lanes": p.lanes}
            for p in sorted(clinic.practitioners, key=lambda p: p.code)
        ],
    )
    _upsert(
        s,
        VisitTypeRow,
        [{"code": v.code, "names": dict(v.names), "bring": dict(v.bring)} for v in clinic.visit_types],
    )
    ids = {row.code: row.id for row in s.execute(select(Resource.code, Resource.id))}
    s.execute(delete(WeeklyRule))
    s.execute(delete(Absence).where(Absence.source == "file"))
    s.execute(delete(OpeningRow).where(OpeningRow.source == "file"))
    for person in clinic.practitioners:
        _write_schedule(s, person, ids[person.code])


def _upsert(s: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    """Insert or update `rows` by their code; whatever else the table has becomes inactive."""
    s.execute(update(table).where(table.code.not_in([row["code"] for row in rows])).values(active=False))
    if not rows:
        return
    statement = upsert(table).values([{**row, "active": True} for row in rows])
    changed = {name: statement.excluded[name] for name in (*rows[0], "active") if name != "code"}
    s.execute(statement.on_conflict_do_update(index_elements=["code"], set_=changed))


def _write_schedule(s: Session, person: Practitioner, resource_id: int) -> None:
    rules = [
        {
            "resource_id": resource_id,
            "location": rule.location,
            "weekday": rule.weekday,
            "start_time": rule.start,
            "end_time": rule.end,
            "only": list(rule.only),
            "valid_from": rule.valid_from,
            "valid_until": rule.valid_until,
        }
        for rule in person.hours
    ]
    absences = [
        {
            "resource_id": resource_id,
            "first_day": away.first,
            "last_day": away.last,
            "yearly": away.yearly,
            "start_time": away.start,
            "end_time": away.end,
        }
        for away in person.absences
    ]
    openings = [
        {
            "resource_id": resource_id,
            "location": opening.location,
            "day": opening.day,
            "start_time": opening.start,
            "end_time": opening.end,
            "only": list(opening.only),
        }
        for opening in person.openings
    ]
    for table, rows in ((WeeklyRule, rules), (Absence, absences), (OpeningRow, openings)):
        if rows:
            s.execute(insert(table), rows)
