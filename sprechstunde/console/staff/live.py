"""The stream behind an open page, and the mark that somebody is typing."""

from __future__ import annotations

import html
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, Request
from sqlalchemy import text
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sprechstunde.console import live
from sprechstunde.console.staff import alarms, people
from sprechstunde.console.staff.access import Converse, ConverseForm, Me, NotSignedIn, allowed
from sprechstunde.console.texts import words
from sprechstunde.db import transaction

router = APIRouter(include_in_schema=False)
PAUSE_SECONDS = 0.15
PING_SECONDS = 20
LOOK, ANYTHING = "look", ""
LOOK_SECONDS = 20  # how often a page that hears nothing is asked whether its session still lasts


@router.get("/live")
async def stream(
    me: Converse,
    request: Request,
    contact: UUID | None = None,
    shown: Annotated[str, Query(max_length=64)] = "",
    heard: Annotated[str, Query(max_length=20)] = "0",
) -> Response:
    """`changed` whenever something of this contact (or anything, without one) has changed; `typing` with a name;
    `alarm` when other emergencies are open than the page has `shown`, whoever's they are;
    a page that was drawn when fewer changes were `heard` of is told at once, as something came while it was on its way;
    `gone` when the session has ended: the page must not stand there as if it still heard everything."""
    changes: live.Changes = request.app.state.changes

    async def events() -> AsyncIterator[dict[str, str]]:
        mark = shown
        with changes.heard() as ear:
            yield {"event": "ready", "data": ""}
            ear.put_nowait(LOOK if heard == str(changes.count) else ANYTHING)
            async for told in live.gathered(ear, PAUSE_SECONDS, LOOK_SECONDS):
                try:
                    await run_in_threadpool(allowed("converse"), request)
                except (NotSignedIn, HTTPException):
                    yield {"event": "gone", "data": ""}
                    return
                typing = {one for one in told if one.startswith(live.TYPING)}
                if told - typing:
                    now = await run_in_threadpool(alarms.opened)
                    if now.mark != mark:
                        mark = now.mark
                        yield {"event": "alarm", "data": ""}
                if _concerns(told - typing - {LOOK}, contact):
                    yield {"event": "changed", "data": ""}
                for name in await run_in_threadpool(_typists, typing, contact, me):
                    said = words(me.language, "staff")["is_typing"].format(name=name)
                    yield {"event": "typing", "data": f"<span>{html.escape(said)}</span>"}

    return EventSourceResponse(events(), ping=PING_SECONDS, headers={"X-Accel-Buffering": "no"})


@router.get("/alarm")
def alarm(me: Converse, shown: Annotated[str, Query(max_length=64)] = "") -> Response:
    """The strip of emergencies, unless it is what the page has `shown`: it is not to be read out again and again."""
    found = alarms.opened()
    return Response(status_code=204) if found.mark == shown else me.page("staff/alarm.html", alarms=found)


@router.post("/conversations/{contact_id}/typing")
def typing(me: ConverseForm, contact_id: UUID) -> Response:
    """Let colleagues who have the same conversation open see it."""
    with transaction() as s:
        s.execute(text("SELECT pg_notify('console', :told)"), {"told": f"{live.TYPING}{contact_id}:{me.id}"})
    return Response(status_code=204)


def _concerns(told: set[str], contact: UUID | None) -> bool:
    return bool(told) and (contact is None or str(contact) in told or "" in told)


def _typists(told: set[str], contact: UUID | None, me: Me) -> list[str]:
    """Names of colleagues who are typing to this contact."""
    ids = {one.split(":")[2] for one in told if contact is not None and one.split(":")[1] == str(contact)}
    ids.discard(str(me.id))
    if not ids:
        return []
    with transaction() as s:
        names = people.colleagues(s)
    return [name for one, name in names.items() if str(one) in ids]
