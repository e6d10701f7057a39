"""A conversation as it stood on the patient's screen, for staff: what came in and what went out, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde.conversations import service as conversations
from sprechstunde.whatsapp import enclosed, wording
from sprechstunde.whatsapp.enclosed import Card, Place
from sprechstunde.whatsapp.models import InboundMedia, InboundMessage, OutboundMessage

MOST = 100
_LINK = re.compile(r"/r/(?P<secret>[\w-]{16,})")


@dataclass(frozen=True)
class Bubble:
    """One message. `mine`: the practice sent it; `author`: who of the staff, None for programs.

    `tick`: pending, sent, delivered, read, failed (ours only). `media`: id of a file that can be looked at.
    """

    mine: bool
    kind: str
    body: str
    at: datetime
    author: UUID | None = None
    options: tuple[str, ...] = ()
    tick: str = ""
    media: UUID | None = None
    media_type: str | None = None
    media_name: str | None = None
    place: Place | None = None
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class Transcript:
    """The newest messages, oldest first. `mark` changes with each message: it tells whether a chat has moved on."""

    bubbles: tuple[Bubble, ...]
    mark: str
    newest_inbound: int | None
    has_older: bool


def transcript(s: Session, contact_id: UUID, *, most: int = MOST) -> Transcript:
    """The last `most` messages of each side. Raises UnknownContact."""
    known = conversations.current_id(s, contact_id)
    coming = (
        s.execute(
            select(InboundMessage)
            .where(InboundMessage.contact_id == known, InboundMessage.state != "replaced")
            .order_by(InboundMessage.id.desc())
            .limit(most)
        )
        .scalars()
        .all()
    )
    going = (
        s.execute(
            select(OutboundMessage)
            .where(OutboundMessage.contact_id == known)
            .order_by(OutboundMessage.seq.desc())
            .limit(most)
        )
        .scalars()
        .all()
    )
    files = _files(s, [row.id for row in coming])
    # The order of storing, not of Meta's clock: a reply never stands ahead of what it answers.
    ordered = sorted(
        [(row.received_at, 0, row.id, _came(row, files.get(row.id))) for row in coming if row.content]
        + [(row.created_at, 1, row.seq, _went(row)) for row in going if row.payload],
        key=lambda one: one[:3],
    )
    newest = coming[0].id if coming else None
    return Transcript(
        bubbles=tuple(one[3] for one in ordered[-most:]),
        mark=f"{newest or 0}.{going[0].seq if going else 0}",
        newest_inbound=newest,
        has_older=len(ordered) > most or len(coming) == most or len(going) == most,
    )


def words_of(row: Any) -> str:
    """The words of an incoming message, or an empty text for a file without any."""
    return str((row.content or {}).get("text") or "")


def told_in(row: Any) -> str:
    """What an incoming message says; of what kind it is where it says nothing."""
    return words_of(row) or enclosed.in_words(row.content) or f"[{row.kind}]"


def _files(s: Session, message_ids: list[int]) -> dict[int, Any]:
    if not message_ids:
        return {}
    query = select(
        InboundMedia.message_id, InboundMedia.id, InboundMedia.mime_type, InboundMedia.filename
    ).where(InboundMedia.message_id.in_(message_ids), InboundMedia.state == "fetched")
    return {row.message_id: row for row in s.execute(query)}


def _came(row: Any, file: Any) -> Bubble:
    return Bubble(
        mine=False,
        kind=row.kind,
        body=words_of(row),
        at=row.received_at,
        media=file.id if file else None,
        media_type=file.mime_type if file else None,
        media_name=file.filename if file else None,
        place=enclosed.place_in(row.content),
        cards=enclosed.cards_in(row.content),
    )


def _went(row: Any) -> Bubble:
    body, options = _read(row.payload)
    body = _without_secrets(body)
    tick = "failed" if row.state in ("failed", "needs_template") else row.status or "pending"
    if row.state == "accepted" and row.status is None:
        tick = "sent"
    return Bubble(True, row.payload["type"], body, row.created_at, row.author, options, tick)


def _without_secrets(text: str) -> str:
    """What opens a patient's results is for her alone, and not for whoever reads her chat at the practice."""
    for secret in (_LINK, *wording.patterns("code", code=r"\d{6}")):
        text = secret.sub(lambda found: found.group().replace(found.group("secret"), "…"), text)
    return text


def _read(payload: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """(words, titles of what could be tapped) of a message as it went out."""
    kind = payload["type"]
    part = payload[kind]
    if kind == "text":
        return part["body"], ()
    if kind == "interactive":
        action = part["action"]
        titles = [button["reply"]["title"] for button in action.get("buttons", [])]
        titles += [row["title"] for section in action.get("sections", []) for row in section["rows"]]
        head = part.get("header", {}).get("text")
        return "\n\n".join(filter(None, (head, part["body"]["text"]))), tuple(titles)
    if kind in ("document", "image"):
        return "\n".join(filter(None, (part.get("filename"), part.get("caption")))), ()
    if kind == "template":
        try:
            said = wording.template(part["name"], part["language"]["code"], "")
        except KeyError:
            return part["name"], ()
        return said.body, tuple(option.title for option in said.options)
    return str(part.get("emoji", "")), ()
