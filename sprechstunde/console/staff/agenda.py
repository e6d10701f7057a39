"""The day: who comes to whom and where, who came and who did not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.clinic import absences
from sprechstunde.clinic import service as clinic
from sprechstunde.console.staff import people, when
from sprechstunde.console.staff.access import Me, Schedule, ScheduleForm, back_to
from sprechstunde.conversations import service as conversations
from sprechstunde.dates import format_day_long, format_slot, format_time
from sprechstunde.db import transaction
from sprechstunde.scheduling import desk
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.desk import AgendaEntry
from sprechstunde.scheduling.errors import AppointmentNotOpen
from sprechstunde.whatsapp import appointment_notices

router = APIRouter(prefix="/agenda", include_in_schema=False)
LONGEST = 500
FURTHEST_AHEAD, FURTHEST_BACK = timedelta(days=3 * 365), timedelta(days=20 * 365)
# Where one came from and wants to go on, once this appointment is moved or cancelled.
WAYS_BACK = {"absences": "/absences#to-tell"}
Code = Annotated[str, Query(max_length=60)]
Words = Annotated[str, Form(max_length=LONGEST)]


@dataclass(frozen=True)
class Visit:
    """A line of the day, in words."""

    entry: AgendaEntry
    name: str
    begins: str
    ends: str
    kind: str
    is_over: bool

    @property
    def id(self) -> UUID:
        """The appointment's."""
        return self.entry.appointment.id

    @property
    def is_cancelled(self) -> bool:
        """It stands in the day, but nobody comes."""
        return self.entry.appointment.status == "cancelled"


@router.get("")
def agenda(me: Schedule, day: str = "", practitioner: Code = "", location: Code = "") -> Response:
    """A day, for all or for one doctor or place."""
    with transaction() as s:
        audit.record(s, actor=me.actor, action="agenda_read", subject_kind="agenda", subject_id=None)
    return me.page("staff/agenda.html", here="agenda", **_day(me, day, practitioner, location))


@router.get("/day")
def day_alone(me: Schedule, day: str = "", practitioner: Code = "", location: Code = "") -> Response:
    """The columns alone, for live updates."""
    return me.page("staff/agenda_day.html", **_day(me, day, practitioner, location))


@router.get("/appointments/{appointment_id}")
def appointment(me: Schedule, appointment_id: UUID, back: Code = "") -> Response:
    """One appointment: its history, and what can be done with it."""
    return _page(me, appointment_id, back=back)


@router.post("/appointments/{appointment_id}/attendance")
def attendance(
    me: ScheduleForm,
    appointment_id: UUID,
    came: Annotated[str, Form(max_length=20)] = "",
    practitioner: Annotated[str, Form(max_length=60)] = "",
    location: Annotated[str, Form(max_length=60)] = "",
) -> Response:
    """She is here, she did not come, or neither; then the day again, for the doctor and place it was shown for."""
    if came not in ("", *desk.ATTENDANCE):
        raise HTTPException(422)
    with transaction() as s:
        try:
            marked = desk.mark(s, appointment_id, came or None)
        except AppointmentNotOpen:
            return _page(me, appointment_id, problem="not_open", status=409)
        _record(s, me, appointment_id, f"appointment_{came or 'unmarked'}")
    shown = {"day": marked.slot.start.date(), "practitioner": practitioner, "location": location}
    return back_to(f"/agenda?{urlencode(shown)}#visit-{appointment_id}")


@router.post("/appointments/{appointment_id}/cancel")
def cancel(
    me: ScheduleForm,
    appointment_id: UUID,
    reason: Words = "",
    tell: Annotated[bool, Form()] = False,
    back: Annotated[str, Form(max_length=60)] = "",
) -> Response:
    """Free its time, and tell the patient if she is to hear it from us."""
    with transaction() as s:
        try:
            entry = desk.entry(s, appointment_id)
            cancelled = desk.cancel(s, appointment_id, reason=reason.strip() or None)
        except AppointmentNotOpen:
            raise HTTPException(404) from None
        if entry.appointment.status != "cancelled":
            _record(s, me, appointment_id, "appointment_cancelled")
            if tell:
                name = people.patient_names(s, [cancelled.patient_id]).get(cancelled.patient_id, "")
                appointment_notices.tell(
                    s, entry.contact_id, "cancelled", cancelled, who=name, staff_id=me.id
                )
    return back_to(WAYS_BACK.get(back, f"/agenda/appointments/{appointment_id}"))


