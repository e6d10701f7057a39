"""What conversation tests share: the trained agent once a run, a fresh clinic for every conversation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal

from sprechstunde.assistant import tuning
from sprechstunde.clinic import service as clinic_service
from sprechstunde.db import dispose_engine
from sprechstunde.settings import reset_settings
from tests.conftest import SECRET_KEY, address, sql
from tests.conversations.world import World
from tests.databases import SharedDatabase

tuning.apply()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def clinic_template(postgres: str, template: str) -> str:
    """Name of a database that holds the demo clinic and no patients."""
    sql(postgres, f"CREATE DATABASE template_clinic TEMPLATE {template}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", address(postgres, "template_clinic"))
        patch.setenv("SPRECHSTUNDE_SECRET_KEY", SECRET_KEY)
        reset_settings()
        dispose_engine()
        clinic_service.sync(ROOT / "clinic.yml")
        dispose_engine()
    reset_settings()
    return "template_clinic"


@pytest.fixture(scope="session")
def agent_world() -> Iterator[World]:
    """The trained assistant with its actions, in this process."""
    with start_blocking_portal() as portal:
        yield World.load(portal)


@pytest.fixture(scope="session")
def clinic_database(postgres: str, clinic_template: str) -> SharedDatabase:
    """A demo clinic that all conversations use one after the other."""
    sql(postgres, f"CREATE DATABASE conversations TEMPLATE {clinic_template}")
    return SharedDatabase(address(postgres, "conversations"))


@pytest.fixture
def world(agent_world: World, clinic_database: SharedDatabase, monkeypatch: pytest.MonkeyPatch) -> World:
    """The assistant on a demo clinic without patients."""
    monkeypatch.setenv("DATABASE_URL", clinic_database.empty())
    reset_settings()
    dispose_engine()
    return agent_world
