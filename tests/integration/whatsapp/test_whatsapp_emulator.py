"""The whole channel against the emulator: its webhooks in, our messages out, and trouble on the way."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sanic import Sanic
from sqlalchemy import select

from sprechstunde.db import transaction
from sprechstunde.emulator.testing import EmulatorServer, running_emulator
from sprechstunde.jobs import worker
from sprechstunde.settings import reset_settings
from sprechstunde.whatsapp import inbox, outbox, sender, wording
from sprechstunde.whatsapp.client import GraphClient
from sprechstunde.whatsapp.connector import WhatsAppInput
from sprechstunde.whatsapp.content import Choice, Content, Document, Option, Text
from sprechstunde.whatsapp.models import InboundMessage, OutboundMessage
from sprechstunde.whatsapp.template_submission import submit_missing
from tests import small_clinic

Sanic.test_mode = True
SOON = 25.0
QUESTION = Choice(
    "Wann passt es?", tuple(Option(f"Mi {hour}:00", f"/choose {hour}", "Dr. Weiß") for hour in (9, 10))
)
ICS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nEND:VCALENDAR\r\n"


def answer_next(contact_id: UUID) -> bool:
    """A very simple assistant."""
    with transaction() as s:
        message = inbox.next_message(s, contact_id)
        if message is None:
            return False
        known: dict[str, list[Content]] = {
            "Termin": [Text("Gern."), QUESTION],
            "Kalender": [Document(ICS, "termin.ics", "text/calendar", "Ihr Termin")],
        }
        contents = known.get(message.text or "", [Text(f"{message.kind}: {message.payload or message.text}")])
        outbox.enqueue(s, contact_id, contents, turn_key=message.wamid)
        inbox.done(s, message.id)
        return True


async def assistant(contact_id: UUID) -> bool:
    return await asyncio.to_thread(answer_next, contact_id)


@pytest.fixture
async def desk(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[EmulatorServer]:
    """Connector, worker and emulator, all running."""
    monkeypatch.setattr(worker, "UPKEEP_SECONDS", 0.5)
    monkeypatch.setattr(sender, "GRACE", timedelta(seconds=3))
    app = Sanic(f"desk_{time.monotonic_ns()}", configure_logging=False)

    async def never(message: object) -> None:
        raise AssertionError("a dialogue must not run inside the request")

    channel = WhatsAppInput.from_credentials(None)
    app.blueprint(channel.blueprint(never), url_prefix="/webhooks/whatsapp")
    server: Any = await app.create_server(host="127.0.0.1", port=0, return_asyncio_server=True)
    await server.startup()
    port = server.server.sockets[0].getsockname()[1]
    with running_emulator(f"http://127.0.0.1:{port}/webhooks/whatsapp/webhook") as emulator:
        _point_to(monkeypatch, emulator)
        stop = asyncio.Event()
        run = asyncio.create_task(worker.run_worker(["dialogue", "outbound"], 8, assistant, stop=stop))
        yield emulator
        stop.set()
        await asyncio.wait_for(run, SOON)
    server.close()
    await server.wait_closed()


def _point_to(monkeypatch: pytest.MonkeyPatch, emulator: EmulatorServer) -> None:
    monkeypatch.setenv("WHATSAPP_API_URL", emulator.base_url)
    monkeypatch.setenv("WHATSAPP_PHONE_NUMBER_ID", emulator.config.phone_number_id)
    monkeypatch.setenv("WHATSAPP_ACCESS_TOKEN", emulator.config.access_token)
    monkeypatch.setenv("WHATSAPP_APP_SECRET", emulator.config.app_secret)
    monkeypatch.setenv("WHATSAPP_VERIFY_TOKEN", emulator.config.verify_token)
    reset_settings()


async def replies(emulator: EmulatorServer, phone: str, count: int, after: int = 0) -> list[dict]:
    return await asyncio.to_thread(lambda: emulator.replies(phone, after=after, wait=SOON, count=count))


async def patient(action: Callable[[], dict]) -> dict:
    return await asyncio.to_thread(action)


def words(found: list[dict]) -> list[str]:
    return [m["content"].get("body", "") for m in found if m["kind"] == "text"]


@pytest.mark.parametrize("phone", ["anna", "mia"])
async def test_a_tap_on_what_was_offered(desk: EmulatorServer, phone: str) -> None:
    sent = await patient(lambda: desk.send(phone, text="Termin"))
    offered = await replies(desk, phone, 2, after=sent["seq"])
    assert [m["kind"] for m in offered] == ["text", "interactive"]
    tapped = await patient(lambda: desk.tap(phone, "Mi 10:00"))
    assert words(await replies(desk, phone, 1, after=tapped["seq"])) == ["reply: /choose 10"]


async def test_a_document_arrives(desk: EmulatorServer) -> None:
    sent = await patient(lambda: desk.send("anna", text="Kalender"))
    (document,) = await replies(desk, "anna", 1, after=sent["seq"])
    assert document["kind"] == "document"
    assert document["content"]["filename"] == "termin.ics"


async def test_a_day_later_the_notice_goes_out_as_an_approved_template(
    desk: EmulatorServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asyncio.to_thread(small_clinic.load, tmp_path)
    monkeypatch.setenv("WHATSAPP_BUSINESS_ACCOUNT_ID", desk.config.business_account_id)
    reset_settings()
    sent = await patient(lambda: desk.send("anna", text="Hallo"))
    await replies(desk, "anna", 1, after=sent["seq"])
    desk.move_clock(advance=25 * 3600)
    assert set((await _submitted()).values()) == {"APPROVED"}
    assert await _submitted() == await _submitted()
    notice = await asyncio.to_thread(_notify, desk)
    (came,) = await replies(desk, "anna", 1, after=sent["seq"] + 1)
    assert (came["kind"], came["content"]["rendered"]) == ("template", notice)
    tapped = await patient(lambda: desk.tap("anna", "Nachricht öffnen"))
    assert words(await replies(desk, "anna", 1, after=tapped["seq"])) == ["reply: /open_messages"]


async def _submitted() -> dict[tuple[str, str], str]:
    client = GraphClient()
    try:
        return await submit_missing(client)
    finally:
        await client.aclose()


def _notify(desk: EmulatorServer) -> str:
    template = wording.template("message_ready", "de", "/open_messages")
    with transaction() as s:
        contact_id = s.execute(select(InboundMessage.contact_id).limit(1)).scalar_one()
        outbox.enqueue(s, contact_id, [template], turn_key="notice")
    return template.body


@pytest.mark.parametrize("trouble", ["duplicate", "reorder", "batch"])
async def test_troubled_webhooks_change_nothing(desk: EmulatorServer, trouble: str) -> None:
    desk.fault(webhook={"kind": trouble, "count": 4, "seconds": 0.5})
    for number in range(4):
        await asyncio.to_thread(desk.send, "anna", text=f"Nr. {number}")
    found = await replies(desk, "anna", 4)
    assert sorted(words(found)) == [f"text: Nr. {n}" for n in range(4)]
    with transaction() as s:
        assert len(s.execute(select(InboundMessage)).scalars().all()) == 4


@pytest.mark.parametrize(
    "trouble",
    [{"kind": "error", "code": 130429}, {"kind": "http_500"}, {"kind": "lost_answer"}],
    ids=["too many", "server error", "lost answer"],
)
async def test_troubled_sends_arrive_once_and_in_order(desk: EmulatorServer, trouble: dict) -> None:
    desk.fault(send={**trouble, "count": 1, "seconds": 1})
    first = await patient(lambda: desk.send("anna", text="eins"))
    await patient(lambda: desk.send("anna", text="zwei"))
    found = await replies(desk, "anna", 2, after=first["seq"])
    assert words(found) == ["text: eins", "text: zwei"]
    # Once more from the start: nothing came twice meanwhile.
    assert words(await replies(desk, "anna", 2)) == ["text: eins", "text: zwei"]


async def test_statuses_are_recorded(desk: EmulatorServer) -> None:
    sent = await patient(lambda: desk.send("anna", text="Guten Tag"))
    await replies(desk, "anna", 1, after=sent["seq"])

    def status() -> str | None:
        with transaction() as s:
            return s.execute(select(OutboundMessage.status)).scalar()

    deadline = time.monotonic() + SOON
    while await asyncio.to_thread(status) not in ("delivered", "read"):
        assert time.monotonic() < deadline, "no status came"
        await asyncio.sleep(0.05)


async def test_a_photo_is_fetched_and_checked(desk: EmulatorServer) -> None:
    sent = await patient(lambda: desk.send("anna", "image", caption="Ausschlag"))
    await replies(desk, "anna", 1, after=sent["seq"])
    with transaction() as s:
        media = s.execute(select(InboundMessage)).scalars().one().content["media"]
    client = GraphClient()
    try:
        found = await client.download(media["id"], "image")
    finally:
        await client.aclose()
    assert base64.b64encode(hashlib.sha256(found.content).digest()).decode() == media["sha256"]
    assert found.mime_type == media["mime_type"]
    assert found.filename.startswith("image-")
