"""The `sprechstunde` command: moving the clock, and mistakes named in a sentence."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sprechstunde import clock
from sprechstunde.cli import duration, main

ROOT = Path(__file__).resolve().parents[2]


def test_the_clock_is_moved_for_everybody_and_put_back():
    clock.freeze(datetime.fromisoformat("2026-11-25T09:00:00+01:00"))
    assert main(["clock", "--advance", "25h"]) == 0
    assert clock.now() == datetime.fromisoformat("2026-11-26T10:00:00+01:00")
    assert main(["clock", "--reset"]) == 0
    assert clock._read() == ""


def test_the_clock_is_stopped_at_a_given_moment(capsys):
    assert main(["clock", "--freeze", "2026-12-24T18:00+01:00"]) == 0
    assert clock.now() == datetime.fromisoformat("2026-12-24T17:00+00:00")
    assert "2026-12-24" in capsys.readouterr().out


def test_outside_the_demo_the_clock_stands_by_itself(monkeypatch, capsys):
    from sprechstunde.settings import reset_settings

    monkeypatch.setenv("SPRECHSTUNDE_CLOCK_FILE", "")
    for name in ("API_URL", "PHONE_NUMBER_ID", "ACCESS_TOKEN", "APP_SECRET", "VERIFY_TOKEN"):
        monkeypatch.setenv(f"WHATSAPP_{name}", "https://graph.example")
    reset_settings()
    assert main(["clock", "--advance", "1h"]) == 2
    assert "outside demo mode the clock can't be moved" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25h", timedelta(hours=25)),
        ("1d12h", timedelta(days=1, hours=12)),
        ("90m", timedelta(minutes=90)),
        ("-2w", timedelta(weeks=-2)),
    ],
)
def test_durations_are_written_as_people_write_them(text, expected):
    assert duration(text) == expected


@pytest.mark.parametrize("text", ["", "25", "h", "3x", "1h 30m", "1.5h"])
def test_what_is_no_duration_is_refused_with_an_example(text, capsys):
    with pytest.raises(SystemExit):
        main(["clock", "--advance", text])
    assert "25h" in capsys.readouterr().err


def test_who_reads_only_the_first_lines_of_it_gets_no_error():
    line = '{"text": "morgen um drei", "lang": "de", "ref": "2026-11-25T10:00"}'
    command = f"echo '{line}' | {sys.executable} -m sprechstunde when --jsonl | true"
    assert subprocess.run(command, shell=True, capture_output=True, cwd=ROOT).stderr == b""


def test_without_a_command_the_commands_are_listed(capsys):
    with pytest.raises(SystemExit):
        main([])
    assert "COMMAND" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "edit", "clock", "db", "clinic", "staff", "systems", "templates"])
def test_each_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert f"sprechstunde {command}" in capsys.readouterr().out
