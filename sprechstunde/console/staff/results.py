"""Results for nurses and doctors: whose it is, release, answers to questions below it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException
from sqlalchemy.orm import Session
from starlette.responses import Response

from sprechstunde.audit import service as audit
from sprechstunde.clinic import service as clinic
from sprechstunde.console.staff import numbers, people, when
from sprechstunde.console.staff.access import AnswerForm, Me, ReadResults, ReleaseForm, back_to
from sprechstunde.console.texts import words
from sprechstunde.db import transaction
from sprechstunde.patients import people as patients
from sprechstunde.results import links, matching, opening, pictures, reading, releasing
from sprechstunde.results.models import MARKS
from sprechstunde.results.reading import UnknownResult
from sprechstunde.results.releasing import NotReleasable
from sprechstunde.whatsapp import result_notices

router = APIRouter(prefix="/results", include_in_schema=False)
LONGEST = 2000
Words = Annotated[str, Form(max_length=LONGEST)]


@router.get("")
def all_results(me: ReadResults) -> Response:
    """What waits for a doctor, and what was released of late."""
    with transaction() as s:
        waiting, released = reading.waiting(s), reading.recent(s, limit=50)
        names = people.patient_names(s, [one.patient_id for one in [*waiting, *released]])
        audit.record(s, actor=me.actor, action="results_listed", subject_kind="results", subject_id=None)
    return me.page(
        "staff/results.html",
        here="results",
        waiting=[_line(one, names, when.short(one.received_at, me.language)) for one in waiting],
        released=[_line(one, names, when.short(one.released_at, me.language)) for one in released],
    )


@router.get("/{result_id}")
def one_result(me: ReadResults, result_id: UUID) -> Response:
    """One result; looking at it is in the audit."""
    return _page(me, result_id)


@router.get("/{result_id}/pages/{number}")
def one_page(me: ReadResults, result_id: UUID, number: int) -> Response:
    """A page of it as a picture."""
    with transaction() as s:
        content, mime_type = _content(s, result_id)
    try:
        picture, kind = pictures.page(content, mime_type, number)
    except (IndexError, pictures.NotShowable):
        raise HTTPException(404) from None
    return Response(picture, media_type=kind)


@router.post("/{result_id}/assign")
def assign(me: AnswerForm, result_id: UUID, patient_id: Annotated[UUID, Form()]) -> Response:
    """Say whose it is."""
    return _do(me, result_id, lambda s: releasing.assign(s, result_id, patient_id, actor=me.actor))


@router.post("/{result_id}/release")
def release(
    me: ReleaseForm, result_id: UUID, mark: Annotated[str, Form(max_length=20)], remark: Words = ""
) -> Response:
    """Let the patient have it; unless it is urgent she is told at once."""
    if mark not in MARKS:
        raise HTTPException(422)

    def act(s: Session) -> None:
        releasing.release(s, result_id, mark=mark, remark=remark.strip() or None, staff_id=me.id)
        if mark != "urgent":
            result_notices.announce(s, result_id)

    return _do(me, result_id, act)


@router.post("/{result_id}/told")
def told_by_phone(
    me: AnswerForm, result_id: UUID, outcome: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """The patient was called about an urgent result: now she can read it, too, and nobody has to call any more."""

    def act(s: Session) -> None:
        said = outcome.strip() or words(me.language, "staff")["was_told"]
        releasing.told_by_phone(s, result_id, staff_id=me.id, outcome=said)
        result_notices.announce(s, result_id)

    return _do(me, result_id, act)


@router.post("/{result_id}/withdraw")
def withdraw(me: ReleaseForm, result_id: UUID) -> Response:
    """Take it back."""
    said = words(me.language, "staff")["state_withdrawn"]
    return _do(me, result_id, lambda s: releasing.withdraw(s, result_id, staff_id=me.id, outcome=said))


@router.post("/{result_id}/unlock")
def unlock(me: AnswerForm, result_id: UUID) -> Response:
    """Staff have made sure who is asking: the birth date may be tried again."""

    def act(s: Session) -> None:
        patient_id = reading.view(s, result_id).patient_id
        if patient_id is not None:
            links.unlock(s, patient_id, staff_id=me.id)

    return _do(me, result_id, act)


@router.post("/{result_id}/revoke")
def revoke(me: AnswerForm, result_id: UUID) -> Response:
    """End every link to this patient's results, also in browsers that are looking."""

    def act(s: Session) -> None:
        patient_id = reading.view(s, result_id).patient_id
        if patient_id is not None:
            links.revoke_by_staff(s, patient_id, staff_id=me.id)

    return _do(me, result_id, act)


