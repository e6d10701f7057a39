"""A run of the front desk, or of stand-ins for its processes, in a process group of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Desk:
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
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                found = [
                    match.group(match.re.groups and 1)
                    for match in map(re.compile(pattern).search, self._lines)
                    if match
                ]
                if len(found) >= times:
                    return found
                left = deadline - time.monotonic()
                if left <= 0 or not self._reader.is_alive():
                    raise AssertionError(f"never said {pattern!r} {times}×; said:\n" + "\n".join(self._lines))
                self._changed.wait(min(left, 0.5))

    def interrupt(self) -> None:
        """Ctrl-C, as a terminal sends it: to the whole foreground process group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def ended(self, *, seconds: float = 30) -> int:
        """Wait for the end; the exit code."""
        code = self.process.wait(seconds)
        self._reader.join(5)
        return code

    def destroy(self) -> None:
        """Whatever is left of it goes."""
        if self.process.poll() is None:
            self.interrupt()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._reader.join(5)
        assert self.process.stdout is not None
        self.process.stdout.close()


def eventually(holds: Callable[[], bool], what: str, *, seconds: float = 20) -> None:
    """Wait until `holds()`; AssertionError naming `what` when it never does."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"never happened within {seconds} s: {what}"
        time.sleep(0.05)
