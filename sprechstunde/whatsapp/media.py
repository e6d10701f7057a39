"""Files of patients: where they may come from, how large they may be, and what they really are."""

from __future__ import annotations

import base64
import binascii
import hashlib
import mimetypes
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import puremagic

from sprechstunde.whatsapp.limits import KEPT_BYTES, MEDIA_BYTES

# Meta's media hosts. Anything else never sees the access token.
HOSTS = ("lookaside.fbsbx.com",)
# Types that Meta's kinds may hold, by prefix; sniffed, not believed.
PREFIXES = {
    "image": ("image/jpeg", "image/png", "image/webp"),
    "sticker": ("image/webp",),
    "audio": ("audio/", "video/mp4", "video/3gpp", "application/ogg", "video/ogg"),
    "video": ("video/",),
    "document": (
        "application/pdf",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.",
        "application/vnd.oasis.opendocument.",
        "application/vnd.ms-",
        "application/rtf",
        "text/plain",
        "text/calendar",
        "image/",
    ),
}
TEXT_TYPES = ("text/plain", "text/calendar", "text/csv")


class MediaRefused(Exception):
    """A file that is not taken. The message says why."""


@dataclass(frozen=True)
class Download:
    """A checked file. `filename` is ours: nothing of the patient's choosing reaches a file system."""

    content: bytes = field(repr=False)
    mime_type: str
    filename: str


def check_host(url: str, api_url: str) -> str:
    """`url` itself, if it is on a host of Meta's or of the Graph API (an emulator, a BSP). Raises MediaRefused."""
    parts, api = urlsplit(url), urlsplit(api_url)
    same = (parts.scheme, parts.hostname, parts.port) == (api.scheme, api.hostname, api.port)
    metas = parts.scheme == "https" and parts.hostname in HOSTS and parts.port in (None, 443)
    if parts.username is None and (same or metas):
        return url
    raise MediaRefused(f"media address on a host that is not allowed: {parts.hostname}")


class Sink:
    """Takes a file as it streams in, never more than the limit of its kind."""

    def __init__(self, kind: str, *, declared: str | None, sha256: str | None) -> None:
        if kind not in MEDIA_BYTES:
            raise MediaRefused(f"unknown kind of media {kind!r}")
        self._kind, self._declared, self._sha256 = (
            kind,
            (declared or "").split(";")[0].strip().lower(),
            sha256,
        )
        self._limit = min(MEDIA_BYTES[kind], KEPT_BYTES)
        self._content = bytearray()

    def write(self, chunk: bytes) -> None:
        """Add a piece. Raises MediaRefused beyond the limit."""
        if len(self._content) + len(chunk) > self._limit:
            raise MediaRefused(f"{self._kind} is larger than {self._limit} bytes")
        self._content += chunk

    def close(self) -> tuple[bytes, str]:
        """(content, type as sniffed). Raises MediaRefused for a wrong checksum or a type that is not allowed."""
        content = bytes(self._content)
        if self._sha256 and not _same_digest(hashlib.sha256(content).digest(), self._sha256):
            raise MediaRefused("checksum does not match")
        return content, sniff(content, self._kind, self._declared)


def sniff(content: bytes, kind: str, declared: str) -> str:
    """The MIME type of `content`, one that `kind` may have. Raises MediaRefused."""
    allowed = PREFIXES[kind]
    found = [match.mime_type for match in _matches(content) if match.mime_type]
    fitting = [mime for mime in found if mime.startswith(allowed)]
    if fitting:
        return declared if declared in fitting else fitting[0]
    if not found and declared in TEXT_TYPES and declared.startswith(allowed) and _is_text(content):
        return declared
    raise MediaRefused(f"{kind} is really {found[0] if found else 'of an unknown type'}")


def generated_name(kind: str, mime_type: str) -> str:
    """A file name that says nothing and can't collide."""
    return f"{kind}-{secrets.token_hex(8)}{mimetypes.guess_extension(mime_type) or '.bin'}"


def _matches(content: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return []


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _same_digest(digest: bytes, claimed: str) -> bool:
    """Meta gives base64 in webhooks and hex from the media endpoint."""
    try:
        return digest in (base64.b64decode(claimed, validate=True), _unhex(claimed))
    except (binascii.Error, ValueError):
        return digest == _unhex(claimed)


def _unhex(claimed: str) -> bytes:
    try:
        return bytes.fromhex(claimed)
    except ValueError:
        return b""
