"""Identifiers shaped like Meta's."""

from __future__ import annotations

import base64
import secrets


def wamid(contact: str, *, from_patient: bool) -> str:
    """A message id: base64 of a small binary record, as Meta's are."""
    body = (
        b"\x1d\x08"
        + contact.encode()[:20]
        + b"\x15\x02\x00"
        + (b"\x12" if from_patient else b"\x11")
        + b"\x18\x14"
    )
    return "wamid." + base64.b64encode(body + secrets.token_hex(10).upper().encode() + b"\x00").decode()


def number(digits: int = 16) -> str:
    """A numeric id (media, templates)."""
    return str(secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1))


def user_id(country: str) -> str:
    """A business-scoped user id: `CC.` and letters and digits."""
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
    return f"{country}." + "".join(secrets.choice(alphabet) for _ in range(20))


def trace() -> str:
    """`fbtrace_id` of an error."""
    return "A" + secrets.token_urlsafe(16).replace("-", "x")
