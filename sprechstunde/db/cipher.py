"""The cryptography, free of any database: AES-256-GCM, and a key for wrapping derived from the master key.

A ciphertext is `version (1 byte) | data key id (16) | nonce (12) | AES-GCM output`; the first 17 bytes are
authenticated with it. A wrapped key is `nonce (12) | AES-GCM output` with the key's id as associated data.
"""

from __future__ import annotations

import os
import uuid

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
HEADER = 1 + 16
NONCE = 12
KEY_BYTES = 32


def wrapping_key(master: bytes) -> bytes:
    """The key that wraps data keys (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"sprechstunde data keys").derive(
        master
    )


def wrap(key: bytes, key_id: uuid.UUID, master: bytes) -> bytes:
    """`key` encrypted for storage."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(wrapping_key(master)).encrypt(nonce, key, key_id.bytes)


def unwrap(wrapped: bytes, key_id: uuid.UUID, master: bytes) -> bytes:
    """The data key. Raises cryptography.exceptions.InvalidTag when `master` is not the one it was wrapped with."""
    return AESGCM(wrapping_key(master)).decrypt(wrapped[:NONCE], wrapped[NONCE:], key_id.bytes)


def seal(plain: bytes, key_id: uuid.UUID, key: bytes) -> bytes:
    """Ciphertext that names its key."""
    header, nonce = VERSION + key_id.bytes, os.urandom(NONCE)
    return header + nonce + AESGCM(key).encrypt(nonce, plain, header)


def key_id_of(ciphertext: bytes) -> uuid.UUID:
    """Which data key opens `ciphertext`. Raises ValueError when it is none of ours."""
    if ciphertext[:1] != VERSION or len(ciphertext) < HEADER + NONCE + 16:
        raise ValueError("not a ciphertext of this program")
    return uuid.UUID(bytes=bytes(ciphertext[1:HEADER]))


def unseal(ciphertext: bytes, key: bytes) -> bytes:
    """The plain bytes. Raises InvalidTag when the ciphertext was tampered with."""
    header, nonce = ciphertext[:HEADER], ciphertext[HEADER : HEADER + NONCE]
    return AESGCM(key).decrypt(nonce, ciphertext[HEADER + NONCE :], header)
