"""The channel on a real database; only Meta is played."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from sprechstunde.conversations import service as conversations
from sprechstunde.db import engine, transaction
from sprechstunde.db.registry import load_models
from tests.played_meta import PlayedMeta


@pytest.fixture
def tables(new_database, frozen_clock: datetime) -> str:
    from sprechstunde.db.migrate import _job_queue

    database = new_database("template0")
    with engine().connect() as c:
        _job_queue(c)
        c.commit()
    metadata = load_models()
    ours = ("data_key", "contact", "conversation_event", "issued_reply", "patient", "task", "inbound_message", "outbound_message", "delivery_status", "send_rate", "send_stop")
    metadata.create_all(engine(), tables=[metadata.tables[name] for name in ours])
    return database


@pytest.fixture
def anna(tables: str) -> UUID:
    """A contact known by her phone number."""
    with transaction() as s:
        return conversations.contact_for(s, phone="4915112345678", user_id=None, profile_name="Anna").id


@pytest.fixture
def meta() -> Iterator[PlayedMeta]:
    """Meta, played: takes what is sent and answers as told."""
    yield PlayedMeta()


class Stopwatch:
    """The machine's time, moved by hand."""

    def __init__(self) -> None:
        self.time = datetime.fromisoformat("2026-11-25T08:00:00+00:00")

    def __call__(self) -> datetime:
        return self.time

    def advance(self, wait: timedelta) -> None:
        self.time += wait


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()
