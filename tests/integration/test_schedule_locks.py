"""Nobody deadlocks because everybody queues in the same order: seen here step by step, not by luck."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from sprechstunde.db import engine, transaction
from tests.integration.desk import Visitor, key
from tests.small_clinic import load

pytestmark = pytest.mark.usefixtures("database", "frozen_clock")


@pytest.fixture(autouse=True)
def clinic(database, frozen_clock, tmp_path):
    return load(tmp_path)


@contextmanager
def locked(person: str) -> Iterator[None]:
    """Somebody else is changing this person's schedule."""
    with transaction() as s:
        s.execute(text("SELECT id FROM resource WHERE code = :code FOR NO KEY UPDATE"), {"code": person})
        yield


def is_free(person: str) -> bool:
    with engine().connect() as connection:
        try:
            lock = "SELECT id FROM resource WHERE code = :code FOR NO KEY UPDATE NOWAIT"
            connection.execute(text(lock), {"code": person})
        except OperationalError:
            return False
        finally:
            connection.rollback()
        return True


def waiting() -> int:
    query = """SELECT count(*) FROM pg_stat_activity
               WHERE datname = current_database() AND wait_event_type = 'Lock'"""
    with engine().connect() as connection:
        return connection.execute(text(query)).scalar_one()


def until_waiting(job: Future[Any]) -> None:
    deadline = time.monotonic() + 20
    while not waiting():
        assert not job.done(), "it did not wait for the lock"
        assert time.monotonic() < deadline, "it neither waited nor ended"
        time.sleep(0.01)


def written() -> int:
    with engine().connect() as connection:
        return connection.execute(text("SELECT count(*) FROM appointment")).scalar_one()


def test_a_hold_waits_its_turn_before_it_writes():
    anna = Visitor()
    with ThreadPoolExecutor(1) as pool:
        with locked("adler"):
            job = pool.submit(anna.hold, key("2026-11-26T09:00"))
            until_waiting(job)
            assert written() == 0
        assert job.result(20).slot.key == key("2026-11-26T09:00")


@pytest.mark.parametrize(("old", "new"), [("adler", "busch"), ("busch", "adler")])
def test_a_move_locks_both_schedules_in_one_order_whichever_way_it_goes(old, new):
    """While it waits for the first it must not hold the second: somebody going the other way may want that."""
    anna = Visitor("private")
    booked = anna.book(key("2026-11-26T09:00", old))
    held = anna.hold(key("2026-11-26T10:00", new))
    with ThreadPoolExecutor(1) as pool:
        with locked("adler"):
            job = pool.submit(anna.move, booked, held)
            until_waiting(job)
            assert is_free("busch")
        assert job.result(20).slot.practitioner == new


def test_schedules_of_others_are_not_held_up():
    anna = Visitor("private")
    with locked("adler"):
        assert anna.book(key("2026-11-26T09:00", "busch")).status == "booked"
