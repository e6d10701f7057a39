"""Canned replies, changed by staff: each in both languages, its variables checked before anything is written."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException
from starlette.responses import Response

from sprechstunde.audit import service as audit
from sprechstunde.console import canned
from sprechstunde.console.staff.access import Me, allowed, back_to, form_of
from sprechstunde.db import transaction

router = APIRouter(prefix="/settings/replies", include_in_schema=False)
May = Annotated[Me, Depends(allowed("settings"))]
MayForm = Annotated[Me, Depends(form_of("settings"))]
Title = Annotated[str, Form(max_length=80)]
Words = Annotated[str, Form(max_length=4000)]
NEW = "new"


def titles(language: str) -> list[tuple[str, str]]:
    """(key, title) of every reply."""
    return canned.names(language)


@router.get("/{key}")
def show(me: May, key: str, saved: bool = False) -> Response:
    """A reply, or an empty form for a new one."""
    reply = canned.EMPTY if key == NEW else canned.reply(key)
    if reply is None:
        raise HTTPException(404)
    return _page(me, key, reply, saved=saved)


@router.post("/{key}")
def save(
    me: MayForm,
    key: str,
    title_de: Title = "",
    title_en: Title = "",
    text_de: Words = "",
    text_en: Words = "",
) -> Response:
    """Keep it."""
    reply = {
        "title": {"de": title_de.strip(), "en": title_en.strip()},
        "text": {"de": text_de.strip(), "en": text_en.strip()},
    }
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
