"""The file itself in the patient's chat, where the practice offers it and she has agreed, having passed both checks."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Form, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from sprechstunde.console.patient import cookies
from sprechstunde.db import transaction
from sprechstunde.results import consent, links, opening
from sprechstunde.results.links import Viewer
from sprechstunde.results.reading import UnknownResult
from sprechstunde.whatsapp import result_notices

router = APIRouter(include_in_schema=False)
_SEE_OTHER = 303
BY_ITSELF = "opened"


@router.post("/r/mine/results/{result_id}/chat")
async def send(request: Request, result_id: UUID, again: str = Form("", max_length=64)) -> Response:
    """Agree, and have this one sent; `again`: the form in which it is asked for once more. No form sends twice."""
    await run_in_threadpool(_agree, cookies.read(request, cookies.VIEWER), result_id, again)
    return RedirectResponse(f"/r/mine/results/{result_id}#chat", _SEE_OTHER)


@router.post("/r/mine/results/{result_id}/chat-stop")
async def stop(request: Request, result_id: UUID) -> Response:
    """Take the consent back."""
    await run_in_threadpool(_withdraw, cookies.read(request, cookies.VIEWER))
    return RedirectResponse(f"/r/mine/results/{result_id}?stopped=1#chat", _SEE_OTHER)


def send_if_agreed(s: Session, viewer: Viewer, result_id: UUID) -> bool:
    """A result opened under a standing consent goes into the chat, once; returns whether there is such a consent."""
    agreed = consent.given(s, viewer)
    if agreed:
        _send(s, viewer, result_id, BY_ITSELF)
    return agreed


def _agree(secret: str, result_id: UUID, again: str) -> None:
    with transaction() as s:
        viewer = links.viewer(s, secret)
        if viewer is None or not consent.offered():
            return
        try:
            _send(s, viewer, result_id, again or BY_ITSELF)
        except UnknownResult:
            return
        consent.give(s, viewer)


def _withdraw(secret: str) -> None:
    with transaction() as s:
        viewer = links.viewer(s, secret)
        if viewer is not None:
            consent.withdraw(s, viewer)


def _send(s: Session, viewer: Viewer, result_id: UUID, tap: str) -> None:
    content, mime_type = opening.file_of(s, viewer, result_id)
    result_notices.send_file(s, viewer.contact_id, result_id, content, mime_type, tap)
