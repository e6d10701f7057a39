"""The clinic's use cases: read the file, keep it in the database, hand it to everyone else.

Needs the database; `check` and the functions of `hours.py` do not.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic import hours
from sprechstunde.clinic.ambiguity import ambiguous_words
from sprechstunde.clinic.hours import OpeningStatus
from sprechstunde.clinic.lookups import Lookups, build
from sprechstunde.clinic.models import ClinicRevision
from sprechstunde.clinic.parse import parse
from sprechstunde.clinic.problems import ClinicFileError, Problem
from sprechstunde.clinic.rows import write_rows
from sprechstunde.clinic.tree import Node, from_plain, read_yaml
from sprechstunde.clinic.view import ClinicView, TimeRange
from sprechstunde.db import address, transaction
from sprechstunde.db.engine import key_engine

__all__ = [
    "ClinicFileError",
    "ClinicMissing",
    "check",
    "clinic",
    "lookups",
    "next_answer",
    "opening_hours",
    "opening_status",
    "sync",
    "warnings",
]

# How long a process may go on with the clinic it knows before it looks for a newer revision.
_FRESH_SECONDS = 1.0
# Any number, the same in every process: "clin".
_SYNC_LOCK = 0x636C696E


class ClinicMissing(RuntimeError):
    """The database holds no clinic yet: `sprechstunde clinic sync` reads `clinic.yml` into it."""


@dataclass
class _Cached:
    database: str
    content_hash: bytes
    clinic: ClinicView
    lookups: Lookups
    checked: float


_cache: _Cached | None = None
_lock = threading.RLock()


def check(path: Path) -> ClinicView:
    """The clinic that the file at `path` describes. Raises ClinicFileError listing every problem with its line."""
    return _read(Path(path))[1]


def warnings(path: Path, folded: Callable[[str], str]) -> list[str]:
    """What is allowed in the file at `path` but hardly meant, `file:line: warning: …`. Raises ClinicFileError.

    `folded` makes spellings alike, as whoever looks the words up does.
    """
    tree, view = _read(Path(path))
    found = ambiguous_words(tree, view, folded)
    return [f"{Path(path).name}:{problem.line}: warning: {problem.message}" for problem in found]


def sync(path: Path) -> ClinicView:
    """Bring the database up to the file at `path`; the same content again changes nothing.

    What the file no longer has is set inactive: it can't be booked any more, its appointments stay.
    Raises ClinicFileError, and then nothing is changed.
    """
    tree, view = _read(Path(path))
    document = tree.plain()
    content_hash = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).digest()
    with transaction() as s:
        s.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SYNC_LOCK})
        newest = s.scalars(
            select(ClinicRevision.content_hash).order_by(ClinicRevision.number.desc()).limit(1)
        ).first()
        if newest is None or bytes(newest) != content_hash:
            s.add(ClinicRevision(content_hash=content_hash, document=document, created_at=clock.now()))
            write_rows(s, view)
    _forget()
    return clinic()


def clinic() -> ClinicView:
    """The clinic as the database has it; a newer revision is noticed within a second. Raises ClinicMissing."""
    return _current().clinic


def lookups() -> Lookups:
    """The words of the same revision as `clinic()`. Raises ClinicMissing."""
    return _current().lookups


def opening_hours(location: str, day: date) -> tuple[TimeRange, ...]:
    """Opening hours of a place on `day`; empty when closed. Raises KeyError for a code that does not exist."""
    view = clinic()
    place = view.location(location)
    if place is None:
        raise KeyError(location)
    return hours.on(view, place.hours, day)


def opening_status(location: str, now: datetime) -> OpeningStatus:
    """Open now? Until when? When next? Raises KeyError for a code that does not exist."""
    view = clinic()
    place = view.location(location)
    if place is None:
        raise KeyError(location)
    return hours.status(view, place, now)


def next_answer(now: datetime, kind: str | None = None) -> datetime:
    """When staff will have answered at the latest what is asked at `now` (aware → aware, clinic zone)."""
    return hours.next_answer(clinic(), now, kind)


def _read(path: Path) -> tuple[Node, ClinicView]:
    try:
        source = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ClinicFileError(path.name, [Problem(1, f"can't be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ClinicFileError(path.name, [Problem(line, "is not UTF-8 (save it as UTF-8)")]) from error
    tree = read_yaml(source, path.name)
    return tree, parse(tree, path.name)


def _current() -> _Cached:
    """The cache of this process, renewed when it is stale and the database has other content."""
    database, known = address(), _cache
    if known is None or known.database != database:
        with _lock:
            return _renew(database)
    if time.monotonic() - known.checked >= _FRESH_SECONDS and _lock.acquire(blocking=False):
        try:
            return _renew(database)
        finally:
            _lock.release()
    return known


def _renew(database: str) -> _Cached:
    """Look for a newer revision; the lock is held. Raises ClinicMissing."""
    global _cache
    known = _cache if _cache is not None and _cache.database == database else None
    # Callers may be inside a transaction: waiting for a second connection of the same pool could last for ever.
    with Session(key_engine(), future=True) as s:
        newest = s.execute(
            select(ClinicRevision.number, ClinicRevision.content_hash)
            .order_by(ClinicRevision.number.desc())
            .limit(1)
        ).first()
        if newest is None:
            raise ClinicMissing("the database holds no clinic yet: `sprechstunde clinic sync` puts it there")
        number, content_hash = newest[0], bytes(newest[1])
        if known is not None and (known.clinic.revision, known.content_hash) == (number, content_hash):
            known.checked = time.monotonic()
            return known
        document = s.scalars(select(ClinicRevision.document).where(ClinicRevision.number == number)).one()
    view = parse(from_plain(document), f"revision {number} of the clinic in the database", number)
    _cache = _Cached(database, content_hash, view, build(view), time.monotonic())
    return _cache


def _forget() -> None:
    global _cache
    with _lock:
        _cache = None
