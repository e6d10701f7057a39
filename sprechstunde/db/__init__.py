"""The database: one PostgreSQL, one engine, one encrypted column type."""

from __future__ import annotations

from sprechstunde.db.base import Base
from sprechstunde.db.engine import address, database_url, dispose_engine, engine, insist, transaction
from sprechstunde.db.keys import KeyDestroyed, WrongMasterKey, destroy_key, lookup_hash, new_data_key
from sprechstunde.db.types import (
    EncryptedBytes,
    EncryptedJSON,
    EncryptedText,
    Keyed,
    LookupHash,
    Timestamp,
    Uuid,
    sealed,
)

__all__ = [
    "Base",
    "EncryptedBytes",
    "EncryptedJSON",
    "EncryptedText",
    "KeyDestroyed",
    "Keyed",
    "LookupHash",
    "Timestamp",
    "Uuid",
    "WrongMasterKey",
    "address",
    "database_url",
    "destroy_key",
    "dispose_engine",
    "engine",
    "insist",
    "lookup_hash",
    "new_data_key",
    "sealed",
    "transaction",
]
