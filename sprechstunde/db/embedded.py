"""A PostgreSQL of our own, for machines that have none: real binaries from PyPI, data in the data folder.

`ensure_embedded()` starts the server where none runs and returns its address; any number of processes may call it.
`serve()` is the foreground process of `make run`: it starts the server, watches it and stops it.
The server outlives whoever started it, so a killed process takes nobody else's database away.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg2

from sprechstunde.db.embedded_place import LOG, Place, find_place
from sprechstunde.settings import get_settings, make_data_dir

logger = logging.getLogger(__name__)
DATABASE = "sprechstunde"
SOCKET = ".s.PGSQL.5432"
START_SECONDS = 120  # a server that recovers from a power cut reads its log first
WATCH_SECONDS = 0.5
_address_of: dict[tuple[Path, int], str] = {}


class EmbeddedError(Exception):
    """The embedded PostgreSQL can't be started; the message holds the end of its log."""


def ensure_embedded(data_dir: Path | None = None, options: Mapping[str, str] | None = None) -> str:
    """Address (`postgresql://postgres@/sprechstunde?host=…`) of the running embedded server.

    `options` are PostgreSQL settings, used only by the call that starts the server. Raises EmbeddedError.
    """
    folder = (data_dir or get_settings().data_dir) / "pg"
    pid = postmaster_pid(folder)
    if pid is not None and (folder, pid) in _address_of:
        return _address_of[folder, pid]
    make_data_dir(folder.parent)
    with _locked(folder):
        place = find_place(folder)
        _initialise(place)
        if postmaster_pid(folder) is None:
            _start(place, options or {})
        url = _address(place, DATABASE)
        _create_database(_address(place, "postgres"))
    pid = postmaster_pid(folder)
    if pid is not None:
        _address_of[folder, pid] = url
    return url


def stop_embedded(data_dir: Path | None = None) -> None:
    """Stop the server in an orderly way, if it runs. Open connections are closed."""
    folder = (data_dir or get_settings().data_dir) / "pg"
    if not folder.exists():
        return
    with _locked(folder):
        if postmaster_pid(folder) is not None:
            _pg_ctl(find_place(folder), "-m", "fast", "-t", "60", "stop")


def serve() -> int:
    """Run the server in the foreground until SIGTERM or SIGINT. Returns the exit code: 1 when the server died."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    folder = get_settings().data_dir / "pg"
    ensure_embedded()
    logger.info("embedded PostgreSQL is ready, its data is in %s", folder)
    pid = postmaster_pid(folder)
    while not stopping.wait(WATCH_SECONDS):
        running = postmaster_pid(folder)
        if running is None:
            logger.error("embedded PostgreSQL has died, the end of its log:\n%s", _log_tail(folder.resolve()))
            return 1
        if running != pid:
            logger.warning("embedded PostgreSQL was started anew by another process")
            pid = running
    stop_embedded()
    return 0


def postmaster_pid(folder: Path) -> int | None:
    """Process id of the server on `folder`, None when none runs. A number left behind by a killed server, and since
    given to some other process, doesn't count."""
    try:
        pid = int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
        return pid if _is_server(psutil.Process(pid), folder.resolve()) else None
    except (OSError, ValueError, psutil.Error):
        return None


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process at a time starts or stops the server."""
    handle = os.open(folder.parent / "pg.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _initialise(place: Place) -> None:
    if (place.data / "PG_VERSION").exists():
        return
    # An attempt cut short leaves files behind, and initdb wants an empty folder; PG_VERSION is among its first
    # files, so the work is done beside and moved into place when complete.
    draft = place.fresh_draft()
    _run(
        place,
        "initdb",
        *(
            "--username=postgres",
            "--auth-local=trust",
            "--auth-host=reject",
            "--encoding=UTF8",
            "--no-instructions",
        ),
        *("--locale-provider=builtin", "--locale=C.UTF-8", "-D", str(draft)),
    )
    place.data.rmdir()
    draft.rename(place.data)


def _start(place: Place, options: Mapping[str, str]) -> None:
    _clear_left_overs(place)
    settings = {"max_connections": "200", "log_timezone": "UTC", "timezone": "UTC", **options}
    flags = ["-h", "", "-k", str(place.socket)]
    for name, value in settings.items():
        flags += ["-c", f"{name}={value}"]
    _pg_ctl(place, "-t", str(START_SECONDS), "-o", shlex.join(flags), "-l", str(place.log), "start")


def _clear_left_overs(place: Place) -> None:
    """After kill -9, wait for the server's children to go; then its lock files are worth nothing.

    PostgreSQL would clear them away itself, but not where the number in them now belongs to another program, nor in
    a container whose first process is slow to bury the dead, or never does.
    """
    deadline = time.monotonic() + START_SECONDS
    while any(_is_server(process, place.data) for process in psutil.process_iter()):
        if time.monotonic() > deadline:
            raise EmbeddedError(f"processes of a killed server still use {place.data}: end them")
        time.sleep(0.05)
    for left_over in (place.data / "postmaster.pid", place.socket / SOCKET, place.socket / f"{SOCKET}.lock"):
        left_over.unlink(missing_ok=True)


def _is_server(process: psutil.Process, data: Path) -> bool:
    try:
        alive = process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
        return alive and Path(process.cwd()) == data
    except (OSError, psutil.Error):
        return False


def _pg_ctl(place: Place, *arguments: str) -> None:
    _run(place, "pg_ctl", "-w", "-s", "-D", str(place.data), *arguments)


def _run(place: Place, program: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(place.binaries / program), *arguments],
        **place.identity(),
        cwd="/",
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        # Files, not pipes: the server inherits them, and a pipe would stay open as long as it runs.
        stdout=subprocess.DEVNULL,
        stderr=(errors := place.scratch()),
        check=False,
    )
    with errors:
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip()
    if done.returncode != 0:
        raise EmbeddedError(f"{program} failed ({done.returncode}): {said}\n{_log_tail(place.data)}".rstrip())


def _log_tail(data: Path) -> str:
    try:
        return (data / LOG).read_text(errors="replace")[-2000:]
    except OSError:
        return ""


def _address(place: Place, database: str) -> str:
    return f"postgresql://postgres@/{database}?host={quote(str(place.socket))}"


def _create_database(address: str) -> None:
    connection = psycopg2.connect(address)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        connection.close()
