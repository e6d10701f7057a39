"""Validation of what the business sends: POST /{phone_number_id}/messages, with Meta's limits.

Limits are those of the Cloud API reference (v23.0), counted in Unicode code points. Every function takes the request
body (or its part) and raises `GraphError` for the first thing that Meta would not accept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sprechstunde.emulator import fields
from sprechstunde.emulator.graph_errors import GraphError, invalid, malformed, missing
from sprechstunde.emulator.interactive import check_interactive

Json = dict[str, Any]

TEXT, CAPTION, FILENAME, CALLBACK = 4096, 1024, 240, 512
COMMON = (
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
)
USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
PHONE = re.compile(r"\+?[0-9]{5,15}")
_PUNCTUATION = re.compile(r"[\s().-]")


def check_message(body: Json) -> str:
    """A whole message request. Returns its type."""
    if body.get("messaging_product") != "whatsapp":
        raise malformed("The parameter messaging_product is required.")
    if body.get("recipient_type", "individual") != "individual":
        raise malformed(
            "Param recipient_type must be one of {INDIVIDUAL, GROUP}; groups are not set up here."
        )
    kind = body.get("type", "text")
    if not isinstance(kind, str) or kind not in CHECKS:
        names = ", ".join(sorted(CHECKS)).upper()
        raise malformed(f"Param type must be one of {{{names}}} - got {str(kind)[:60]!r}.")
    fields.only(body, (*COMMON, kind), "message")
    fields.text(body, "biz_opaque_callback_data", "biz_opaque_callback_data", most=CALLBACK, required=False)
    if body.get("context") is not None:
        context = fields.obj(body, "context", allowed=("message_id",))
        fields.text(context, "message_id", "context['message_id']", most=1000)
    CHECKS[kind](body)
    return kind


def address(body: Json) -> tuple[str | None, str | None]:
    """Whom it is for: (digits of the phone number, business-scoped user id); one of them is None.

    A phone number goes in `to`, a business-scoped user id in `recipient`; `to` counts if both are there.
    """
    to, recipient = body.get("to"), body.get("recipient")
    if to is not None:
        digits = _PUNCTUATION.sub("", to) if isinstance(to, str) else ""
        if not PHONE.fullmatch(digits):
            raise malformed("Param to must be a phone number; a business-scoped user id goes in recipient.")
        return digits.lstrip("+"), None
    if recipient is None:
        raise malformed("The parameter to is required.")
    if not isinstance(recipient, str) or not USER_ID.fullmatch(recipient):
        raise malformed("Param recipient must be a business-scoped user id; a phone number goes in to.")
    return None, recipient


def check_read(body: Json) -> str:
    """A read mark, with or without typing indicator. Returns the message id."""
    if body.get("messaging_product") != "whatsapp":
        raise malformed("The parameter messaging_product is required.")
    fields.only(body, ("messaging_product", "status", "message_id", "typing_indicator"), "message")
    if body.get("status") != "read":
        raise malformed("Param status must be one of {READ}.")
    if body.get("typing_indicator") is not None:
        indicator = fields.obj(body, "typing_indicator", allowed=("type",))
        if indicator.get("type") != "text":
            raise malformed("Param typing_indicator['type'] must be one of {TEXT}.")
    return fields.text(body, "message_id", "message_id", most=1000) or ""


def check_media(part: Json, kind: str, allowed: tuple[str, ...]) -> None:
    """A media object: exactly one of `id` and `link`."""
    fields.only(part, allowed, kind)
    if (part.get("id") is None) == (part.get("link") is None):
        raise malformed(f"Param {kind} must have exactly one of id and link.")
    if part.get("id") is not None and not str(part["id"]).isdecimal():
        raise malformed(f"Param {kind}['id'] is not a valid whatsapp business account media attachment ID")
    if part.get("link") is not None and not re.match(r"https?://[^\s/]+", str(part["link"])):
        raise malformed(f"Param {kind}['link'] is not a valid URI.")
    fields.text(part, "caption", f"{kind}['caption']", most=CAPTION, required=False, least=0)
    fields.text(part, "filename", f"{kind}['filename']", most=FILENAME, required=False)


def _text(body: Json) -> None:
    part = fields.obj(body, "text", allowed=("body", "preview_url"))
    value = part.get("body")
    if value is None:
        raise malformed("The parameter text['body'] is required.")
    if not isinstance(value, str) or not value.strip():
        raise malformed("Param text['body'] must be a non-empty string.")
    if len(value) > TEXT:
        raise malformed(f"Param text['body'] must be at most {TEXT} characters long.")
    fields.flag(part, "preview_url", "text['preview_url']")


def _media(kind: str, *more: str) -> Callable[[Json], None]:
    def check(body: Json) -> None:
        check_media(fields.obj(body, kind), kind, ("id", "link", *more))

    return check


def _location(body: Json) -> None:
    part = fields.obj(body, "location", allowed=("latitude", "longitude", "name", "address"))
    for name, most in (("latitude", 90), ("longitude", 180)):
        if part.get(name) is None:
            raise missing(f"location['{name}']")
        try:
            fits = abs(float(part[name])) <= most
        except (TypeError, ValueError):
            fits = False
        if not fits:
            raise invalid(f"location['{name}'] must be a number between -{most} and {most}")


def _contacts(body: Json) -> None:
    for contact in fields.array(body, "contacts", "contacts", least=1, most=257):
        name = fields.obj(contact, "name", "contacts")
        fields.text(name, "formatted_name", "contacts['name']['formatted_name']", most=1024)
        if not any(name.get(part) for part in ("first_name", "last_name", "middle_name", "suffix", "prefix")):
            raise missing("contacts['name']: at least one name part besides formatted_name")
        for phone in contact.get("phones") or []:
            fields.text(phone, "phone", "contacts['phones']['phone']", most=64, required=False)


def _reaction(body: Json) -> None:
    part = fields.obj(body, "reaction", allowed=("message_id", "emoji"))
    fields.text(part, "message_id", "reaction['message_id']", most=1000)
    # An empty text takes the reaction back.
    fields.text(part, "emoji", "reaction['emoji']", most=16, least=0)


def _template(body: Json) -> None:
    part = fields.obj(body, "template", allowed=("name", "language", "components"))
    fields.text(part, "name", "template['name']", most=512)
    language = fields.obj(part, "language", "template", allowed=("code", "policy"))
    fields.text(language, "code", "template['language']['code']", most=16)
    if part.get("components") is not None:
        for component in fields.array(part, "components", "template['components']", least=0, most=20):
            if str(component.get("type")).lower() not in ("header", "body", "button", "footer"):
                raise malformed("Param template['components']['type'] must be one of {HEADER, BODY, BUTTON}.")


def _interactive(body: Json) -> None:
    check_interactive(fields.obj(body, "interactive"), check_media)


CHECKS: dict[str, Callable[[Json], None]] = {
    "text": _text,
    "image": _media("image", "caption"),
    "video": _media("video", "caption"),
    "document": _media("document", "caption", "filename"),
    "audio": _media("audio", "voice"),
    "sticker": _media("sticker"),
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "interactive": _interactive,
    "template": _template,
}

__all__ = ["GraphError", "address", "check_message", "check_read"]
