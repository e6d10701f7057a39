"""The web application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.staticfiles import StaticFiles
from starlette.responses import Response

from sprechstunde.console import failing
from sprechstunde.console.api import fhir, guide, laboratory
from sprechstunde.console.headers import SecurityHeaders
from sprechstunde.console.heads import HeadAsGet
from sprechstunde.console.live import Changes
from sprechstunde.console.patient import chatting, checks
from sprechstunde.console.patient import reading as patients_reading
from sprechstunde.console.staff import (
    absences,
    access,
    accounts,
    agenda,
    answering,
    booking,
    canned_settings,
    clinic_settings,
    conversation,
    inbox,
    live,
    patients,
    result_access,
    results,
    sign_in,
    tasks,
    upload,
)

STATIC = Path(__file__).with_name("static")
# The fixed paths of a patient's reading come ahead of those with a link in them.
PATIENT = (patients_reading.router, chatting.router, checks.router)
CHATS = (
    sign_in.router,
    inbox.router,
    live.router,
    conversation.router,
    answering.router,
    tasks.router,
    upload.router,
    results.router,
)
DESK = (
    agenda.router,
    booking.router,
    patients.router,
    result_access.router,
    absences.router,
    accounts.router,
)
SETTINGS = (canned_settings.router, clinic_settings.router)
LABORATORY = (laboratory.router, fhir.router, guide.router)


def create_app() -> FastAPI:
    """Staff's pages, the patients' page at /r/, the door for laboratories at /api/ (described at /api/docs)."""
    changes = Changes()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        changes.start()
        yield
        await changes.stop()

    app = FastAPI(
        title="Sprechstunde",
        version="1",
        description="Hand results in to the practice.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.changes = changes
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in (*PATIENT, *CHATS, *DESK, *SETTINGS, *LABORATORY):
        app.include_router(router)

    @app.exception_handler(access.NotSignedIn)
    async def not_signed_in(request: Request, _: Exception) -> Response:
        return access.to_sign_in(request)

    failing.install(app)

    @app.get("/health", include_in_schema=False)
    def health() -> dict[str, bool]:
        return {"ok": True}

    return app
