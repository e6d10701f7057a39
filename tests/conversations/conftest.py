"""What conversation tests share: the trained agent once a run, a fresh clinic for every conversation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal

from sprechstunde.assistant import tuning
from sprechstunde.clinic import service as clinic_service
from sprechstunde.db import dispose_engine
from sprechstunde.settings import reset_settings
from tests.conftest import SECRET_KEY, address, settings_of_a_test, sql
from tests.conversations.cases import cases
from tests.conversations.reached import Reached
from tests.conversations.world import World
from tests.databases import SharedDatabase

tuning.apply()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As for every test, but all conversations use the same connections: a new one costs as much as a turn."""
    with settings_of_a_test(tmp_path, monkeypatch):
        yield


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


REACHED = pytest.StashKey[Reached]()
WHOLE_RUN = pytest.StashKey[bool]()
FROM_WORKERS = "conversations_reached"


@pytest.fixture(scope="session")
def agent_world(request: pytest.FixtureRequest) -> Iterator[World]:
    """The trained assistant with its actions, in this process."""
    with start_blocking_portal() as portal:
        world = World.load(portal)
        request.config.stash[REACHED] = world.reached
        yield world


def pytest_collection_finish(session: pytest.Session) -> None:
    """Only who runs all conversations can say what none of them reaches."""
    chosen = sum(item.name.startswith("test_conversation[") for item in session.items)
    session.config.stash[WHOLE_RUN] = chosen == len(cases())


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One of several processes (`-n 2`) is done: what it reached counts."""
    told = getattr(node, "workeroutput", {}).get(FROM_WORKERS)
    if told:
        stash = node.config.stash
        stash.setdefault(REACHED, Reached()).add(told["reached"])
        stash[WHOLE_RUN] = told["whole_run"]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A whole run that reaches too little fails."""
    reached = session.config.stash.get(REACHED, None)
    whole = session.config.stash.get(WHOLE_RUN, False)
    if reached is None:
        return
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[FROM_WORKERS] = {"reached": reached.packed(), "whole_run": whole}
    elif whole and reached.too_little() and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show what was reached, all of it after a whole run."""
    reached = config.stash.get(REACHED, None)
    if reached is None or not reached.turns:
        return
    terminalreporter.section("what the conversations reached")
    whole = config.stash.get(WHOLE_RUN, False)
    for line in [*reached.table(), *reached.too_little()] if whole else [reached.speed()]:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def clinic_database(postgres: str, clinic_template: str) -> SharedDatabase:
    """A demo clinic that all conversations use one after the other."""
    sql(postgres, f"CREATE DATABASE conversations TEMPLATE {clinic_template}")
    return SharedDatabase(address(postgres, "conversations"))


@pytest.fixture
def world(agent_world: World, clinic_database: SharedDatabase, monkeypatch: pytest.MonkeyPatch) -> World:
    """The assistant on a demo clinic without patients."""
    monkeypatch.setenv("DATABASE_URL", clinic_database.empty(hang_up=False))
    reset_settings()
    return agent_world
