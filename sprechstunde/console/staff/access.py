"""Who is asking: the session behind the cookie, what its role may do, and the token that every form carries."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from sprechstunde.console.rendering import page
from sprechstunde.console.staff import alarms
from sprechstunde.console.staff.alarms import NONE, Alarms
from sprechstunde.console.texts import words
from sprechstunde.db import transaction
from sprechstunde.results import reading
from sprechstunde.settings import get_settings
from sprechstunde.staff import sign_in
from sprechstunde.staff.permissions import Permission, hidden_tasks, may
from sprechstunde.staff.sign_in import SignedIn

COOKIE = "staff_session"
SEE_OTHER = 303


class NotSignedIn(Exception):
    """Nobody, or only half: the sign-in page comes next."""


@dataclass(frozen=True)
class Me:
    """The person in front of the page."""

    id: UUID
    name: str
    role: str
    language: str
    csrf: str
    waiting_results: int = 0
    """For the menu of those who may know: results that wait for somebody to look at them."""
    alarms: Alarms = NONE
    """For the top of every page."""
    heard: int = 0
    """Of how many changes the server had heard when it began to draw the page."""

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it."""
        return may(self.role, permission)

    @property
    def hidden_tasks(self) -> frozenset[str]:
        """Kinds of tasks that are not for this person's eyes."""
        return hidden_tasks(self.role)

    @property
    def actor(self) -> str:
        """As the audit writes it."""
        return f"staff:{self.id}"

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """A page in this person's language, with what every page needs."""
        t = words(self.language, "staff")
        return page(template, status=status, t=t, lang=self.language, me=self, **values)


def session_behind(request: Request) -> SignedIn | None:
    """The session of this browser, whole or half. What pages fetch by themselves does not keep it alive."""
    by_itself = request.method == "GET" and ("hx-request" in request.headers or request.url.path == "/live")
    with transaction() as s:
        return sign_in.session_of(s, request.cookies.get(COOKIE, ""), touch=not by_itself)


def _waiting_results(request: Request, role: str) -> int:
    if request.method != "GET" or "hx-request" in request.headers or not may(role, "results_read"):
        return 0
    with transaction() as s:
        return reading.waiting_count(s)


def _alarms(request: Request) -> Alarms:
    """None for what goes into a page: that has them already, and asks for them by itself."""
    is_part = "hx-request" in request.headers or request.url.path == "/live"
    return NONE if is_part else alarms.opened()


def allowed(permission: Permission | None = None) -> Callable[[Request], Me]:
    """A dependency: the person asking. Raises NotSignedIn, or 403 where the role may not."""

    def me(request: Request) -> Me:
        heard: int = request.app.state.changes.count  # ahead of all reading
        session = session_behind(request)
        if session is None or not session.is_complete:
            raise NotSignedIn
        staff = session.staff
        waiting = _waiting_results(request, staff.role)
        shown = _alarms(request)
        person = Me(staff.id, staff.name, staff.role, staff.language, session.csrf, waiting, shown, heard)
        if permission is not None and not person.may(permission):
            raise HTTPException(403)
        return person

    return me


def form_of(permission: Permission) -> Callable[..., Me]:
    """A dependency of everything that changes something: as `allowed`, and the form must be one of our own."""

    # As a default and not in the annotation: FastAPI reads annotations where `permission` is unknown.
    whoever = Depends(allowed(permission))

    def me(person: Me = whoever, csrf: Annotated[str, Form()] = "") -> Me:
        if not secrets.compare_digest(csrf.encode(), person.csrf.encode()):
            raise HTTPException(403)
        return person

    return me


def keep(response: Response, token: str) -> None:
    """Let the browser keep a session: out of reach of scripts and of other sites."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(sign_in.LONGEST.total_seconds()),
        path="/",
        httponly=True,
        samesite="strict",
        secure=get_settings().public_url.startswith("https:"),
    )


def address_of(request: Request) -> str:
    """Where the request comes from, as far as this machine can tell."""
    return request.client.host if request.client else "unknown"


def to_sign_in(request: Request) -> Response:
    """The way to the sign-in page, also for a part of a page that asked and for a stream that an open page wants."""
    if "text/event-stream" in request.headers.get("accept", ""):
        return Response("event: gone\ndata:\n\n", media_type="text/event-stream")
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": "/sign-in"})
    return RedirectResponse("/sign-in", SEE_OTHER)


def back_to(path: str) -> Response:
    """After a form: the page it changed."""
    return RedirectResponse(path, SEE_OTHER)


Converse = Annotated[Me, Depends(allowed("converse"))]
ConverseForm = Annotated[Me, Depends(form_of("converse"))]
Schedule = Annotated[Me, Depends(allowed("schedule"))]
ScheduleForm = Annotated[Me, Depends(form_of("schedule"))]
ReadResults = Annotated[Me, Depends(allowed("results_read"))]
AnswerForm = Annotated[Me, Depends(form_of("results_answer"))]
ReleaseForm = Annotated[Me, Depends(form_of("results_release"))]
