"""The web application: Graph API, control API, the page; and the log of requests."""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sprechstunde.emulator.config import Config
from sprechstunde.emulator.control import control_router
from sprechstunde.emulator.desk import Desk
from sprechstunde.emulator.graph import graph_router
from sprechstunde.emulator.graph_errors import GraphError

Json = dict[str, Any]

GRAPH_PATH = re.compile(r"/v\d")
STATIC = Path(__file__).parent / "static"
PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data: blob: http: https:; media-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


def create_app(config: Config) -> FastAPI:
    """The emulator. Its `Desk` is `app.state.desk`."""
    desk = Desk(config)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await desk.start()
        yield
        await desk.stop()

    app = FastAPI(title="WhatsApp Cloud API emulator", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.desk = desk

    @app.exception_handler(GraphError)
    async def graph_error(_: Request, error: GraphError) -> Response:
        return JSONResponse(error.body(), error.status)

    @app.exception_handler(ValueError)
    async def bad_request(_: Request, error: ValueError) -> Response:
        return JSONResponse({"detail": str(error)}, 400)

    app.add_middleware(RequestLog, desk=desk)

    @app.get("/")
    async def page() -> Response:
        headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache"}
        return FileResponse(STATIC / "index.html", headers=headers)

    @app.get("/favicon.ico")
    async def icon() -> Response:
        return FileResponse(STATIC / "icon.svg", media_type="image/svg+xml")

    @app.get("/health")
    async def health() -> Json:
        return {"ok": True}

    app.mount("/static", Fresh(directory=STATIC), name="static")
    app.include_router(control_router(desk))
    app.include_router(graph_router(desk))
    return app


class Fresh(StaticFiles):
    """Files that a browser asks for anew each time: after an update nobody sees half of the old page."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """As usual, to be revalidated."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


class RequestLog:
    """ASGI middleware: keeps what the business asked and what it got, for the log on the page."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not GRAPH_PATH.match(scope["path"]):
            await self._app(scope, receive, send)
            return
        asked, answered, started = Heard(), Heard(), time.monotonic()
        asked.is_json = b"json" in dict(scope["headers"]).get(b"content-type", b"")

        async def receiving() -> Message:
            message = await receive()
            asked.hear(message.get("body", b""))
            return message

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered.status = message["status"]
                answered.is_json = b"json" in dict(message["headers"]).get(b"content-type", b"")
            answered.hear(message.get("body", b""))
            await send(message)

        await self._app(scope, receiving, sending)
        entry = {
            "at": self._desk.clock.now().isoformat(),
            "direction": "request",
            "title": f"{scope['method']} {scope['path']}",
            "status": answered.status,
            "ms": round((time.monotonic() - started) * 1000),
            "notes": [],
            "body": asked.read(),
            "answer": answered.read(),
        }
        self._desk.requests.append(entry)
        self._desk.hub.publish("log", entry=entry, waiting=self._desk.webhooks.waiting)


class Heard:
    """One direction of an exchange; only JSON is kept."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.is_json = False
        self._raw = b""

    def hear(self, chunk: bytes) -> None:
        """A piece of the body."""
        if self.is_json:
            self._raw += chunk

    def read(self) -> Any:
        """The JSON, or the text where it is none; None for files and empty bodies."""
        return _readable(self._raw)


def _readable(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return raw.decode("utf-8", "replace")[:2000]


class Server(uvicorn.Server):
    """Ends the pages' event streams first, so that stopping does not wait for them."""

    def __init__(self, app: FastAPI, config: Config) -> None:
        self._desk: Desk = app.state.desk
        super().__init__(
            uvicorn.Config(
                app,
                host=config.host,
                port=config.port,
                log_level="warning",
                access_log=False,
                timeout_keep_alive=75,
                ws="none",  # the pinned websockets is too old for uvicorn, and nothing here needs them
                timeout_graceful_shutdown=2,
            )
        )

    async def shutdown(self, sockets: Any = None) -> None:
        """Close the streams, then as usual."""
        self._desk.hub.close()
        await super().shutdown(sockets)
