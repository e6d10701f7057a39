"""One conversation: what was said, what is open, and everything a person can do about it."""

from __future__ import annotations

import secrets
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from sprechstunde.audit import service as audit
from sprechstunde.clinic import service as clinic
from sprechstunde.console import canned
from sprechstunde.console.staff import finishing, people, when
from sprechstunde.console.staff.access import Converse, ConverseForm, Me, back_to
from sprechstunde.conversations import holding
from sprechstunde.conversations import service as conversations
from sprechstunde.conversations.holding import HeldBySomebodyElse
from sprechstunde.db import transaction
from sprechstunde.patients import service as patients
from sprechstunde.results import calling, reading
from sprechstunde.scheduling import service as scheduling
from sprechstunde.tasks import service as tasks
from sprechstunde.whatsapp import handing_back, incoming_media, reopening, transcript

router = APIRouter(prefix="/conversations", include_in_schema=False)
LONGEST = 4096
Words = Annotated[str, Form(max_length=LONGEST)]


@router.get("/{contact_id}")
def conversation(me: Converse, contact_id: UUID) -> Response:
    """The page; reading it is in the audit."""
    with transaction() as s:
        audit.record(
            s, actor=me.actor, action="transcript_read", subject_kind="contact", subject_id=contact_id
        )
    return show(me, contact_id)


@router.get("/{contact_id}/thread")
def thread(me: Converse, contact_id: UUID) -> Response:
    """The messages alone, for live updates. Whoever has the page before her sees them: they are new no more."""
    with transaction() as s:
        try:
            shown = _thread(s, me, contact_id)
        except conversations.UnknownContact:
            raise HTTPException(404) from None
        holding.seen(s, contact_id, shown["newest_inbound"])
        return me.page("staff/thread.html", **shown)


@router.get("/{contact_id}/bar")
def bar(me: Converse, contact_id: UUID) -> Response:
    """Who holds the conversation, for live updates: a colleague may have taken it over."""
    with transaction() as s:
        try:
            return me.page("staff/bar.html", **_bar(s, me, contact_id))
        except conversations.UnknownContact:
            raise HTTPException(404) from None


@router.get("/{contact_id}/aside")
def aside(me: Converse, contact_id: UUID) -> Response:
    """Tasks, appointments and notes alone, for live updates."""
    with transaction() as s:
        return me.page("staff/aside.html", **_aside(s, me, contact_id))


@router.get("/{contact_id}/draft")
def draft(me: Converse, contact_id: UUID, reply: Annotated[str, Query(max_length=60)] = "") -> Response:
    """The answer field with a canned reply in it, in the patient's language."""
    with transaction() as s:
        name = people.contact_names(s, [contact_id]).get(contact_id, "")
        language = conversations.language_of(s, contact_id)
    return me.page("staff/draft.html", draft=canned.filled(reply, language, name=name))


@router.post("/{contact_id}/take-over")
def take_over(
    me: ConverseForm, contact_id: UUID, from_colleague: Annotated[bool, Form()] = False
) -> Response:
    """From now on this person answers."""
    try:
        with transaction() as s:
            holding.take_over(s, contact_id, me.id, from_colleague=from_colleague)
    except HeldBySomebodyElse:
        return show(me, contact_id, problem="held_by_colleague", status=409)
    return back_to(f"/conversations/{contact_id}#answer")


@router.post("/{contact_id}/hand-back")
def hand_back(me: ConverseForm, contact_id: UUID) -> Response:
    """The assistant answers again, and so it does what is still unanswered."""
    with transaction() as s:
        handing_back.hand_back(s, contact_id, me.id)
    return back_to(f"/conversations/{contact_id}")


@router.get("/{contact_id}/window")
def window(me: Converse, contact_id: UUID, shown: Annotated[str, Query(max_length=20)] = "") -> Response:
    """Have the page drawn anew when other things can be sent than it has `shown`; what was typed it keeps."""
    with transaction() as s:
        try:
            is_same = _window(s, me, contact_id)["window"] == shown
        except conversations.UnknownContact:
            raise HTTPException(404) from None
    return Response(status_code=204, headers={} if is_same else {"HX-Refresh": "true"})


@router.post("/{contact_id}/reopen")
def reopen(me: ConverseForm, contact_id: UUID) -> Response:
    """Ask the patient to open the 24 h window again. Who asks has taken over: her tap is not for the assistant."""
    try:
        with transaction() as s:
            holding.take_over(s, contact_id, me.id)
            if reopening.ask(s, contact_id, me.id):
                audit.record(
                    s, actor=me.actor, action="reopened", subject_kind="contact", subject_id=contact_id
                )
    except HeldBySomebodyElse:
        return show(me, contact_id, problem="held_by_colleague", status=409)
    return back_to(f"/conversations/{contact_id}#answer")


@router.post("/{contact_id}/notes")
def add_note(me: ConverseForm, contact_id: UUID, words: Words = "") -> Response:
    """A note for colleagues."""
    if words.strip():
        with transaction() as s:
            holding.add_note(s, contact_id, me.id, words)
    return back_to(f"/conversations/{contact_id}#notes")


@router.post("/{contact_id}/assign")
def assign(me: ConverseForm, contact_id: UUID, to: Annotated[str, Form(max_length=36)] = "") -> Response:
    """Whose matter it is."""
    with transaction() as s:
        known = {str(one): one for one in people.active_colleagues(s)}
        if to and to not in known:
            raise HTTPException(422)  # who cannot sign in would never see it
        holding.assign(s, contact_id, known.get(to), me.id)
    return back_to(f"/conversations/{contact_id}")


