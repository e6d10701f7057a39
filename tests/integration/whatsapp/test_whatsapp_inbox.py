"""The inbox: order, edits, taps, and messages that fail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from sprechstunde import clock
from sprechstunde.db import transaction
from sprechstunde.settings import get_settings
from sprechstunde.whatsapp import inbox, outbox, webhook
from sprechstunde.whatsapp.content import Choice, Option
from sprechstunde.whatsapp.inbox import AlreadyProcessed, Inbound
from sprechstunde.whatsapp.models import InboundMessage, OutboundMessage
from tests import wire
from tests.wire import AT, by_phone, by_user_id, signed

WEDNESDAY = '/choose_slot{"slot": "weiss|mitte|haut|2026-12-02T15:00+01:00"}'


def receive(*changes: dict[str, Any]) -> None:
    body, signature = signed(wire.webhook(*changes))
    assert webhook.receive(body, signature, get_settings()).status == 200


def take(contact_id: UUID) -> Inbound | None:
    """The next message, processed."""
    with transaction() as s:
        message = inbox.next_message(s, contact_id)
        if message is not None:
            inbox.done(s, message.id)
        return message


def take_all(contact_id: UUID) -> list[str | None]:
    texts = []
    while (message := take(contact_id)) is not None:
        texts.append(message.text)
    return texts


def tap(token: str, title: str = "Mi 15:00", **parts: Any) -> dict[str, Any]:
    reply = {"type": "list_reply", "list_reply": {"id": token, "title": title}}
    return wire.message("interactive", interactive=reply, **parts)


def edit(original: str, words: str, **parts: Any) -> dict[str, Any]:
    body = {"original_message_id": original, "message": {"type": "text", "text": {"body": words}}}
    return wire.message("edit", edit=body, **parts)


def offer(contact_id: UUID) -> str:
    """Offer a slot; returns its token."""
    with transaction() as s:
        choice = Choice(
            "Wann?", (Option("Mi 15:00", WEDNESDAY), Option("Do 9:00", "/x")), list_button="Zeiten"
        )
        outbox.enqueue(s, contact_id, [choice], turn_key=wire.wamid())
        rows = s.execute(select(OutboundMessage).order_by(OutboundMessage.seq.desc())).scalars()
        action = next(iter(rows)).payload["interactive"]["action"]
        return str(action["buttons"][0]["reply"]["id"])


def test_messages_come_in_the_order_they_were_written(anna: UUID) -> None:
    receive(by_phone(wire.text("drei", at=AT + 2)))
    receive(by_phone(wire.text("eins", at=AT)), by_phone(wire.text("zwei", at=AT)))
    assert take_all(anna) == ["eins", "zwei", "drei"]


def test_nobody_gets_anothers_messages(anna: UUID) -> None:
    receive(by_user_id(wire.text("von Ben")), by_phone(wire.text("von Anna")))
    assert take_all(anna) == ["von Anna"]


def test_a_tap_brings_the_payload_that_was_offered(anna: UUID) -> None:
    receive(by_phone(tap(offer(anna))))
    message = take(anna)
    assert message is not None
    assert (message.kind, message.payload, message.text) == ("reply", WEDNESDAY, "Mi 15:00")


def test_a_tap_counts_only_from_whom_it_was_offered_to(anna: UUID) -> None:
    token = offer(anna)
    receive(by_user_id(tap(token)))
    with transaction() as s:
        ben = s.execute(select(InboundMessage.contact_id)).scalar_one()
    message = take(ben)
    assert message is not None
    assert (message.kind, message.payload) == ("stale_choice", None)


@pytest.mark.parametrize("token", ["made up", WEDNESDAY, "\x00", "/restart"])
def test_an_invented_tap_is_stale(anna: UUID, token: str) -> None:
    receive(by_phone(tap(token)))
    message = take(anna)
    assert message is not None
    assert (message.kind, message.payload) == ("stale_choice", None)


def test_a_tap_on_a_very_old_list_is_stale(anna: UUID) -> None:
    token = offer(anna)
    clock.advance(timedelta(days=31))
    receive(by_phone(tap(token)))
    message = take(anna)
    assert message is not None
    assert message.kind == "stale_choice"


def test_what_is_edited_before_it_was_processed_counts_as_edited(anna: UUID) -> None:
    first = wire.text("Dienstag", id="wamid.first")
    receive(by_phone(first), by_phone(wire.text("Danke")))
    receive(by_phone(edit("wamid.first", "Mittwoch")))
    assert take_all(anna) == ["Mittwoch", "Danke"]


def test_an_edit_that_overtakes_its_message_counts(anna: UUID) -> None:
    receive(by_phone(edit("wamid.first", "Mittwoch", at=AT + 5)))
    receive(by_phone(wire.text("Dienstag", id="wamid.first")))
    assert take_all(anna) == ["Mittwoch"]


def test_an_edit_of_something_processed_comes_as_an_edit(anna: UUID) -> None:
    receive(by_phone(wire.text("Dienstag", id="wamid.first")))
    take(anna)
    receive(by_phone(edit("wamid.first", "Mittwoch")))
    message = take(anna)
    assert message is not None
    assert (message.kind, message.text) == ("edited", "Mittwoch")


def test_an_edit_while_the_message_is_being_processed_is_not_lost(anna: UUID) -> None:
    receive(by_phone(wire.text("Dienstag", id="wamid.first")))
    with transaction() as s:
        picked = inbox.next_message(s, anna)
    assert picked is not None
    receive(by_phone(edit("wamid.first", "Mittwoch", at=AT + 1)))
    with transaction() as s:
        inbox.done(s, picked.id)
    message = take(anna)
    assert message is not None
    assert (message.kind, message.text) == ("edited", "Mittwoch")


def test_nobody_edits_anothers_message(anna: UUID) -> None:
    receive(by_phone(wire.text("Dienstag", id="wamid.first")))
    receive(by_user_id(edit("wamid.first", "Mittwoch")))
    assert take_all(anna) == ["Dienstag"]


def test_what_was_taken_back_in_time_is_not_answered(anna: UUID) -> None:
    receive(by_phone(wire.text("Falscher Chat", id="wamid.first")))
    receive(by_phone(wire.message("revoke", revoke={"original_message_id": "wamid.first"})))
    assert take_all(anna) == []


def test_what_was_taken_back_later_comes_as_deleted(anna: UUID) -> None:
    receive(by_phone(wire.text("Falscher Chat", id="wamid.first")))
    take(anna)
    receive(by_phone(wire.message("revoke", revoke={"original_message_id": "wamid.first"})))
    message = take(anna)
    assert message is not None
    assert message.kind == "deleted"


def test_a_message_is_done_once(anna: UUID) -> None:
    receive(by_phone(wire.text("Hallo")))
    message = take(anna)
    assert message is not None
    with pytest.raises(AlreadyProcessed), transaction() as s:
        inbox.done(s, message.id)


def test_a_failing_message_holds_the_later_ones_back_and_is_given_up_in_the_end(anna: UUID) -> None:
    receive(by_phone(wire.text("schlimm")), by_phone(wire.text("gut")))
    pauses = []
    for _ in range(inbox.MAX_ATTEMPTS):
        with transaction() as s:
            message = inbox.next_message(s, anna)
            assert message is not None
            assert message.text == "schlimm"
            pauses.append(inbox.failed(s, message.id, "KeyError"))
        if pauses[-1] is not None:
            assert take(anna) is None
        with transaction() as s:
            s.execute(update(InboundMessage).values(next_attempt_at=None))
    assert [None if p is None else p.total_seconds() for p in pauses] == [1, 4, 15, 40, None]
    assert take_all(anna) == ["gut"]


def test_a_message_that_kills_its_process_is_given_up_as_well(anna: UUID) -> None:
    receive(by_phone(wire.text("tödlich")), by_phone(wire.text("gut")))
    for _ in range(inbox.MAX_ATTEMPTS):
        with transaction() as s:
            message = inbox.next_message(s, anna)
        assert message is not None
        assert message.text == "tödlich"
    with pytest.raises(inbox.TriedTooOften), transaction() as s:
        inbox.next_message(s, anna)
    with transaction() as s:
        assert message is not None
        assert inbox.failed(s, message.id, "TriedTooOften") is None
    assert take_all(anna) == ["gut"]


def test_raw_webhooks_are_forgotten_after_a_week(anna: UUID) -> None:
    receive(by_phone(wire.text("Hallo")), by_phone({"id": "wamid.bad", "type": "text", "text": 7}))
    clock.advance(timedelta(days=6))
    with transaction() as s:
        assert inbox.forget_raw(s) == 0
    clock.advance(timedelta(days=2))
    with transaction() as s:
        assert inbox.forget_raw(s) == 1
        kept = select(func.count()).where(InboundMessage.raw.is_not(None))
        assert s.execute(kept).scalar_one() == 1
