"""The two checks ahead of the results: birth date, then the code from the chat.

Every answer to somebody who did not pass is the same for all: no name, no word of a result.
"""

from __future__ import annotations

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from sprechstunde import clock
from sprechstunde.clinic import service as clinic
from sprechstunde.console.patient import cookies
from sprechstunde.console.patient.closed import closed
from sprechstunde.console.rendering import page
from sprechstunde.console.texts import counted, preferred, words
from sprechstunde.dates import birth_date
from sprechstunde.db import transaction
from sprechstunde.results import links
from sprechstunde.results.links import Closed, CodeSent, Opened, Ready, Wrong
from sprechstunde.whatsapp import result_notices

router = APIRouter(include_in_schema=False)
LONGEST_INPUT = 60
_SEE_OTHER = 303


@router.get("/r/{token}")
async def begin(token: str, request: Request) -> Response:
    """Ask for the birth date; the previews that chats fetch of a link use nothing up.

    Tapped again in the browser that it opened in, it leads back to what lies open there.
    """
    state = await run_in_threadpool(_look, token, cookies.read(request, cookies.VIEWER))
    if isinstance(state, Opened):
        return RedirectResponse("/r/mine/results", _SEE_OTHER)
    return _closed(state, request) if isinstance(state, Closed) else _born_form(token, state.language)


@router.get("/r/{token}/born")
async def begin_again(token: str) -> Response:
    """A phone that loads the page anew after a wrong date asks for this one: back to the question."""
    return RedirectResponse(f"/r/{token}", _SEE_OTHER)


@router.post("/r/{token}/born")
async def check_birth_date(
    token: str, request: Request, born: str = Form("", max_length=LONGEST_INPUT)
) -> Response:
    """The first check; the right date sends a code into the chat."""
    outcome = await run_in_threadpool(_check_birth_date, token, born)
    if isinstance(outcome, Closed):
        return _closed(outcome, request)
    if isinstance(outcome, Ready):
        return _born_form(token, outcome.language, "unreadable_date", status=422)
    if isinstance(outcome, Wrong):
        return _born_form(token, outcome.language, "wrong_date", left=outcome.left, status=403)
    answer = RedirectResponse(f"/r/{token}/code", _SEE_OTHER)
    # One for each link: two people may share a phone, and both wait for their codes.
    cookies.put(answer, cookies.CHECKING, outcome.checking, path=f"/r/{token}")
    return answer


@router.get("/r/{token}/code")
async def ask_code(token: str, request: Request) -> Response:
    """Ask for the code."""
    state = await run_in_threadpool(_look, token, cookies.read(request, cookies.VIEWER))
    if isinstance(state, Opened):
        return RedirectResponse("/r/mine/results", _SEE_OTHER)
    if isinstance(state, Closed):
        return _closed(state, request)
    if not cookies.read(request, cookies.CHECKING):
        return RedirectResponse(f"/r/{token}", _SEE_OTHER)
    return _code_form(token, state.language)


@router.post("/r/{token}/code")
async def check_code(
    token: str, request: Request, code: str = Form("", max_length=LONGEST_INPUT)
) -> Response:
    """The second check; the right code opens the results in this browser."""
    checking = cookies.read(request, cookies.CHECKING)
    outcome = await run_in_threadpool(_check_code, token, checking, code)
    if isinstance(outcome, Opened):
        answer = RedirectResponse("/r/mine/results", _SEE_OTHER)
        cookies.put(answer, cookies.VIEWER, outcome.viewer)
        cookies.drop(answer, cookies.CHECKING, path=f"/r/{token}")
        return answer
    if isinstance(outcome, Wrong):
        return _code_form(token, outcome.language, left=outcome.left, status=403)
    return _closed(outcome, request)


def _look(token: str, viewer: str = "") -> Ready | Closed | Opened:
    with transaction() as s:
        return links.opened_here(s, token, viewer) or links.look(s, token)


def _check_birth_date(token: str, born: str) -> CodeSent | Wrong | Closed | Ready:
    """`Ready` for what is no date at all: a slip of the thumb costs no try."""
    with transaction() as s:
        state = links.look(s, token)
        today = clock.now().astimezone(clinic.clinic().zone).date()
        date = None if isinstance(state, Closed) else birth_date(born, state.language, today)
        if date is None:
            return state
        outcome = links.check_birth_date(s, token, date)
        if isinstance(outcome, CodeSent):
            result_notices.send_code(s, outcome.contact_id, outcome.code, outcome.language)
        return outcome


def _check_code(token: str, checking: str, code: str) -> Opened | Wrong | Closed:
    with transaction() as s:
        return links.check_code(s, token, checking, code)


def _born_form(
    token: str, language: str, problem: str | None = None, *, left: int = 0, status: int = 200
) -> Response:
    say = words(language, "patient")
    said = counted(say[problem], left, language) if problem else None
    return _form("patient/born.html", token, language, said, status)


def _code_form(token: str, language: str, *, left: int | None = None, status: int = 200) -> Response:
    said = None if left is None else counted(words(language, "patient")["wrong_code"], left, language)
    return _form("patient/code.html", token, language, said, status)


def _form(template: str, token: str, language: str, problem: str | None, status: int) -> Response:
    say, name = words(language, "patient"), clinic.clinic().name
    return page(template, status=status, t=say, lang=language, token=token, problem=problem, clinic=name)


def _closed(state: Closed, request: Request) -> Response:
    language = preferred(request.headers.get("accept-language")) if state.why == "unknown" else state.language
    return closed(state.why, language, status={"locked": 423, "unknown": 404}.get(state.why, 410))
