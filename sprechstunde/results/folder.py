"""The watched folder, for laboratories whose program can write files and nothing else.

A result is a `.json` as the API takes it (plain or FHIR). Instead of `content_base64` it may name a `file` beside it;
then the `.json` is written last. What was taken in is deleted at once. What can't be taken is left for a human, under
another name and with a task. The folder itself holds clear text for seconds: `docs/results.md` says where to put it.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import time
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from sprechstunde.db import transaction
from sprechstunde.results import fhir, receiving
from sprechstunde.results.documents import Document, ResultIn, TakenBack
from sprechstunde.results.files import MOST_BYTES, FileRefused
from sprechstunde.results.receiving import AnotherResult, Received
from sprechstunde.tasks import service as tasks

log = logging.getLogger(__name__)
REFUSED = ".refused"
SOURCE = "folder"
# A note that is larger than its file in base64 and some words is no note of a result.
MOST_JSON = MOST_BYTES * 4 // 3 + 64 * 1024
AT_ONCE = 20
# What makes no sense may be half written: it is refused only when nobody has touched it for this long, in seconds.
STILL_WRITTEN = 60
LEFT = 3600
NOTE = "Befund im Ordner nicht aufgenommen · Result in the folder not taken in: {file}: {why}"


def take_in(folder: Path) -> int:
    """Take in what lies in `folder`, oldest first, each in a transaction of its own; returns how many were new.

    Raises nothing for a bad file. OSError when the folder can't be read.
    """
    new = sum(_take_one(note) for note in _notes(folder)[:AT_ONCE])
    # A note that waits may still name what lies here.
    if not _notes(folder):
        _tell_of_left(folder)
    return new


def _notes(folder: Path) -> list[Path]:
    """Oldest first. Some laboratories' programs write names in capitals."""
    return sorted((path for path in folder.iterdir() if path.suffix.lower() == ".json"), key=_written_at)


def _tell_of_left(folder: Path) -> None:
    """What no note has named for an hour would lie here in clear for ever: a human has to look at it."""
    for path in folder.iterdir():
        if path.suffix == REFUSED or path.is_symlink() or not path.is_file():
            continue
        if time.time() - _written_at(path) > LEFT and path.stat().st_size:
            _refuse(path, "no .json has named this file for an hour")


def _take_one(note: Path) -> bool:
    try:
        document, files = _read(note)
        with transaction() as s:
            is_new = _keep(s, document).is_new
    except (FileRefused, AnotherResult, ValueError, OSError) as problem:
        is_away = isinstance(problem, FileRefused) and problem.reason == "scanner"
        if not is_away and time.time() - _written_at(note) > STILL_WRITTEN:
            why = f"it can't be read ({problem.strerror})" if isinstance(problem, OSError) else str(problem)
            _refuse(note, why)
        return False
    # Only now: the row is committed. Killed before this line, the next round finds the same id and changes nothing.
    for file in files:
        file.unlink(missing_ok=True)
    return is_new


def _keep(s: Session, document: Document | TakenBack) -> Received:
    if isinstance(document, TakenBack):
        return receiving.take_back(s, document, source=SOURCE, actor="system:folder")
    return receiving.receive(s, document, source=SOURCE, actor="system:folder")


def _written_at(note: Path) -> float:
    """When it was last written to, as seconds since 1970; now, if it has just gone."""
    try:
        return note.lstat().st_mtime
    except FileNotFoundError:
        return time.time()


def _read(note: Path) -> tuple[Document | TakenBack, list[Path]]:
    """The result and the files it came in. Raises ValueError, without a patient's data in its words."""
    # A pipe would keep us waiting, a folder can't be read.
    if note.is_symlink() or (note.exists() and not note.is_file()) or note.stat().st_size > MOST_JSON:
        raise ValueError("a link, no file, or larger than any result")
    raw = note.read_bytes()
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise ValueError("no JSON") from None
    if not isinstance(body, dict):
        raise ValueError("no JSON object")
    if "resourceType" in body:
        return fhir.read(raw), [note]
    beside = _beside(note, body.pop("file")) if "file" in body else None
    if beside is not None:
        body["content_base64"] = base64.b64encode(beside.read_bytes()).decode()
    try:
        return ResultIn.parse_obj(body).document(), [note, *([beside] if beside else [])]
    except ValidationError as problem:
        places = ", ".join(".".join(map(str, error["loc"])) for error in problem.errors())
        raise ValueError(f"missing or wrong: {places}") from None


def _beside(note: Path, name: Any) -> Path:
    """The named file. Raises ValueError for one that is missing or leads elsewhere."""
    if not isinstance(name, str) or Path(name).name != name or name.startswith("."):
        raise ValueError("`file` must be the name of a file in the same folder")
    path = note.with_name(name)
    if path.is_symlink() or not path.is_file():
        raise ValueError("the named file is missing")
    if path.stat().st_size > MOST_BYTES:
        raise ValueError("the file is too large")
    return path


def _refuse(note: Path, why: str) -> None:
    """Out of the way and onto the staff's list. Task first: killed in between, the same key opens no second one."""
    log.warning("a result in the folder was refused: %s", why)
    # A file's name is bytes; what is no UTF-8 in it can be neither encrypted nor shown.
    name = os.fsencode(note.name).decode(errors="replace")
    tasks.open_task(
        "results",
        contact_id=None,
        note=NOTE.format(file=name, why=why),
        idempotency_key=f"folder/{name}/{note.stat().st_mtime_ns}",
    )
    note.rename(note.with_name(note.name + REFUSED))
