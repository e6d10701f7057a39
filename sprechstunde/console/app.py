"""The web application."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from sprechstunde.console.api import fhir, guide, laboratory
from sprechstunde.console.headers import SecurityHeaders
from sprechstunde.console.patient import checks, reading

STATIC = Path(__file__).with_name("static")


def create_app() -> FastAPI:
    """Staff's pages, the patients' page at /r/, the door for laboratories at /api/ (described at /api/openapi.json)."""
    app = FastAPI(
        title="Sprechstunde",
        version="1",
        description="Hand results in to the practice.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.add_middleware(SecurityHeaders)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    # The fixed paths of `reading` come ahead of those with a link in them.
    for router in (reading.router, checks.router, laboratory.router, fhir.router, guide.router):
        app.include_router(router)

    @app.get("/health", include_in_schema=False)
    def health() -> dict[str, bool]:
        return {"ok": True}

    return app
