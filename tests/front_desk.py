"""The whole product as `make run` starts it, on free ports and with data of its own, for tests that need it all."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[1]
WEDNESDAY_MORNING = datetime.fromisoformat("2026-11-25T09:00:00+01:00")
PORTS = ("RASA_PORT", "ACTIONS_PORT", "CONSOLE_PORT", "EMULATOR_PORT")
# What a developer's own settings would change.
FOREIGN = (
    "DATABASE_URL",
    "WHATSAPP_API_URL",
    "WHATSAPP_WEBHOOK_URL",
    "SPRECHSTUNDE_CLINIC_FILE",
    "SPRECHSTUNDE_CLOCK_FILE",
)
Json = dict[str, Any]


class Program:
    """A started program whose output is read line by line while it runs."""

    def __init__(self, *command: str, environment: Mapping[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._lines: list[str] = []
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._changed:
                self._lines.append(line.rstrip("\n"))
                self._changed.notify_all()

    @property
    def text(self) -> str:
        """All that was said so far."""
        with self._changed:
            return "\n".join(self._lines)

    def wait_for(self, pattern: str, *, times: int = 1, seconds: float = 60) -> list[str]:
        """The first group (or the whole) of each match, once there are `times` of them; fails with all output."""
        search = re.compile(pattern).search
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                found = [match.group(match.re.groups and 1) for match in map(search, self._lines) if match]
                if len(found) >= times:
                    return found
                left = deadline - time.monotonic()
                if left <= 0 or not self._reader.is_alive():
                    raise AssertionError(f"never said {pattern!r} {times}×; said:\n" + "\n".join(self._lines))
                self._changed.wait(min(left, 0.5))

    def interrupt(self) -> None:
        """Ctrl-C, as a terminal sends it: to the whole foreground process group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def ended(self, *, seconds: float = 40) -> int:
        """Wait for the end; the exit code."""
        code = self.process.wait(seconds)
        self._reader.join(5)
        return code

    def destroy(self) -> None:
        """Whatever is left of it goes."""
        if self.process.poll() is None:
            self.interrupt()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._reader.join(5)
        assert self.process.stdout is not None
        self.process.stdout.close()


