"""The webhook's contract with Meta: 200 means stored, anything else means come again or go away."""

from __future__ import annotations

import json
import logging
import time
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from sprechstunde.conversations.models import Contact
from sprechstunde.db import transaction
from sprechstunde.settings import get_settings
from sprechstunde.whatsapp import webhook
from sprechstunde.whatsapp.models import InboundMessage
from tests import wire
from tests.wire import ANNA, BEN_ID, by_phone, by_user_id, change, signed

pytestmark = pytest.mark.usefixtures("tables")


def post(document: Any) -> int:
    body, signature = signed(document)
    return webhook.receive(body, signature, get_settings()).status


def stored() -> list[Any]:
    with transaction() as s:
        return list(s.execute(select(InboundMessage).order_by(InboundMessage.id)).scalars())


def jobs() -> list[tuple[str, str]]:
    with transaction() as s:
        rows = s.execute(text("SELECT queue_name, args->>'contact_id' FROM procrastinate_jobs ORDER BY id"))
        return [(row[0], row[1]) for row in rows]


def test_a_message_is_stored_with_its_job() -> None:
    assert post(wire.webhook(by_phone(wire.text("Guten Tag")))) == 200
    (row,) = stored()
    assert (row.kind, row.state, row.content["text"]) == ("text", "pending", "Guten Tag")
    assert jobs() == [("dialogue", str(row.contact_id))]


def test_no_word_of_a_patient_lies_in_the_database_in_plain() -> None:
    post(wire.webhook(by_phone(wire.text("Brustschmerzen seit gestern"))))
    with transaction() as s:
        dump = s.execute(text("SELECT m::text || c::text FROM inbound_message m, contact c")).scalar_one()
        jobs_dump = s.execute(
            text("SELECT coalesce(string_agg(j::text, ''), '') FROM procrastinate_jobs j")
        ).scalar_one()
    for secret in ("Brustschmerzen", ANNA, "Anna", b"Brustschmerzen".hex()):
        assert secret not in dump
        assert secret not in jobs_dump


def test_a_patient_with_and_without_number_is_one_contact() -> None:
    post(wire.webhook(by_user_id(wire.text("1"), BEN_ID)))
    post(wire.webhook(by_phone(wire.text("2"), "4917099999", BEN_ID)))
    post(wire.webhook(by_phone(wire.text("3"), "4917099999")))
    assert len({row.contact_id for row in stored()}) == 1


def test_a_redelivered_message_changes_nothing() -> None:
    document = wire.webhook(by_phone(wire.text("Guten Tag")))
    assert [post(document), post(document)] == [200, 200]
    assert len(stored()) == 1
    assert len(jobs()) == 1


def test_a_message_twice_in_one_batch_is_stored_once() -> None:
    item = by_phone(wire.text("Guten Tag"))
    assert post(wire.webhook(item, item)) == 200
    assert len(stored()) == 1


def test_all_entries_and_changes_are_walked() -> None:
    document = wire.webhook(by_phone(wire.text("1")), by_user_id(wire.text("2")))
    document["entry"][0]["changes"].append(by_phone(wire.text("3")))
    post(document)
    assert [row.content["text"] for row in stored()] == ["1", "3", "2"]


def test_a_batch_of_1000_is_stored_whole_and_soon() -> None:
    items = [by_phone(wire.text(f"Nachricht {n}"), f"49151000{n % 100:04d}") for n in range(1000)]
    began = time.perf_counter()
    assert post(wire.webhook(*items)) == 200
    assert time.perf_counter() - began < 10
    assert len(stored()) == 1000
    assert len(jobs()) == 100


def test_one_bad_update_does_not_fail_its_batch() -> None:
    bad = by_phone({"id": "wamid.bad", "type": "text", "text": 7})
    assert post(wire.webhook(by_phone(wire.text("davor")), bad, by_phone(wire.text("danach")))) == 200
    kept = {row.state: row for row in stored()}
    assert len(stored()) == 3
    assert kept["unreadable"].raw["id"] == "wamid.bad"
    assert kept["unreadable"].error


