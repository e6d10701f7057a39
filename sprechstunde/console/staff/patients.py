"""Patients: found by name or birth date, taken down at the desk, with their appointments and chats."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException, Query
from starlette.responses import Response

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.clinic import service as clinic
from sprechstunde.console.staff import people
from sprechstunde.console.staff.access import Me, Schedule, ScheduleForm, back_to
from sprechstunde.console.staff.agenda import kind_of, read_day
from sprechstunde.console.staff.numbers import digits
from sprechstunde.conversations import service as conversations
from sprechstunde.dates import birth_date, format_birth_date, format_slot
from sprechstunde.db import transaction
from sprechstunde.patients import search
from sprechstunde.patients import service as patients
from sprechstunde.patients.models import INSURANCE_KINDS
from sprechstunde.results import links, reading
from sprechstunde.scheduling import desk
from sprechstunde.scheduling.desk import AgendaEntry

router = APIRouter(prefix="/patients", include_in_schema=False)
Field = Annotated[str, Form(max_length=200)]


@router.get("")
def all_patients(
    me: Schedule,
    q: Annotated[str, Query(max_length=100)] = "",
    day: Annotated[str, Query(max_length=10)] = "",
    practitioner: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    """Those who fit by name, birth date or number, or the newest; with a `day`, the chosen one gets a visit on it."""
    today = clock.today(clinic.clinic().zone)
    with transaction() as s:
        found = search.find(s, q, language=me.language, today=today) if q.strip() else search.latest(s)
        # A number can look like a birth date: it is tried where nobody was born then.
        number = digits(q) if not found and not any(ch.isalpha() for ch in q) else None
        caller = conversations.contact_with(s, number) if number else None
        if caller is not None:
            found = search.acted_for(s, caller)
        audit.record(s, actor=me.actor, action="patients_searched", subject_kind="patients", subject_id=None)
    lines = [(one, format_birth_date(one.birth_date, me.language)) for one in found]
    booking = urlencode({"day": read_day(day).isoformat(), "practitioner": practitioner}) if day else ""
    return me.page(
        "staff/patients.html",
        here="agenda" if day else "patients",
        q=q,
        lines=lines,
        caller=caller,
        booking=booking,
        day=day,
        practitioner=practitioner,
    )


@router.get("/new")
def ask_who(me: Schedule) -> Response:
    """The form for a patient who is at the desk or on the phone."""
    return _form(me)


@router.post("/new")
def register(
    me: ScheduleForm,
    name: Field = "",
    born: Field = "",
    phone: Field = "",
    insurance_kind: Field = "",
    insurer: Field = "",
    form_id: Field = "",
) -> Response:
    """Take her down under her number; whoever has written from it before is found again."""
    given = {
        "name": name,
        "born": born,
        "phone": phone,
        "insurance_kind": insurance_kind,
        "insurer": insurer,
    }
    day = birth_date(born, me.language, clock.today(clinic.clinic().zone))
    number = digits(phone)
    kind = insurance_kind if insurance_kind in INSURANCE_KINDS else None
    if not name.strip():
        return _form(me, given, problem="wrong_name", status=422)
    if day is None:
        return _form(me, given, problem="wrong_born", status=422)
    if number is None:
        return _form(me, given, problem="wrong_phone", status=422)
    with transaction() as s:
        contact = conversations.contact_for(s, phone=number, user_id=None, profile_name=None)
    try:
        made = patients.register(
            contact.id,
            name=name,
            birth_date=day,
            insurance_kind=kind,
            insurer=insurer.strip() or None,
            idempotency_key=f"staff:{me.id}:{form_id}",
        )
    except ValueError:
        return _form(me, given, problem="wrong_born", status=422)
    with transaction() as s:
        patients.mark_known(s, made.id)
        audit.record(
            s, actor=me.actor, action="patient_registered", subject_kind="patient", subject_id=made.id
        )
    return back_to(f"/patients/{made.id}")


@router.get("/{patient_id}")
def one_patient(me: Schedule, patient_id: UUID) -> Response:
    """One patient; looking is in the audit."""
    with transaction() as s:
        found = search.one(s, patient_id)
        if found is None:
            raise HTTPException(404)
        audit.record(s, actor=me.actor, action="patient_read", subject_kind="patient", subject_id=patient_id)
        visits = desk.visits_of(s, patient_id)
        contacts = people.contact_names(s, found.contact_ids)
        results = reading.released_to(s, patient_id) if me.may("results_read") else []
        # That somebody was to read a result is one thing, what it says another: but both are for the same eyes.
        minds_results = me.may("results_answer")
        locked = minds_results and links.any_locked(s, patient_id)
        linked = minds_results and links.any_open(s, patient_id)
    now = clock.now()
    lines = [
        (
            one,
            format_slot(one.appointment.slot.start, me.language, year=True),
            kind_of(one.appointment.slot.visit_type, me.language),
        )
        for one in visits
    ]
    return me.page(
        "staff/patient.html",
        here="patients",
        patient=found,
        born=format_birth_date(found.birth_date, me.language),
        coming=[line for line in reversed(lines) if _is_coming(line[0], now)],
        past=[line for line in lines if not _is_coming(line[0], now)],
        contacts=[(one, contacts.get(one, "")) for one in found.contact_ids],
        results=results,
        locked=locked,
        linked=linked,
    )


def _form(
    me: Me, given: dict[str, str] | None = None, *, problem: str | None = None, status: int = 200
) -> Response:
    empty = dict.fromkeys(("name", "born", "phone", "insurance_kind", "insurer"), "")
    return me.page(
        "staff/new_patient.html",
        status=status,
        here="patients",
        given={**empty, **(given or {})},
        kinds=INSURANCE_KINDS,
        insurers=clinic.clinic().insurers,
        form_id=secrets.token_urlsafe(12),
        problem=problem,
    )


def _is_coming(entry: AgendaEntry, now: datetime) -> bool:
    return entry.appointment.slot.start > now and entry.appointment.status != "cancelled"
