"""What a patient writes while a person holds her conversation is never lost, and shows how long she has waited."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from sprechstunde import clock
from sprechstunde.clinic import service as clinic
from sprechstunde.conversations import holding
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.tasks import service as tasks
from sprechstunde.whatsapp import inbox, outbox
from sprechstunde.whatsapp.content import Text
from sprechstunde.whatsapp.models import InboundMessage, OutboundMessage
from sprechstunde.whatsapp.updates import Incoming, Sender
from tests.integration import results_desk as desk
from tests.integration.console.pages import field, form, multipart


@pytest.fixture
def writes(contact_id):
    """The patient writes while a person holds the conversation, and the assistant leaves it to the person."""
    numbers = iter(range(1000))

    def write(words, *, phone=desk.PHONE, answered=None, kind="text"):
        wamid = f"wamid.{phone}.{next(numbers)}"
        sender = Sender(phone=phone, user_id=None, profile_name="Sabine")
        with transaction() as s:
            inbox.receive(
                s, Incoming(wamid=wamid, sender=sender, kind=kind, timestamp=clock.now(), text=words)
            )
        whose = desk.contact(phone)
        with transaction() as s:
            message = inbox.next_message(s, whose)
            assert message is not None
            if answered:
                outbox.enqueue(s, whose, [Text(answered)], wamid)
            else:
                due = clinic.next_answer(clock.now(), "human")
                assert holding.waits_for_person(s, whose, message.id, due)
            inbox.done(s, message.id)

    return write


@pytest.fixture
def nurse(sign_in, contact_id):
    browser = sign_in("nurse")
    take_over(browser, contact_id)
    return browser


def take_over(browser, contact_id):
    page = browser.get(f"/conversations/{contact_id}")
    browser.post(f"/conversations/{contact_id}/take-over", data=form(page))


def hand_back(browser, contact_id):
    page = browser.get(f"/conversations/{contact_id}")
    assert browser.post(f"/conversations/{contact_id}/hand-back", data=form(page)).status_code == 303


def answer(browser, contact_id, words):
    page = browser.get(f"/conversations/{contact_id}")
    fields = {name: field(page, name) for name in ("csrf", "mark", "form_id")}
    posted = browser.post(f"/conversations/{contact_id}/answer", **multipart({**fields, "words": words}))
    assert posted.status_code == 303


def left_to_assistant():
    """What it will read next."""
    with transaction() as s:
        rows = s.execute(select(InboundMessage).where(InboundMessage.state == "pending")).scalars()
        waits = [row.content["text"] for row in rows]
        jobs = s.execute(
            text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'handle_inbound'")
        ).scalar_one()
    assert jobs or not waits
    return waits


def told():
    with transaction() as s:
        rows = s.execute(select(OutboundMessage).order_by(OutboundMessage.seq)).scalars()
        return [row.payload["text"]["body"] for row in rows]


def test_what_was_left_unanswered_a_moment_ago_the_assistant_answers(nurse, writes, contact_id):
    writes("Wann kann ich kommen? Es eilt mir sehr")
    hand_back(nurse, contact_id)
    assert left_to_assistant() == ["Wann kann ich kommen? Es eilt mir sehr"]
    assert tasks.open_tasks() == []


def test_what_was_answered_is_not_answered_again(nurse, writes, contact_id):
    writes("Wann kann ich kommen?")
    answer(nurse, contact_id, "Morgen um neun.")
    hand_back(nurse, contact_id)
    assert left_to_assistant() == []
    assert tasks.open_tasks() == []


def test_an_emergency_that_was_answered_at_once_is_no_second_alarm(nurse, writes, contact_id):
    writes("Wann kann ich kommen?")
    writes("mein Mann ist bewusstlos", answered="Bitte rufen Sie 112.")
    hand_back(nurse, contact_id)
    assert left_to_assistant() == ["Wann kann ich kommen?"]
    assert told() == ["Bitte rufen Sie 112."]


def test_what_lies_back_longer_becomes_a_task_and_the_patient_is_told_until_when(nurse, writes, contact_id):
    """The assistant would take the "tomorrow" of yesterday for the day after."""
    with transaction() as s:
        conversations.set_language(s, contact_id, "de")
    writes("Kann ich morgen kommen?")
    writes(None, kind="audio")
    for _ in range(2):
        clock.advance(timedelta(minutes=31))
        nurse.get("/me")  # somebody sits there
    hand_back(nurse, contact_id)
    assert left_to_assistant() == []
    (task,) = tasks.open_tasks()
    assert (task.kind, task.note) == ("human", "Kann ich morgen kommen?\n[audio]")
    (words,) = told()
    assert "Ihre Nachricht liegt beim Team" in words
    assert task.due_at.astimezone(clinic.clinic().zone).strftime("%H:%M") in words
    assert "Kann ich morgen kommen?" in nurse.get("/tasks").text


def test_a_long_talk_stays_with_people(nurse, writes, contact_id):
    for words in ("erstens", "zweitens", "drittens", "viertens"):
        writes(words)
    hand_back(nurse, contact_id)
    assert left_to_assistant() == []
    assert [task.note for task in tasks.open_tasks()] == ["erstens\nzweitens\ndrittens\nviertens"]


def test_after_24_hours_a_task_is_all_that_can_be_done(nurse, writes, contact_id, sign_in):
    writes("Wann kann ich kommen?")
    clock.advance(timedelta(hours=25))
    hand_back(sign_in("doctor"), contact_id)
    assert [task.kind for task in tasks.open_tasks()] == ["human"]
    assert told() == []


def test_handed_back_while_the_assistant_was_reading_it_is_the_assistants(nurse, writes, contact_id):
    hand_back(nurse, contact_id)
    with transaction() as s:
        assert not holding.waits_for_person(s, contact_id, 1, clock.now())


def test_a_held_chat_with_a_question_has_a_clock_and_its_place_by_it(nurse, writes, contact_id, sign_in):
    later = desk.contact("4915550999888")
    tasks.open_task(
        "human",
        contact_id=later,
        due_at=clock.now() + timedelta(days=2),
        note="Rechnung",
        idempotency_key="1",
    )
    inbox_before = nurse.get("/").text
    assert inbox_before.index(str(later)) < inbox_before.index(str(contact_id))
    writes("Kann ich heute noch kommen?")
    page = nurse.get("/").text
    assert page.index(str(contact_id)) < page.index(str(later))
    line = page[page.index(str(contact_id)) : page.index(str(later))]
    assert "bis " in line
    clock.advance(timedelta(days=1))
    page = sign_in("doctor").get("/").text
    assert "überfällig seit" in page[: page.index(str(later))]


def test_once_answered_its_clock_stops(nurse, writes, contact_id):
    writes("Kann ich heute noch kommen?")
    assert "bis " in nurse.get("/").text
    answer(nurse, contact_id, "Ja, um drei.")
    assert 'badge">bis ' not in nurse.get("/").text


def test_an_answer_to_what_was_seen_leaves_what_was_not(nurse, writes, contact_id):
    writes("Kann ich heute noch kommen?")
    nurse.get(f"/conversations/{contact_id}")
    writes("Oder morgen?")
    with transaction() as s:
        me = holding.care_of(s, contact_id).held_by
        outbox.enqueue(s, contact_id, [Text("Ihr Termin: heute um drei.")], "desk", author=me)
    hand_back_without_looking = nurse.get("/me")
    nurse.post(f"/conversations/{contact_id}/hand-back", data=form(hand_back_without_looking))
    assert left_to_assistant() == ["Oder morgen?"]


def test_beyond_what_a_page_shows_there_is_more(nurse, writes, contact_id):
    writes("Ich war zuerst da")
    for number in range(70):
        other = desk.contact(f"49155509{number:05d}")
        tasks.open_task("human", contact_id=other, due_at=clock.now(), idempotency_key=f"{number}")
    page = nurse.get("/").text
    assert page.count('class="line"') == 60
    assert "und 11 weitere" in page
    link = page.split("und 11 weitere")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    everything = nurse.get(link).text
    assert everything.count('class="line"') == 71
    assert str(contact_id) in everything
