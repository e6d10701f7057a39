"""Files that patients send: fetched at once, kept encrypted, and staff hear of those that can't be had."""

from __future__ import annotations

import asyncio
import hashlib
import time
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text, update

from sprechstunde.conversations import service as conversations
from sprechstunde.db import destroy_key, transaction
from sprechstunde.db.keys import forget_cached_keys
from sprechstunde.jobs import worker
from sprechstunde.settings import get_settings
from sprechstunde.tasks.service import open_tasks
from sprechstunde.whatsapp import inbox, incoming_media, limits, tasks, webhook
from sprechstunde.whatsapp.incoming_media import MediaView
from sprechstunde.whatsapp.models import InboundMedia
from tests import wire
from tests.played_meta import PlayedMeta
from tests.raw_dump import raw_dump

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"a rash on a left arm" * 9 + b"\xff\xd9"
PROGRAM = b"MZ\x90\x00" + bytes(60)


def receive(*items: dict[str, Any]) -> None:
    body, signature = wire.signed(wire.webhook(*map(wire.by_phone, items)))
    assert webhook.receive(body, signature, get_settings()).status == 200


def send(meta: PlayedMeta, content: bytes = JPEG, kind: str = "image", **parts: Any) -> dict[str, Any]:
    """A patient sends a file; the message."""
    mime_type = {"image": "image/jpeg", "document": "application/pdf", "sticker": "image/webp"}[kind]
    media_id = meta.keep(content, mime_type, sha256=hashlib.sha256(content).hexdigest())
    parts[kind] = {"id": media_id, "mime_type": mime_type, "caption": "Arm"}
    return wire.message(kind, **parts)


def files(contact_id: UUID) -> list[MediaView]:
    with transaction() as s:
        return incoming_media.media_of(s, contact_id)


def content(media_id: UUID) -> bytes | None:
    with transaction() as s:
        return incoming_media.content_of(s, media_id)


def due() -> list[UUID]:
    """What the sweep would enqueue once all waits are over and the jobs are gone."""
    with transaction() as s:
        s.execute(text("DELETE FROM procrastinate_jobs"))
        s.execute(update(InboundMedia).values(next_attempt_at=None))
        return incoming_media.due(s, 10)


async def fetch(contact_id: UUID, meta: PlayedMeta) -> MediaView:
    """One try; what the contact's only file is then."""
    client = meta.client()
    try:
        await incoming_media.fetch(files(contact_id)[0].id, client)
    finally:
        await client.aclose()
    (view,) = files(contact_id)
    return view


async def test_a_photo_is_fetched_as_soon_as_it_came(
    anna: UUID, meta: PlayedMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "GraphClient", meta.client)
    receive(send(meta))
    stop = asyncio.Event()
    run = asyncio.create_task(worker.run_worker(["outbound"], 4, stop=stop))
    deadline = time.monotonic() + 20
    while [f.state for f in files(anna)] != ["fetched"]:
        assert time.monotonic() < deadline, files(anna)
        await asyncio.sleep(0.05)
    stop.set()
    await asyncio.wait_for(run, 20)
    (view,) = files(anna)
    assert (view.kind, view.mime_type, view.size, view.caption) == ("image", "image/jpeg", len(JPEG), "Arm")
    assert view.sha256 == hashlib.sha256(JPEG).hexdigest()
    assert content(view.id) == JPEG


async def test_it_is_kept_under_the_patients_key(anna: UUID, meta: PlayedMeta, database: str) -> None:
    receive(send(meta))
    view = await fetch(anna, meta)
    assert view.state == "fetched"
    dump = raw_dump(database)
    for secret in (
        b"JFIF",
        b"rash",
        hashlib.sha256(JPEG).digest(),
        hashlib.sha256(JPEG).hexdigest().encode(),
    ):
        assert secret not in dump
    with transaction() as s:
        destroy_key(s, conversations.key_of(s, anna))
    forget_cached_keys()
    assert content(view.id) is None


async def test_what_pretends_to_be_a_document_is_refused_and_staff_told(anna: UUID, meta: PlayedMeta) -> None:
    receive(send(meta, PROGRAM, "document"))
    view = await fetch(anna, meta)
    assert (view.state, content(view.id)) == ("refused", None)
    (task,) = open_tasks()
    assert task.contact_id == anna
    assert "Dokument" in (task.note or "")
    assert due() == []


async def test_what_is_too_large_is_refused_and_staff_told(
    anna: UUID, meta: PlayedMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.MEDIA_BYTES, "image", len(JPEG) - 1)
    receive(send(meta))
    assert (await fetch(anna, meta)).state == "refused"
    assert "zu groß" in (open_tasks()[0].note or "")


@pytest.mark.parametrize("trouble", [500, 503, 429, 401])
async def test_passing_trouble_is_tried_again(anna: UUID, meta: PlayedMeta, trouble: int) -> None:
    receive(send(meta))
    meta.refuse_download(trouble, times=4)
    for _ in range(4):
        assert (await fetch(anna, meta)).state == "pending"
        assert len(due()) == 1
    assert (await fetch(anna, meta)).state == "fetched"
    assert open_tasks() == []


async def test_what_meta_no_longer_has_becomes_a_task(anna: UUID, meta: PlayedMeta) -> None:
    receive(send(meta))
    meta.files.clear()
    states = [(await fetch(anna, meta)).state for _ in range(4)]
    assert states == ["pending", "pending", "failed", "failed"]
    (task,) = open_tasks()
    assert "Foto" in (task.note or "")


async def test_a_wait_is_kept(anna: UUID, meta: PlayedMeta) -> None:
    receive(send(meta))
    meta.refuse_download(500)
    await fetch(anna, meta)
    with transaction() as s:
        s.execute(text("DELETE FROM procrastinate_jobs"))
        assert incoming_media.due(s, 10) == []


async def test_a_redelivered_photo_is_one_file(anna: UUID, meta: PlayedMeta) -> None:
    photo = send(meta)
    receive(photo)
    await fetch(anna, meta)
    receive(photo)
    assert [f.state for f in files(anna)] == ["fetched"]


async def test_a_photo_taken_back_before_anyone_looked_is_gone(anna: UUID, meta: PlayedMeta) -> None:
    photo = send(meta)
    receive(photo)
    media_id = files(anna)[0].id
    receive(wire.message("revoke", revoke={"original_message_id": photo["id"]}))
    client = meta.client()
    await incoming_media.fetch(media_id, client)
    await client.aclose()
    assert files(anna) == []
    with transaction() as s:
        assert inbox.next_message(s, anna) is None


def test_a_sticker_is_not_kept(anna: UUID, meta: PlayedMeta) -> None:
    receive(send(meta, kind="sticker"))
    assert files(anna) == []


def test_a_file_whose_job_was_lost_is_found(anna: UUID, meta: PlayedMeta) -> None:
    receive(send(meta))
    assert due() == [files(anna)[0].id]
    with transaction() as s:
        assert tasks.sweep_media(s) == 1
        assert tasks.sweep_media(s) == 0
