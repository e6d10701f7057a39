"""What the assistant says in a turn, collected: it goes to the outbox together with all else the turn changed."""

from __future__ import annotations

import base64
import re
from typing import Any

from rasa.core.channels.channel import OutputChannel

from sprechstunde.whatsapp.content import Choice, Content, Document, Option, Text

GAP = re.compile(r"\n{3,}")  # what a placeholder without a value leaves behind


class OutputBuffer(OutputChannel):
    """An output channel that sends nothing and never raises for what it is given.

    Rasa throws a whole turn away when an output channel raises, and keeps no order with the database.
    """

    def __init__(self) -> None:
        self.contents: list[Content] = []
        self.responses: list[str] = []  # names of the responses behind `contents`, for tests and figures

    @classmethod
    def name(cls) -> str:
        """The channel's name in responses and stories."""
        return "whatsapp"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one bot message as Rasa hands it over."""
        content = to_content(message)
        if content is not None:
            self.contents.append(content)
            self.responses.append(str(message.get("utter_action") or ""))


def to_content(message: dict[str, Any]) -> Content | None:
    """A bot message of Rasa's as WhatsApp content; None where there is nothing to say."""
    document = (message.get("custom") or {}).get("document")
    if document:
        return Document(
            content=base64.b64decode(document["content"]),
            filename=document["filename"],
            mime_type=document["mime_type"],
            caption=document.get("caption"),
        )
    text = GAP.sub("\n\n", (message.get("text") or "").strip())
    if not text:
        return None
    buttons = message.get("buttons") or []
    if not buttons:
        return Text(body=text)
    metadata = message.get("metadata") or {}
    return Choice(
        body=text,
        options=tuple(
            Option(title=b["title"], payload=b["payload"], description=b.get("description") or None)
            for b in in_order(buttons)
        ),
        list_button=metadata.get("list_button"),
    )


def in_order(buttons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As on the screen: buttons of the response ("Andere Zeiten") stand behind the rows that an action adds."""
    return sorted(buttons, key=lambda button: button.get("place") != "row")
