"""Handing a result in by hand. The file stays in memory until it is encrypted: a form parser would put it on disk."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sprechstunde import clock
from sprechstunde.clinic import service as clinic
from sprechstunde.console.staff.access import Me, allowed, back_to
from sprechstunde.console.staff.multipart import InMemory, file_in
from sprechstunde.dates import birth_date
from sprechstunde.db import transaction
from sprechstunde.results import receiving
from sprechstunde.results.documents import Document
from sprechstunde.results.files import MOST_BYTES, FileRefused
from sprechstunde.results.receiving import AnotherResult, Unwritable
from sprechstunde.results.views import Claimed

router = APIRouter(prefix="/results/upload", include_in_schema=False)
MOST_BODY = MOST_BYTES + 64 * 1024
HandsIn = Annotated[Me, Depends(allowed("results_answer"))]
FIELDS = ("given_name", "family_name", "birth_date", "phone", "kind_of_test", "taken_on", "practitioner")


@router.get("")
def ask(me: HandsIn) -> Response:
    """The form."""
    return _form(me, {})


@router.post("")
async def take(me: HandsIn, request: Request) -> Response:
    """Keep the file. What is wrong is said, and what was typed stays in the form."""
    async with InMemory(request, MOST_BODY) as form:
        if not secrets.compare_digest(str(form.get("csrf", "")).encode(), me.csrf.encode()):
            raise HTTPException(403)
        content, _ = await file_in(form)
        typed = {name: str(form.get(name, "")).strip() for name in FIELDS}
        form_id = str(form.get("form_id", ""))
    return await run_in_threadpool(_take, me, typed, content, form_id)


def _take(me: Me, typed: dict[str, str], content: bytes, form_id: str) -> Response:
    today = clock.now().astimezone(clinic.clinic().zone).date()
    born = birth_date(typed["birth_date"], me.language, today)
    if born is None:
        return _form(me, typed, "born_unreadable")
    try:
        with transaction() as s:
            received = receiving.receive(
                s, _document(typed, born, content, f"{me.id}/{form_id}"), source="console", actor=me.actor
            )
    except FileRefused as refused:
        return _form(me, typed, f"refused_{refused.reason}")
    except AnotherResult:
        # Sent once, then gone back and changed: what lies there stays, and this form may become a result of its own.
        return _form(me, typed, "upload_changed")
    except Unwritable:
        return _form(me, typed, "upload_unwritable")
    except ValueError:
        return _form(me, typed, "upload_incomplete")
    return back_to(f"/results/{received.id}")


def _document(typed: dict[str, str], born: date, content: bytes, external_id: str) -> Document:
    return Document(
        external_id=external_id,
        claimed=Claimed(typed["given_name"], typed["family_name"], born, typed["phone"] or None),
        kind_of_test=typed["kind_of_test"],
        content=content,
        taken_on=date.fromisoformat(typed["taken_on"]) if typed["taken_on"] else None,
        practitioner=typed["practitioner"] or None,
    )


def _form(me: Me, typed: dict[str, str], problem: str | None = None) -> Response:
    return me.page(
        "staff/upload.html",
        status=422 if problem else 200,
        here="results",
        typed={name: typed.get(name, "") for name in FIELDS},
        doctors=[(one.code, one.name) for one in clinic.clinic().practitioners],
        problem=problem,
        form_id=secrets.token_urlsafe(12),
    )
