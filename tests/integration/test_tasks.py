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
