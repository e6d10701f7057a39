"""Reading Meta's webhooks: from one JSON document to a flat list of typed updates. Pure; touches no database.

Every update is read on its own: what can't be read becomes `Unreadable` and its neighbours don't notice.
Format: Meta's "messages" webhook (v23.0) with business-scoped user ids, edits and revocations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from sprechstunde.whatsapp.neutral import neutralise

Json = dict[str, Any]

MEDIA_KINDS = ("image", "document", "audio", "video", "sticker")
STATUSES = ("sent", "failed", "delivered", "read")
_PHONE = re.compile(r"\+?([0-9]{5,20})")
_USER_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]{1,250}")
_ID = re.compile(r"[\x21-\x7e]{1,255}")


class BadUpdate(ValueError):
    """An update that can't be understood. The message says why and quotes no content."""


@dataclass(frozen=True)
class Sender:
    """Who wrote. `phone` in digits without plus; at least one of `phone` and `user_id` is set."""

    phone: str | None = field(repr=False)
    user_id: str | None = field(repr=False)
    profile_name: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Incoming:
    """A message of a patient. `kind` as in docs/architecture.md, before taps are resolved.

    `token` is the id of a tapped option (kind `reply`); `original` the message that an edit or deletion is about;
    `timestamp` is aware UTC, None where Meta's was unusable.
    """

    wamid: str = field(repr=False)
    sender: Sender = field(repr=False)
    kind: str
    timestamp: datetime | None
    text: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    media: Json | None = field(default=None, repr=False)
    meta: Json = field(default_factory=dict, repr=False)
    original: str | None = field(default=None, repr=False)
    raw: Json = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Status:
    """What became of a message of ours. `callback` is our own id of it, where Meta sends it back."""

    wamid: str = field(repr=False)
    status: str
    timestamp: datetime | None
    callback: str | None = None
    error_code: int | None = None
    error_title: str | None = None


@dataclass(frozen=True)
class IdentityChange:
    """A contact has a new phone number or a new business-scoped user id."""

    wamid: str = field(repr=False)
    sender: Sender = field(repr=False)
    phone: str | None = field(repr=False)
    user_id: str | None = field(repr=False)


@dataclass(frozen=True)
class Unreadable:
    """Kept for a human to look at."""

    reason: str
    raw: Any = field(repr=False)


@dataclass(frozen=True)
class Ignored:
    """Not for us; worth a log line."""

    reason: str


Update = Incoming | Status | IdentityChange | Unreadable | Ignored


def read(document: Json, phone_number_id: str) -> Iterator[Update]:
    """All updates of one webhook call, over all entries and changes, in order. Never raises."""
    for entry in _items(document.get("entry")):
        if not isinstance(entry, dict):
            yield Unreadable("entry is no object", entry)
            continue
        for change in _items(entry.get("changes")):
            yield from _change(change, phone_number_id)


