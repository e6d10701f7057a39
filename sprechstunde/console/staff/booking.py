"""Booking for a patient, and moving an appointment: free times to choose from, or on top of others with a reason."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from sprechstunde.audit import service as audit
from sprechstunde.clinic import service as clinic
from sprechstunde.console.staff import people
from sprechstunde.console.staff.access import Me, Schedule, ScheduleForm, back_to
from sprechstunde.console.staff.agenda import kind_of, read_day
from sprechstunde.dates import format_day_long, format_slot, format_time
from sprechstunde.db import transaction
from sprechstunde.patients import search
from sprechstunde.scheduling import desk
from sprechstunde.scheduling.errors import AppointmentNotOpen, SchedulingError, SlotTaken
from sprechstunde.scheduling.service import AppointmentView
from sprechstunde.scheduling.views import slot_key
from sprechstunde.whatsapp import appointment_notices

router = APIRouter(prefix="/agenda", include_in_schema=False)
Code = Annotated[str, Query(max_length=60)]
Field = Annotated[str, Form(max_length=200)]
Flag = Annotated[bool, Form()]


@router.get("/book")
def ask_when(
    me: Schedule, patient: UUID, day: str = "", practitioner: Code = "", visit_type: Code = ""
) -> Response:
    """Free times of a day for this patient."""
    return _page(me, _Wish(patient, None, read_day(day), practitioner, visit_type))


@router.post("/book")
def book(
    me: ScheduleForm,
    patient: Annotated[UUID, Form()],
    slot: Field = "",
    clock_time: Field = "",
    place: Field = "",
    day: Field = "",
    practitioner: Field = "",
    visit_type: Field = "",
    because: Field = "",
    reason: Field = "",
    form_id: Field = "",
    tell: Flag = False,
) -> Response:
    """Enter it. A time that was taken meanwhile is answered with what is free."""
    wish = _Wish(patient, None, read_day(day), practitioner, visit_type)
    chosen = _chosen(wish, slot, clock_time, place, because)
    if chosen is None:
        return _page(me, wish, problem="choose_time", status=422)

    def act(s: Session) -> AppointmentView:
        booked = desk.book(
            s,
            chosen,
            patient_id=patient,
            reason=reason.strip() or None,
            overbook_because=because.strip() or None if clock_time else None,
            idempotency_key=f"staff:{me.id}:{form_id}",
        )
        _record(s, me, booked.id, "appointment_booked")
        if tell:
            _tell(s, me, booked, "booked")
        return booked

    return _try(me, wish, chosen, act)


@router.get("/appointments/{appointment_id}/move")
def ask_where_to(me: Schedule, appointment_id: UUID, day: str = "", practitioner: Code = "") -> Response:
    """Free times of a day for an appointment that there is."""
    return _page(me, _of(appointment_id, day, practitioner))


@router.post("/appointments/{appointment_id}/move")
def move(
    me: ScheduleForm,
    appointment_id: UUID,
    slot: Field = "",
    clock_time: Field = "",
    place: Field = "",
    day: Field = "",
    practitioner: Field = "",
    because: Field = "",
    tell: Flag = False,
) -> Response:
    """Put it there; its old time is free from then on."""
    wish = _of(appointment_id, day, practitioner)
    chosen = _chosen(wish, slot, clock_time, place, because)
    if chosen is None:
        return _page(me, wish, problem="choose_time", status=422)

    def act(s: Session) -> AppointmentView:
        before = desk.entry(s, appointment_id).appointment
        moved = desk.move(
            s, appointment_id, chosen, overbook_because=because.strip() or None if clock_time else None
        )
        if moved.sequence != before.sequence:
            _record(s, me, moved.id, "appointment_moved")
            if tell:
                _tell(s, me, moved, "moved", before=before.slot.start)
        return moved

    return _try(me, wish, chosen, act)


class _Wish:
    """What is to be entered: for whom (or which appointment), and what was chosen so far."""

    def __init__(
        self,
        patient_id: UUID,
        appointment: AppointmentView | None,
        day: date,
        practitioner: str,
        visit_type: str,
    ) -> None:
        view = clinic.clinic()
        self.patient_id, self.appointment, self.day = patient_id, appointment, day
        own = next((v for v in view.visit_types if practitioner in v.given_by), view.visit_types[0])
        visit = view.visit_type(visit_type) or own
        self.visit_type = visit.code
        self.givers = [person for person in view.practitioners if person.code in visit.given_by]
        codes = [person.code for person in self.givers]
        self.practitioner = practitioner if practitioner in codes else codes[0]

    @property
    def action(self) -> str:
        """Where its forms go."""
        if self.appointment is None:
            return "/agenda/book"
        return f"/agenda/appointments/{self.appointment.id}/move"


def _of(appointment_id: UUID, day: str, practitioner: str) -> _Wish:
    with transaction() as s:
        try:
            found = desk.entry(s, appointment_id).appointment
        except AppointmentNotOpen:
            raise HTTPException(404) from None
    return _Wish(
        found.patient_id,
        found,
        read_day(day) if day else found.slot.start.date(),
        practitioner or found.slot.practitioner,
        found.slot.visit_type,
    )


def _chosen(wish: _Wish, slot: str, clock_time: str, place: str, because: str) -> str | None:
    """The key of the time that is meant: one that was offered, or a time of day with a reason."""
    if not clock_time:
        return slot or None
    try:
        at = datetime.combine(wish.day, time.fromisoformat(clock_time), clinic.clinic().zone)
    except ValueError:
        return None
    if not because.strip() or clinic.clinic().location(place) is None:
        return None
    return slot_key(wish.practitioner, place, wish.visit_type, at)


def _try(me: Me, wish: _Wish, chosen: str, act: Any) -> Response:
    try:
        with desk.or_alternatives(chosen), transaction() as s:
            done: AppointmentView = act(s)
    except SlotTaken as taken:
        return _page(me, wish, problem="taken", alternatives=taken.alternatives, status=409)
    except AppointmentNotOpen:
        return _page(me, wish, problem="past", status=409)
    except SchedulingError:
        return _page(me, wish, problem="not_offered", status=409)
    return back_to(f"/agenda?day={done.slot.start.date()}#visit-{done.id}")


def _tell(s: Session, me: Me, done: AppointmentView, deed: Any, **more: Any) -> None:
    name = people.patient_names(s, [done.patient_id]).get(done.patient_id, "")
    contact_id = desk.entry(s, done.id).contact_id
    appointment_notices.tell(s, contact_id, deed, done, who=name, staff_id=me.id, **more)


def _record(s: Session, me: Me, appointment_id: UUID, action: str) -> None:
    audit.record(s, actor=me.actor, action=action, subject_kind="appointment", subject_id=appointment_id)


def _page(
    me: Me, wish: _Wish, *, problem: str | None = None, alternatives: Any = (), status: int = 200
) -> Response:
    with transaction() as s:
        patient = search.one(s, wish.patient_id)
        if patient is None:
            raise HTTPException(404)
        free = desk.free_times(s, wish.day, wish.practitioner, wish.visit_type)
    view, current = clinic.clinic(), wish.appointment
    return me.page(
        "staff/booking.html",
        status=status,
        here="agenda",
        wish=wish,
        patient=patient,
        now_at=format_slot(current.slot.start, me.language) if current else None,
        title=format_day_long(wish.day, me.language, year=True),
        free=[(slot.key, format_time(slot.start, me.language), slot.location_name) for slot in free],
        alternatives=[
            (slot.key, format_slot(slot.start, me.language), slot.practitioner_name) for slot in alternatives
        ],
        visit_types=[(visit.code, visit.name(me.language)) for visit in view.visit_types],
        kind=kind_of(wish.visit_type, me.language),
        locations=view.locations,
        form_id=secrets.token_urlsafe(12),
        problem=problem,
    )
