"""The results themselves, for a browser that passed both checks: remark, pages, download, and the thread below."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from sprechstunde.clinic import service as clinic
from sprechstunde.console.patient import chatting, cookies, promising
from sprechstunde.console.patient.closed import closed
from sprechstunde.console.rendering import page
from sprechstunde.console.texts import preferred, words
from sprechstunde.dates import format_day_long, format_time
from sprechstunde.db import transaction
from sprechstunde.results import consent, links, opening, pictures
from sprechstunde.results.links import Viewer
from sprechstunde.results.reading import UnknownResult
from sprechstunde.results.views import Message, ResultView
from sprechstunde.staff import accounts
from sprechstunde.whatsapp import result_notices

router = APIRouter(include_in_schema=False)
_SEE_OTHER = 303


@dataclass(frozen=True)
class _Shown:
    """Everything a result's page shows."""

    result: ResultView
    pages: int
    thread: list[Message]
    in_chat: bool
    released_by: str | None
    due: datetime | None


@router.get("/r/mine/results")
async def all_results(request: Request) -> Response:
    """All of this patient's results; straight to it where there is only one."""
    viewer, found = await run_in_threadpool(_results, cookies.read(request, cookies.VIEWER))
    if viewer is None:
        return _over(request)
    if len(found) == 1:
        return RedirectResponse(f"/r/mine/results/{found[0].id}", _SEE_OTHER)
    return page(
        "patient/results.html",
        t=words(viewer.language, "patient"),
        lang=viewer.language,
        clinic=clinic.clinic().name,
        results=[(one.id, one.kind_of_test, _day(one.released_at, viewer.language)) for one in found],
    )


@router.get("/r/mine/results/{result_id}")
async def one_result(
    request: Request, result_id: UUID, asked: bool = False, stopped: bool = False
) -> Response:
    """One result."""
    secret = cookies.read(request, cookies.VIEWER)
    try:
        viewer, shown = await run_in_threadpool(_open, secret, result_id)
    except UnknownResult:
        return _over(request)
    if viewer is None or shown is None:
        return _over(request)
    return _page(viewer, shown, asked=asked, stopped=stopped)


@router.get("/r/mine/results/{result_id}/pages/{number}")
async def one_page(request: Request, result_id: UUID, number: int) -> Response:
    """A page of it as a picture."""
    content, mime_type = await run_in_threadpool(_file, cookies.read(request, cookies.VIEWER), result_id)
    if content is None:
        return Response(status_code=404)
    try:
        picture, kind = await run_in_threadpool(pictures.page, content, mime_type, number)
    except (IndexError, pictures.NotShowable):
        return Response(status_code=404)
    return Response(picture, media_type=kind)


@router.get("/r/mine/results/{result_id}/file")
async def download(request: Request, result_id: UUID) -> Response:
    """The file, to keep."""
    content, mime_type = await run_in_threadpool(_file, cookies.read(request, cookies.VIEWER), result_id)
    if content is None:
        return Response(status_code=404)
    name = result_notices.neutral_name(result_id, mime_type)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=mime_type, headers=headers)


@router.post("/r/mine/results/{result_id}/questions")
async def ask(
    request: Request,
    result_id: UUID,
    # A browser counts a line's end once and sends two characters for it.
    question: str = Form("", max_length=2 * opening.LONGEST_QUESTION),
    form_id: str = Form("", max_length=64),
) -> Response:
    """A question about it, for the team."""
    secret = cookies.read(request, cookies.VIEWER)
    said = question.replace("\r\n", "\n")[: opening.LONGEST_QUESTION]
    try:
        asked = await run_in_threadpool(_ask, secret, result_id, said, form_id)
    except UnknownResult:
        return _over(request, said)
    if asked is None:
        return _over(request, said)
    return RedirectResponse(f"/r/mine/results/{result_id}{'?asked=1' if asked else ''}#thread", _SEE_OTHER)


def _results(secret: str) -> tuple[Viewer | None, list[ResultView]]:
    with transaction() as s:
        viewer = links.viewer(s, secret)
        return viewer, opening.results_of(s, viewer) if viewer else []


def _open(secret: str, result_id: UUID) -> tuple[Viewer | None, _Shown | None]:
    with transaction() as s:
        viewer = links.viewer(s, secret)
        if viewer is None:
            return None, None
        view = opening.open_result(s, viewer, result_id)
        content, mime_type = opening.file_of(s, viewer, result_id)
        pages = pictures.page_count(content, mime_type)
        in_chat = chatting.send_if_agreed(s, viewer, result_id)
        released_by = accounts.name_of(s, view.released_by) if view.released_by else None
        return viewer, _Shown(
            view, pages, opening.thread(s, result_id), in_chat, released_by, promising.due(s, viewer)
        )


def _file(secret: str, result_id: UUID) -> tuple[bytes | None, str]:
    with transaction() as s:
        viewer = links.viewer(s, secret)
        try:
            return opening.file_of(s, viewer, result_id) if viewer else (None, "")
        except UnknownResult:
            return None, ""


def _ask(secret: str, result_id: UUID, question: str, form_id: str) -> bool | None:
    """None: may not look any more; False: nothing was asked."""
    with transaction() as s:
        viewer = links.viewer(s, secret)
        if viewer is None:
            return None
        if not question.strip() or not form_id:
            return False
        opening.ask(s, viewer, result_id, question, form_id=form_id)
        return True


def _page(viewer: Viewer, shown: _Shown, *, asked: bool, stopped: bool) -> Response:
    language, result = viewer.language, shown.result
    return page(
        "patient/result.html",
        t=words(language, "patient"),
        lang=language,
        clinic=clinic.clinic().name,
        phone=clinic.clinic().phone,
        result=result,
        doctor=shown.released_by,
        taken_on=_day(result.taken_on, language) if result.taken_on else None,
        released_on=_day(result.released_at, language),
        pages=range(1, shown.pages + 1),
        thread=[_line(message, language) for message in shown.thread],
        form_id=secrets.token_urlsafe(12),
        asked=promising.told(shown.due, language) if asked and shown.due else None,
        chat_offered=consent.offered(),
        in_chat=shown.in_chat,
        chat_stopped=stopped,
        longest=opening.LONGEST_QUESTION,
    )


def _line(message: Message, language: str) -> dict[str, Any]:
    at = message.at.astimezone(clinic.clinic().zone)
    when = f"{_day(at, language)}, {format_time(at, language)}"
    return {"mine": message.staff_id is None, "body": message.body, "when": when}


def _day(at: datetime | date | None, language: str) -> str:
    if at is None:
        return ""
    day = at.astimezone(clinic.clinic().zone).date() if isinstance(at, datetime) else at
    return format_day_long(day, language, year=True)


def _over(request: Request, question: str = "") -> Response:
    """The half hour is over, or this browser never passed the checks. What she was writing comes back to her."""
    return closed("expired", preferred(request.headers.get("accept-language")), question=question)
