"""Workers on the real queue: order, failure, sudden death."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.jobs import app as registry
from sprechstunde.jobs import defer, worker
from sprechstunde.settings import get_settings
from sprechstunde.tasks.service import open_tasks
from sprechstunde.whatsapp import dialogue, inbox, outbox, tasks, webhook
from sprechstunde.whatsapp.content import Text
from sprechstunde.whatsapp.models import InboundMessage, OutboundMessage
from tests import wire
from tests.integration.whatsapp.cutting import cut_connections
from tests.played_meta import PlayedMeta

SOON = 20.0

# A worker in a process of its own that takes a message and never gets done with it.
HANGING_WORKER = """
import asyncio
from sprechstunde.db import transaction
from sprechstunde.jobs.worker import run_worker
from sprechstunde.whatsapp import inbox
async def handle(contact_id):
    with transaction() as s:
        inbox.next_message(s, contact_id)
    print("picked", flush=True)
    await asyncio.sleep(600)
asyncio.run(run_worker(["dialogue"], 1, handle))
"""


@pytest.fixture(autouse=True)
def played(tables: str, meta: PlayedMeta, monkeypatch: pytest.MonkeyPatch) -> PlayedMeta:
    """The workers of this process talk to the played Meta, and look after each other more often than in earnest."""
    monkeypatch.setattr(tasks, "GraphClient", meta.client)
    monkeypatch.setattr(worker, "UPKEEP_SECONDS", 0.3)
    monkeypatch.setattr(worker, "RESTART_SECONDS", 0.2)
    return meta


def receive(*changes: dict[str, Any]) -> None:
    body, signature = wire.signed(wire.webhook(*changes))
    assert webhook.receive(body, signature, get_settings()).status == 200


def answer_next(contact_id: UUID) -> str | None:
    """One turn of a very simple assistant: it says what it heard."""
    with transaction() as s:
        message = inbox.next_message(s, contact_id)
        if message is None:
            return None
        outbox.enqueue(s, contact_id, [Text(f"Echo {message.text}")], turn_key=message.wamid)
        inbox.done(s, message.id)
        return message.text


async def echo(contact_id: UUID) -> bool:
    return await asyncio.to_thread(answer_next, contact_id) is not None


@contextlib.asynccontextmanager
async def working(handler: Any = echo, *queues: str) -> AsyncIterator[None]:
    """A worker at work."""
    stop = asyncio.Event()
    run = asyncio.create_task(worker.run_worker(queues or ("dialogue", "outbound"), 8, handler, stop=stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(run, SOON)


async def eventually(condition: Callable[[], bool]) -> bool:
    """True as soon as it holds; fails when it does not come about."""
    deadline = time.monotonic() + SOON
    while not await asyncio.to_thread(condition):
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.05)
    return True


def states() -> list[str]:
    with transaction() as s:
        return list(s.execute(select(InboundMessage.state).order_by(InboundMessage.id)).scalars())


def open_jobs() -> int:
    with transaction() as s:
        return int(s.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one())


async def test_a_message_is_read_answered_and_sent(meta: PlayedMeta) -> None:
    first = wire.text("Guten Tag")
    async with working():
        receive(wire.by_phone(first))
        assert await eventually(lambda: meta.texts() == ["Echo Guten Tag"])
        assert await eventually(lambda: open_jobs() == 0)
    (mark,) = meta.marks
    assert (mark["message_id"], mark["status"], mark["typing_indicator"]) == (
        first["id"],
        "read",
        {"type": "text"},
    )


async def test_each_patient_in_order_and_all_patients_at_once(meta: PlayedMeta) -> None:
    people = [f"49151300{n:04d}" for n in range(4)]
    receive(
        *(wire.by_phone(wire.text(f"{n}", at=wire.AT + n), person) for n in range(6) for person in people)
    )
    busy: set[UUID] = set()
    most = 0
    met = asyncio.Event()

    async def careful(contact_id: UUID) -> bool:
        nonlocal most
        assert contact_id not in busy
        busy.add(contact_id)
        most = max(most, len(busy))
        if most == len(people):
            met.set()
        # Nobody goes on before all four were at work at the same time: a worker that takes turns would hang here.
        await asyncio.wait_for(met.wait(), SOON)
        try:
            return await echo(contact_id)
        finally:
            busy.discard(contact_id)

    async with working(careful):
        assert await eventually(lambda: len(meta.sent) == 24)
    for person in people:
        heard = [body["text"]["body"] for body in meta.sent if body["to"] == person]
        assert heard == [f"Echo {n}" for n in range(6)]


async def test_a_message_that_arrives_during_a_turn_is_answered_after_it(meta: PlayedMeta) -> None:
    async def late(contact_id: UUID) -> bool:
        if await asyncio.to_thread(answer_next, contact_id) == "eins":
            receive(wire.by_phone(wire.text("zwei", at=wire.AT + 1)))
            return True
        return await echo(contact_id)

    receive(wire.by_phone(wire.text("eins")))
    async with working(late):
        assert await eventually(lambda: meta.texts() == ["Echo eins", "Echo zwei"])


async def test_a_turn_that_fails_once_is_repeated(meta: PlayedMeta) -> None:
    tries = []

    async def shaky(contact_id: UUID) -> bool:
        tries.append(contact_id)
        if len(tries) == 1:
            raise ConnectionError("action server")
        return await echo(contact_id)

    receive(wire.by_phone(wire.text("Guten Tag")))
    async with working(shaky):
        assert await eventually(lambda: meta.texts() == ["Echo Guten Tag"])


async def test_a_turn_that_always_fails_ends_with_an_apology_and_a_task(
    meta: PlayedMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "BACKOFF", (timedelta(milliseconds=10),) * 4)

    async def hopeless(contact_id: UUID) -> bool:
        with transaction() as s:
            message = inbox.next_message(s, contact_id)
        if message is not None and message.text == "schlimm":
            raise RuntimeError("Brustschmerzen")
        return await echo(contact_id)

    receive(wire.by_phone(wire.text("schlimm")), wire.by_phone(wire.text("gut", at=wire.AT + 1)))
    async with working(hopeless):
        assert await eventually(lambda: len(meta.sent) == 2)
    assert meta.texts() == [dialogue.APOLOGY, "Echo gut"]
    assert "112" in dialogue.APOLOGY
    assert states() == ["failed", "processed"]
    (task,) = open_tasks()
    assert (task.kind, task.urgent) == ("human", True)
    with transaction() as s:
        assert (
            s.execute(select(InboundMessage.error).where(InboundMessage.state == "failed")).scalar()
            == "RuntimeError"
        )


async def test_a_retry_that_is_minutes_away_does_not_hold_a_job(
    meta: PlayedMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "BACKOFF", (timedelta(minutes=5),))

    async def failing(contact_id: UUID) -> bool:
        raise RuntimeError

    receive(wire.by_phone(wire.text("Guten Tag")))
    async with working(failing):
        assert await eventually(lambda: open_jobs() == 0)
    with transaction() as s:
        s.execute(text("UPDATE inbound_message SET next_attempt_at = now()"))
    async with working():
        assert await eventually(lambda: meta.texts() == ["Echo Guten Tag"])


async def test_a_killed_workers_patient_waits_only_seconds(
    meta: PlayedMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "STALLED_SECONDS", 3.0)
    receive(wire.by_phone(wire.text("eins")), wire.by_phone(wire.text("zwei", at=wire.AT + 1)))
    process = await asyncio.to_thread(_picking_worker)
    os.kill(process.pid, signal.SIGKILL)
    await asyncio.to_thread(process.wait)
    assert states() == ["pending", "pending"]
    async with working():
        assert await eventually(lambda: meta.texts() == ["Echo eins", "Echo zwei"])


def _picking_worker() -> subprocess.Popen[str]:
    """A worker that holds the first message in its hands."""
    process = subprocess.Popen([sys.executable, "-c", HANGING_WORKER], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "picked\n"
    return process


async def test_a_worker_told_to_stop_ends_what_it_began(meta: PlayedMeta) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(contact_id: UUID) -> bool:
        begun.set()
        await go_on.wait()
        return await echo(contact_id)

    receive(wire.by_phone(wire.text("Guten Tag")))
    stop = asyncio.Event()
    run = asyncio.create_task(worker.run_worker(["dialogue"], 2, slow, stop=stop))
    await asyncio.wait_for(begun.wait(), SOON)
    stop.set()
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.wait_for(run, SOON)
    assert states() == ["processed"]


async def test_a_worker_survives_the_loss_of_all_its_connections(meta: PlayedMeta, database: str) -> None:
    async with working():
        receive(wire.by_phone(wire.text("eins")))
        assert await eventually(lambda: meta.texts() == ["Echo eins"])
        cut_connections(database)
        receive(wire.by_phone(wire.text("zwei", at=wire.AT + 1)))
        assert await eventually(lambda: meta.texts() == ["Echo eins", "Echo zwei"])


async def test_a_message_without_job_is_found(meta: PlayedMeta) -> None:
    receive(wire.by_phone(wire.text("Guten Tag")))
    with transaction() as s:
        s.execute(text("DELETE FROM procrastinate_jobs"))
    async with working():
        assert await eventually(lambda: meta.texts() == ["Echo Guten Tag"])


async def test_what_can_not_be_delivered_reaches_staff(meta: PlayedMeta, anna: UUID) -> None:
    meta.refuse(131026)
    with transaction() as s:
        outbox.enqueue(s, anna, [Text("Ihr Termin")], turn_key="turn")
    async with working(echo, "outbound"):
        assert await eventually(lambda: len(open_tasks()) == 1)
    with transaction() as s:
        assert s.execute(select(OutboundMessage.state)).scalars().all() == ["failed"]


def test_the_dialogue_queue_needs_a_handler() -> None:
    with pytest.raises(ValueError, match="handler"):
        asyncio.run(worker.run_worker(["dialogue"], 1))


def test_a_job_exists_only_if_its_transaction_does(anna: UUID) -> None:
    def undecided() -> None:
        with transaction() as s:
            defer(s, "send_outbound", "l", "q", contact_id=anna)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undecided()
    assert open_jobs() == 0


def test_a_job_waits_once_per_queueing_lock(anna: UUID) -> None:
    with transaction() as s:
        assert defer(s, "send_outbound", "l", "q", contact_id=anna) is True
        assert defer(s, "send_outbound", "l", "q", contact_id=anna) is False
        assert defer(s, "send_outbound", "l", None, contact_id=anna) is True
    assert open_jobs() == 2


async def test_a_waiting_job_can_not_be_taken_while_someone_counts_on_it(anna: UUID) -> None:
    """Else the worker would take it, see nothing of the uncommitted message, and leave that lying."""
    with transaction() as s:
        defer(s, "send_outbound", "l", "q", contact_id=anna)
    app = await asyncio.to_thread(registry.make_app, 2)
    async with app.open_async():
        worker_id = await app.job_manager.register_worker()
        with transaction() as s:
            assert defer(s, "send_outbound", "l", "q", contact_id=anna) is False
            assert await app.job_manager.fetch_job(["outbound"], worker_id) is None
        job = await app.job_manager.fetch_job(["outbound"], worker_id)
    assert job is not None
    assert job.task_kwargs == {"contact_id": str(anna)}


async def test_contacts_that_became_one_are_still_served(meta: PlayedMeta) -> None:
    receive(wire.by_user_id(wire.text("eins")))
    receive(wire.by_phone(wire.text("zwei", at=wire.AT + 1)))
    receive(wire.by_phone(wire.text("drei", at=wire.AT + 2), wire.ANNA, wire.BEN_ID))
    async with working():
        assert await eventually(lambda: len(meta.sent) == 3)
    assert meta.texts() == ["Echo eins", "Echo zwei", "Echo drei"]
    with transaction() as s:
        contact = conversations.contact_for(s, phone=wire.ANNA, user_id=wire.BEN_ID, profile_name=None)
        assert set(s.execute(select(InboundMessage.contact_id)).scalars()) == {contact.id}
