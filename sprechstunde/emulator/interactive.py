"""Validation of interactive messages: reply buttons, lists, links, the request for a location."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sprechstunde.emulator import fields
from sprechstunde.emulator.graph_errors import invalid, malformed, missing

Json = dict[str, Any]
MediaCheck = Callable[[Json, str, tuple[str, ...]], None]

BODY, HEADER, FOOTER = 1024, 60, 60
BUTTONS, BUTTON_TITLE, BUTTON_ID = 3, 20, 256
SECTIONS, ROWS, SECTION_TITLE = 10, 10, 24
ROW_TITLE, ROW_DESCRIPTION, ROW_ID, LIST_BUTTON = 24, 72, 200, 20


def check_interactive(part: Json, check_media: MediaCheck) -> None:
    """The object `interactive` of a message. Raises GraphError."""
    kind = part.get("type")
    if kind is None:
        raise missing("interactive['type']")
    if kind not in ACTIONS:
        raise malformed(
            "Param interactive['type'] must be one of {BUTTON, LIST, CTA_URL, LOCATION_REQUEST_MESSAGE}."
        )
    fields.only(part, ("type", "header", "body", "footer", "action"), "interactive")
    body = fields.obj(part, "body", "interactive", allowed=("text",))
    fields.text(body, "text", "Body text", most=BODY)
    if part.get("footer") is not None:
        fields.text(
            fields.obj(part, "footer", "interactive", allowed=("text",)), "text", "Footer text", most=FOOTER
        )
    if part.get("header") is not None:
        _header(fields.obj(part, "header", "interactive"), kind, check_media)
    ACTIONS[kind](fields.obj(part, "action", "interactive"))


def _header(header: Json, kind: str, check_media: MediaCheck) -> None:
    allowed = ("text",) if kind == "list" else ("text", "image", "video", "document")
    what = str(header.get("type"))
    if what not in allowed:
        raise invalid(f"Header type must be one of: {', '.join(allowed)}")
    fields.only(header, ("type", "sub_text", what), "interactive['header']")
    if what == "text":
        fields.text(header, "text", "Header text", most=HEADER)
    else:
        check_media(
            fields.obj(header, what, "interactive['header']"), what, ("id", "link", "filename", "caption")
        )


def _buttons(action: Json) -> None:
    fields.only(action, ("buttons",), "interactive['action']")
    replies = []
    for button in fields.array(action, "buttons", "buttons", least=1, most=BUTTONS):
        fields.only(button, ("type", "reply"), "interactive['action']['buttons']")
        if button.get("type") != "reply":
            raise malformed("Param interactive['action']['buttons']['type'] must be one of {REPLY}.")
        reply = fields.obj(button, "reply", "interactive['action']['buttons']", allowed=("id", "title"))
        _identifier(reply, "Button id", BUTTON_ID)
        fields.text(reply, "title", "Button title", most=BUTTON_TITLE)
        replies.append(reply)
    fields.unique((reply["id"] for reply in replies), "button id")
    fields.unique((reply["title"] for reply in replies), "button title")


def _list(action: Json) -> None:
    fields.only(action, ("button", "sections"), "interactive['action']")
    fields.text(action, "button", "List button", most=LIST_BUTTON)
    sections = fields.array(action, "sections", "sections", least=1, most=SECTIONS)
    rows: list[Json] = []
    for section in sections:
        fields.only(section, ("title", "rows"), "interactive['action']['sections']")
        several = len(sections) > 1
        fields.text(
            section, "title", "Section title", most=SECTION_TITLE, required=several, least=int(several)
        )
        rows += fields.array(section, "rows", "rows", least=1, most=ROWS)
    if len(rows) > ROWS:
        raise invalid(f"Total row count exceed max allowed count: {ROWS}")
    for row in rows:
        fields.only(row, ("id", "title", "description"), "interactive['action']['sections']['rows']")
        _identifier(row, "Row id", ROW_ID)
        fields.text(row, "title", "Row title", most=ROW_TITLE)
        fields.text(row, "description", "Row description", most=ROW_DESCRIPTION, required=False, least=0)
    fields.unique((row["id"] for row in rows), "row id")


def _link(action: Json) -> None:
    fields.only(action, ("name", "parameters"), "interactive['action']")
    if action.get("name") != "cta_url":
        raise invalid("interactive['action']['name'] must be cta_url")
    parameters = fields.obj(action, "parameters", "interactive['action']", allowed=("display_text", "url"))
    fields.text(parameters, "display_text", "Display text", most=BUTTON_TITLE)
    fields.text(parameters, "url", "Url", most=2000)
    if not re.match(r"https?://[^\s/]+", parameters["url"]):
        raise invalid("Url must begin with http:// or https://")


def _location_request(action: Json) -> None:
    if action != {"name": "send_location"}:
        raise invalid("interactive['action']['name'] must be send_location")


def _identifier(part: Json, label: str, most: int) -> None:
    value = fields.text(part, "id", label, most=most) or ""
    if value != value.strip():
        raise invalid(f"{label} must not begin or end with white space")


ACTIONS: dict[str, Callable[[Json], None]] = {
    "button": _buttons,
    "list": _list,
    "cta_url": _link,
    "location_request_message": _location_request,
}
