"""What the emulator knows: phones, messages, files. Plain data, stored as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

Json = dict[str, Any]

PATIENT, BUSINESS = "patient", "business"
RANK = {"pending": 0, "sent": 1, "delivered": 2, "read": 3}


@dataclass
class Phone:
    """A patient's phone. `phone` is digits without plus, None for one known only by its business-scoped id.

    `open`: the chat is on screen, messages count as read when they arrive. `online` False: flight mode.
    `blocked`: the patient has blocked the practice. `last_inbound`: demo time (Unix seconds) of the last message,
    which opens the 24 h window.
    """

    id: str
    name: str
    phone: str | None
    user_id: str
    language: str = "de"
    colour: int = 0
    open: bool = False
    online: bool = True
    blocked: bool = False
    last_inbound: float | None = None
    previous_numbers: list[str] = field(default_factory=list)

    @property
    def contact(self) -> str:
        """What message ids are made of."""
        return self.phone or self.user_id

    def as_json(self) -> Json:
        return asdict(self)


@dataclass
class Message:
    """One message in one phone's chat.

    `seq` grows over all chats. `at`: demo time, Unix seconds. `content`: Meta's object of the kind (of `body[kind]`).
    `status`: of a patient's message pending → sent → delivered (webhook answered 200) → read; of the practice's as Meta
    reports it, or `failed` with `error`. `chosen`: the id of the option that was tapped. `media`: id, mime_type,
    filename, size of the file that came along. `reactions`: author → emoji.
    """

    id: str
    seq: int
    phone: str
    author: str
    kind: str
    at: float
    content: Json
    status: str = "pending"
    context: str | None = None
    callback: str | None = None
    chosen: str | None = None
    edited: bool = False
    deleted: bool = False
    media: Json | None = None
    error: Json | None = None
    reactions: dict[str, str] = field(default_factory=dict)
    template: str | None = None

    def as_json(self) -> Json:
        """With `text` and `options` worked out, as tests and the page want them."""
        return {**asdict(self), "text": text_of(self), "options": options_of(self)}


def text_of(message: Message) -> str:
    """What the message says, in plain text; empty for a picture without words."""
    content, kind = message.content, message.kind
    if message.deleted:
        return ""
    if kind == "text":
        return str(content.get("body", ""))
    if kind == "interactive":
        reply = content.get(str(content.get("type")))
        if message.author == PATIENT and isinstance(reply, dict):
            return str(reply.get("title", ""))
        return str(content.get("body", {}).get("text", ""))
    if kind == "template":
        return str(content.get("rendered", content.get("name", "")))
    if kind == "button":
        return str(content.get("text", ""))
    if kind == "reaction":
        return str(content.get("emoji", ""))
    return str(content.get("caption") or content.get("name") or "")


def options_of(message: Message) -> list[Json]:
    """What can be tapped: [{id, title, description?, kind: button|row|link|template}]."""
    content = message.content
    if message.author != BUSINESS or message.deleted:
        return []
    if message.kind == "template":
        return [{**button, "kind": "template"} for button in content.get("buttons", [])]
    action = content.get("action", {}) if message.kind == "interactive" else {}
    options = [{**button["reply"], "kind": "button"} for button in action.get("buttons", [])]
    for section in action.get("sections", []):
        options += [{**row, "kind": "row"} for row in section["rows"]]
    if action.get("name") == "cta_url":
        parameters = action["parameters"]
        options.append({"id": parameters["url"], "title": parameters["display_text"], "kind": "link"})
    return options
