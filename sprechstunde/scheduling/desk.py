"""What staff do with the schedule. Functions work in the caller's transaction, wrapped in `or_alternatives(slot_key)`.

The same exclusion constraint guards staff's bookings. Neither lead time nor the limit of appointments a phone binds
them; with a reason they may also put a visit on top of others, or outside working time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic.service import clinic
from sprechstunde.conversations import service as conversations
from sprechstunde.patients.models import ContactPatient, Patient
from sprechstunde.scheduling import overbooking, reading, schedule
from sprechstunde.scheduling.availability import Work, from_minutes, starts, to_minutes
from sprechstunde.scheduling.errors import AppointmentNotOpen, NotAllowed, SlotNotOffered
from sprechstunde.scheduling.ledger import done_before, note
from sprechstunde.scheduling.locks import lock_contact, lock_resources
from sprechstunde.scheduling.models import Appointment
from sprechstunde.scheduling.offering import Place, offered, place_of
from sprechstunde.scheduling.search import make_slot
from sprechstunde.scheduling.taking import Gone, expire_overlapping, or_alternatives
from sprechstunde.scheduling.views import AppointmentView, Slot

__all__ = [
    "AgendaEntry",
    "agenda",
    "at_work",
    "book",
    "cancel",
    "entry",
    "free_times",
    "mark",
    "move",
    "or_alternatives",
    "visits_of",
]

ATTENDANCE = ("arrived", "no_show")


@dataclass(frozen=True)
class AgendaEntry:
    """A line of a day. `attendance` ∈ arrived | no_show | None; `reason` and `overbooked_because`: None if erased."""

    appointment: AppointmentView
    contact_id: UUID
    reason: str | None
    overbooked_because: str | None
    attendance: str | None


def agenda(
    s: Session, day: date, *, practitioner: str | None = None, location: str | None = None
) -> list[AgendaEntry]:
    """Booked and cancelled appointments of a day in the clinic's zone, in order."""
    first = datetime.combine(day, time(), clinic().zone)
    last = datetime.combine(day + timedelta(days=1), time(), clinic().zone)
    query = reading.joined().where(
        Appointment.starts_at >= first,
        Appointment.starts_at < last,
        Appointment.status.in_(("booked", "cancelled")),
    )
    if location:
        query = query.where(Appointment.location == location)
    order = Appointment.starts_at, Appointment.resource_id, Appointment.lane, Appointment.id
    rows = s.execute(query.order_by(*order)).all()
    entries = [_entry(row) for row in rows]
    return [one for one in entries if practitioner in (None, one.appointment.slot.practitioner)]


def at_work(s: Session, day: date) -> dict[str, list[tuple[datetime, datetime, str]]]:
    """Who works on a day in the clinic's zone, by code: from, until and the place's code, in order; not who is away."""
    view = clinic()
    people = schedule.workers(s, view)
    known = schedule.exceptions(s, list(people.values()), day, day)
    found: dict[str, list[tuple[datetime, datetime, str]]] = {}
    for code, person in people.items():
        visits = [visit for visit in view.visit_types if code in visit.given_by]
        blocks = {block for visit in visits for block in schedule.work(view, visit, person, day, known)}
        if blocks:
            found[code] = [
                (from_minutes(start, view.zone), from_minutes(end, view.zone), place)
                for start, end, place in _joined(blocks)
            ]
    return found


def _joined(blocks: set[Work]) -> list[tuple[int, int, str]]:
    """Stretches at one place that touch or overlap (hours kept for one kind of visit) become one."""
    joined: list[tuple[int, int, str]] = []
    for block in sorted(blocks, key=lambda one: (one.location, one.start, one.end)):
        last = joined[-1] if joined else None
        if last and last[2] == block.location and block.start <= last[1]:
            joined[-1] = (last[0], max(last[1], block.end), block.location)
        else:
            joined.append((block.start, block.end, block.location))
    return sorted(joined)


def visits_of(s: Session, patient_id: UUID, *, most: int = 50) -> list[AgendaEntry]:
    """A patient's appointments, cancelled ones too, latest first."""
    query = reading.joined().where(
        Appointment.patient_id == patient_id, Appointment.status.in_(("booked", "cancelled"))
    )
    rows = s.execute(query.order_by(Appointment.starts_at.desc(), Appointment.id).limit(most)).all()
    return [_entry(row) for row in rows]


