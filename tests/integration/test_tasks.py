"""What waits for staff."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from sprechstunde import clock
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.tasks import service


@pytest.fixture
def contact_id(database, frozen_clock):
    with transaction() as s:
        return conversations.contact_for(s, phone="491711234567", user_id=None).id


def ask(contact_id, kind="prescription", key="wamid.1/prescription", **more):
    values = {"note": "L-Thyroxin 75, 100 Stück", "due_at": clock.now() + timedelta(hours=4), **more}
    return service.open_task(kind, contact_id=contact_id, idempotency_key=key, **values)


def test_a_request_stands_on_the_list_until_staff_answer(contact_id):
    task = ask(contact_id)
    assert service.open_tasks() == [task]
    assert (task.kind, task.state, task.note) == ("prescription", "open", "L-Thyroxin 75, 100 Stück")


def test_the_same_step_again_changes_nothing(contact_id):
    first = ask(contact_id)
    assert ask(contact_id, note="etwas anderes", urgent=True) == first
    assert service.open_tasks() == [first]


def test_the_same_step_at_the_same_moment_makes_one_task(contact_id):
    start = threading.Barrier(4)

    def write(_):
        start.wait()
        return ask(contact_id).id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(write, range(4)))) == 1
    assert len(service.open_tasks()) == 1


def test_an_emergency_is_due_at_once_and_comes_first(contact_id):
    ask(contact_id)
    alarm = ask(contact_id, "emergency", key="wamid.2", urgent=True, due_at=None)
    assert alarm.due_at == clock.now()
    assert [task.kind for task in service.open_tasks()] == ["emergency", "prescription"]


def test_an_unknown_kind_is_refused(contact_id):
    with pytest.raises(ValueError, match="unknown kind"):
        ask(contact_id, "massage")
    assert service.open_tasks() == []


def take(contact_id, note="Rezept für Ramipril", key="wamid.1/prescription", **more):
    values = {"note": note, "due_at": clock.now() + timedelta(hours=4), **more}
    return service.take_down("prescription", contact_id=contact_id, idempotency_key=key, **values)


def test_the_same_words_again_are_the_same_wish(contact_id):
    first = take(contact_id, same_words_only=True)
    again = take(contact_id, "REZEPT für ramipril!!", key="wamid.2/prescription", same_words_only=True)
    other = take(contact_id, "Rezept für Metformin", key="wamid.3/prescription", same_words_only=True)
    assert (first.is_new, again.is_new, other.is_new) == (True, False, True)
    assert again.task == first.task
    assert len(service.open_tasks()) == 2


def test_words_that_are_new_are_added_to_the_task_that_stands(contact_id):
    take(contact_id, "Mensch bitte")
    again = take(contact_id, "es geht um meine Rechnung", key="wamid.2/prescription")
    assert [task.note for task in service.open_tasks()] == ["Mensch bitte\nes geht um meine Rechnung"]
    assert not again.is_new


def test_a_turn_that_is_repeated_hears_the_first_answer(contact_id):
    assert take(contact_id).is_new
    assert take(contact_id).is_new
    assert len(service.open_tasks()) == 1


def test_an_old_task_is_another_matter(contact_id):
    take(contact_id, within=timedelta(hours=1))
    clock.freeze(clock.now() + timedelta(hours=2))
    assert take(contact_id, key="wamid.2/prescription", within=timedelta(hours=1)).is_new
    assert len(service.open_tasks()) == 2


def test_other_people_s_tasks_stay_theirs(contact_id):
    with transaction() as s:
        other = conversations.contact_for(s, phone="491719999999", user_id=None).id
    take(contact_id)
    assert take(other, key="wamid.2/prescription").is_new


def test_urgency_only_grows(contact_id):
    take(contact_id, urgent=True)
    take(contact_id, "noch etwas", key="wamid.2/prescription")
    assert [task.urgent for task in service.open_tasks()] == [True]


def test_whose_matter_it_is_can_be_told_bit_by_bit(contact_id):
    task = take(contact_id, "sind die Werte da").task
    service.say_whose([task.id], contact_id=contact_id, who="Anna Schmidt")
    for _again in range(2):
        full = "Anna Schmidt, 1988-04-03"
        service.say_whose([task.id], contact_id=contact_id, who=full, instead_of="Anna Schmidt")
    assert [task.note for task in service.open_tasks()] == ["Anna Schmidt, 1988-04-03\nsind die Werte da"]


def test_nobody_writes_on_another_s_task(contact_id):
    with transaction() as s:
        other = conversations.contact_for(s, phone="491719999999", user_id=None).id
    task = take(contact_id, "Mensch bitte").task
    service.say_whose([task.id], contact_id=other, who="Ben Busch")
    assert [task.note for task in service.open_tasks()] == ["Mensch bitte"]