def _items(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _change(change: Any, phone_number_id: str) -> Iterator[Update]:
    value = change.get("value") if isinstance(change, dict) else None
    if not isinstance(value, dict):
        yield Unreadable("change without value", change)
        return
    if change.get("field") != "messages":
        yield Ignored(f"webhook field {str(change.get('field'))[:40]!r}")
        return
    metadata = value.get("metadata")
    ours = metadata.get("phone_number_id") if isinstance(metadata, dict) else None
    if str(ours) != phone_number_id:
        yield Ignored("another phone number id")
        return
    contacts = [contact for contact in _items(value.get("contacts")) if isinstance(contact, dict)]
    for raw in _items(value.get("messages")):
        yield _guarded(raw, contacts)
    for raw in _items(value.get("statuses")):
        yield _guarded_status(raw)
    for error in _items(value.get("errors")):
        yield Ignored(f"error {error.get('code') if isinstance(error, dict) else '?'} reported by Meta")


def _guarded(raw: Any, contacts: list[Json]) -> Update:
    try:
        return _message(_object(raw, "message"), contacts)
    except BadUpdate as problem:
        return Unreadable(str(problem), raw)
    except Exception as problem:  # a hostile shape we did not think of must not fail its neighbours
        return Unreadable(type(problem).__name__, raw)


def _guarded_status(raw: Any) -> Update:
    try:
        return _status(_object(raw, "status"))
    except BadUpdate as problem:
        return Unreadable(str(problem), raw)
    except Exception as problem:
        return Unreadable(type(problem).__name__, raw)


def _message(raw: Json, contacts: list[Json]) -> Update:
    wamid = _id(raw.get("id"), "message id")
    sender = _sender(raw, contacts)
    if raw.get("group_id"):
        raise BadUpdate("message of a group")
    kind = raw.get("type")
    if kind == "system":
        return _identity_change(wamid, sender, _object(raw.get("system"), "system"))
    parts = _content(raw)
    return Incoming(wamid=wamid, sender=sender, timestamp=_time(raw.get("timestamp")), raw=raw, **parts)


def _content(raw: Json) -> Json:
    """The fields of `Incoming` that depend on the kind of message."""
    kind = raw.get("type")
    meta = _metadata(raw)
    if kind == "text":
        return {"kind": "text", "text": _words(_object(raw.get("text"), "text").get("body")), "meta": meta}
    if kind in MEDIA_KINDS:
        media = _media(_object(raw.get(kind), kind))
        return {"kind": kind, "text": media.get("caption"), "media": media, "meta": meta}
    if kind == "interactive":
        return _tap(_object(raw.get("interactive"), "interactive"), meta)
    if kind == "button":
        return _template_tap(_object(raw.get("button"), "button"), meta)
    if kind == "reaction":
        reaction = _object(raw.get("reaction"), "reaction")
        about = {"reaction_to": _string(reaction.get("message_id"))}
        return {"kind": "reaction", "text": _words(reaction.get("emoji")), "meta": {**meta, **about}}
    if kind == "location":
        return {
            "kind": "location",
            "meta": {**meta, "location": _location(_object(raw.get("location"), "location"))},
        }
    if kind == "contacts":
        return {"kind": "contacts", "meta": {**meta, "contacts": _items(raw.get("contacts"))}}
    if kind == "edit":
        return _edit(_object(raw.get("edit"), "edit"), meta)
    if kind == "revoke":
        original = _id(_object(raw.get("revoke"), "revoke").get("original_message_id"), "original id")
        return {"kind": "deleted", "original": original, "meta": meta}
    # `unsupported`, `unknown`, `order`, and whatever Meta invents: the patient still gets an answer.
    return {
        "kind": "unsupported",
        "meta": {**meta, "type": _string(kind), "errors": _items(raw.get("errors"))},
    }


def _edit(edit: Json, meta: Json) -> Json:
    """An edited message: the new content, under kind `edited`."""
    original = _id(edit.get("original_message_id"), "original id")
    inner = _content(_object(edit.get("message"), "edited message"))
    return {**inner, "kind": "edited", "original": original, "meta": {**meta, "edited_kind": inner["kind"]}}


def _tap(interactive: Json, meta: Json) -> Json:
    reply = interactive.get(str(interactive.get("type")))
    if interactive.get("type") not in ("button_reply", "list_reply") or not isinstance(reply, dict):
        return {"kind": "unsupported", "meta": {**meta, "type": _string(interactive.get("type"))}}
    token = _string(reply.get("id"))
    if token is None:
        raise BadUpdate("tap without id")
    return {"kind": "reply", "token": token, "text": _words(reply.get("title")), "meta": meta}


def _template_tap(button: Json, meta: Json) -> Json:
    text, payload = _words(button.get("text")), _string(button.get("payload"))
    # A template without payloads of its own sends the label back: then it is as if the patient had typed it.
    if payload is None or payload == button.get("text"):
        return {"kind": "text", "text": text, "meta": meta}
    return {"kind": "reply", "token": payload, "text": text, "meta": meta}


def _media(part: Json) -> Json:
    media = {name: _string(part.get(name)) for name in ("id", "mime_type", "sha256", "filename")}
    if media["id"] is None:
        raise BadUpdate("media without id")
    caption = part.get("caption")
    return {
        **media,
        "caption": _words(caption) if caption is not None else None,
        "voice": part.get("voice") is True,
    }


def _location(part: Json) -> Json:
    return {name: part.get(name) for name in ("latitude", "longitude", "name", "address")}


def _metadata(raw: Json) -> Json:
    """What is said about the message: the one it answers, forwarding, the advertisement that led here."""
    meta: Json = {}
    context = raw.get("context")
    if isinstance(context, dict):
        meta["reply_to"] = _string(context.get("id"))
        meta["forwarded"] = bool(context.get("forwarded") or context.get("frequently_forwarded"))
    if isinstance(raw.get("referral"), dict):
        meta["referral"] = raw["referral"]
    return meta


def _identity_change(wamid: str, sender: Sender, system: Json) -> Update:
    if system.get("type") not in ("user_changed_number", "user_changed_user_id"):
        return Ignored(f"system message {str(system.get('type'))[:40]!r}")
    previous = _user_id(system.get("previous_user_id"))
    if previous:
        sender = Sender(sender.phone, previous, sender.profile_name)
    phone, user_id = _phone(system.get("wa_id")), _user_id(system.get("user_id"))
    if phone is None and user_id is None:
        raise BadUpdate("identity change without a new identity")
    return IdentityChange(wamid, sender, phone, user_id)


def _sender(raw: Json, contacts: list[Json]) -> Sender:
    phone, user_id = _phone(raw.get("from")), _user_id(raw.get("from_user_id"))
    if phone is None and user_id is None and _user_id(raw.get("from")):
        user_id = _user_id(raw.get("from"))
    known = [
        contact
        for contact in contacts
        if (phone and _phone(contact.get("wa_id")) == phone)
        or (user_id and _user_id(contact.get("user_id")) == user_id)
    ]
    # A lone contact belongs to the message even where the numbers differ (wa_id and phone number may).
    contact = known[0] if known else contacts[0] if len(contacts) == 1 else {}
    phone = phone or _phone(contact.get("wa_id"))
    user_id = user_id or _user_id(contact.get("user_id"))
    if phone is None and user_id is None:
        raise BadUpdate("message without sender")
    profile = contact.get("profile")
    name = profile.get("name") if isinstance(profile, dict) else None
    return Sender(phone, user_id, name.strip()[:200] or None if isinstance(name, str) else None)


def _status(raw: Json) -> Update:
    status = raw.get("status")
    if status not in STATUSES:
        return Ignored(f"status {str(status)[:40]!r}")
    errors = [error for error in _items(raw.get("errors")) if isinstance(error, dict)]
    code = errors[0].get("code") if errors else None
    title = _string(errors[0].get("title") or errors[0].get("message")) if errors else None
    return Status(
        wamid=_id(raw.get("id"), "message id"),
        status=status,
        timestamp=_time(raw.get("timestamp")),
        callback=_string(raw.get("biz_opaque_callback_data")),
        error_code=code if isinstance(code, int) and abs(code) < 2**31 else None,
        error_title=title[:200] if title else None,
    )


def _object(value: Any, name: str) -> Json:
    if not isinstance(value, dict):
        raise BadUpdate(f"{name} is no object")
    return value


def _id(value: Any, name: str) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BadUpdate(f"{name} is missing or malformed")
    return value


def _words(value: Any) -> str:
    if value is not None and not isinstance(value, str):
        raise BadUpdate("text is no text")
    return neutralise(value or "")


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _phone(value: Any) -> str | None:
    found = _PHONE.fullmatch(value) if isinstance(value, str) else None
    return found.group(1) if found else None


def _user_id(value: Any) -> str | None:
    return value if isinstance(value, str) and _USER_ID.fullmatch(value) else None


def _time(value: Any) -> datetime | None:
    """Unix seconds, as text or number; None for what is no time."""
    try:
        return datetime.fromtimestamp(int(value), timezone.utc)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
