"""`sprechstunde run`: once only, ports named, stopped without remains, and the next start finds everything again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import httpx
import psutil
import pytest

from tests.booking import book
from tests.front_desk import FrontDesk, alive

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def desk(front_desk: FrontDesk) -> Iterator[FrontDesk]:
    """The running desk; runs again after a test that stopped it."""
    yield front_desk
    if front_desk.program is None or front_desk.program.process.poll() is not None:
        front_desk.start()


def test_a_second_start_in_the_same_place_is_refused(desk: FrontDesk) -> None:
    second = desk.command("run")
    assert second.ended() == 1
    assert "Sprechstunde is already running here" in second.text
    assert desk.get("/emulator/clock")["frozen"] is False, "the first one goes on"


def test_rasa_and_the_actions_are_reached_from_this_machine_only(desk: FrontDesk) -> None:
    addresses = {
        connection.laddr.ip
        for name in ("rasa", "actions", "emulator")
        for connection in psutil.Process(desk.pids()[name]).net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert addresses == {"127.0.0.1"}
    trackers = f"http://127.0.0.1:{desk.environment['RASA_PORT']}/conversations/x/tracker"
    assert httpx.get(trackers, trust_env=False).status_code == 404, "patients' conversations are no web page"


def test_ctrl_c_leaves_nothing_running_and_the_next_start_finds_everything(desk: FrontDesk) -> None:
    phone = desk.new_phone("Karla Kommtwieder")
    book(phone, "Karla Kommtwieder")
    pids = desk.pids()
    assert {"database", "rasa", "actions", "dialogue", "sender", "emulator", "postgres"} <= set(pids)
    begin = time.monotonic()
    assert desk.stop() == 0
    assert time.monotonic() - begin < 20
    assert [name for name, pid in pids.items() if alive(pid)] == []
    assert not (desk.database_folder / "postmaster.pid").exists()

    desk.start()
    phone.write("Welche Termine habe ich?")
    assert "Hautsprechstunde" in " ".join(str(message["text"]) for message in phone.answers())


def test_after_the_supervisor_was_killed_the_next_start_puts_things_in_order(desk: FrontDesk) -> None:
    assert desk.program is not None
    left = desk.pids()
    os.kill(desk.program.process.pid, signal.SIGKILL)
    desk.program.ended()
    desk.start()
    assert "Ended what an earlier run left behind" in desk.program.text
    now = desk.pids()
    assert now["dialogue"] != left["dialogue"]
    assert not alive(left["dialogue"])
