"""From content to the bodies of `POST /{phone-number-id}/messages`, without addressee."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from sprechstunde.conversations.views import Address
from sprechstunde.whatsapp import limits
from sprechstunde.whatsapp.content import Choice, Content, Document, Image, Option, Reaction, Template, Text
from sprechstunde.whatsapp.limits import clip

Payload = dict[str, Any]
# Gives the id that stands on the wire for one option.
Tokens = Callable[[Option], str]

LIST_BUTTON = "Auswählen / Choose"


class ContentError(ValueError):
    """The content can't be sent at all (a blank choice, two options of one title)."""


def render(content: Content, tokens: Tokens) -> list[Payload]:
    """The messages that say `content`, in order: 1 as a rule, more for long text, none for blank text.

    A document or picture carries its bytes under `upload` (base64), for the sender to replace by a media id.
    Raises ContentError.
    """
    if isinstance(content, Text):
        return [_text(piece) for piece in limits.split(content.body)]
    if isinstance(content, Choice):
        return _choice(content, tokens)
    if isinstance(content, Document):
        return [_document(content)]
    if isinstance(content, Image):
        return [_image(content)]
    if isinstance(content, Reaction):
        return [{"type": "reaction", "reaction": {"message_id": content.wamid, "emoji": content.emoji}}]
    if isinstance(content, Template):
        return [_template(content, tokens)]
    raise ContentError(f"unknown content {type(content).__name__}")


def addressed(payload: Payload, address: Address, callback: str) -> Payload:
    """The body to post. `callback` comes back in every status (`biz_opaque_callback_data`).

    A business-scoped user id goes into `recipient`, never into `to`.
    Raises ContentError when the contact has no address.
    """
    if address.phone:
        where = {"to": address.phone}
    elif address.user_id:
        where = {"recipient": address.user_id}
    else:
        raise ContentError("the contact has neither a phone number nor a user id")
    head = {"messaging_product": "whatsapp", "recipient_type": "individual", **where}
    return {**head, **payload, "biz_opaque_callback_data": callback}


def mark_read(wamid: str, *, typing: bool = True) -> Payload:
    """Read mark, and the typing indicator with it (Meta takes it away after 25 s or with our next message)."""
    body: Payload = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
    return {**body, "typing_indicator": {"type": "text"}} if typing else body


def plain(content: Choice) -> str:
    """A choice as numbered text, for where buttons and lists can't be used."""
    lines = [f"{n}. {_flat(option)}" for n, option in enumerate(content.options, 1)]
    parts = [content.header, content.body, "\n".join(lines), content.footer]
    return "\n\n".join(part.strip() for part in parts if part and part.strip())


def _flat(option: Option) -> str:
    title = option.title.strip()
    return f"{title} ({option.description.strip()})" if option.description else title


def _text(body: str) -> Payload:
    return {"type": "text", "text": {"body": body, "preview_url": False}}


def _template(content: Template, tokens: Tokens) -> Payload:
    components: list[Payload] = []
    if content.parameters:
        words = [{"type": "text", "text": value} for value in content.parameters]
        components.append({"type": "body", "parameters": words})
    for index, option in enumerate(content.options):
        components.append(
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": str(index),
                "parameters": [{"type": "payload", "payload": tokens(option)}],
            }
        )
    language = {"policy": "deterministic", "code": content.language}
    return {
        "type": "template",
        "template": {"name": content.name, "language": language, "components": components},
    }


def _choice(content: Choice, tokens: Tokens) -> list[Payload]:
    options = content.options
    body = content.body.strip()
    if not body:
        raise ContentError("a choice needs a body")
    if not options:
        return render(Text(body), tokens)
    if any(not option.title.strip() for option in options):
        raise ContentError("an option needs a title")
    # Long words go ahead as text of their own, so that the tappable part stays short.
    pieces = limits.split(body, limits.INTERACTIVE_BODY)
    lead = render(Text("\n".join(pieces[:-1])), tokens) if len(pieces) > 1 else []
    if _fit_buttons(options):
        return [*lead, _interactive(content, pieces[-1], "button", _buttons(options, tokens))]
    if _fit_list(options):
        return [*lead, _interactive(content, pieces[-1], "list", _list(content, tokens))]
    return render(Text(plain(content)), tokens)


def _fit_buttons(options: tuple[Option, ...]) -> bool:
    short = all(len(o.title.strip()) <= limits.BUTTON_TITLE and not o.description for o in options)
    return len(options) <= limits.BUTTONS and short and _distinct(options, limits.BUTTON_TITLE)


def _fit_list(options: tuple[Option, ...]) -> bool:
    return len(options) <= limits.LIST_ROWS and _distinct_rows(options)


def _distinct(options: tuple[Option, ...], limit: int) -> bool:
    return len({clip(o.title, limit) for o in options}) == len(options)


def _distinct_rows(options: tuple[Option, ...]) -> bool:
    # Two rows that look alike can't be told apart; then numbered text in full is the better list.
    return len({(row["title"], row.get("description")) for row in map(_row_text, options)}) == len(options)


def _row_text(option: Option) -> Payload:
    """Title and description of a row. A title that is too long moves into the description whole."""
    title, description = option.title.strip(), (option.description or "").strip()
    row: Payload = {"title": clip(title, limits.ROW_TITLE)}
    if len(title) > limits.ROW_TITLE:
        description = f"{title} · {description}" if description else title
    if description:
        row["description"] = clip(description, limits.ROW_DESCRIPTION)
    return row


def _buttons(options: tuple[Option, ...], tokens: Tokens) -> Payload:
    return {
        "buttons": [{"type": "reply", "reply": {"id": tokens(o), "title": o.title.strip()}} for o in options]
    }


def _list(content: Choice, tokens: Tokens) -> Payload:
    rows = [{"id": tokens(option), **_row_text(option)} for option in content.options]
    button = clip(content.list_button or LIST_BUTTON, limits.LIST_BUTTON)
    return {"button": button, "sections": [{"rows": rows}]}


def _interactive(content: Choice, body: str, kind: str, action: Payload) -> Payload:
    interactive: Payload = {"type": kind, "body": {"text": body}, "action": action}
    if content.header and content.header.strip():
        interactive["header"] = {"type": "text", "text": clip(content.header, limits.HEADER)}
    if content.footer and content.footer.strip():
        interactive["footer"] = {"text": clip(content.footer, limits.FOOTER)}
    return {"type": "interactive", "interactive": interactive}


def _document(content: Document) -> Payload:
    if len(content.content) > limits.MEDIA_BYTES["document"]:
        raise ContentError("the document is larger than 100 MB")
    document: Payload = {"filename": clip(content.filename, limits.FILENAME)}
    if content.caption and content.caption.strip():
        document["caption"] = clip(content.caption, limits.CAPTION)
    # Of text Meta takes text/plain only; the file name still tells the phone that an .ics is a calendar entry.
    mime_type = "text/plain" if content.mime_type.startswith("text/") else content.mime_type
    upload = {"content": base64.b64encode(content.content).decode(), "mime_type": mime_type}
    return {"type": "document", "document": document, "upload": upload}


def _image(content: Image) -> Payload:
    if len(content.content) > limits.MEDIA_BYTES["image"]:
        raise ContentError("the picture is larger than 5 MB")
    caption = (content.caption or "").strip()
    image: Payload = {"caption": clip(caption, limits.CAPTION)} if caption else {}
    upload = {"content": base64.b64encode(content.content).decode(), "mime_type": content.mime_type}
    return {"type": "image", "image": image, "upload": upload}
