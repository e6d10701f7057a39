"""Doctors who are away, and the patients who must be told."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from starlette.responses import Response

from sprechstunde.audit import service as audit
from sprechstunde.clinic import absences
from sprechstunde.clinic import service as clinic
from sprechstunde.console.staff import people, when
from sprechstunde.console.staff.access import Me, Schedule, ScheduleForm, back_to
from sprechstunde.console.staff.agenda import day_of, kind_of
from sprechstunde.dates import format_slot
from sprechstunde.db import transaction
from sprechstunde.scheduling import desk
from sprechstunde.scheduling import service as scheduling

router = APIRouter(prefix="/absences", include_in_schema=False)


@router.get("")
def all_absences(me: Schedule) -> Response:
    """Who is away, and whose appointments are in the way."""
    return _page(me)


@router.post("")
def add(
    me: ScheduleForm,
    practitioner: Annotated[str, Form(max_length=60)] = "",
    first_day: Annotated[str, Form(max_length=10)] = "",
    last_day: Annotated[str, Form(max_length=10)] = "",
    start: Annotated[str, Form(max_length=10)] = "",
    end: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """From now on nothing of these days, or of that part of them, is offered."""
    given = {
        "practitioner": practitioner,
        "first_day": first_day,
        "last_day": last_day,
        "start": start,
        "end": end,
    }
    try:
        part = [time.fromisoformat(one).replace(tzinfo=None) if one else None for one in (start, end)]
        first, last = day_of(first_day), day_of(last_day or first_day)
        if first is None or last is None:
            raise ValueError("no day that can be meant")
        with transaction() as s:
            absences.add(s, practitioner, first, last, start=part[0], end=part[1])
            audit.record(
                s,
                actor=me.actor,
                action="absence_added",
                subject_kind="practitioner",
                subject_id=None,
                detail=" ".join(filter(None, (practitioner, str(first), str(last), start, end))),
            )
    except (ValueError, LookupError):
        return _page(me, given, problem="wrong_days", status=422)
    return back_to("/absences#to-tell")


@router.post("/{absence_id}/end")
def end(me: ScheduleForm, absence_id: int) -> Response:
    """It was entered by mistake, or she is back."""
    with transaction() as s:
        if not absences.end(s, absence_id):
            raise HTTPException(404)
        audit.record(s, actor=me.actor, action="absence_ended", subject_kind="practitioner", subject_id=None)
    return back_to("/absences")


def _page(
    me: Me, given: dict[str, str] | None = None, *, problem: str | None = None, status: int = 200
) -> Response:
    in_the_way = scheduling.conflicts()
    view = clinic.clinic()
    with transaction() as s:
        away = absences.coming(s)
        names = people.patient_names(s, [one.patient_id for one in in_the_way])
        contacts = {one.id: desk.entry(s, one.id).contact_id for one in in_the_way}
        phones = people.contact_phones(s, contacts.values())
    doctors = {person.code: person.name for person in view.practitioners}
    return me.page(
        "staff/absences.html",
        status=status,
        here="absences",
        away=[
            (
                one,
                doctors.get(one.practitioner, one.practitioner),
                " – ".join(
                    when.day(day, me.language) for day in dict.fromkeys((one.first_day, one.last_day))
                ),
                when.hours(one.start, one.end, me.language),
            )
            for one in away
        ],
        to_tell=[
            (
                one,
                names.get(one.patient_id, "?"),
                format_slot(one.slot.start, me.language),
                kind_of(one.slot.visit_type, me.language),
                phones.get(contacts[one.id]),
            )
            for one in in_the_way
        ],
        practitioners=view.practitioners,
        given=given or dict.fromkeys(("practitioner", "first_day", "last_day", "start", "end"), ""),
        problem=problem,
    )
