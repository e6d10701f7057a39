"""What conversation tests share: the trained agent once a run, a fresh clinic for every conversation."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from anyio.from_thread import start_blocking_portal

from sprechstunde.assistant import tuning
from sprechstunde.clinic import service as clinic_service
from sprechstunde.db import dispose_engine
from sprechstunde.settings import reset_settings
from tests.conftest import SECRET_KEY, address, sql
from tests.conversations.world import World

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
def clinic_database(postgres: str, clinic_template: str) -> tuple[str, list[str]]:
    """Address of a demo clinic that all conversations use one after the other, and its tables without content."""
    sql(postgres, f"CREATE DATABASE conversations TEMPLATE {clinic_template}")
    url = address(postgres, "conversations")
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables ORDER BY relname")
        names = [name for (name,) in cursor.fetchall()]
        empty = []
        for name in names:
            cursor.execute(f'SELECT 1 FROM "{name}" LIMIT 1')
            if cursor.fetchone() is None:
                empty.append(name)
    return url, empty


@pytest.fixture
def world(
    agent_world: World, clinic_database: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> World:
    """The assistant on a demo clinic without patients."""
    url, tables = clinic_database
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        names = ", ".join(f'"{table}"' for table in tables)
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")
        connection.commit()
    monkeypatch.setenv("DATABASE_URL", url)
    reset_settings()
    dispose_engine()
    return agent_world
