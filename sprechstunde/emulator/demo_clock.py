"""The clock of the demo: a small file that every process reads. Here it is moved.

The file holds an offset in seconds (`90000.0`) or a frozen instant (`@2026-11-25T09:00:00+01:00`); absent means now.
"""

from __future__ import annotations

import os
import secrets
from datetime import datetime, timedelta, timezone
from pathlib import Path

Json = dict[str, object]


class DemoClock:
    """Reads and moves the clock file. All times aware."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """The present of the demo, UTC."""
        text = self._read()
        if text.startswith("@"):
            return datetime.fromisoformat(text[1:]).astimezone(timezone.utc)
        return datetime.now(timezone.utc) + timedelta(seconds=float(text or 0))

    def timestamp(self) -> float:
        """Unix seconds of the demo's present."""
        return self.now().timestamp()

    def advance(self, seconds: float) -> None:
        """Move by `seconds`, keeping a frozen clock frozen."""
        text = self._read()
        if text.startswith("@"):
            self._write("@" + (self.now() + timedelta(seconds=seconds)).isoformat())
        else:
            self._write(repr(float(text or 0) + seconds))

    def go_to(self, at: datetime) -> None:
        """Make it `at` (aware) now; the clock goes on from there."""
        self._write(repr((at - datetime.now(timezone.utc)).total_seconds()))

    def freeze(self, at: datetime) -> None:
        """Stop the clock at `at` (aware)."""
        self._write("@" + at.isoformat())

    def reset(self) -> None:
        """Back to real time."""
        self._path.unlink(missing_ok=True)

    def state(self) -> Json:
        """For the control panel: `now` (ISO, UTC), `offset` (seconds against real time), `frozen`."""
        now = self.now()
        offset = (now - datetime.now(timezone.utc)).total_seconds()
        return {"now": now.isoformat(), "offset": round(offset, 1), "frozen": self._read().startswith("@")}

    def _read(self) -> str:
        try:
            return self._path.read_text().strip()
        except FileNotFoundError:
            return ""

    def _write(self, text: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        draft.write_text(text)
        draft.replace(self._path)
