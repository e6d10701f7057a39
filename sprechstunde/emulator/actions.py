"""What a thumb can do on a phone: `POST /emulator/phones/{id}/send`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sprechstunde.emulator import inbound
from sprechstunde.emulator.desk import Desk
from sprechstunde.emulator.model import BUSINESS, PATIENT, Message, Phone, options_of

Json = dict[str, Any]

SAMPLES = {
    "image": ("photo.jpg", "image/jpeg"),
    "document": ("befund.pdf", "application/pdf"),
    "audio": ("voice.ogg", "audio/ogg; codecs=opus"),
    "video": ("clip.mp4", "video/mp4"),
    "sticker": ("sticker.webp", "image/webp"),
}
FOLDER = Path(__file__).parent / "samples"
ALEXANDERPLATZ = {
    "latitude": 52.521918,
    "longitude": 13.413215,
    "name": "Alexanderplatz",
    "address": "10178 Berlin",
}
TEXT = 65536  # what the app itself lets a patient write


def perform(desk: Desk, phone: Phone, request: Json) -> Message:
    """Do what `request` says (its `kind` and parameters as in the package's documentation). Raises ValueError."""
    kind = request.get("kind", "text")
    if kind in inbound.MEDIA_KINDS:
        return _media(desk, phone, request)
    if kind not in ACTIONS:
        raise ValueError(f"kind must be one of {', '.join([*ACTIONS, *inbound.MEDIA_KINDS])}")
    return ACTIONS[kind](desk, phone, request)


def _text(desk: Desk, phone: Phone, request: Json) -> Message:
    body = request.get("text")
    if not isinstance(body, str) or len(body) > TEXT:
        raise ValueError(f"text must be a text of at most {TEXT} characters")
    return desk.put(phone, "text", {"body": body}, context=_context(desk, phone, request))


def _tap(desk: Desk, phone: Phone, request: Json) -> Message:
    """A tap on an option, given by `option` (id) or `title`; `message` says whose, else the newest that has it."""
    wanted, by = (
        (request["option"], "id") if request.get("option") is not None else (request.get("title"), "title")
    )
    if request.get("message"):
        chat = [_message(desk, phone, request["message"])]
    else:
        chat = [m for m in desk.store.chat(phone.id) if m.author == BUSINESS][::-1]
    for message in chat:
        for option in options_of(message):
            if option[by] == wanted and option["kind"] != "link":
                kind, content = inbound.tap_object(message, option)
                message.chosen = option["id"]
                desk.store.save_message(message)
                desk.hub.publish("message", message=message.as_json())
                return desk.put(phone, kind, content, context=message.id)
    raise ValueError(f"no option with {by} {wanted!r} in this chat")


def _media(desk: Desk, phone: Phone, request: Json) -> Message:
    """A file: `media` (id from POST /emulator/media), or else the bundled sample."""
    kind = request["kind"]
    if request.get("media"):
        record = desk.store.media.get(str(request["media"]))
        if record is None:
            raise ValueError("no such file")
        content = desk.store.media_path(record["id"]).read_bytes()
    else:
        name, mime = SAMPLES[kind]
        content = (FOLDER / name).read_bytes()
        record = desk.store.add_media(content, mime, name, owner=phone.id)
    part = inbound.media_object(
        kind, record, content, request.get("caption"), voice=request.get("voice", True)
    )
    return desk.put(phone, kind, part, media=record, context=_context(desk, phone, request))


def _location(desk: Desk, phone: Phone, request: Json) -> Message:
    given = {key: request[key] for key in ALEXANDERPLATZ if key in request}
    return desk.put(phone, "location", given or dict(ALEXANDERPLATZ), context=_context(desk, phone, request))


def _contacts(desk: Desk, phone: Phone, request: Json) -> Message:
    sample = {
        "name": {"formatted_name": "Lena Schmidt", "first_name": "Lena", "last_name": "Schmidt"},
        "phones": [{"phone": "+49 1511 7654321", "wa_id": "4915117654321", "type": "CELL"}],
    }
    return desk.put(phone, "contacts", {"contacts": request.get("contacts") or [sample]})


def _unsupported(desk: Desk, phone: Phone, request: Json) -> Message:
    return desk.put(phone, "unsupported", {})


def _react(desk: Desk, phone: Phone, request: Json) -> Message:
    return desk.react(phone, _message(desk, phone, request.get("message")), str(request.get("emoji", "")))


def _edit(desk: Desk, phone: Phone, request: Json) -> Message:
    target = _message(desk, phone, request.get("message"))
    text = request.get("text")
    if (
        target.author != PATIENT
        or target.deleted
        or target.kind not in ("text", "image", "video", "document")
    ):
        raise ValueError("only a text or caption of one's own can be edited")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("text is missing")
    return desk.edit(phone, target, text)


def _delete(desk: Desk, phone: Phone, request: Json) -> Message:
    target = _message(desk, phone, request.get("message"))
    if target.author != PATIENT or target.deleted:
        raise ValueError("only a message of one's own can be deleted")
    return desk.delete(phone, target)


def _change_number(desk: Desk, phone: Phone, request: Json) -> Message:
    digits = "".join(char for char in str(request.get("phone", "")) if char.isdigit())
    if not 7 <= len(digits) <= 15:
        raise ValueError("phone must be an international number")
    desk.change_number(phone, digits)
    return list(desk.store.chat(phone.id))[-1]


def _resend(desk: Desk, phone: Phone, request: Json) -> Message:
    """The webhook of a message once more, unchanged: what Meta does when it doubts."""
    message = _message(desk, phone, request.get("message"))
    desk.announce(phone, message)
    return message


def _message(desk: Desk, phone: Phone, message_id: Any) -> Message:
    message = desk.store.messages.get(str(message_id))
    if message is None or message.phone != phone.id:
        raise ValueError("no such message in this chat")
    return message


def _context(desk: Desk, phone: Phone, request: Json) -> str | None:
    return _message(desk, phone, request["reply_to"]).id if request.get("reply_to") else None


ACTIONS: dict[str, Callable[[Desk, Phone, Json], Message]] = {
    "text": _text,
    "tap": _tap,
    "location": _location,
    "contacts": _contacts,
    "reaction": _react,
    "edit": _edit,
    "delete": _delete,
    "unsupported": _unsupported,
    "change_number": _change_number,
    "resend": _resend,
}
