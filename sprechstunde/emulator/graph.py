"""The endpoints of the Graph API that a business calls: messages, media, templates."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from starlette.datastructures import UploadFile

from sprechstunde.emulator import ids, outgoing
from sprechstunde.emulator.desk import Desk
from sprechstunde.emulator.faults import SendFault
from sprechstunde.emulator.graph_errors import GraphError, malformed, missing
from sprechstunde.emulator.media_rules import check_upload
from sprechstunde.emulator.model import BUSINESS

Json = dict[str, Any]

VERSION = re.compile(r"v\d{2}\.0")
MEDIA_URL_LIFE = 300.0  # seconds, as Meta's


def graph_router(desk: Desk) -> APIRouter:
    """Everything under `/{version}/`, as graph.facebook.com serves it."""
    router = APIRouter()

    @router.post("/{version}/{number_id}/messages")
    async def messages(version: str, number_id: str, request: Request) -> Response:
        _authorise(desk, request, version)
        _our_number(desk, number_id)
        body = await _json(request)
        if "status" in body:
            message_id = outgoing.check_read(body)
            desk.mark_read(message_id, typing=bool(body.get("typing_indicator")))
            return JSONResponse({"success": True})
        return await _send(desk, body)

    _templates(router, desk)
    _media_files(router, desk)
    return router


def _templates(router: APIRouter, desk: Desk) -> None:
    @router.get("/{version}/{account_id}/message_templates")
    async def list_templates(version: str, account_id: str, request: Request) -> Response:
        _authorise(desk, request, version)
        wanted = request.query_params
        found = [
            template
            for template in desk.store.templates.values()
            if all(
                template.get(key) == wanted[key] for key in ("name", "language", "status") if key in wanted
            )
        ]
        return JSONResponse({"data": found, "paging": {"cursors": {"before": "MAZDZD", "after": "MjQZD"}}})

    @router.post("/{version}/{account_id}/message_templates")
    async def create_template(version: str, account_id: str, request: Request) -> Response:
        _authorise(desk, request, version)
        body = await _json(request)
        if not all(body.get(key) for key in ("name", "language", "category", "components")):
            raise malformed("Missing required parameter: name, language, category and components are needed.")
        template = {**body, "id": ids.number(), "status": "APPROVED"}
        desk.store.save_template(template)
        return JSONResponse({"id": template["id"], "status": "APPROVED", "category": template["category"]})


def _media_files(router: APIRouter, desk: Desk) -> None:
    @router.post("/{version}/{number_id}/media")
    async def upload(version: str, number_id: str, request: Request) -> Response:
        _authorise(desk, request, version)
        _our_number(desk, number_id)
        async with request.form(max_part_size=110 * 1024 * 1024) as form:
            if form.get("messaging_product") != "whatsapp":
                raise malformed("The parameter messaging_product is required.")
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise missing("file")
            content = await file.read()
            declared = form.get("type")
            mime = (declared if isinstance(declared, str) else None) or file.content_type or ""
            check_upload(mime, len(content))
            record = desk.store.add_media(content, mime, file.filename, owner=BUSINESS)
        return JSONResponse({"id": record["id"]})

    @router.get("/{version}/media-file/{media_id}")
    async def download(version: str, media_id: str, request: Request) -> Response:
        _authorise(desk, request, version)
        expires = float(request.query_params.get("e", "0") or 0)
        if media_id not in desk.store.media or time.time() > expires:
            return Response(status_code=404)
        record = desk.store.media[media_id]
        return FileResponse(desk.store.media_path(media_id), media_type=record["mime_type"])

    @router.get("/{version}/{media_id}")
    async def media(version: str, media_id: str, request: Request) -> Response:
        _authorise(desk, request, version)
        record = _media(desk, media_id, request)
        base = str(request.base_url).rstrip("/")
        return JSONResponse(
            {
                "messaging_product": "whatsapp",
                "url": f"{base}/{version}/media-file/{media_id}?e={time.time() + MEDIA_URL_LIFE:.0f}",
                "mime_type": record["mime_type"],
                "sha256": record["sha256"],
                "file_size": str(record["size"]),
                "id": media_id,
            }
        )

    @router.delete("/{version}/{media_id}")
    async def delete(version: str, media_id: str, request: Request) -> Response:
        _authorise(desk, request, version)
        _media(desk, media_id, request)
        desk.store.delete_media(media_id)
        return JSONResponse({"success": True})


async def _send(desk: Desk, body: Json) -> Response:
    """A message request: check, apply faults on order, accept, answer."""
    kind = outgoing.check_message(body)
    number, user_id = outgoing.address(body)
    phone = desk.find(number, user_id)
    fault = desk.faults.next_send(phone.id)
    if fault is not None:
        desk.hub.publish("faults", faults=desk.faults.state())
        await _fail_before(fault)
    message = desk.accept(body)
    failing = GraphError(fault.code) if fault is not None and fault.kind == "error" else None
    desk.deliver(message, failing)
    if fault is not None and fault.kind == "lost_answer":
        await asyncio.sleep(fault.seconds)
    contact = {"input": body.get("to") or body["recipient"]}
    contact |= {"wa_id": phone.phone} if number and phone.phone else {"user_id": phone.user_id}
    result: Json = {"id": message.id}
    if kind == "template":
        result["message_status"] = "accepted"
    return JSONResponse({"messaging_product": "whatsapp", "contacts": [contact], "messages": [result]})


async def _fail_before(fault: SendFault) -> None:
    """Raise what the fault asks for, if it is one that stops the send."""
    if fault.kind == "error" and not fault.as_status:
        raise GraphError(fault.code)
    if fault.kind == "http_500":
        raise GraphError(2, http_status=500)
    if fault.kind == "timeout":
        await asyncio.sleep(fault.seconds)
        raise GraphError(2, http_status=504)


def _authorise(desk: Desk, request: Request, version: str) -> None:
    """Version and bearer token. Raises GraphError."""
    if not VERSION.fullmatch(version):
        raise GraphError(100, f"Unknown path components: /{version}", http_status=400)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise GraphError(104, message=GraphError(104).title)
    if token.strip() != desk.config.access_token:
        raise GraphError(190, message=GraphError(190).title)


def _our_number(desk: Desk, number_id: str) -> None:
    if number_id != desk.config.phone_number_id:
        text = (
            f"Unsupported post request. Object with ID '{number_id}' does not exist, or you lack permission."
        )
        raise GraphError(100, text, message=text, subcode=33)


def _media(desk: Desk, media_id: str, request: Request) -> Json:
    record = desk.store.media.get(media_id)
    number = request.query_params.get("phone_number_id")
    if record is None or number not in (None, desk.config.phone_number_id):
        text = f"Unsupported get request. Object with ID '{media_id}' does not exist."
        raise GraphError(100, text, message=text, subcode=33)
    return record


async def _json(request: Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise malformed("Invalid JSON in request body")
    return body
