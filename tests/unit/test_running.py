"""Before anything starts: busy ports and a second start are named; the joined log stays readable."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys

import psutil
import pytest

from sprechstunde import ports
from sprechstunde.running.checks import MARK, CannotStart, only_run, require_free_ports, stop_leftovers
from sprechstunde.running.output import JoinedLog
from sprechstunde.running.processes import processes


@pytest.fixture
def busy_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_busy_port_is_named_with_its_program_and_the_way_out(busy_port, monkeypatch):
    monkeypatch.setenv("ACTIONS_PORT", str(busy_port))
    monkeypatch.setenv("RASA_PORT", str(free_port()))
    for name in ("CONSOLE_PORT", "EMULATOR_PORT"):
        monkeypatch.setenv(name, str(free_port()))
    with pytest.raises(CannotStart) as caught:
        require_free_ports(processes(embedded_database=True, emulator=True))
    message = str(caught.value)
    assert f"port {busy_port} (actions) is in use by" in message
    assert f"process {os.getpid()}" in message
    assert "ACTIONS_PORT=" in message
    assert message.count("\n") == 0, "only the busy port is named"


def test_free_ports_are_no_obstacle(monkeypatch):
    for name in ports.DEFAULTS:
        monkeypatch.setenv(name, str(free_port()))
    chosen = processes(embedded_database=True, emulator=True)
    require_free_ports(chosen)
    assert len([one for one in chosen if one.port]) == len(ports.DEFAULTS)


def test_a_second_start_is_refused_and_names_the_first(tmp_path):
    refusal = pytest.raises(CannotStart, match=f"already running here .process {os.getpid()}")
    with only_run(tmp_path), refusal, only_run(tmp_path):
        raise AssertionError("two at once")
    with only_run(tmp_path):  # free again
        assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_what_a_killed_run_left_behind_is_ended_and_nothing_else():
    code = "import time; print('up', flush=True); time.sleep(600)"
    started = [
        subprocess.Popen([sys.executable, "-c", code], env={**os.environ, MARK: mark}, stdout=subprocess.PIPE)
        for mark in ("/this/run", "/another/run")
    ]
    try:
        assert [process.stdout.readline() for process in started if process.stdout] == [b"up\n"] * 2
        assert len(stop_leftovers("/this/run")) == 1
        assert not psutil.pid_exists(started[0].pid)
        assert psutil.pid_exists(started[1].pid)
    finally:
        for process in started:
            process.kill()
            process.communicate()


def test_without_the_demo_no_emulator_and_with_a_database_no_database_is_started():
    names = {process.name for process in processes(embedded_database=False, emulator=False)}
    assert {"rasa", "actions", "dialogue", "sender"} <= names
    assert not {"emulator", "database"} & names


def test_only_this_machine_reaches_the_action_server():
    (actions,) = [one for one in processes(embedded_database=True, emulator=True) if one.name == "actions"]
    assert actions.environment["SANIC_HOST"] == "127.0.0.1"


def test_the_joined_log_names_each_line_and_keeps_lines_whole():
    out = io.StringIO()
    log = JoinedLog(["rasa", "dialogue"], out)
    log.feed("rasa", "Grü".encode()[:3])
    log.feed("dialogue", b"one\ntwo\n")
    log.feed("rasa", "Grü".encode()[3:] + b"\xc3\x9fe\n10 %\r20 %\r\n\x1b[31mred\x1b[0m\n\n")
    log.feed("dialogue", b"no end")
    log.finish("dialogue")
    assert out.getvalue().splitlines() == [
        "dialogue | one",
        "dialogue | two",
        "rasa     | Grüße",
        "rasa     | 20 %",
        "rasa     | red",
        "dialogue | no end",
    ]


def test_warnings_of_ageing_libraries_stay_out_of_the_way_and_nothing_else_does():
    out = io.StringIO()
    log = JoinedLog(["rasa"], out)
    log.feed(
        "rasa",
        b"/lib/x.py:5: DeprecationWarning: pkg_resources is deprecated\n  import pkg_resources\nready\n",
    )
    log.feed("rasa", b"/lib/y.py:5: UserWarning: model is old\n  an indented line\n")
    assert out.getvalue().splitlines() == [
        "rasa | ready",
        "rasa | /lib/y.py:5: UserWarning: model is old",
        "rasa |   an indented line",
    ]


def test_progress_bars_of_training_stay_out_of_the_way():
    out = io.StringIO()
    log = JoinedLog(["prepare"], out)
    log.feed(
        "prepare",
        b"Processed story blocks:   0%|          | 0/8\rProcessed story blocks: 100%|##| 8/8 [00:00, 2000.50it/s]\n",
    )
    log.feed("prepare", b"Processed actions: 44it [00:00, 7540.32it/s, # examples=44]\nAssistant: trained\n")
    assert out.getvalue().splitlines() == ["prepare | Assistant: trained"]


def test_dialogues_are_followed_only_while_they_are_edited():
    chosen = {one.name: one for one in processes(embedded_database=True, emulator=True, editing=True)}
    assert "editor" in chosen
    assert chosen["dialogue"].environment
    usual = {one.name: one for one in processes(embedded_database=True, emulator=True)}
    assert "editor" not in usual
    assert not usual["dialogue"].environment


@pytest.mark.parametrize("value", ["", "0", "65536", "abc", "80 80"])
def test_a_port_that_is_none_is_refused_by_name(value, monkeypatch):
    monkeypatch.setenv("RASA_PORT", value)
    if value == "":
        assert ports.port("RASA_PORT") == 5005
    else:
        with pytest.raises(ValueError, match="RASA_PORT"):
            ports.port("RASA_PORT")


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