@router.post("/{result_id}/answers")
def answer(
    me: AnswerForm, result_id: UUID, words: Words = "", form_id: Annotated[str, Form(max_length=60)] = ""
) -> Response:
    """Answer below the result; the patient hears in the chat that there is an answer, not what it says."""

    def act(s: Session) -> None:
        if words.strip() and opening.answer(s, result_id, words, staff_id=me.id, form_id=form_id):
            result_notices.announce_answer(s, result_id, form_id)

    return _do(me, result_id, act)


def _do(me: Me, result_id: UUID, act: Any) -> Response:
    try:
        with transaction() as s:
            act(s)
    except UnknownResult:
        raise HTTPException(404) from None
    except NotReleasable as problem:
        return _page(me, result_id, problem=f"not_released_{problem.reason}", status=409)
    return back_to(f"/results/{result_id}")


def _content(s: Session, result_id: UUID) -> tuple[bytes, str]:
    try:
        return reading.content(s, result_id)
    except UnknownResult:
        raise HTTPException(404) from None


def _page(me: Me, result_id: UUID, *, problem: str | None = None, status: int = 200) -> Response:
    with transaction() as s:
        content, mime_type = _content(s, result_id)
        result = reading.view(s, result_id)
        audit.record(s, actor=me.actor, action="result_read", subject_kind="result", subject_id=result_id)
        person = patients.person(s, result.patient_id) if result.patient_id else None
        colleagues = people.colleagues(s)
        doctor = clinic.clinic().practitioner(result.practitioner) if result.practitioner else None
        contacts = person.contact_ids if person else ()
        return me.page(
            "staff/result.html",
            status=status,
            here="results",
            result=result,
            doctor=doctor.name if doctor else None,
            released_by=colleagues.get(result.released_by) if result.released_by else None,
            person=person,
            contacts=people.contact_names(s, contacts),
            phones=_phones(s, contacts, result.claimed.phone),
            locked=links.any_locked(s, person.id) if person else False,
            linked=links.any_open(s, person.id) if person else False,
            candidates=[] if result.patient_id else matching.candidates(s, result.claimed),
            candidate_contacts=people.contact_names(
                s, [c for one in matching.candidates(s, result.claimed) for c in one.contact_ids]
            ),
            pages=range(1, pictures.page_count(content, mime_type) + 1),
            received=when.short(result.received_at, me.language),
            released=when.short(result.released_at, me.language),
            opened=when.short(result.first_opened_at, me.language),
            thread=[
                (
                    line,
                    colleagues.get(line.staff_id) if line.staff_id else None,
                    when.short(line.at, me.language),
                )
                for line in opening.thread(s, result_id)
            ],
            marks=MARKS,
            problem=problem,
            form_id=secrets.token_urlsafe(12),
            longest=LONGEST,
        )


def _phones(s: Session, contacts: Iterable[UUID], on_record: str | None) -> list[str]:
    """Numbers to dial: those she writes from, then the one on the sender's record."""
    found = [*people.contact_phones(s, contacts).values(), numbers.digits(on_record or "")]
    return list(dict.fromkeys(one for one in found if one))


def _line(one: Any, names: dict[UUID, str], at: str) -> dict[str, Any]:
    doctor = clinic.clinic().practitioner(one.practitioner) if one.practitioner else None
    claimed = f"{one.claimed.given_name} {one.claimed.family_name}".strip()
    return {
        "result": one,
        "name": names.get(one.patient_id),
        "claimed": claimed,
        "doctor": doctor.name if doctor else None,
        "at": at,
    }
