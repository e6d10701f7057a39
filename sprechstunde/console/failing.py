"""A page that says what did not work, and leads on: for people. Programs get a status, as FastAPI gives it."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exception_handlers import http_exception_handler, request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Match

from sprechstunde.console.api import outcomes
from sprechstunde.console.patient.closed import closed
from sprechstunde.console.rendering import page
from sprechstunde.console.staff import access
from sprechstunde.console.texts import preferred, words
from sprechstunde.conversations.service import UnknownContact

TOLD = {403: "failed_forbidden", 404: "failed_missing", 405: "failed_missing", 413: "failed_large"}


def install(app: FastAPI) -> None:
    """Have the app answer with such pages."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, problem: HTTPException) -> Response:
        if request.url.path.startswith(f"{outcomes.PREFIX}/"):
            return outcomes.outcome(problem.status_code, str(problem.detail), problem.headers)
        if not _is_person(request):
            return await http_exception_handler(request, problem)
        above = _page_above(request) if problem.status_code == 405 and request.method == "GET" else None
        return (
            RedirectResponse(above, 303)
            if above
            else await run_in_threadpool(_page, request, problem.status_code)
        )

    @app.exception_handler(RequestValidationError)
    async def unreadable(request: Request, problem: RequestValidationError) -> Response:
        if not _is_person(request):
            return await request_validation_exception_handler(request, problem)
        # An address that is none (a letter lost on the way) leads nowhere, like one of something that has gone.
        return await run_in_threadpool(_page, request, 404 if request.method == "GET" else 422)

    @app.exception_handler(UnknownContact)
    async def gone(request: Request, _: Exception) -> Response:
        if not _is_person(request):
            return JSONResponse({"detail": "Not Found"}, 404)
        return await run_in_threadpool(_page, request, 404)


def _is_person(request: Request) -> bool:
    """A browser that shows a page; htmx, which puts parts into one, shows no failures."""
    return "text/html" in request.headers.get("accept", "") and "hx-request" not in request.headers


def _language(request: Request) -> str:
    """Of the account, where somebody has signed in; otherwise of the browser."""
    session = access.session_behind(request) if access.COOKIE in request.cookies else None
    return session.staff.language if session else preferred(request.headers.get("accept-language"))


def _page_above(request: Request) -> str | None:
    """The page of a form whose own address is loaded: a form that comes back with a question leaves that one behind."""
    path = request.url.path.rstrip("/")
    while path := path.rpartition("/")[0]:
        scope = {**request.scope, "path": path}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            return path
    return None


def _page(request: Request, status: int) -> Response:
    language = _language(request)
    if request.url.path.startswith("/r/"):
        return closed("unknown", language, status=status)
    t = words(language, "staff")
    told = t[TOLD.get(status, "failed_otherwise")]
    return page("staff/failed.html", status=status, t=t, lang=language, told=told)