class FrontDesk:
    """`sprechstunde run` in demo mode, its clock at Wednesday, 25 November 2026, 9:00 in Berlin when it begins."""

    def __init__(self, home: Path) -> None:
        self.data = home / "data"
        self.environment = {
            **dict.fromkeys(FOREIGN, ""),
            **{name: str(port) for name, port in zip(PORTS, free_ports(len(PORTS)), strict=True)},
            "SPRECHSTUNDE_DATA_DIR": str(self.data),
            "SPRECHSTUNDE_SECRET_KEY": "",
            "EMULATOR_RATE_LIMITS": "off",
        }
        self.phones_url = f"http://127.0.0.1:{self.environment['EMULATOR_PORT']}"
        self.http = httpx.Client(base_url=self.phones_url, timeout=150, trust_env=False)
        self.program: Program | None = None
        self.data.mkdir(parents=True)
        self.data.chmod(0o711)
        offset = (WEDNESDAY_MORNING - datetime.now(timezone.utc)).total_seconds()
        (self.data / "clock").write_text(repr(offset))

    def start(self) -> Program:
        """Start, and wait until it is ready to chat (training included)."""
        self.program = self.command("run")
        self.program.wait_for("Sprechstunde is ready", seconds=400)
        return self.program

    def command(self, *arguments: str) -> Program:
        """A `sprechstunde` command with this desk's settings."""
        return Program("-m", "sprechstunde", *arguments, environment=self.environment)

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        assert self.program is not None
        self.program.interrupt()
        return self.program.ended()

    def close(self) -> None:
        """Nothing of it stays."""
        if self.program is not None:
            self.program.destroy()
        self.http.close()

    def pids(self) -> dict[str, int]:
        """Process ids by name; `postgres` is the database server itself."""
        found: dict[str, int] = {}
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                environment = process.environ()
                if (
                    environment.get("SPRECHSTUNDE_RUN") == str(self.data)
                    and "SUPERVISOR_PROCESS_NAME" in environment
                ):
                    found.setdefault(environment["SUPERVISOR_PROCESS_NAME"], process.pid)
        with contextlib.suppress(OSError, ValueError):
            found["postgres"] = int((self.database_folder / "postmaster.pid").read_text().split("\n", 1)[0])
        return found

    @property
    def database_folder(self) -> Path:
        """Where the database server keeps its data."""
        return self.data / "pg"

    def sql(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query on the desk's database."""
        address = self.command("db", "url")
        assert address.ended() == 0, address.text
        connection = psycopg2.connect(address.text.splitlines()[-1])
        try:
            with connection.cursor() as cursor:
                cursor.execute(query, parameters)
                return list(cursor.fetchall())
        finally:
            connection.close()

    def new_phone(self, name: str, language: str = "de") -> Phone:
        """A phone nobody has written from yet."""
        answer = self._patiently(
            lambda: self.http.post("/emulator/phones", json={"name": name, "language": language})
        )
        return Phone(self, answer["id"])

    def post(self, path: str, body: Json) -> Json:
        """A request that is made once."""
        answer = self.http.post(path, json=body)
        assert answer.is_success, answer.text
        done: Json = answer.json()
        return done

    def get(self, path: str, **query: Any) -> Json:
        """A request that may be repeated while the emulator is away."""
        return self._patiently(lambda: self.http.get(path, params=query))

    def _patiently(self, request: Callable[[], httpx.Response], seconds: float = 30) -> Json:
        deadline = time.monotonic() + seconds
        while True:
            try:
                answer = request()
            except httpx.TransportError:
                assert time.monotonic() < deadline, "the emulator does not come back"
                time.sleep(0.1)
                continue
            assert answer.is_success, answer.text
            done: Json = answer.json()
            return done


class Phone:
    """A patient's phone. It remembers what it has seen."""

    def __init__(self, desk: FrontDesk, key: str) -> None:
        self.desk, self.key, self.seen = desk, key, 0

    def write(self, text: str) -> None:
        """Send a text."""
        self._send(kind="text", text=text)

    def tap(self, title: str) -> None:
        """Tap the newest option with this title."""
        self._send(kind="tap", title=title)

    def _send(self, **action: str) -> None:
        self.seen = self.desk.post(f"/emulator/phones/{self.key}/send", action)["seq"]

    def answers(self, *, seconds: float = 60) -> list[Json]:
        """What the practice said since the last thing sent; waits for the first."""
        path, deadline = f"/emulator/phones/{self.key}/messages", time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = self.desk.get(path, after=self.seen, wait=2, author="business")["messages"]
            if found:
                return list(found)
        raise AssertionError(f"no answer within {seconds} s; the chat:\n{self.chat_text()}")

    def chat(self) -> list[Json]:
        """Everything in this chat."""
        return list(self.desk.get(f"/emulator/phones/{self.key}/messages")["messages"])

    def chat_text(self) -> str:
        """The chat, a line a message."""
        return "\n".join(f"{message['author']}: {message['text']}" for message in self.chat())


def free_ports(count: int) -> list[int]:
    """Ports that are free now, below the range that outgoing connections take theirs from."""
    found: list[int] = []
    candidate = 20000 + os.getpid() * 7 % 10000
    while len(found) < count:
        candidate += 1
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", candidate))
            found.append(candidate)
    return found


def alive(pid: int) -> bool:
    """Whether the process runs; one that ended and only waits for its parent to notice doesn't."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def eventually(holds: Callable[[], bool], what: str, *, seconds: float = 20) -> None:
    """Wait until `holds()`; AssertionError naming `what` when it never does."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"never happened within {seconds} s: {what}"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def front_desk() -> Iterator[FrontDesk]:
    """One running front desk for all tests that need the whole; each takes a phone of its own."""
    with tempfile.TemporaryDirectory(prefix="sprechstunde-desk-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        desk = FrontDesk(Path(folder))
        try:
            desk.start()
            yield desk
        finally:
            desk.close()
