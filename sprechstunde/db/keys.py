"""The key ring: makes, finds, destroys data keys, and computes blind indexes."""

from __future__ import annotations

import hashlib
import hmac
import os
import threading
import time
import uuid
from collections import OrderedDict

from cryptography.exceptions import InvalidTag
from sqlalchemy import event, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.db import cipher
from sprechstunde.db.engine import address, key_engine
from sprechstunde.db.models import DataKey
from sprechstunde.settings import get_settings

# The blind index has a random key of its own, stored like the others: so the master key can be replaced without
# recomputing every hash, and a wrong master key fails loudly instead of finding nobody.
INDEX_KEY_ID = uuid.UUID(int=1)
CACHE_SIZE = 4096
CACHE_SECONDS = 30.0  # the longest time that another process can still read with a key destroyed here


class WrongMasterKey(Exception):
    """SPRECHSTUNDE_SECRET_KEY is not the key that this database was written with."""


class KeyDestroyed(Exception):
    """Something is to be written under a data key that was destroyed."""


class _Ring:
    """Data keys by id, least recently used out first. `None` stands for a destroyed key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: OrderedDict[tuple[str, bytes, uuid.UUID], tuple[float, bytes | None]] = OrderedDict()

    def get(self, mark: tuple[str, bytes, uuid.UUID]) -> tuple[float, bytes | None] | None:
        with self._lock:
            found = self._keys.get(mark)
            if found is None or found[0] < time.monotonic():
                return None
            self._keys.move_to_end(mark)
            return found

    def put(self, mark: tuple[str, bytes, uuid.UUID], key: bytes | None) -> None:
        with self._lock:
            self._keys[mark] = (time.monotonic() + CACHE_SECONDS, key)
            self._keys.move_to_end(mark)
            while len(self._keys) > CACHE_SIZE:
                self._keys.popitem(last=False)

    def drop(self, mark: tuple[str, bytes, uuid.UUID]) -> None:
        with self._lock:
            self._keys.pop(mark, None)

    def forget(self) -> None:
        with self._lock:
            self._keys.clear()


_ring = _Ring()


def _mark(key_id: uuid.UUID) -> tuple[str, bytes, uuid.UUID]:
    # The database and the master key are part of the mark: a test that switches either never meets old keys.
    return address(), get_settings().secret_key, key_id


def new_data_key(s: Session) -> uuid.UUID:
    """Make a data key in the transaction of `s` and return its id."""
    key_id, key = uuid.uuid4(), os.urandom(cipher.KEY_BYTES)
    _store(s, key_id, key)
    _ring.put(_mark(key_id), key)
    return key_id


def destroy_key(s: Session, key_id: uuid.UUID) -> None:
    """Erase for good what `key_id` protects: its columns read as None from now on. Backups keep the wrapped key."""
    gone = update(DataKey).where(DataKey.id == key_id, DataKey.destroyed_at.is_(None))
    s.execute(
        gone.values(wrapped=None, destroyed_at=clock.now()).execution_options(synchronize_session=False)
    )
    mark = _mark(key_id)
    _ring.put(mark, None)
    event.listen(s, "after_rollback", lambda _: _ring.drop(mark), once=True)


def data_key(key_id: uuid.UUID) -> bytes | None:
    """The key, or None when it was destroyed. Raises WrongMasterKey, or LookupError when there is no such key."""
    mark = _mark(key_id)
    cached = _ring.get(mark)
    if cached is not None:
        return cached[1]
    with key_engine().connect() as connection:
        row = connection.execute(select(DataKey.wrapped).where(DataKey.id == key_id)).one_or_none()
    if row is None:
        raise LookupError(f"data key {key_id} does not exist")
    key = None if row.wrapped is None else _unwrap(bytes(row.wrapped), key_id)
    _ring.put(mark, key)
    return key


def preload(s: Session, key_ids: list[uuid.UUID]) -> None:
    """Fetch many keys in one query, before rows of many patients are read."""
    missing = [key_id for key_id in set(key_ids) if _ring.get(_mark(key_id)) is None]
    if not missing:
        return
    for row in s.execute(select(DataKey.id, DataKey.wrapped).where(DataKey.id.in_(missing))):
        _ring.put(_mark(row.id), None if row.wrapped is None else _unwrap(bytes(row.wrapped), row.id))


def lookup_hash(kind: str, value: str) -> bytes:
    """A blind index: HMAC-SHA256 of `value` (normalised by the caller), 32 bytes. `kind` keeps uses apart."""
    key = _index_key()
    return hmac.new(key, f"{kind}\x00{value}".encode(), hashlib.sha256).digest()


def rewrap(s: Session, old_master: bytes, new_master: bytes) -> int:
    """Replace the master key: wrap every data key anew. Returns how many. Raises WrongMasterKey."""
    rows = s.execute(select(DataKey).where(DataKey.wrapped.is_not(None)).with_for_update()).scalars().all()
    for row in rows:
        row.wrapped = cipher.wrap(_unwrap(bytes(row.wrapped), row.id, old_master), row.id, new_master)
    s.flush()
    _ring.forget()
    return len(rows)


def forget_cached_keys() -> None:
    """Empty the cache (tests, and after another process destroyed a key)."""
    _ring.forget()


def _index_key() -> bytes:
    try:
        key = data_key(INDEX_KEY_ID)
    except LookupError:
        with key_engine().connect() as connection:
            _store(connection, INDEX_KEY_ID, os.urandom(cipher.KEY_BYTES))
        key = data_key(INDEX_KEY_ID)
    if key is None:
        raise KeyDestroyed("the key of the blind index was destroyed")
    return key


def _store(connection: Session | Connection, key_id: uuid.UUID, key: bytes) -> None:
    wrapped = cipher.wrap(key, key_id, get_settings().secret_key)
    row = insert(DataKey).values(id=key_id, wrapped=wrapped, created_at=clock.now())
    connection.execute(row.on_conflict_do_nothing(index_elements=["id"]))


def _unwrap(wrapped: bytes, key_id: uuid.UUID, master: bytes | None = None) -> bytes:
    try:
        return cipher.unwrap(wrapped, key_id, get_settings().secret_key if master is None else master)
    except InvalidTag:
        raise WrongMasterKey(
            "SPRECHSTUNDE_SECRET_KEY is not the key this database was written with: patient data can't be read."
            " Put the old key back (in demo mode it lies in the data folder, in secret.key)."
        ) from None
