"""Writing to a patient: words, a picture, a document. Two people never answer the same thing twice."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sprechstunde.audit import service as audit
from sprechstunde.console.staff import conversation
from sprechstunde.console.staff.access import Converse, Me, back_to
from sprechstunde.console.staff.multipart import InMemory, file_in
from sprechstunde.conversations import holding
from sprechstunde.conversations import service as conversations
from sprechstunde.conversations.holding import HeldBySomebodyElse
from sprechstunde.db import transaction
from sprechstunde.results import files
from sprechstunde.results.files import FileRefused
from sprechstunde.whatsapp import limits, outbox, transcript
from sprechstunde.whatsapp.content import Content, Document, Image, Text

router = APIRouter(prefix="/conversations", include_in_schema=False)
MOST_BODY = files.MOST_BYTES + 64 * 1024
FIELDS = ("words", "mark", "form_id", "with_file", "without_file")


@router.post("/{contact_id}/answer")
async def answer(me: Converse, contact_id: UUID, request: Request) -> Response:
    """Send it. A chat that has moved on since it was read asks first; a form sent twice counts once."""
    async with InMemory(request, MOST_BODY) as form:
        if not secrets.compare_digest(str(form.get("csrf", "")).encode(), me.csrf.encode()):
            raise HTTPException(403)
        file, name = await file_in(form)
        given = {field: str(form.get(field, "")) for field in FIELDS}
    if len(given["words"]) > conversation.LONGEST or len(given["form_id"]) > 60:
        raise HTTPException(422)
    return await run_in_threadpool(_answer, me, contact_id, given, file, name)


def _answer(me: Me, contact_id: UUID, given: dict[str, str], file: bytes, name: str) -> Response:
    words = given["words"].strip()

    def ask(problem: str, status: int) -> Response:
        # A browser keeps no file in a form that comes back: words about an attachment must not go out without it.
        lost = bool(file) or (given["with_file"] == "true" and given["without_file"] != "true")
        return conversation.show(me, contact_id, problem=problem, draft=words, file_lost=lost, status=status)

    try:
        content = _content(words, file, name)
    except FileRefused as refused:
        return ask(f"refused_{refused.reason}", 422)
    if given["with_file"] == "true" and given["without_file"] != "true" and not file:
        return ask("file_wanted", 422)
    # The page that names a problem reads with connections of its own: not while this one holds locks.
    problem = _send(me, contact_id, content, given)
    return ask(problem, 409) if problem else back_to(f"/conversations/{contact_id}#answer")


def _content(words: str, file: bytes, name: str) -> list[Content]:
    """What goes out: the words below the file where they fit, ahead of it where not. Raises FileRefused."""
    if not file:
        return [Text(words)] if words else []
    kind = files.check(file)
    ahead: list[Content] = [Text(words)] if len(words) > limits.CAPTION else []
    caption = words if words and not ahead else None
    if kind == "application/pdf":
        return [*ahead, Document(file, _plain(name) or "dokument.pdf", kind, caption)]
    if len(file) > limits.MEDIA_BYTES["image"]:
        raise FileRefused("too_large", "a picture has at most 5 MB")
    return [*ahead, Image(file, kind, caption)]


def _plain(name: str) -> str:
    """The last part of a path, without what a phone might stumble over."""
    return "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip()


def _send(me: Me, contact_id: UUID, content: list[Content], given: dict[str, Any]) -> str | None:
    """Put an answer on its way; otherwise what stands against it."""
    if not content:
        return "nothing_to_send"
    turn_key = f"staff:{me.id}:{contact_id}:{given['form_id']}"
    with transaction() as s:
        if outbox.is_queued(s, turn_key):
            return None
        if not conversations.service_window_open(s, contact_id):
            return "window_closed"
        # Asked again whenever more has come: the page that asks carries the mark of what it shows.
        if transcript.transcript(s, contact_id, most=1).mark != given["mark"]:
            return "moved_on"
        try:
            holding.take_over(s, contact_id, me.id)
        except HeldBySomebodyElse:
            return "held_by_colleague"
        outbox.enqueue(s, contact_id, content, turn_key, author=me.id)
        audit.record(s, actor=me.actor, action="answered", subject_kind="contact", subject_id=contact_id)
    return None
