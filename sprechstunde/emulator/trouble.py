"""The control API's other half: the clock, faults on order, the log, and everything back to the start."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request

from sprechstunde.emulator.desk import Desk

Json = dict[str, Any]


def add_trouble(router: APIRouter, desk: Desk) -> None:
    """Add the routes to `router`."""
    _clock(router, desk)
    _faults(router, desk)

    @router.post("/reset")
    async def reset() -> Json:
        desk.reset()
        return {"ok": True}


def _clock(router: APIRouter, desk: Desk) -> None:
    @router.get("/clock")
    async def clock() -> Json:
        return desk.clock.state()

    @router.post("/clock")
    async def move(request: Request) -> Json:
        body = await request.json()
        if "advance" in body:
            desk.clock.advance(float(body["advance"]))
        elif body.get("to") or body.get("freeze"):
            at = datetime.fromisoformat(str(body.get("to") or body["freeze"]).replace("Z", "+00:00"))
            if at.tzinfo is None:
                raise ValueError("the time needs a zone: 2026-11-25T09:00:00+01:00")
            desk.clock.go_to(at) if body.get("to") else desk.clock.freeze(at)
        elif body.get("reset"):
            desk.clock.reset()
        else:
            raise ValueError("give advance (seconds), to, freeze or reset")
        desk.hub.publish("clock", clock=desk.clock.state())
        return desk.clock.state()


def _faults(router: APIRouter, desk: Desk) -> None:
    @router.get("/faults")
    async def faults() -> Json:
        return desk.faults.state()

    @router.post("/faults")
    async def order(request: Request) -> Json:
        desk.faults.order(await request.json())
        desk.hub.publish("faults", faults=desk.faults.state())
        return desk.faults.state()

    @router.delete("/faults")
    async def clear() -> Json:
        desk.faults.clear()
        desk.webhooks.release()
        desk.hub.publish("faults", faults=desk.faults.state())
        return desk.faults.state()

    @router.post("/webhooks/retry")
    async def retry() -> Json:
        desk.webhooks.hurry()
        return {"waiting": desk.webhooks.waiting}

    @router.post("/webhooks/url")
    async def webhook_url(request: Request) -> Json:
        desk.webhooks.url = str((await request.json())["url"])
        return {"webhook_url": desk.webhooks.url}

    @router.get("/log")
    async def log() -> Json:
        return {
            "webhooks": list(desk.webhooks.log),
            "requests": list(desk.requests),
            "waiting": desk.webhooks.waiting,
        }
