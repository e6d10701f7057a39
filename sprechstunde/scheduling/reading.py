"""Appointments as views: coming ones, their history, and those that the schedule no longer has room for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic.models import LocationRow, Resource, VisitTypeRow
from sprechstunde.clinic.service import clinic
from sprechstunde.clinic.view import ClinicView
from sprechstunde.db import transaction
from sprechstunde.scheduling import schedule
from sprechstunde.scheduling.availability import to_minutes
from sprechstunde.scheduling.models import Appointment, AppointmentHistory
from sprechstunde.scheduling.views import AppointmentView, HistoryEntry, HoldView, Slot, slot_key


def upcoming(patient_ids: Iterable[UUID]) -> list[AppointmentView]:
    """Booked appointments of these patients that have not begun, soonest first."""
    with transaction() as s:
        coming = (
            joined()
            .where(
                Appointment.patient_id.in_(list(patient_ids)),
                Appointment.status == "booked",
                Appointment.starts_at > clock.now(),
            )
            .order_by(Appointment.starts_at, Appointment.id)
        )
        return [view_of(*row) for row in s.execute(coming)]


def history(appointment_id: UUID) -> list[HistoryEntry]:
    """What happened to an appointment, oldest first."""
    zone = clinic().zone
    with transaction() as s:
        lines = select(AppointmentHistory).where(AppointmentHistory.appointment_id == appointment_id)
        return [
            HistoryEntry(
                at=line.at.astimezone(zone),
                action=line.action,
                actor=line.actor,
                contact_id=line.contact_id,
                why=line.why,
                start=line.starts_at.astimezone(zone),
                old_start=line.old_starts_at.astimezone(zone) if line.old_starts_at else None,
            )
            for line in s.scalars(lines.order_by(AppointmentHistory.id))
        ]


def conflicts() -> list[AppointmentView]:
    """Coming appointments outside the working time there is now (an absence came later, a doctor left): for staff."""
    view, found = clinic(), []
    with transaction() as s:
        coming = joined().where(Appointment.status == "booked", Appointment.starts_at > clock.now())
        known = schedule.workers(s, view)
        rows = s.execute(coming.order_by(Appointment.starts_at)).all()
        days = [row[0].starts_at.astimezone(view.zone).date() for row in rows]
        if not rows:
            return []
        exceptions = schedule.exceptions(s, tuple(known.values()), min(days), max(days))
        for row, day in zip(rows, days, strict=True):
            if not _has_room(view, row, day, known, exceptions):
                found.append(view_of(*row))
    return found


def _has_room(view: ClinicView, row: Any, day: Any, known: Any, exceptions: schedule.Exceptions) -> bool:
    appointment, person = row[0], known.get(row[1].code)
    visit = view.visit_type(appointment.visit_type)
    if person is None or visit is None:
        return False
    start, end = to_minutes(appointment.starts_at), to_minutes(appointment.ends_at)
    return any(
        work.start <= start and end <= work.end and work.location == appointment.location
        for work in schedule.work(view, visit, person, day, exceptions)
    )


def joined() -> Any:
    """Appointments with who gives them, where and what: what `view_of` takes."""
    return (
        select(Appointment, Resource, LocationRow, VisitTypeRow)
        .join(Resource, Resource.id == Appointment.resource_id)
        .join(LocationRow, LocationRow.code == Appointment.location)
        .join(VisitTypeRow, VisitTypeRow.code == Appointment.visit_type)
    )


def _parts(s: Session, row: Any) -> Any:
    return s.execute(joined().where(Appointment.id == row.id)).one()


def view(s: Session, row: Any) -> AppointmentView:
    """A row of `appointment` as its view."""
    return view_of(*_parts(s, row))


def slot(s: Session, row: Any) -> Slot:
    """The slot that a row of `appointment` takes up."""
    return _slot(*_parts(s, row)[:3])


def hold_view(s: Session, row: Any) -> HoldView:
    """The hold that a row of `appointment` is, or was."""
    taken = slot(s, row)
    # A booked row has no expiry any more; its hold lasted until it was booked.
    until = row.expires_at or row.changed_at
    return HoldView(row.id, taken, until.astimezone(taken.start.tzinfo))


def _slot(row: Any, resource: Any, location: Any) -> Slot:
    zone = clinic().zone
    start = row.starts_at.astimezone(zone)
    return Slot(
        key=slot_key(resource.code, location.code, row.visit_type, start),
        practitioner=resource.code,
        practitioner_name=resource.name,
        location=location.code,
        location_name=location.name,
        visit_type=row.visit_type,
        start=start,
        end=row.ends_at.astimezone(zone),
    )


def view_of(row: Any, resource: Any, location: Any, visit: Any) -> AppointmentView:
    """The view of a line of `joined`."""
    return AppointmentView(
        id=row.id,
        patient_id=row.patient_id,
        slot=_slot(row, resource, location),
        status=row.status,
        bring=dict(visit.bring),
        sequence=row.sequence,
        changed_at=row.changed_at,
    )
