"""Accounts of staff, for administrators; and for everybody the own password and the language of the pages."""

from __future__ import annotations

from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import Response

from sprechstunde.console.staff.access import (
    COOKIE,
    Converse,
    ConverseForm,
    Me,
    address_of,
    allowed,
    back_to,
    form_of,
)
from sprechstunde.console.texts import languages
from sprechstunde.db import transaction
from sprechstunde.staff import accounts, sign_in
from sprechstunde.staff.permissions import ROLES

router = APIRouter(include_in_schema=False)
Staff = Annotated[Me, Depends(allowed("staff"))]
StaffForm = Annotated[Me, Depends(form_of("staff"))]
Field = Annotated[str, Form(max_length=200)]


@router.get("/staff")
def everyone(me: Staff) -> Response:
    """Who has an account."""
    return _page(me)


@router.post("/staff")
def add(
    me: StaffForm,
    login: Field = "",
    name: Field = "",
    role: Field = "",
    language: Field = "de",
    password: Field = "",
) -> Response:
    """Make an account; what its code app needs is shown this once."""
    if language not in languages():
        raise HTTPException(422)
    given = {"login": login, "name": name, "role": role, "language": language}
    try:
        with transaction() as s:
            made = accounts.add(
                s,
                login=login.strip().lower(),
                name=name,
                role=role,
                password=password,
                language=language,
                actor=me.actor,
            )
    except accounts.Refused as refused:
        return _page(me, given=given, problem=f"account_{refused.reason}", status=422)
    return _page(me, made=made)


@router.post("/staff/{login}")
def change(me: StaffForm, login: str, name: Field = "", role: Field = "") -> Response:
    """Another name or role; one's own role stays, or nobody would be left to give it back."""
    try:
        with transaction() as s:
            if accounts.by_login(s, login).id == me.id and role != me.role:
                return _page(me, problem="own_account", status=409)
            accounts.change(s, login, name=name, role=role, actor=me.actor)
    except accounts.UnknownStaff:
        raise HTTPException(404) from None
    except accounts.Refused as refused:
        return _page(me, problem=f"account_{refused.reason}", status=422)
    return back_to("/staff")


@router.post("/staff/{login}/disable")
def disable(me: StaffForm, login: str) -> Response:
    """End an account; one's own stays, or nobody would be left."""
    with transaction() as s:
        try:
            if accounts.by_login(s, login).id == me.id:
                return _page(me, problem="own_account", status=409)
            accounts.disable(s, login, actor=me.actor)
        except accounts.UnknownStaff:
            raise HTTPException(404) from None
    return back_to("/staff")


@router.post("/staff/{login}/reset")
def reset(me: StaffForm, login: str, password: Field = "") -> Response:
    """A new password and a new code app, for somebody who lost one of them."""
    try:
        with transaction() as s:
            made = accounts.reset(s, login, password, actor=me.actor)
    except accounts.UnknownStaff:
        raise HTTPException(404) from None
    except accounts.Refused as refused:
        return _page(me, problem=f"account_{refused.reason}", status=422)
    return _page(me, made=made)


@router.get("/me")
def own(me: Converse) -> Response:
    """What one may choose for oneself."""
    return _own(me)


@router.post("/me")
def choose(me: ConverseForm, language: Field = "") -> Response:
    """The language of the pages."""
    if language not in languages():
        raise HTTPException(422)
    with transaction() as s:
        accounts.set_language(s, me.id, language)
    return back_to("/me")


@router.post("/me/password")
def change_password(
    me: ConverseForm, request: Request, current: Field = "", password: Field = ""
) -> Response:
    """One's own password; other browsers are signed out."""
    token = request.cookies.get(COOKIE, "")
    try:
        with transaction() as s:
            is_right = sign_in.change_password(s, token, current, password, address_of(request))
    except sign_in.TooManyFailures:
        return _own(me, problem="too_many", status=429)
    except accounts.Refused as refused:
        return _own(me, problem=f"account_{refused.reason}", status=422)
    return _own(me, is_changed=True) if is_right else _own(me, problem="wrong_current", status=403)


def _own(me: Me, *, problem: str | None = None, is_changed: bool = False, status: int = 200) -> Response:
    return me.page(
        "staff/me.html",
        status=status,
        here="me",
        languages=languages(),
        shortest=accounts.SHORTEST_PASSWORD,
        problem=problem,
        is_changed=is_changed,
    )


def _page(
    me: Me,
    *,
    made: accounts.NewAccount | None = None,
    given: dict[str, str] | None = None,
    problem: str | None = None,
    status: int = 200,
) -> Response:
    with transaction() as s:
        staff = accounts.everyone(s)
    return me.page(
        "staff/accounts.html",
        status=status,
        here="staff",
        staff=staff,
        roles=ROLES,
        languages=languages(),
        shortest=accounts.SHORTEST_PASSWORD,
        given=given or {"login": "", "name": "", "role": ROLES[0], "language": languages()[0]},
        made=made,
        picture=segno.make(made.address, error="m").svg_data_uri(scale=5, light="#fff") if made else None,
        problem=problem,
    )
