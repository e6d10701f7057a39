"""The one clock of all processes. In demo and tests a small file moves it for everybody at once.

The file holds either an offset in seconds (`90000.0`) or a frozen instant (`@2026-11-25T09:00:00+01:00`).
"""

from __future__ import annotations

import os
import secrets
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from sprechstunde.settings import SettingsError, get_settings, make_data_dir

_seen: tuple[Path, tuple[int, int, int], str] | None = None


def now() -> datetime:
    """The present, aware, UTC."""
    text = _read()
    if text.startswith("@"):
        return datetime.fromisoformat(text[1:]).astimezone(timezone.utc)
    real = datetime.now(timezone.utc)
    return real + timedelta(seconds=float(text)) if text else real


def today(zone: ZoneInfo) -> date:
    """The calendar date in `zone`."""
    return now().astimezone(zone).date()


def advance(delta: timedelta) -> datetime:
    """Move the clock by `delta` (negative: back) and return the new present."""
    text = _read()
    if text.startswith("@"):
        _write("@" + (datetime.fromisoformat(text[1:]) + delta).isoformat())
    else:
        _write(repr(float(text or 0) + delta.total_seconds()))
    return now()


def freeze(at: datetime) -> None:
    """Stop the clock at `at` (aware)."""
    if at.tzinfo is None:
        raise ValueError("freeze needs an aware datetime")
    _write("@" + at.isoformat())


def reset() -> None:
    """Back to real time."""
    path = get_settings().clock_file
    if path is not None:
        path.unlink(missing_ok=True)


def _read() -> str:
    global _seen
    path = get_settings().clock_file
    if path is None:
        return ""
    try:
        stat = os.stat(path)
    except FileNotFoundError:
        return ""
    mark = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
    if _seen is None or _seen[:2] != (path, mark):
        _seen = (path, mark, path.read_text().strip())
    return _seen[2]


def _write(text: str) -> None:
    path = get_settings().clock_file
    if path is None:
        raise SettingsError("SPRECHSTUNDE_CLOCK_FILE is missing: outside demo mode the clock can't be moved")
    make_data_dir(path.parent)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.write_text(text)
    draft.replace(path)