def read_day(text: str) -> date:
    """The day of an address, today where there is none or it is no day that could be meant."""
    return day_of(text) or clock.today(clinic.clinic().zone)


def day_of(text: str) -> date | None:
    """The day that a field holds; None for what is none, or is so far away that only a slip can mean it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    ahead = day - clock.today(clinic.clinic().zone)
    return day if -FURTHEST_BACK <= ahead <= FURTHEST_AHEAD else None


def kind_of(visit_type: str, language: str) -> str:
    """The name of a kind of visit; its code once the clinic has dropped it."""
    found = clinic.clinic().visit_type(visit_type)
    return found.name(language) if found else visit_type


def _day(me: Me, text: str, practitioner: str, location: str) -> dict[str, Any]:
    day, view = read_day(text), clinic.clinic()
    # Doctors who left and their appointments can be asked for; what no code can be is nobody's.
    practitioner, location = (code if code.isprintable() else "" for code in (practitioner, location))
    with transaction() as s:
        entries = desk.agenda(s, day, practitioner=practitioner or None, location=location or None)
        names = people.patient_names(s, [entry.appointment.patient_id for entry in entries])
        work = desk.at_work(s, day)
        away = absences.on(s, day)
    columns: dict[str, list[Visit]] = defaultdict(list)
    for entry in entries:
        columns[entry.appointment.slot.practitioner].append(_visit(entry, names, me.language))
    shown = [
        (
            person.code,
            person.name,
            _hours(work.get(person.code, []), location, me),
            columns.pop(person.code, []),
            [when.hours(one.start, one.end, me.language) for one in away.get(person.code, [])],
        )
        for person in view.practitioners
        if practitioner in ("", person.code)
    ]
    # Doctors who left keep the appointments that nobody has moved yet.
    shown += [
        (code, visits[0].entry.appointment.slot.practitioner_name, [], visits, [])
        for code, visits in columns.items()
    ]
    return {
        "day": day.isoformat(),
        "title": format_day_long(day, me.language, year=True),
        "before": (day - timedelta(days=1)).isoformat(),
        "after": (day + timedelta(days=1)).isoformat(),
        "practitioner": practitioner,
        "location": location,
        "practitioners": view.practitioners,
        "locations": view.locations,
        "columns": [column for column in shown if any(column[2:]) or practitioner],
        "is_empty": not entries,
        "is_past": day < clock.today(view.zone),
    }


def _hours(work: list[tuple[datetime, datetime, str]], location: str, me: Me) -> list[tuple[str, str]]:
    """Per place its name and the hours there, "8:00–12:00, 14:00–16:00"."""
    view = clinic.clinic()
    places = list(dict.fromkeys(place for _, _, place in work if location in ("", place)))
    return [
        (
            getattr(view.location(code), "name", code),
            ", ".join(
                f"{format_time(start, me.language)}–{format_time(end, me.language)}"
                for start, end, place in work
                if place == code
            ),
        )
        for code in places
    ]


def _visit(entry: AgendaEntry, names: dict[UUID, str], language: str) -> Visit:
    slot = entry.appointment.slot
    return Visit(
        entry=entry,
        name=names.get(entry.appointment.patient_id, "?"),
        begins=format_time(slot.start, language),
        ends=format_time(slot.end, language),
        kind=kind_of(slot.visit_type, language),
        is_over=slot.end <= clock.now(),
    )


def _page(
    me: Me, appointment_id: UUID, *, back: str = "", problem: str | None = None, status: int = 200
) -> Response:
    with transaction() as s:
        try:
            entry = desk.entry(s, appointment_id)
        except AppointmentNotOpen:
            raise HTTPException(404) from None
        audit.record(
            s,
            actor=me.actor,
            action="appointment_read",
            subject_kind="appointment",
            subject_id=appointment_id,
        )
        names = people.patient_names(s, [entry.appointment.patient_id])
        window = conversations.service_window_open(s, entry.contact_id)
    slot = entry.appointment.slot
    return me.page(
        "staff/appointment.html",
        status=status,
        here="agenda",
        visit=_visit(entry, names, me.language),
        at=format_slot(slot.start, me.language, year=True),
        history=[
            (line, format_slot(line.at, me.language), format_slot(line.start, me.language))
            for line in scheduling.history(appointment_id)
        ],
        is_coming=slot.start > clock.now(),
        window_open=window,
        back=back if back in WAYS_BACK else "",
        problem=problem,
    )


def _record(s: Session, me: Me, appointment_id: UUID, action: str) -> None:
    audit.record(s, actor=me.actor, action=action, subject_kind="appointment", subject_id=appointment_id)
