"""What a patient does on the phone, put the way Meta puts it in a webhook."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Any

from sprechstunde.emulator.config import Config
from sprechstunde.emulator.model import Message, Phone

Json = dict[str, Any]

MEDIA_KINDS = ("image", "document", "audio", "video", "sticker")


def value(config: Config, **parts: list[Json]) -> Json:
    """The `value` of a change: who received it, and the given parts."""
    metadata = {
        "display_phone_number": config.display_phone_number,
        "phone_number_id": config.phone_number_id,
    }
    return {"messaging_product": "whatsapp", "metadata": metadata, **parts}


def contact(phone: Phone) -> Json:
    """Who wrote. `wa_id` is absent where only the business-scoped user id is known."""
    known = {"profile": {"name": phone.name}, "user_id": phone.user_id}
    return {**known, "wa_id": phone.phone} if phone.phone else known


def message_object(config: Config, phone: Phone, message: Message) -> Json:
    """An element of `messages`."""
    sender = {"from": phone.phone} if phone.phone else {}
    out: Json = {
        **sender,
        "from_user_id": phone.user_id,
        "id": message.id,
        "timestamp": str(int(message.at)),
        "type": message.kind,
    }
    if message.context:
        out["context"] = {"from": config.display_phone_number, "id": message.context}
    if message.kind == "unsupported":
        out["errors"] = [
            {
                "code": 131051,
                "title": "Message type unknown",
                "message": "Message type unknown",
                "error_data": {"details": "Message type is currently not supported."},
            }
        ]
    else:
        out[message.kind] = message.content["contacts"] if message.kind == "contacts" else message.content
    return out


def media_object(kind: str, record: Json, content: bytes, caption: str | None, *, voice: bool) -> Json:
    """`image`, `document`, `audio`, `video` or `sticker` of a message. `sha256` is base64, as in Meta's webhooks."""
    part: Json = {
        "mime_type": record["mime_type"],
        "sha256": b64encode(hashlib.sha256(content).digest()).decode(),
        "id": record["id"],
    }
    if caption and kind in ("image", "video", "document"):
        part["caption"] = caption
    if kind == "document":
        part["filename"] = record["filename"] or "document"
    if kind == "audio":
        part["voice"] = voice
    if kind == "sticker":
        part["animated"] = False
    return part


def tap_object(message: Message, option: Json) -> tuple[str, Json]:
    """(kind, content) of a tap on `option` of the practice's `message`."""
    if option["kind"] == "template":
        return "button", {"payload": option["id"], "text": option["title"]}
    name = "button_reply" if option["kind"] == "button" else "list_reply"
    reply = {key: option[key] for key in ("id", "title", "description") if option.get(key) is not None}
    return "interactive", {"type": name, name: reply}


def edited_object(original: Message) -> Json:
    """The object `edit`: which message, and its new content."""
    inner: Json = {"type": original.kind, original.kind: original.content}
    if original.context:
        inner["context"] = {"id": original.context}
    return {"original_message_id": original.id, "message": inner}


def status_object(config: Config, phone: Phone, message: Message, status: str, at: float) -> Json:
    """An element of `statuses`."""
    out: Json = {
        "id": message.id,
        "status": status,
        "timestamp": str(int(at)),
        "recipient_user_id": phone.user_id,
    }
    if phone.phone:
        out["recipient_id"] = phone.phone
    if message.callback is not None:
        out["biz_opaque_callback_data"] = message.callback
    if status in ("sent", "delivered"):
        category = "utility" if message.kind == "template" else "service"
        out["pricing"] = {"billable": category != "service", "pricing_model": "PMP", "category": category}
    if status == "failed" and message.error:
        out["errors"] = [message.error]
    return out
