"""The control API: phones, clock, faults, logs. For the page and for tests; described in `sprechstunde.emulator`."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import FileResponse, Response, StreamingResponse
from starlette.datastructures import UploadFile

from sprechstunde.emulator import actions
from sprechstunde.emulator.desk import Desk
from sprechstunde.emulator.model import Message, Phone
from sprechstunde.emulator.phones import new_phone
from sprechstunde.emulator.trouble import add_trouble

Json = dict[str, Any]

LONGEST_WAIT = 120.0
EDITABLE = {"open": bool, "online": bool, "blocked": bool}


def control_router(desk: Desk) -> APIRouter:
    """Everything under `/emulator/`."""
    router = APIRouter(prefix="/emulator", dependencies=[Depends(_same_origin)])
    _phones(router, desk)
    add_trouble(router, desk)

    @router.get("/state")
    async def state() -> Json:
        chats = {key: [message.as_json() for message in desk.store.chat(key)] for key in desk.store.phones}
        return {
            "phones": [desk.phone_json(phone) for phone in desk.store.phones.values()],
            "messages": chats,
            "clock": desk.clock.state(),
            "faults": desk.faults.state(),
            "log": [*desk.requests, *desk.webhooks.log],
            "waiting": desk.webhooks.waiting,
            "webhook_url": desk.webhooks.url,
            "business": {"name": desk.config.business_name, "number": desk.config.display_phone_number},
        }

    @router.get("/events")
    async def events() -> Response:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(desk.hub.stream(), media_type="text/event-stream", headers=headers)

    @router.post("/media")
    async def upload(request: Request) -> Json:
        async with request.form(max_part_size=110 * 1024 * 1024) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise HTTPException(400, "file is missing")
            mime = file.content_type or "application/octet-stream"
            return desk.store.add_media(await file.read(), mime, file.filename, owner="patient")

    @router.get("/media/{media_id}")
    async def media(media_id: str, name: str = "") -> Response:
        record = desk.store.media.get(media_id)
        if record is None:
            raise HTTPException(404, "no such file")
        return _file(desk, record, name)

    return router


def _phones(router: APIRouter, desk: Desk) -> None:
    @router.post("/phones")
    async def add(request: Request) -> Json:
        body = await request.json()
        phone = new_phone(
            desk.store.phones, body.get("name", ""), body.get("phone"), body.get("language", "de")
        )
        desk.store.save_phone(phone)
        desk.hub.publish("phone", phone=desk.phone_json(phone))
        return desk.phone_json(phone)

    @router.post("/phones/{phone_id}")
    async def change(phone_id: str, request: Request) -> Json:
        phone = find_phone(desk, phone_id)
        body = await request.json()
        if set(body) - set(EDITABLE) or not all(isinstance(value, bool) for value in body.values()):
            raise ValueError(f"only {', '.join(EDITABLE)} can be set, to true or false")
        desk.set_phone(phone, **body)
        return desk.phone_json(phone)

    @router.post("/phones/{phone_id}/read")
    async def read(phone_id: str, request: Request) -> Json:
        desk.read(find_phone(desk, phone_id), (await request.json()).get("up_to"))
        return {"ok": True}

    @router.post("/phones/{phone_id}/send")
    async def send(phone_id: str, request: Request) -> Json:
        message = actions.perform(desk, find_phone(desk, phone_id), await request.json())
        return message.as_json()

    @router.get("/phones/{phone_id}/messages")
    async def messages(
        phone_id: str, after: int = 0, wait: float = 0, count: int = 1, author: str = ""
    ) -> Json:
        phone = find_phone(desk, phone_id)
        until = time.monotonic() + min(wait, LONGEST_WAIT)
        while True:
            found = [
                m
                for m in desk.store.chat(phone.id)
                if m.seq > after and author in ("", m.author) and _arrived(m)
            ]
            if len(found) >= count or time.monotonic() >= until:
                return {
                    "messages": [m.as_json() for m in found],
                    "last": max((m.seq for m in found), default=after),
                }
            await desk.hub.changed(until - time.monotonic())


def _same_origin(request: Request) -> None:
    """Another site open in the same browser must not type on the phones."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "cross-site request")


def find_phone(desk: Desk, phone_id: str) -> Phone:
    """By id, phone number or business-scoped user id."""
    phones = desk.store.phones
    if phone_id in phones:
        return phones[phone_id]
    for phone in phones.values():
        if phone_id.lstrip("+") == phone.phone or phone_id == phone.user_id:
            return phone
    raise HTTPException(404, f"no phone {phone_id!r} on the desk")


def _arrived(message: Message) -> bool:
    """On the phone's screen: the practice's messages from `delivered` on."""
    return message.author == "patient" or message.status in ("delivered", "read")


def _file(desk: Desk, record: Json, name: str) -> Response:
    """The bytes for the page. Only pictures, sound and film may be shown in place; anything else is downloaded."""
    family = record["mime_type"].partition("/")[0]
    shown = (family in ("image", "audio", "video") and "svg" not in record["mime_type"]) or (
        record["mime_type"] == "application/pdf"
    )
    return FileResponse(
        desk.store.media_path(record["id"]),
        media_type=record["mime_type"],
        filename=name or record["filename"] or record["id"],
        content_disposition_type="inline" if shown else "attachment",
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"},
    )
