"""Sending: order, retries by code, pace, and what happens when answers get lost."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, update

from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.settings import get_settings
from sprechstunde.tasks.models import Task
from sprechstunde.tasks.service import open_tasks
from sprechstunde.whatsapp import outbox, reports, sender, statuses, webhook
from sprechstunde.whatsapp.content import Choice, Content, Document, Option, Text
from sprechstunde.whatsapp.errors import MAX_ATTEMPTS
from sprechstunde.whatsapp.models import OutboundMessage
from tests import wire
from tests.integration.whatsapp.cutting import cut_connections
from tests.played_meta import PlayedMeta


def say(contact_id: UUID, *contents: Content | str, turn: str | None = None) -> None:
    with transaction() as s:
        ready = [Text(c) if isinstance(c, str) else c for c in contents]
        outbox.enqueue(s, contact_id, ready, turn_key=turn or wire.wamid())


def rows() -> list[Any]:
    with transaction() as s:
        return list(s.execute(select(OutboundMessage).order_by(OutboundMessage.seq)).scalars())


def deliver(*items: dict[str, Any]) -> None:
    """Statuses arrive at the webhook."""
    body, signature = wire.signed(wire.webhook(wire.change(statuses=list(items))))
    assert webhook.receive(body, signature, get_settings()).status == 200


def report(contact_id: UUID) -> None:
    with transaction() as s:
        reports.report_undelivered(s, contact_id)


def mark_done(task_id: UUID) -> None:
    with transaction() as s:
        s.execute(update(Task).where(Task.id == task_id).values(state="done"))


async def send(contact_id: UUID, meta: PlayedMeta, now: Any) -> timedelta | None:
    client = meta.client()
    try:
        return await sender.send_pending(contact_id, client, now)
    finally:
        await client.aclose()


async def test_messages_go_out_in_order_and_are_recorded(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    say(anna, "eins", "zwei")
    say(anna, "drei")
    assert await send(anna, meta, stopwatch) is None
    assert meta.texts() == ["eins", "zwei", "drei"]
    assert [(row.state, row.wamid) for row in rows()] == [("accepted", f"wamid.OUT000{n}") for n in (1, 2, 3)]
    assert all(body["to"] == wire.ANNA and body["recipient_type"] == "individual" for body in meta.sent)


async def test_the_same_turn_is_queued_once(anna: UUID, meta: PlayedMeta, stopwatch: Any) -> None:
    say(anna, "eins", turn="wamid.turn")
    say(anna, "eins", turn="wamid.turn")
    await send(anna, meta, stopwatch)
    assert meta.texts() == ["eins"]


async def test_a_contact_without_number_is_reached_by_user_id(
    tables: str, meta: PlayedMeta, stopwatch: Any
) -> None:
    with transaction() as s:
        ben = conversations.contact_for(s, phone=None, user_id=wire.BEN_ID, profile_name=None).id
    say(ben, "Hallo")
    await send(ben, meta, stopwatch)
    assert meta.sent[0]["recipient"] == wire.BEN_ID
    assert "to" not in meta.sent[0]


async def test_a_document_is_uploaded_once_and_sent_by_id(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    say(anna, Document(b"BEGIN:VCALENDAR", "termin.ics", "text/calendar", "Ihr Termin"))
    meta.refuse(131000)
    wait = await send(anna, meta, stopwatch)
    assert wait == timedelta(seconds=2)
    stopwatch.advance(wait)
    await send(anna, meta, stopwatch)
    assert len(meta.uploads) == 1
    assert b"BEGIN:VCALENDAR" in meta.uploads[0]
    assert meta.sent[0]["document"] == {"id": "media-1", "filename": "termin.ics", "caption": "Ihr Termin"}


@pytest.mark.parametrize("code", [2, 4, 80007, 130429, 131000, 131016, 131057])
async def test_passing_trouble_is_tried_again_in_order(
    anna: UUID, meta: PlayedMeta, stopwatch: Any, code: int
) -> None:
    say(anna, "eins", "zwei")
    meta.refuse(code, times=2)
    waits = []
    while (wait := await send(anna, meta, stopwatch)) is not None:
        waits.append(wait.total_seconds())
        stopwatch.advance(wait)
    assert waits == [2, 4]
    assert meta.texts() == ["eins", "zwei"]


async def test_a_patient_who_got_too_much_is_left_alone_for_longer(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    say(anna, "eins")
    meta.refuse(131056, times=3)
    waits = []
    while (wait := await send(anna, meta, stopwatch)) is not None:
        waits.append(wait.total_seconds())
        stopwatch.advance(wait)
    assert waits == [4, 16, 64]


async def test_network_and_server_trouble_is_tried_again(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    say(anna, "eins")
    meta.answer(httpx.ConnectError("refused"))
    meta.answer(httpx.Response(500, text="oops"))
    meta.answer(httpx.Response(503))
    while (wait := await send(anna, meta, stopwatch)) is not None:
        stopwatch.advance(wait)
    assert meta.texts() == ["eins"]


async def test_trouble_that_does_not_pass_ends_with_a_task(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    say(anna, "eins")
    meta.refuse(131000, times=MAX_ATTEMPTS)
    while (wait := await send(anna, meta, stopwatch)) is not None:
        stopwatch.advance(wait)
    assert [row.state for row in rows()] == ["failed"]
    report(anna)
    assert [task.kind for task in open_tasks()] == ["delivery"]


async def test_outside_the_window_the_message_is_kept_and_staff_told(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    say(anna, "eins", "zwei")
    meta.refuse(131047, times=2)
    assert await send(anna, meta, stopwatch) is None
    report(anna)
    report(anna)
    assert [(row.state, row.error_code) for row in rows()] == [("needs_template", 131047)] * 2
    (task,) = open_tasks()
    assert task.kind == "delivery"
    assert task.contact_id == anna
    assert "24-Stunden" in (task.note or "")


async def test_failures_of_one_patient_gather_in_one_task_until_it_is_done(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    async def lose(word: str, code: int) -> None:
        say(anna, word)
        meta.refuse(code)
        await send(anna, meta, stopwatch)
        report(anna)

    await lose("eins", 131047)
    await lose("zwei", 131026)
    (task,) = open_tasks()
    assert ["24-Stunden" in line for line in (task.note or "").splitlines()] == [True, False]
    assert "anrufen" in (task.note or "").splitlines()[1]
    mark_done(task.id)
    await lose("drei", 131026)
    (later,) = open_tasks()
    assert later.id != task.id
    assert "24-Stunden" not in (later.note or "")


async def test_the_rest_of_a_turn_that_fails_later_is_told_after_its_beginning_was_dealt_with(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    say(anna, "eins", "zwei")
    await send(anna, meta, stopwatch)
    deliver(wire.status("wamid.OUT0001", "failed", code=131026))
    report(anna)
    (task,) = open_tasks()
    mark_done(task.id)
    deliver(wire.status("wamid.OUT0002", "failed", code=131026))
    report(anna)
    assert [task.kind for task in open_tasks()] == ["delivery"]


async def test_each_patient_has_a_task_of_their_own(anna: UUID, meta: PlayedMeta, stopwatch: Any) -> None:
    with transaction() as s:
        ben = conversations.contact_for(s, phone=None, user_id=wire.BEN_ID, profile_name=None).id
    for contact in (anna, ben):
        say(contact, "Hallo")
        meta.refuse(131026)
        await send(contact, meta, stopwatch)
        report(contact)
    assert {task.contact_id for task in open_tasks()} == {anna, ben}


async def test_an_unreachable_patient_is_to_be_called(anna: UUID, meta: PlayedMeta, stopwatch: Any) -> None:
    say(anna, "eins")
    meta.refuse(131026)
    await send(anna, meta, stopwatch)
    report(anna)
    (task,) = open_tasks()
    assert "anrufen" in (task.note or "")


async def test_a_message_that_is_wrong_does_not_hold_up_the_next(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    say(anna, "eins", "zwei")
    meta.refuse(131009)
    assert await send(anna, meta, stopwatch) is None
    assert meta.texts() == ["zwei"]
    assert [row.state for row in rows()] == ["failed", "accepted"]


@pytest.mark.parametrize("code", [0, 10, 190, 368, 131031, 131042, 131048])
async def test_trouble_of_the_whole_number_stops_everyone_and_alarms(
    anna: UUID, meta: PlayedMeta, stopwatch: Any, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction() as s:
        ben = conversations.contact_for(s, phone=None, user_id=wire.BEN_ID, profile_name=None).id
    say(anna, "an Anna")
    say(ben, "an Ben")
    meta.refuse(code)
    wait = await send(anna, meta, stopwatch)
    assert wait == timedelta(minutes=5)
    assert await send(ben, meta, stopwatch) == timedelta(minutes=5)
    assert len(meta.requests) == 1
    assert [r.levelno for r in caplog.records if "ALARM" in r.message] == [logging.CRITICAL]
    stopwatch.advance(wait)
    await send(anna, meta, stopwatch)
    await send(ben, meta, stopwatch)
    assert meta.texts() == ["an Anna", "an Ben"]


async def test_a_lost_answer_is_found_again_through_the_status(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    say(anna, "eins", "zwei")
    meta.lose_answer()
    assert await send(anna, meta, stopwatch) == sender.GRACE
    callback = meta.sent[0]["biz_opaque_callback_data"]
    deliver(wire.status("wamid.LOST", "sent", callback=callback))
    assert await send(anna, meta, stopwatch) is None
    assert meta.texts() == ["eins", "zwei"]
    assert rows()[0].wamid == "wamid.LOST"


async def test_a_status_that_overtakes_the_crash_counts_too(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    """The sender died after the send; the status came before anyone looked."""
    say(anna, "eins")
    with transaction() as s:
        row = s.execute(select(OutboundMessage)).scalar_one()
        callback = str(row.id)
    deliver(wire.status("wamid.EARLY", "delivered", callback=callback))
    assert await send(anna, meta, stopwatch) is None
    assert meta.sent == []
    assert [(row.state, row.status) for row in rows()] == [("accepted", "delivered")]


async def test_silence_for_the_grace_time_means_it_never_went_out(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    say(anna, "eins")
    meta.answer(httpx.ReadTimeout("no answer"))
    wait = await send(anna, meta, stopwatch)
    assert wait == sender.GRACE
    stopwatch.advance(wait - timedelta(seconds=1))
    assert await send(anna, meta, stopwatch) == timedelta(seconds=1)
    assert meta.sent == []
    stopwatch.advance(timedelta(seconds=1))
    assert await send(anna, meta, stopwatch) is None
    assert meta.texts() == ["eins"]


async def test_a_sender_killed_after_the_send_neither_loses_nor_doubles(
    anna: UUID, meta: PlayedMeta, stopwatch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(anna, "eins", "zwei")

    def killed(message_id: UUID, wamid: str) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(sender, "_accepted", killed)
        with pytest.raises(SystemExit):
            await send(anna, meta, stopwatch)
    assert rows()[0].state == "sending"
    deliver(wire.status("wamid.OUT0001", "sent", callback=meta.sent[0]["biz_opaque_callback_data"]))
    assert await send(anna, meta, stopwatch) is None
    assert meta.texts() == ["eins", "zwei"]


async def test_connections_lost_right_after_the_send_do_not_double_it(
    anna: UUID, meta: PlayedMeta, stopwatch: Any, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    say(anna, "eins", "zwei")
    apply_known = statuses.apply_known
    lost: list[UUID] = []

    def cut_off(s: Any, row: Any) -> None:
        apply_known(s, row)
        if not lost:
            lost.append(row.id)
            cut_connections(database)

    monkeypatch.setattr(statuses, "apply_known", cut_off)
    assert await send(anna, meta, stopwatch) is None
    assert meta.texts() == ["eins", "zwei"]
    assert [row.state for row in rows()] == ["accepted", "accepted"]


def words_of_status(*items: tuple[str, int]) -> str | None:
    deliver(*(wire.status("wamid.OUT0001", word, at=at) for word, at in items))
    return str(rows()[0].status)


async def test_statuses_only_rank_up(anna: UUID, meta: PlayedMeta, stopwatch: Any) -> None:
    say(anna, "eins")
    await send(anna, meta, stopwatch)
    assert words_of_status(("delivered", wire.AT + 2)) == "delivered"
    assert words_of_status(("sent", wire.AT + 1)) == "delivered"
    assert words_of_status(("read", wire.AT + 3), ("delivered", wire.AT + 2)) == "read"
    assert words_of_status(("failed", wire.AT + 9)) == "read"
    assert rows()[0].state == "accepted"


async def test_a_failure_reported_later_becomes_a_task(anna: UUID, meta: PlayedMeta, stopwatch: Any) -> None:
    say(anna, "eins")
    await send(anna, meta, stopwatch)
    deliver(wire.status("wamid.OUT0001", "failed", code=131047))
    assert [(row.state, row.error_code) for row in rows()] == [("needs_template", 131047)]
    report(anna)
    assert [task.kind for task in open_tasks()] == ["delivery"]


async def test_a_status_before_our_own_record_is_not_lost(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    """BSPs exist that return no callback data: then the message id alone must do."""
    deliver(wire.status("wamid.OUT0001", "delivered"))
    say(anna, "eins")
    await send(anna, meta, stopwatch)
    assert rows()[0].status == "delivered"


async def test_one_patient_gets_45_at_once_and_then_one_every_six_seconds(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    def slowly() -> Any:
        stopwatch.advance(timedelta(milliseconds=13))  # within the number's own 80 a second
        return stopwatch()

    say(anna, *(f"Nr. {n}" for n in range(48)))
    wait = await send(anna, meta, slowly)
    assert len(meta.sent) == 45
    assert wait is not None
    assert 4 < wait.total_seconds() <= 6
    stopwatch.advance(wait)
    await send(anna, meta, slowly)
    assert len(meta.sent) == 46


async def test_the_number_sends_no_more_than_80_a_second(
    tables: str, meta: PlayedMeta, stopwatch: Any
) -> None:
    contacts = []
    with transaction() as s:
        for n in range(60):
            contacts.append(
                conversations.contact_for(s, phone=f"49151200{n:04d}", user_id=None, profile_name=None).id
            )
    for contact in contacts:
        say(contact, "Hallo")
    waits = [await send(contact, meta, stopwatch) for contact in contacts]
    assert len(meta.sent) == 40  # the burst; time stands still
    stopwatch.advance(timedelta(seconds=0.125))
    late = [contact for contact, wait in zip(contacts, waits, strict=True) if wait is not None]
    for contact in late:
        await send(contact, meta, stopwatch)
    assert len(meta.sent) == 50


async def test_a_choice_and_a_long_text_keep_their_order(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    long = " ".join(f"Satz {n}." for n in range(700))
    say(anna, long, Choice("Passt das?", (Option("Ja", "/yes"), Option("Nein", "/no"))))
    await send(anna, meta, stopwatch)
    assert [body["type"] for body in meta.sent] == ["text", "text", "interactive"]
    assert " ".join(meta.texts()) == long


async def test_a_choice_nobody_could_send_still_says_its_words(
    anna: UUID, meta: PlayedMeta, stopwatch: Any
) -> None:
    say(anna, Choice("Passt das?", (Option(" ", "/yes"), Option("Nein", "/no"))))
    await send(anna, meta, stopwatch)
    assert meta.texts() == ["Passt das?\n\n1. Nein"]