def test_what_the_database_refuses_does_not_fail_its_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    from sprechstunde.whatsapp import receiving

    honest = receiving._row

    def poisoned(item: Any, tapped: Any) -> dict[str, Any]:
        row = honest(item, tapped)
        return {**row, "kind": "nul \x00"} if item.message.text == "Gift" else row

    monkeypatch.setattr(receiving, "_row", poisoned)
    assert (
        post(
            wire.webhook(
                by_phone(wire.text("davor")), by_phone(wire.text("Gift")), by_phone(wire.text("danach"))
            )
        )
        == 200
    )
    assert sorted(row.state for row in stored()) == ["pending", "pending", "unreadable"]


def test_unsigned_is_401_and_a_wrong_signature_403() -> None:
    body, signature = signed(wire.webhook(by_phone(wire.text("Hallo"))))
    assert webhook.receive(body, None, get_settings()).status == 401
    assert webhook.receive(body, "", get_settings()).status == 401
    assert webhook.receive(body, signature[:-1] + "x", get_settings()).status == 403
    assert webhook.receive(body, signature.removeprefix("sha256="), get_settings()).status == 403
    assert webhook.receive(body, "sha256=ünïcode", get_settings()).status == 403
    assert webhook.receive(body + b" ", signature, get_settings()).status == 403
    assert stored() == []


def test_the_signature_is_over_the_bytes_as_they_came() -> None:
    document = (
        json.dumps(wire.webhook(by_phone(wire.text("Grüße")))).encode().replace(b"\\u00fc", "ü".encode())
    )
    assert post(b"  " + document + b"\n") == 200
    assert stored()[0].content["text"] == "Grüße"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000],
    ids=["empty", "cut off", "array", "null", "no text", "very deep"],
)
def test_malformed_bodies_are_400(body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    assert post(body) == 400
    assert "webhook refused" in caplog.text


def test_an_oversized_body_is_413() -> None:
    assert post(b"x" * (webhook.MAX_BYTES + 1)) == 413


def test_another_product_and_another_number_are_ignored_with_a_word_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert post({"object": "page", "entry": []}) == 200
    assert "object 'page' ignored" in caplog.text
    assert post(wire.webhook(change(phone_number_id="999", messages=[wire.text("Hallo")]))) == 200
    assert "another phone number id" in caplog.text
    assert stored() == []


def test_no_database_is_503_and_the_redelivery_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    document = wire.webhook(by_phone(wire.text("Hallo")))

    def away() -> None:
        raise OperationalError("connect", {}, Exception("connection refused"))

    with monkeypatch.context() as broken:
        broken.setattr(webhook, "transaction", away)
        assert post(document) == 503
    assert post(document) == 200
    assert len(stored()) == 1


def test_the_handshake() -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "demo-verify-token", "hub.challenge": "1158201444"}
    assert webhook.verify(query, get_settings()) == webhook.Answer(200, "1158201444")
    assert webhook.verify({**query, "hub.verify_token": "guess"}, get_settings()).status == 403
    assert webhook.verify({**query, "hub.verify_token": "gueß"}, get_settings()).status == 403
    assert webhook.verify({}, get_settings()).status == 400


def test_a_number_change_keeps_the_contact() -> None:
    post(wire.webhook(by_phone(wire.text("Hallo"))))
    system = {"type": "user_changed_number", "wa_id": "4917000000", "body": "changed"}
    assert (
        post(wire.webhook(change(messages=[{**wire.message("system", system=system), "from": ANNA}]))) == 200
    )
    post(wire.webhook(by_phone(wire.text("Neue Nummer"), "4917000000")))
    assert len({row.contact_id for row in stored()}) == 1
    with transaction() as s:
        assert s.execute(select(Contact.phone)).scalars().all() == ["4917000000"]
