"""What is said in the demo, and what the processes log, is for the eyes of whoever started it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sprechstunde.running.checks import only_run
from sprechstunde.settings import make_data_dir
from tests.listening_bot import ListeningBot, bot_and_emulator

STAND_INS = Path(__file__).parents[1] / "faults" / "stand_ins.py"


@pytest.fixture(autouse=True)
def open_handed():
    """Files are for everyone unless somebody sees to it."""
    before = os.umask(0)
    yield
    os.umask(before)


def expect_private(folder: Path) -> None:
    """Nothing here, nor the folder itself, is open to anyone else."""
    found = [folder, *folder.rglob("*")]
    assert len(found) > 1
    open_ones = [str(path) for path in found if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    assert open_ones == []


def left_open(folder: Path) -> Path:
    """As an earlier version left it."""
    folder.mkdir(parents=True)
    (folder / "emulator.sqlite").touch(0o666)
    return folder


def chat(bot: ListeningBot) -> None:
    bot.emulator.send("anna", text="Ich habe einen Ausschlag")
    bot.emulator.send("anna", "image")


def test_the_emulators_chats_and_photos_are_private(tmp_path):
    with bot_and_emulator(data_dir=tmp_path) as bot:
        chat(bot)
        expect_private(tmp_path / "emulator")
        bot.emulator.reset()
        chat(bot)
        expect_private(tmp_path / "emulator")


def test_chats_that_were_open_to_all_are_closed_at_the_next_start(tmp_path):
    left_open(tmp_path / "emulator")
    with bot_and_emulator(data_dir=tmp_path) as bot:
        chat(bot)
        expect_private(tmp_path / "emulator")


def test_the_folder_of_a_run_is_private_also_one_from_before(tmp_path):
    folder = left_open(tmp_path / "data" / "run")
    with only_run(folder):
        expect_private(folder)


def test_the_processes_logs_are_private(tmp_path):
    folder = tmp_path / "data" / "run"
    arguments = [sys.executable, str(STAND_INS), str(folder), "unprepared"]
    subprocess.run(arguments, capture_output=True, check=False, timeout=60)
    assert {path.name for path in (folder / "logs").iterdir()} >= {"prepare.log", "database.log"}
    expect_private(folder)


def test_the_data_folder_lets_the_database_s_account_pass_and_nobody_look(tmp_path):
    folder = make_data_dir(tmp_path / "data")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o711
