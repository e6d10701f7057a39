"""Encrypted columns. Rows read and write plain values; only bytes that name their data key reach the database.

    class Patient(Keyed, Base):
        given_name = Column(EncryptedText, nullable=False)

    patient = Patient(key_id=new_data_key(s), given_name="Anna")

A column type sees a value but not its row, so while a row is flushed its values travel together with the row's
key (`sealed`). A statement that bypasses the mapper must do the same: `insert(t).values(note=sealed(key_id, "…"))`.
"""

from __future__ import annotations

import json
import uuid
from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ForeignKey, LargeBinary, event, inspect
from sqlalchemy.orm import declared_attr, object_mapper
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.types import TypeDecorator

from sprechstunde.db import cipher
from sprechstunde.db.columns import LookupHash, Timestamp, Uuid
from sprechstunde.db.keys import KeyDestroyed, data_key

__all__ = [
    "EncryptedBytes",
    "EncryptedJSON",
    "EncryptedText",
    "Keyed",
    "LookupHash",
    "Timestamp",
    "Uuid",
    "sealed",
]


@dataclass(frozen=True)
class Sealed:
    """A plain value on its way into the database, with the key to use."""

    key_id: uuid.UUID
    value: Any


def sealed(key_id: uuid.UUID, value: Any) -> Sealed:
    """For statements that bypass the mapper: `value` to be encrypted under `key_id`."""
    return Sealed(key_id, value)


class _Encrypted(TypeDecorator):
    impl = LargeBinary
    cache_ok = True

    @abstractmethod
    def _encode(self, value: Any) -> bytes:
        """The value as bytes."""

    @abstractmethod
    def _decode(self, plain: bytes) -> Any:
        """The value again."""

    def process_bind_param(self, value: Any, dialect: Any) -> bytes | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(
                "an encrypted column is written through its mapped row, or with sealed(key_id, value)"
            )
        if value.value is None:
            return None
        key = data_key(value.key_id)
        if key is None:
            raise KeyDestroyed(f"data key {value.key_id} was destroyed: nothing can be written under it")
        return cipher.seal(self._encode(value.value), value.key_id, key)

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        if value is None:
            return None
        ciphertext = bytes(value)
        key = data_key(cipher.key_id_of(ciphertext))
        return None if key is None else self._decode(cipher.unseal(ciphertext, key))

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        return self


class EncryptedText(_Encrypted):
    """A `str`, encrypted. Reads as None once its key is destroyed."""

    cache_ok = True

    def _encode(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"EncryptedText takes str, not {type(value).__name__}")
        return value.encode("utf-8", "surrogatepass")

    def _decode(self, plain: bytes) -> str:
        return plain.decode("utf-8", "surrogatepass")


class EncryptedBytes(_Encrypted):
    """Bytes, encrypted: a file."""

    cache_ok = True

    def _encode(self, value: Any) -> bytes:
        if not isinstance(value, bytes):
            raise TypeError(f"EncryptedBytes takes bytes, not {type(value).__name__}")
        return value

    def _decode(self, plain: bytes) -> bytes:
        return plain


class EncryptedJSON(_Encrypted):
    """Anything JSON can hold, encrypted. Assign a new value to change it; changes inside a value are not seen."""

    cache_ok = True

    def _encode(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    def _decode(self, plain: bytes) -> Any:
        return json.loads(plain.decode("utf-8", "surrogatepass"))


class Keyed:
    """Mix-in of a row with encrypted columns: `key_id` names the data key of the contact or patient it belongs to."""

    # A lambda: SQLAlchemy 2 would read a function's return annotation as a mapping in its own new style.
    key_id = declared_attr(lambda cls: Column(Uuid, ForeignKey("data_key.id"), nullable=False))


def _encrypted_attributes(row: Any) -> list[str]:
    mapper = object_mapper(row)
    return [a.key for a in mapper.column_attrs if isinstance(a.columns[0].type, _Encrypted)]


def _key_changed(mapper: Any, connection: Any, row: Any) -> None:
    """A row that passes to another key is encrypted anew as a whole, so that destroying that key erases it."""
    if inspect(row).attrs.key_id.history.deleted:
        for name in _encrypted_attributes(row):
            if getattr(row, name) is not None:
                flag_modified(row, name)


def _attach_key(mapper: Any, connection: Any, row: Any) -> None:
    for name in _encrypted_attributes(row):
        value = row.__dict__.get(name)
        if value is not None and not isinstance(value, Sealed):
            if row.key_id is None:
                raise TypeError(f"{type(row).__name__}.key_id must be set before {name} can be stored")
            row.__dict__[name] = Sealed(row.key_id, value)


def _detach_key(mapper: Any, connection: Any, row: Any) -> None:
    for name in _encrypted_attributes(row):
        value = row.__dict__.get(name)
        if isinstance(value, Sealed):
            row.__dict__[name] = value.value


event.listen(Keyed, "before_update", _key_changed, propagate=True)
for _name in ("before_insert", "before_update"):
    event.listen(Keyed, _name, _attach_key, propagate=True)
for _name in ("after_insert", "after_update"):
    event.listen(Keyed, _name, _detach_key, propagate=True)