@router.post("/{contact_id}/tasks/{task_id}/done")
def done(
    me: ConverseForm, contact_id: UUID, task_id: UUID, outcome: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """A task of this conversation is done, with its outcome."""
    try:
        result_id = finishing.finish(me, task_id, outcome, contact_id=contact_id)
    except finishing.OutcomeWanted:
        return show(me, contact_id, unfinished=task_id, status=422)
    return back_to(f"/results/{result_id}" if result_id else f"/conversations/{contact_id}")


@router.get("/{contact_id}/media/{media_id}")
def media(me: Converse, contact_id: UUID, media_id: UUID) -> Response:
    """A file the patient sent: pictures are shown, everything else is downloaded."""
    with transaction() as s:
        found = incoming_media.file_of(s, media_id, contact_id)
    if found is None:
        raise HTTPException(404)
    content, mime_type, name = found
    shown = mime_type in ("image/jpeg", "image/png", "image/webp")
    disposition = "inline" if shown else f'attachment; filename="{name}"'
    return Response(content, media_type=mime_type, headers={"Content-Disposition": disposition})


def show(
    me: Me,
    contact_id: UUID,
    *,
    problem: str | None = None,
    draft: str = "",
    file_lost: bool = False,
    unfinished: UUID | None = None,
    status: int = 200,
) -> Response:
    """The whole page. Raises 404."""
    with transaction() as s:
        try:
            shown = _thread(s, me, contact_id)
        except conversations.UnknownContact:
            raise HTTPException(404) from None
        holding.seen(s, contact_id, shown["newest_inbound"])
        care = holding.care_of(s, contact_id)
        colleagues = people.active_colleagues(s)
        return me.page(
            "staff/conversation.html",
            status=status,
            here="inbox",
            # Whoever has left since is nobody's choice any more.
            assigned_to=care.assigned_to,
            colleagues=sorted(colleagues.items(), key=lambda one: one[1]),
            replies=canned.names(me.language),
            problem=problem,
            draft=draft,
            file_lost=file_lost,
            form_id=secrets.token_urlsafe(12),
            longest=LONGEST,
            **{
                **shown,
                **_bar(s, me, contact_id),
                **_window(s, me, contact_id),
                **_aside(s, me, contact_id),
                "unfinished": unfinished,
            },
        )


def _window(s: Session, me: Me, contact_id: UUID) -> dict[str, Any]:
    """What WhatsApp lets through: anything while the window is open; outside, a template that may wait already."""
    is_open = conversations.service_window_open(s, contact_id)
    asked_at = None if is_open else reopening.asked_at(s, contact_id)
    return {
        "window": "open" if is_open else "asked" if asked_at else "closed",
        "window_open": is_open,
        "asked_at": when.short(asked_at, me.language),
    }


def _bar(s: Session, me: Me, contact_id: UUID) -> dict[str, Any]:
    held_by = holding.care_of(s, contact_id).held_by
    return {
        "contact_id": contact_id,
        "name": people.contact_names(s, [contact_id]).get(contact_id, ""),
        "phone": conversations.contact_address(s, contact_id).phone,
        "holder": people.colleagues(s).get(held_by) if held_by else None,
        "is_mine": held_by == me.id,
    }


def _thread(s: Session, me: Me, contact_id: UUID) -> dict[str, Any]:
    found = transcript.transcript(s, contact_id)
    colleagues = people.colleagues(s)
    return {
        "contact_id": contact_id,
        "bubbles": [
            (
                bubble,
                when.short(bubble.at, me.language),
                colleagues.get(bubble.author) if bubble.author else None,
            )
            for bubble in found.bubbles
        ],
        "mark": found.mark,
        "newest_inbound": found.newest_inbound,
        "has_older": found.has_older,
    }


def _aside(s: Session, me: Me, contact_id: UUID) -> dict[str, Any]:
    known = patients.patients_of(contact_id)
    names = {one.id: one.full_name for one in known}
    colleagues = people.colleagues(s)
    by_id = {str(one): name for one, name in colleagues.items()}
    results = []
    if me.may("results_read"):
        results = [(one, names[person]) for person in names for one in reading.released_to(s, person)]
    return {
        "contact_id": contact_id,
        "tasks": [
            (
                task,
                when.short(task.due_at, me.language),
                when.is_late(task.due_at),
                names.get(task.patient_id) if task.patient_id else None,
                when.with_days(task.note, me.language),
            )
            for task in tasks.tasks_of(s, contact_id, without=me.hidden_tasks)
        ],
        "done": [
            (
                task,
                names.get(task.patient_id) if task.patient_id else None,
                when.with_days(task.note, me.language),
                by_id.get(task.done_by or "", ""),
                when.short(task.done_at, me.language),
            )
            for task in tasks.done_of(s, contact_id, without=me.hidden_tasks)
        ],
        "dial": conversations.contact_address(s, contact_id).phone,
        "to_call": calling.to_call(s),
        "want_outcome": tasks.WANT_OUTCOME,
        "unfinished": None,
        "people": known,
        "appointments": [
            (one, names.get(one.patient_id, ""), when.short(one.slot.start, me.language))
            for one in scheduling.upcoming(names)
        ],
        "visit_names": {one.code: one.names.get(me.language) for one in clinic.clinic().visit_types},
        "results": results,
        "notes": [
            (note.body, colleagues.get(note.staff_id, ""), when.short(note.at, me.language))
            for note in holding.notes(s, contact_id)
        ],
    }
