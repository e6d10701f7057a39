"""The emulator for tests: on a free port, in a thread, with a folder of its own."""

from __future__ import annotations

import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from sprechstunde.emulator.app import Server, create_app
from sprechstunde.emulator.config import Config

Json = dict[str, Any]


class EmulatorServer:
    """A running emulator. `base_url` is what WHATSAPP_API_URL is set to; the methods use its control API."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((config.host, config.port))
        self._socket.listen(128)
        self.base_url = f"http://{config.host}:{self._socket.getsockname()[1]}"
        self._server = Server(create_app(config), config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()
        self.http = httpx.Client(base_url=self.base_url, timeout=150, trust_env=False)
        self._wait_until_up()

    def _wait_until_up(self) -> None:
        until = time.monotonic() + 20
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                raise RuntimeError("the emulator did not start")
            self._thread.join(0.01)

    def stop(self) -> None:
        """End it; a second call does nothing."""
        self._server.should_exit = True
        self._thread.join(10)
        self.http.close()
        self._socket.close()

    def send(self, phone: str, /, kind: str = "text", **parameters: Any) -> Json:
        """Something a patient does, e.g. `send("anna", text="Hallo")`. Returns the message."""
        return self._ok(self.http.post(f"/emulator/phones/{phone}/send", json={"kind": kind, **parameters}))

    def tap(self, phone: str, title: str | None = None, *, option: str | None = None) -> Json:
        """A tap on the newest option with this `title` or id."""
        return self.send(phone, "tap", title=title, option=option)

    def messages(
        self, phone: str, *, after: int = 0, wait: float = 0, count: int = 1, author: str = ""
    ) -> list[Json]:
        """Messages numbered above `after`; waits up to `wait` seconds until there are `count`."""
        query: dict[str, str | int | float] = {"after": after, "wait": wait, "count": count, "author": author}
        found: list[Json] = self._ok(self.http.get(f"/emulator/phones/{phone}/messages", params=query))[
            "messages"
        ]
        return found

    def replies(self, phone: str, *, after: int = 0, wait: float = 20, count: int = 1) -> list[Json]:
        """The practice's messages numbered above `after`. Raises TimeoutError when fewer than `count` came."""
        found = self.messages(phone, after=after, wait=wait, count=count, author="business")
        if len(found) < count:
            raise TimeoutError(f"{len(found)} of {count} messages within {wait} s")
        return found

    def fault(self, **order: Any) -> None:
        """Order trouble: `fault(send={"kind": "error", "code": 130429})`, `fault(webhook={"kind": "duplicate"})`."""
        self._ok(self.http.post("/emulator/faults", json=order))

    def move_clock(self, **change: Any) -> Json:
        """`advance=seconds`, `to="2026-11-25T09:00:00+01:00"`, `freeze=…` or `reset=True`."""
        return self._ok(self.http.post("/emulator/clock", json=change))

    def reset(self) -> None:
        """Empty chats, demo phones."""
        self._ok(self.http.post("/emulator/reset"))

    def _ok(self, answer: httpx.Response) -> Json:
        if answer.is_error:
            raise AssertionError(f"emulator answered {answer.status_code}: {answer.text}")
        body: Json = answer.json()
        return body


def start_emulator(webhook_url: str, *, data_dir: Path | None = None, **settings: Any) -> EmulatorServer:
    """Start one. `settings` are fields of `Config` (`status_delay=0`, `strict_rates=False`, `clock_file=…`)."""
    folder = data_dir or Path(tempfile.mkdtemp(prefix="emulator-"))
    base = Config(webhook_url=webhook_url, data_dir=folder, clock_file=folder / "clock", port=0)
    return EmulatorServer(replace(base, **{"status_delay": 0.02, "retry_first": 0.05, **settings}))


@contextmanager
def running_emulator(webhook_url: str, **settings: Any) -> Iterator[EmulatorServer]:
    """`start_emulator` that stops at the end of the block."""
    emulator = start_emulator(webhook_url, **settings)
    try:
        yield emulator
    finally:
        emulator.stop()
