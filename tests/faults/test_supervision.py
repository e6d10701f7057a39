"""How processes are kept alive and stopped, on small stand-ins (the real ones: test_run.py)."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.front_desk import ROOT, Program

STAND_INS = str(ROOT / "tests" / "faults" / "stand_ins.py")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    started: list[Program] = []

    def start(fault: str = "") -> Program:
        started.append(Program(STAND_INS, str(tmp_path), fault))
        return started[-1]

    yield start
    for one in started:
        one.destroy()


def test_a_killed_process_is_started_again_within_about_a_second(desk):
    run = desk()
    (first,) = run.wait_for(r"worker +\| pid (\d+)")
    run.wait_for("all are ready")
    time_of_death = time.monotonic()
    os.kill(int(first), signal.SIGKILL)
    second = run.wait_for(r"worker +\| pid (\d+)", times=2)[1]
    assert second != first
    assert time.monotonic() - time_of_death < 3
    assert "starting it again" in run.text


def test_ctrl_c_stops_all_processes_the_database_last(desk):
    run = desk()
    pids = [int(pid) for name in ("database", "worker") for pid in run.wait_for(rf"{name} +\| pid (\d+)")]
    run.wait_for("all are ready")
    run.interrupt()
    assert run.ended() == 0
    assert not [pid for pid in pids if psutil.pid_exists(pid)]
    log = Path(run.process.args[2], "supervisord.log").read_text()
    assert log.index("stopped: worker") < log.index("stopped: database")


def test_nothing_else_starts_when_preparing_fails(desk):
    run = desk("unprepared")
    assert run.ended() == 1
    assert "Starting failed: see the lines of 'prepare' above" in run.text
    assert "worker" not in run.text


def test_a_process_that_ends_right_after_its_start_is_named(desk):
    run = desk("broken")
    run.wait_for("worker +. no good")
    run.wait_for("worker ended right after its start; starting it again")
    assert run.process.poll() is None