def entry(s: Session, appointment_id: UUID) -> AgendaEntry:
    """One appointment as it stands in its day. Raises AppointmentNotOpen for a hold, or where there is none."""
    row = _row(s, appointment_id)
    return AgendaEntry(
        reading.view(s, row), row.contact_id, row.reason, row.overbooked_because, row.attendance
    )


def free_times(s: Session, day: date, practitioner: str, visit_type: str) -> list[Slot]:
    """What staff may offer of a day: free, in working time, not past. Raises SlotNotOffered for unknown codes."""
    view = clinic()
    visit, worker = view.visit_type(visit_type), schedule.workers(s, view).get(practitioner)
    if visit is None or worker is None or practitioner not in visit.given_by:
        raise SlotNotOffered(f"{practitioner} does not give {visit_type}")
    now, first = clock.now(), datetime.combine(day, time(), view.zone)
    last = datetime.combine(day + timedelta(days=1), time(), view.zone)
    work = schedule.work(view, visit, worker, day, schedule.exceptions(s, [worker], day, day))
    busy = schedule.busy(s, [worker], first, last, now)[worker.id]
    return [
        make_slot(
            view,
            practitioner,
            place,
            visit_type,
            from_minutes(at, view.zone),
            from_minutes(at + int(visit.duration.total_seconds() // 60), view.zone),
        )
        for at, place in starts(
            work, schedule.timing(visit), to_minutes(now) + 1, to_minutes(last), view.zone, busy
        )
    ]


def book(
    s: Session,
    slot_key: str,
    *,
    patient_id: UUID,
    reason: str | None,
    overbook_because: str | None = None,
    idempotency_key: str,
) -> AppointmentView:
    """Book for a patient, in the name of whoever acts for her. The same key again returns the first booking.

    Raises SlotNotOffered, NotAllowed for a patient without a contact, AppointmentNotOpen for a time that is past.
    A time that is taken becomes SlotTaken through `or_alternatives`.
    """
    contact_id = _acting_for(s, patient_id)
    lock_contact(s, contact_id)
    again = done_before(s, "booked", contact_id, idempotency_key)
    if again is not None:
        return reading.view(s, again)
    place = _place(s, slot_key, overbook_because)
    lock_resources(s, [place.worker.id])
    now, (start, end) = clock.now(), place.blocked
    lane = _lane(s, place, overbook_because, now)
    row = Appointment(
        key_id=s.scalars(select(Patient.key_id).where(Patient.id == patient_id)).one(),
        resource_id=place.worker.id,
        lane=lane,
        location=place.slot.location,
        visit_type=place.slot.visit_type,
        status="booked",
        starts_at=place.slot.start,
        ends_at=place.slot.end,
        blocked_from=start,
        blocked_until=end,
        contact_id=contact_id,
        patient_id=patient_id,
        reason=reason or None,
        overbooked_because=overbook_because or None,
        sequence=0,
        created_at=now,
        changed_at=now,
    )
    s.add(row)
    s.flush()
    note(
        s,
        row,
        "booked",
        at=now,
        contact_id=contact_id,
        why=overbook_because or reason,
        idempotency_key=idempotency_key,
        by_staff=True,
    )
    s.flush()
    return reading.view(s, row)


def move(
    s: Session, appointment_id: UUID, slot_key: str, *, overbook_because: str | None = None
) -> AppointmentView:
    """Put an appointment elsewhere; its id stays. Moving it to where it is changes nothing. Raises as `book`."""
    row = _row(s, appointment_id)
    lock_contact(s, conversations.current_id(s, row.contact_id))
    place = _place(s, slot_key, overbook_because)
    lock_resources(s, [place.worker.id, row.resource_id])
    s.refresh(row, with_for_update=True)
    now = clock.now()
    if row.status != "booked":
        raise AppointmentNotOpen("it was cancelled")
    if (row.resource_id, row.starts_at, row.visit_type) == (
        place.worker.id,
        place.slot.start,
        place.slot.visit_type,
    ):
        return reading.view(s, row)
    freed = row.resource_id, row.blocked_from, row.blocked_until
    before = row.resource_id, row.starts_at
    lane = _lane(s, place, overbook_because, now, leaving=row.id)
    row.resource_id, row.lane = place.worker.id, lane
    row.location, row.visit_type = place.slot.location, place.slot.visit_type
    row.starts_at, row.ends_at = place.slot.start, place.slot.end
    row.blocked_from, row.blocked_until = place.blocked
    row.overbooked_because, row.attendance = overbook_because or None, None
    row.sequence, row.changed_at = row.sequence + 1, now
    note(
        s,
        row,
        "moved",
        at=now,
        contact_id=row.contact_id,
        why=overbook_because,
        before=before,
        by_staff=True,
    )
    s.flush()
    overbooking.move_up(s, *freed)
    return reading.view(s, row)


def cancel(s: Session, appointment_id: UUID, *, reason: str | None) -> AppointmentView:
    """Free its time. One that is cancelled already stays as it is. Raises AppointmentNotOpen."""
    row = _row(s, appointment_id)
    lock_contact(s, conversations.current_id(s, row.contact_id))
    lock_resources(s, [row.resource_id])
    s.refresh(row, with_for_update=True)
    if row.status == "booked":
        now = clock.now()
        row.status, row.sequence, row.changed_at = "cancelled", row.sequence + 1, now
        note(s, row, "cancelled", at=now, contact_id=row.contact_id, why=reason or None, by_staff=True)
        s.flush()
        overbooking.move_up(s, row.resource_id, row.blocked_from, row.blocked_until)
    return reading.view(s, row)


def mark(s: Session, appointment_id: UUID, attendance: str | None) -> AppointmentView:
    """She came, she did not come, or (None) neither was meant. Raises AppointmentNotOpen, ValueError."""
    if attendance not in (None, *ATTENDANCE):
        raise ValueError(f"unknown attendance: {attendance}")
    row = _row(s, appointment_id)
    s.refresh(row, with_for_update=True)
    if row.status != "booked":
        raise AppointmentNotOpen("it was cancelled")
    if row.attendance != attendance:
        row.attendance = attendance
        note(s, row, attendance or "unmarked", at=clock.now(), contact_id=row.contact_id, by_staff=True)
        s.flush()
    return reading.view(s, row)


def _entry(line: Any) -> AgendaEntry:
    row = line[0]
    return AgendaEntry(
        reading.view_of(*line), row.contact_id, row.reason, row.overbooked_because, row.attendance
    )


def _place(s: Session, slot_key: str, overbook_because: str | None) -> Place:
    place = place_of(s, slot_key) if overbook_because else offered(s, slot_key, to_staff=True)
    if place.slot.start <= clock.now():
        raise AppointmentNotOpen("that time is past")
    if clinic().location(place.slot.location) is None:
        raise SlotNotOffered("there is no such place")
    return place


def _lane(
    s: Session, place: Place, overbook_because: str | None, now: datetime, *, leaving: UUID | None = None
) -> int:
    """Where it goes. Raises Gone. `leaving`: the appointment that gives its own time up for it."""
    expire_overlapping(s, place.worker.id, *place.blocked, now)
    s.flush()
    lanes = place.worker.lanes + (overbooking.MOST if overbook_because else 0)
    lane = overbooking.lane_with_room(s, place.worker.id, lanes, *place.blocked, leaving=leaving)
    if lane is None:
        raise Gone
    return lane


def _acting_for(s: Session, patient_id: UUID) -> UUID:
    """The contact to tell: the patient herself, or who has acted for her longest."""
    links = (
        select(ContactPatient.contact_id)
        .where(ContactPatient.patient_id == patient_id)
        .order_by(ContactPatient.relationship != "self", ContactPatient.created_at)
    )
    found = s.scalars(links).first()
    if found is None:
        raise NotAllowed("nobody acts for that patient")
    return conversations.current_id(s, found)


def _row(s: Session, appointment_id: UUID) -> Any:
    row = s.get(Appointment, appointment_id)
    if row is None or row.patient_id is None:
        raise AppointmentNotOpen("there is no such appointment")
    return row
