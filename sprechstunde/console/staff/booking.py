"""Booking for a patient, and moving an appointment: free times to choose from, or on top of others with a reason."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, time
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, HTTPException, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from sprechstunde.audit import service as audit
from sprechstunde.clinic import service as clinic
from sprechstunde.console.staff import people
from sprechstunde.console.staff.access import Me, Schedule, ScheduleForm, back_to
from sprechstunde.console.staff.agenda import WAYS_BACK, day_of, kind_of, read_day
from sprechstunde.conversations import service as conversations
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


@dataclass(frozen=True)
class Typed:
    """What stands in the form. It comes back with every page that does not enter it."""

    day: str = ""
    slot: str = ""
    clock_time: str = ""
    place: str = ""
    because: str = ""
    reason: str = ""
    tell: bool = True
    wants_times: bool = False
    back: str = ""

    @property
    def overbook_because(self) -> str | None:
        """Why it may lie on top of others, where that is wished."""
        return self.because.strip() or None if self.clock_time else None


def typed_in(
    day: Field = "",
    slot: Field = "",
    clock_time: Field = "",
    place: Field = "",
    because: Field = "",
    reason: Field = "",
    tell: Annotated[bool, Form()] = False,
    times: Annotated[bool, Form()] = False,
    back: Field = "",
) -> Typed:
    """The form's fields. `times`: to see what is free, with nothing entered yet."""
    return Typed(day, slot, clock_time, place, because, reason, tell, times, back)


@router.get("/book")
def ask_when(
    me: Schedule, patient: UUID, day: str = "", practitioner: Code = "", visit_type: Code = ""
) -> Response:
    """Free times of a day for this patient."""
    return _page(me, _Wish(patient, None, read_day(day).isoformat(), practitioner, visit_type))


@router.post("/book")
def book(
    me: ScheduleForm,
    patient: Annotated[UUID, Form()],
    typed: Annotated[Typed, Depends(typed_in)],
    practitioner: Field = "",
    visit_type: Field = "",
    form_id: Field = "",
) -> Response:
    """Enter it. A time that was taken meanwhile is answered with what is free."""
    wish = _Wish(patient, None, typed.day, practitioner, visit_type)
    if typed.wants_times:
        return _page(me, wish, typed)
    chosen, problem = _chosen(wish, typed)
    if chosen is None:
        return _page(me, wish, typed, problem=problem, status=422)

    def act(s: Session) -> AppointmentView:
        booked = desk.book(
            s,
            chosen,
            patient_id=patient,
            reason=typed.reason.strip() or None,
            overbook_because=typed.overbook_because,
            # The time belongs to it: who goes back and chooses another has not sent the same form twice.
            idempotency_key=f"staff:{me.id}:{form_id}:{chosen}",
        )
        _record(s, me, booked.id, "appointment_booked")
        if typed.tell:
            _tell(s, me, booked, "booked")
        return booked

    return _try(me, wish, typed, chosen, act)


@router.get("/appointments/{appointment_id}/move")
def ask_where_to(
    me: Schedule, appointment_id: UUID, day: str = "", practitioner: Code = "", back: Code = ""
) -> Response:
    """Free times of a day for an appointment that there is."""
    return _page(me, _of(appointment_id, read_day(day).isoformat() if day else "", practitioner), back=back)


@router.post("/appointments/{appointment_id}/move")
def move(
    me: ScheduleForm,
    appointment_id: UUID,
    typed: Annotated[Typed, Depends(typed_in)],
    practitioner: Field = "",
) -> Response:
    """Put it there; its old time is free from then on."""
    wish = _of(appointment_id, typed.day, practitioner)
    if typed.wants_times:
        return _page(me, wish, typed)
    chosen, problem = _chosen(wish, typed)
    if chosen is None:
        return _page(me, wish, typed, problem=problem, status=422)

    def act(s: Session) -> AppointmentView:
        before = desk.entry(s, appointment_id).appointment
        moved = desk.move(s, appointment_id, chosen, overbook_because=typed.overbook_because)
        if moved.sequence != before.sequence:
            _record(s, me, moved.id, "appointment_moved")
            if typed.tell:
                _tell(s, me, moved, "moved", before=before.slot.start)
        return moved

    return _try(me, wish, typed, chosen, act)


