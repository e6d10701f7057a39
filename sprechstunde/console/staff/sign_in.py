"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sprechstunde.console.rendering import page
from sprechstunde.console.staff import access
from sprechstunde.console.texts import preferred, words
from sprechstunde.db import transaction
from sprechstunde.staff import sign_in

router = APIRouter(include_in_schema=False)
Field = Annotated[str, Form(max_length=200)]


@router.get("/sign-in")
def ask_password(request: Request) -> Response:
    """Login and password."""
    return _form(request, "password")


@router.post("/sign-in")
def check_password(request: Request, login: Field = "", password: Field = "") -> Response:
    """The first half. What was wrong is not told: neither whether there is such a login."""
    try:
        with transaction() as s:
            token = sign_in.check_password(s, login, password, access.address_of(request))
    except sign_in.TooManyFailures:
        return _form(request, "password", "too_many", status=429)
    if token is None:
        return _form(request, "password", "wrong_password", status=403)
    answer = RedirectResponse("/sign-in/code", access.SEE_OTHER)
    access.keep(answer, token)
    return answer


@router.get("/sign-in/code")
def ask_code(request: Request) -> Response:
    """The code of the app."""
    session = access.session_behind(request)
    if session is None:
        return RedirectResponse("/sign-in", access.SEE_OTHER)
    if session.is_complete:
        return RedirectResponse("/", access.SEE_OTHER)
    return _form(request, "code")


@router.post("/sign-in/code")
def check_code(request: Request, code: Field = "") -> Response:
    """The second half."""
    half = request.cookies.get(access.COOKIE, "")
    if access.session_behind(request) is None:
        return RedirectResponse("/sign-in", access.SEE_OTHER)
    try:
        with transaction() as s:
            token = sign_in.check_code(s, half, code, access.address_of(request))
    except sign_in.TooManyFailures:
        return _form(request, "code", "too_many", status=429)
    if token is None:
        return _form(request, "code", "wrong_app_code", status=403)
    answer = RedirectResponse("/", access.SEE_OTHER)
    access.keep(answer, token)
    return answer


@router.post("/sign-out")
def leave(me: access.ConverseForm, request: Request) -> Response:
    """End this browser's session."""
    with transaction() as s:
        sign_in.sign_out(s, request.cookies.get(access.COOKIE, ""))
    answer = RedirectResponse("/sign-in", access.SEE_OTHER)
    answer.delete_cookie(access.COOKIE, path="/")
    return answer


def _form(request: Request, which: str, problem: str | None = None, *, status: int = 200) -> Response:
    language = preferred(request.headers.get("accept-language"))
    t = words(language, "staff")
    told = t[problem] if problem else None
    return page("staff/sign_in.html", status=status, t=t, lang=language, which=which, problem=told)
