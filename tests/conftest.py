"""What every test may ask for: a real PostgreSQL, an empty database of its own, a clock that stands still."""

from __future__ import annotations

import contextlib
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from sprechstunde import clock
from sprechstunde.db import dispose_engine, engine
from sprechstunde.db.embedded import ensure_embedded, stop_embedded
from sprechstunde.db.keys import forget_cached_keys
from sprechstunde.db.migrate import apply_job_queue
from sprechstunde.db.registry import load_models
from sprechstunde.settings import reset_settings
from tests.databases import SharedDatabase
from tests.front_desk import front_desk

__all__ = ["front_desk"]  # a fixture; found here by every test

WEDNESDAY_MORNING = datetime.fromisoformat("2026-11-25T09:00:00+01:00")
SECRET_KEY = "a-master-key-that-only-the-tests-use-0001"
# Data that lives as long as the test run may be lost in a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test has a data folder, a key and a clock of its own; nothing of the developer's `.env` or database."""
    with settings_of_a_test(tmp_path, monkeypatch):
        yield
        dispose_engine()


@contextlib.contextmanager
def settings_of_a_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings for one test; they are forgotten behind it, and so are the keys of its database."""
    for name in ("DATABASE_URL", "WHATSAPP_API_URL", "SPRECHSTUNDE_CLINIC_FILE"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("SPRECHSTUNDE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SPRECHSTUNDE_CLOCK_FILE", str(tmp_path / "clock"))
    monkeypatch.setenv("SPRECHSTUNDE_SECRET_KEY", SECRET_KEY)
    reset_settings()
    yield
    forget_cached_keys()
    reset_settings()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a server for the whole run, in a folder of its own. Its `template` database holds all tables."""
    with tempfile.TemporaryDirectory(prefix="sprechstunde-test-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o711)
        url = ensure_embedded(home, FAST)
        try:
            yield url
        finally:
            stop_embedded(home)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failed test of the whole product shows what its processes said last."""
    outcome: Any = yield
    report = outcome.get_result()
    desk = getattr(item, "funcargs", {}).get("front_desk")
    if report.failed and desk is not None and desk.program is not None:
        report.sections.append(("what the front desk said", desk.program.text[-8000:]))


def sql(url: str, statement: str) -> None:
    """One statement outside a transaction."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def address(server: str, name: str) -> str:
    """Address of the database `name` on `server`."""
    return server.replace("@/sprechstunde?", f"@/{name}?")


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """Name of a database that others are copied from: made of the models; test_migrations proves migrations agree."""
    sql(postgres, "CREATE DATABASE template_sprechstunde")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", address(postgres, "template_sprechstunde"))
        patch.setenv("SPRECHSTUNDE_SECRET_KEY", SECRET_KEY)
        reset_settings()
        load_models().create_all(engine())
        with engine().connect() as connection:
            apply_job_queue(connection)
            connection.commit()
        dispose_engine()
    reset_settings()
    return "template_sprechstunde"


@pytest.fixture
def new_database(postgres: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    """Make a database from a template (`template0`: quite empty), use it, and drop it after the test."""
    made = []

    def make(source: str) -> str:
        name = f"test_{uuid.uuid4().hex[:12]}"
        sql(postgres, f"CREATE DATABASE {name} TEMPLATE {source}")
        made.append(name)
        url = address(postgres, name)
        monkeypatch.setenv("DATABASE_URL", url)
        reset_settings()
        dispose_engine()
        return url

    yield make
    dispose_engine()
    for name in made:
        sql(postgres, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def shared_database(postgres: str, template: str) -> SharedDatabase:
    """The database of all tests that need an empty one with all tables."""
    sql(postgres, f"CREATE DATABASE shared TEMPLATE {template}")
    return SharedDatabase(address(postgres, "shared"))


@pytest.fixture
def database(shared_database: SharedDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database with all tables, in use by `sprechstunde.db`; its address."""
    monkeypatch.setenv("DATABASE_URL", shared_database.empty())
    reset_settings()
    dispose_engine()
    yield shared_database.url
    dispose_engine()


@pytest.fixture
def frozen_clock(own_settings: None) -> datetime:
    """The clock stands at Wednesday, 25 November 2026, 9:00 in Berlin. Move it with `clock.advance`."""
    clock.freeze(WEDNESDAY_MORNING)
    return WEDNESDAY_MORNING
