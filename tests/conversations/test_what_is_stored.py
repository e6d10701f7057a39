"""After a whole conversation the database tells nobody who wrote, or what, unless they hold the key."""

from __future__ import annotations

import base64

import pytest

from sprechstunde import clock
from sprechstunde.db import database_url
from sprechstunde.settings import get_settings
from sprechstunde.whatsapp import sender, webhook
from tests import wire
from tests.conversations.chat import Chat, at
from tests.conversations.playing import answer_all
from tests.conversations.world import World
from tests.played_meta import PlayedMeta
from tests.raw_dump import in_base64, raw_dump

ANSWERS: dict[str, str | int] = {
    "visit_type": 1,
    "patient": "für mich",
    "practitioner": "egal",
    "time_wish": "nächste woche",
    "chosen_slot": 1,
    "patient_name": "Wilhelmine Übelhör",
    "birth_date": "17.5.1980",
    "insurance_kind": "bin bei der TK",
    "insurer": "TK",
    "booking_confirmed": "ja passt",
}


@pytest.fixture
def chat(world: World) -> Chat:
    clock.freeze(at("2026-11-25T09:00"))
    return Chat(world)


@pytest.fixture
def sent(chat: Chat, world: World) -> PlayedMeta:
    """An appointment booked, a photo, a call for a human; all answers sent and reported as read."""
    chat.user("Hallo, ich hätte gern nächste Woche einen Termin bei der Hautärztin wegen Zehenjuckreiz")
    answer_all(ANSWERS, chat)
    assert world.look(chat.contact_id, "appointments") == ["booked"]
    chat.media("image", "mein Knubbel")
    chat.user("Ich möchte mit einem Menschen sprechen")
    meta = PlayedMeta(wamid=lambda number: wire.real_wamid(chat.number, number))
    world.run(_send_all, chat, meta)
    statuses = [
        wire.status(wire.real_wamid(chat.number, number), "read", callback=body["biz_opaque_callback_data"])
        for number, body in enumerate(meta.sent, 1)
    ]
    body, signature = wire.signed(wire.webhook(wire.change(statuses=statuses)))
    assert webhook.receive(body, signature, get_settings()).status == 200
    return meta


async def _send_all(chat: Chat, meta: PlayedMeta) -> None:
    client = meta.client()
    try:
        while await sender.send_pending(chat.contact_id, client) is not None:
            pass
    finally:
        await client.aclose()


def test_a_dump_of_all_tables_names_nobody(chat: Chat, sent: PlayedMeta) -> None:
    assert len(sent.sent) > 8
    dump = raw_dump(database_url())
    assert str(chat.contact_id).encode() in dump, "the dump holds the conversation"
    said = [
        word.encode() for word in ("Übelhör", "Wilhelmine", "1980", "Zehenjuckreiz", "Knubbel", "Menschen")
    ]
    secrets = [chat.number.encode(), b"wamid.", *in_base64(chat.number), *said]
    secrets += [part for body in sent.sent for part in (body["to"].encode(),)]
    assert [secret for secret in secrets if secret in dump] == []


def test_the_look_for_base64_finds_what_it_shall() -> None:
    for before in ("", "x", "xy"):
        coded = base64.b64encode(f"{before}491511234567 and more".encode())
        assert any(piece in coded for piece in in_base64("491511234567"))
    assert not any(piece in base64.b64encode(b"4915112345") for piece in in_base64("491511234567"))