class _Wish:
    """What is to be entered: for whom (or which appointment), and what was chosen so far."""

    def __init__(
        self,
        patient_id: UUID,
        appointment: AppointmentView | None,
        day: str,
        practitioner: str,
        visit_type: str,
    ) -> None:
        view = clinic.clinic()
        self.patient_id, self.appointment = patient_id, appointment
        self.shown_day, self.day = day, day_of(day)
        own = next((v for v in view.visit_types if practitioner in v.given_by), view.visit_types[0])
        visit = view.visit_type(visit_type) or own
        self.visit_type = visit.code
        self.givers = [person for person in view.practitioners if person.code in visit.given_by]
        codes = [person.code for person in self.givers]
        self.practitioner = practitioner if practitioner in codes else codes[0]
        self.is_as_chosen = practitioner in ("", self.practitioner) and visit_type in ("", self.visit_type)

    @property
    def action(self) -> str:
        """Where its form goes; the address alone brings the page again."""
        if self.appointment is None:
            return f"/agenda/book?patient={self.patient_id}"
        return f"/agenda/appointments/{self.appointment.id}/move"

    def holds(self, key: str) -> bool:
        """Whether this time is one of the day, the doctor and the kind of visit that the fields show."""
        practitioner, _, visit_type, start = (key.split("|") + [""] * 4)[:4]
        return self.is_as_chosen and (practitioner, visit_type, start[:10]) == (
            self.practitioner,
            self.visit_type,
            self.shown_day,
        )


def _of(appointment_id: UUID, day: str, practitioner: str) -> _Wish:
    with transaction() as s:
        try:
            found = desk.entry(s, appointment_id).appointment
        except AppointmentNotOpen:
            raise HTTPException(404) from None
    return _Wish(
        found.patient_id,
        found,
        day or found.slot.start.date().isoformat(),
        practitioner or found.slot.practitioner,
        found.slot.visit_type,
    )


def _chosen(wish: _Wish, typed: Typed) -> tuple[str | None, str]:
    """The key of the time that is meant: one that was offered, or a time of day with a reason; else what is wrong.

    Never another than the page showed when it was sent: a day or a kind of visit that was changed after the times
    were listed makes them those of something else.
    """
    if not typed.clock_time:
        if not typed.slot:
            return None, "choose_time"
        return (typed.slot, "") if wish.holds(typed.slot) else (None, "times_changed")
    if typed.slot:
        return None, "two_times"
    if not wish.is_as_chosen or wish.day is None:
        return None, "times_changed"
    try:
        at = datetime.combine(wish.day, time.fromisoformat(typed.clock_time), clinic.clinic().zone)
    except ValueError:
        return None, "choose_time"
    if not typed.because.strip() or clinic.clinic().location(typed.place) is None:
        return None, "choose_time"
    return slot_key(wish.practitioner, typed.place, wish.visit_type, at), ""


def _try(me: Me, wish: _Wish, typed: Typed, chosen: str, act: Any) -> Response:
    try:
        with desk.or_alternatives(chosen), transaction() as s:
            done: AppointmentView = act(s)
    except SlotTaken as taken:
        return _page(me, wish, typed, problem="taken", alternatives=taken.alternatives, status=409)
    except AppointmentNotOpen:
        return _page(me, wish, typed, problem="past", status=409)
    except SchedulingError:
        return _page(me, wish, typed, problem="not_offered", status=409)
    return back_to(WAYS_BACK.get(typed.back) or f"/agenda?day={done.slot.start.date()}#visit-{done.id}")


def _tell(s: Session, me: Me, done: AppointmentView, deed: Any, **more: Any) -> None:
    name = people.patient_names(s, [done.patient_id]).get(done.patient_id, "")
    contact_id = desk.entry(s, done.id).contact_id
    appointment_notices.tell(s, contact_id, deed, done, who=name, staff_id=me.id, **more)


def _record(s: Session, me: Me, appointment_id: UUID, action: str) -> None:
    audit.record(s, actor=me.actor, action=action, subject_kind="appointment", subject_id=appointment_id)


def _page(
    me: Me,
    wish: _Wish,
    typed: Typed | None = None,
    *,
    back: str = "",
    problem: str | None = None,
    alternatives: Any = (),
    status: int = 200,
) -> Response:
    with transaction() as s:
        patient = search.one(s, wish.patient_id)
        if patient is None:
            raise HTTPException(404)
        free = desk.free_times(s, wish.day, wish.practitioner, wish.visit_type) if wish.day else []
        window_open = any(conversations.service_window_open(s, one) for one in patient.contact_ids[:1])
    view, current = clinic.clinic(), wish.appointment
    return me.page(
        "staff/booking.html",
        status=status,
        here="agenda",
        wish=wish,
        # Where the chat is closed, to tell her means a task to call: whoever stands at the desk needs none.
        typed=typed or Typed(tell=window_open, back=back),
        patient=patient,
        window_open=window_open,
        now_at=format_slot(current.slot.start, me.language) if current else None,
        title=format_day_long(wish.day, me.language, year=True) if wish.day else "",
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
