"""Canned replies, changed by staff, in every language of the practice; their variables are checked before writing."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from sprechstunde.audit import service as audit
from sprechstunde.console import canned
from sprechstunde.console.staff.access import Me, allowed, back_to, form_of
from sprechstunde.console.texts import spoken_names
from sprechstunde.db import transaction

router = APIRouter(prefix="/settings/replies", include_in_schema=False)
May = Annotated[Me, Depends(allowed("settings"))]
MayForm = Annotated[Me, Depends(form_of("settings"))]
LONGEST = {"title": 80, "text": 4000}
MOST_FIELDS = 100
NEW = "new"


def titles(language: str) -> list[tuple[str, str]]:
    """(key, title) of every reply."""
    return canned.names(language)


@router.get("/{key}")
def show(me: May, key: str, saved: bool = False) -> Response:
    """A reply, or an empty form for a new one."""
    reply = canned.written({}) if key == NEW else canned.reply(key)
    if reply is None:
        raise HTTPException(404)
    return _page(me, key, reply, saved=saved)


async def typed(request: Request) -> canned.Reply:
    """What was typed, as a reply. Raises 422 for more than the fields hold."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        reply = canned.written({name: str(value) for name, value in form.items()})
    for part, longest in LONGEST.items():
        if any(len(text) > longest for text in reply[part].values()):
            raise HTTPException(422)
    return reply


@router.post("/{key}")
def save(me: MayForm, key: str, reply: Annotated[canned.Reply, Depends(typed)]) -> Response:
    """Keep it."""
    if key != NEW and canned.reply(key) is None:
        raise HTTPException(404)
    problem = canned.problem_of(reply)
    if problem is not None:
        return _page(me, key, reply, problem=problem, status=422)
    key = f"reply_{secrets.token_hex(3)}" if key == NEW else key
    canned.keep(key, reply)
    _note(me, key)
    return back_to(f"/settings/replies/{key}?saved=1")


@router.post("/{key}/remove")
def remove(me: MayForm, key: str) -> Response:
    """It is not needed any more."""
    if canned.reply(key) is None:
        raise HTTPException(404)
    canned.keep(key, None)
    _note(me, key)
    return back_to("/settings")


def _page(
    me: Me,
    key: str,
    reply: canned.Reply,
    *,
    problem: str | None = None,
    saved: bool = False,
    status: int = 200,
) -> Response:
    return me.page(
        "staff/settings_reply.html",
        status=status,
        here="settings",
        key=key,
        is_new=key == NEW,
        reply=reply,
        languages=spoken_names(me.language),
        problem=problem,
        saved=saved,
    )


def _note(me: Me, key: str) -> None:
    with transaction() as s:
        audit.record(
            s,
            actor=me.actor,
            action="settings_changed",
            subject_kind="clinic",
            subject_id=None,
            detail=f"reply {key}",
        )
