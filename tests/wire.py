"""What Meta sends to the webhook, built by hand: an own reading of its documents, sharing nothing with the product."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
from typing import Any

PHONE_NUMBER_ID = "106540352242922"
APP_SECRET = b"demo-app-secret"
ANNA = "4915112345678"
BEN_ID = "DE.13491208655302741918"
AT = 1_795_593_600  # 2026-11-25T08:00:00Z, as Meta counts

_numbers = itertools.count(1)


def wamid() -> str:
    """A message id that was never used."""
    return f"wamid.HBgNTEST{next(_numbers):08d}="


def real_wamid(phone: str, number: int) -> str:
    """A message id as Meta makes them: base64 of a few bytes, the other side's phone number among them."""
    inner = b"\x1d\x0b" + phone.encode() + b"\x15\x02\x00\x11\x18\x12" + f"{number:018X}".encode() + b"\x00"
    return "wamid." + base64.b64encode(inner).decode()


def message(kind: str = "text", *, at: int = AT, id: str | None = None, **parts: Any) -> dict[str, Any]:
    """One message object, still without sender."""
    body = {"id": id or wamid(), "timestamp": str(at), "type": kind, **parts}
    if kind == "text" and "text" not in parts:
        body["text"] = {"body": "Hallo"}
    return body


def text(words: str, **parts: Any) -> dict[str, Any]:
    """A text message."""
    return message("text", text={"body": words}, **parts)


def by_phone(item: dict[str, Any], phone: str = ANNA, user_id: str | None = None) -> dict[str, Any]:
    """A change holding `item` from a phone number."""
    contact: dict[str, Any] = {"profile": {"name": "Anna"}, "wa_id": phone}
    item = {**item, "from": phone}
    if user_id:
        contact["user_id"] = item["from_user_id"] = user_id
    return change(messages=[item], contacts=[contact])


def by_user_id(item: dict[str, Any], user_id: str = BEN_ID) -> dict[str, Any]:
    """A change holding `item` from someone whose number stays hidden."""
    contact = {"profile": {"name": "Ben", "username": "ben"}, "user_id": user_id}
    return change(messages=[{**item, "from_user_id": user_id}], contacts=[contact])


def status(
    id: str, word: str, *, at: int = AT, callback: str | None = None, code: int | None = None
) -> dict[str, Any]:
    """A delivery status, without contacts."""
    body: dict[str, Any] = {"id": id, "status": word, "timestamp": str(at), "recipient_id": ANNA}
    if callback:
        body["biz_opaque_callback_data"] = callback
    if code:
        body["errors"] = [{"code": code, "title": "Something about it", "message": "Something about it"}]
    return body


def change(
    *, phone_number_id: str = PHONE_NUMBER_ID, field: str = "messages", **value: Any
) -> dict[str, Any]:
    """One element of `entry[].changes`."""
    metadata = {"display_phone_number": "4930555100", "phone_number_id": phone_number_id}
    return {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}


def webhook(*changes: dict[str, Any]) -> dict[str, Any]:
    """A whole webhook body: each change in an entry of its own."""
    entries = [{"id": "102290129340398", "changes": [one]} for one in changes]
    return {"object": "whatsapp_business_account", "entry": entries}


def signed(document: Any) -> tuple[bytes, str]:
    """(raw bytes, value of X-Hub-Signature-256). Bytes are signed as they are."""
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return body, "sha256=" + hmac.new(APP_SECRET, body, hashlib.sha256).hexdigest()
