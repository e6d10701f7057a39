"""The channel on a real database; only Meta is played."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.util import find_spec
from uuid import UUID

import pytest

from sprechstunde.assistant import tuning
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from tests.played_meta import PlayedMeta

# Before any test imports Rasa: its channels would load TensorFlow. `make test-modern` runs where there is no Rasa.
if find_spec("rasa"):
    tuning.apply()


@pytest.fixture
def tables(database: str, frozen_clock: datetime) -> str:
    """An empty database; the clock stands."""
    return database


@pytest.fixture
def anna(tables: str) -> UUID:
    """A contact known by her phone number."""
    with transaction() as s:
        return conversations.contact_for(s, phone="4915112345678", user_id=None, profile_name="Anna").id


@pytest.fixture
def meta() -> PlayedMeta:
    """Meta, played: takes what is sent and answers as told."""
    return PlayedMeta()


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
