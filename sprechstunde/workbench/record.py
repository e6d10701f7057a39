"""`sprechstunde record PHONE`: the chat on a phone of the emulator becomes a conversation test."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx

from sprechstunde.clinic import service as clinic
from sprechstunde.ports import port
from sprechstunde.workbench.recording import NothingRecorded, as_yaml

Json = dict[str, Any]
FOLDER = Path("tests/conversations")


class CannotRecord(Exception):
    """What the person at the terminal can put right, in a sentence."""


def record(
    phone: str,
    *,
    root: Path,
    file: Path | None = None,
    name: str | None = None,
    last: int | None = None,
    emulator: str | None = None,
) -> Path:
    """Write the chat of `phone` (id or number) to `file` below `root`/tests/conversations; returns the path written.

    A file that is there already gets one conversation more. `<category>/<file>.<language>.yml`: the language is added
    where it is missing. `emulator`: its address, by default that of `make run`. Raises CannotRecord.
    """
    base = emulator or f"http://127.0.0.1:{port('EMULATOR_PORT')}"
    owner, chat = _chat(base, phone)
    path = _path(root, file or FOLDER / "recorded" / owner["id"], _language(owner, chat))
    begin = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M")
    try:
        text = as_yaml(
            chat,
            name=name or f"{owner['name']}, {begin}",
            by_id=not owner["phone"],
            zone=clinic.check(root / "clinic.yml").zone,
            last=last,
        )
    except NothingRecorded as error:
        raise CannotRecord(str(error)) from error
    path.parent.mkdir(parents=True, exist_ok=True)
    there = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if path.exists() else ""
    path.write_text(there + text, encoding="utf-8")
    return path


def _chat(base: str, phone: str) -> tuple[Json, list[Json]]:
    """The phone, and its messages oldest first."""
    try:
        state = httpx.get(f"{base}/emulator/state", timeout=10, trust_env=False).raise_for_status().json()
    except httpx.HTTPError as error:
        raise CannotRecord(f"no emulator answers at {base} ({error}); start it with make run") from error
    wanted = phone.lstrip("+")
    for owner in state["phones"]:
        if wanted in (owner["id"], owner["phone"], owner["user_id"]):
            return owner, state["messages"].get(owner["id"], [])
    known = ", ".join(owner["id"] for owner in state["phones"])
    raise CannotRecord(f"no phone {phone!r} in the emulator; there are {known}")


def _language(owner: Json, chat: list[Json]) -> str:
    """The one the patient writes in; the phone's where that can't be told."""
    from sprechstunde.assistant import tuning

    tuning.apply()  # Rasa's parts without TensorFlow
    from sprechstunde.assistant.nlu.language import detect

    written = " ".join(m["text"] for m in chat if m["author"] == "patient" and m["kind"] == "text")
    return detect(written) or str(owner["language"])


def _path(root: Path, file: Path, language: str) -> Path:
    path = (root / file).resolve()
    folder = (root / FOLDER).resolve()
    if folder not in path.parents or len(path.relative_to(folder).parts) != 2:
        raise CannotRecord(f"conversation tests are {FOLDER}/<category>/<file>, not {file}")
    stem = path.name.removesuffix(".yml")
    if Path(stem).suffix in (".de", ".en"):
        return path.with_name(f"{stem}.yml")
    return path.with_name(f"{stem}.{language}.yml")
