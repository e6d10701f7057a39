"""Where the emulator keeps its state, so that a restart finds the chats again: a SQLite file and a folder of media."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from sprechstunde.emulator import ids
from sprechstunde.emulator.model import Message, Phone

Json = dict[str, Any]
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600

TABLES = """
CREATE TABLE IF NOT EXISTS phone (id TEXT PRIMARY KEY, position INTEGER, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS message (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS media (id TEXT PRIMARY KEY, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS webhook (id INTEGER PRIMARY KEY AUTOINCREMENT, lane TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS template (id TEXT PRIMARY KEY, data TEXT NOT NULL);
"""


class Store:
    """Memory first, written through to the file. For one thread."""

    def __init__(self, folder: Path) -> None:
        self._media_folder = folder / "media"
        self._media_folder.mkdir(parents=True, exist_ok=True)
        file = folder / "emulator.sqlite"
        file.touch(mode=PRIVATE_FILE)  # SQLite gives its journals the rights of its file
        _close_to_others(folder)
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        # The file survives a killed process; a power cut may cost the last second of a demo.
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + TABLES)
        self.phones: dict[str, Phone] = {}
        self.messages: dict[str, Message] = {}
        self._chats: dict[str, list[Message]] = {}
        self.media: dict[str, Json] = {}
        self.templates: dict[str, Json] = {}
        self._load()

    def _load(self) -> None:
        for (data,) in self._db.execute("SELECT data FROM phone ORDER BY position"):
            phone = Phone(**json.loads(data))
            phone.open = False  # no page is open yet
            self.phones[phone.id] = phone
        for (data,) in self._db.execute("SELECT data FROM message ORDER BY seq"):
            self._remember(Message(**json.loads(data)))
        self.media = {id_: json.loads(data) for id_, data in self._db.execute("SELECT id, data FROM media")}
        self.templates = {
            id_: json.loads(data) for id_, data in self._db.execute("SELECT id, data FROM template")
        }
        self.last_seq = max((message.seq for message in self.messages.values()), default=0)

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def next_seq(self) -> int:
        """The number of the next message; never given twice, not even after a reset."""
        self.last_seq += 1
        return self.last_seq

    def save_phone(self, phone: Phone) -> None:
        """Insert or update."""
        self.phones[phone.id] = phone
        position = list(self.phones).index(phone.id)
        self._put("INSERT OR REPLACE INTO phone VALUES (?, ?, ?)", phone.id, position, _dump(phone.as_json()))

    def save_message(self, message: Message) -> None:
        """Insert or update."""
        self._remember(message)
        data = {key: value for key, value in message.as_json().items() if key not in ("text", "options")}
        self._put("INSERT OR REPLACE INTO message VALUES (?, ?, ?)", message.id, message.seq, _dump(data))

    def chat(self, phone_id: str) -> list[Message]:
        """The messages of a phone, oldest first."""
        return self._chats.get(phone_id, [])

    def _remember(self, message: Message) -> None:
        if message.id not in self.messages:
            self._chats.setdefault(message.phone, []).append(message)
        self.messages[message.id] = message

    def add_media(self, content: bytes, mime_type: str, filename: str | None, *, owner: str) -> Json:
        """Keep a file. `owner` is `business` or a phone's id. Returns its record (id, mime_type, sha256, size, …)."""
        record: Json = {
            "id": ids.number(),
            "mime_type": mime_type,
            "filename": filename,
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "owner": owner,
        }
        path = self._media_folder / record["id"]
        path.touch(mode=PRIVATE_FILE)
        path.write_bytes(content)
        self.media[record["id"]] = record
        self._put("INSERT INTO media VALUES (?, ?)", record["id"], _dump(record))
        return record

    def media_path(self, media_id: str) -> Path:
        """Where the bytes of a known file are."""
        return self._media_folder / self.media[media_id]["id"]

    def delete_media(self, media_id: str) -> None:
        """Forget a file."""
        self.media_path(media_id).unlink(missing_ok=True)
        del self.media[media_id]
        self._put("DELETE FROM media WHERE id = ?", media_id)

    def save_template(self, template: Json) -> None:
        """Insert or update."""
        self.templates[template["id"]] = template
        self._put("INSERT OR REPLACE INTO template VALUES (?, ?)", template["id"], _dump(template))

    def add_webhook(self, lane: str, data: Json) -> int:
        """Remember a webhook until it was taken. Returns its number."""
        cursor = self._db.execute("INSERT INTO webhook (lane, data) VALUES (?, ?)", (lane, _dump(data)))
        return int(cursor.lastrowid or 0)

    def drop_webhook(self, number: int) -> None:
        """It was taken."""
        self._put("DELETE FROM webhook WHERE id = ?", number)

    def webhooks(self) -> list[tuple[int, str, Json]]:
        """What an earlier run could not deliver: (number, lane, data)."""
        rows = self._db.execute("SELECT id, lane, data FROM webhook ORDER BY id").fetchall()
        return [(number, lane, json.loads(data)) for number, lane, data in rows]

    def wipe(self) -> None:
        """Forget chats, phones, files and waiting webhooks; templates stay."""
        for table in ("phone", "message", "media", "webhook"):
            self._db.execute(f"DELETE FROM {table}")
        self.phones.clear()
        self.messages.clear()
        self._chats.clear()
        self.media.clear()
        shutil.rmtree(self._media_folder, ignore_errors=True)
        self._media_folder.mkdir(mode=PRIVATE_FOLDER)

    def _put(self, statement: str, *values: Any) -> None:
        self._db.execute(statement, values)


def _close_to_others(folder: Path) -> None:
    """Chats are nobody else's business; an earlier version left them open."""
    folder.chmod(PRIVATE_FOLDER)
    for path in folder.rglob("*"):
        path.chmod(PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)
