"""The inbox: conversations that need a person, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from starlette.responses import Response

from sprechstunde.console.staff import people, when
from sprechstunde.console.staff.access import Converse, Me
from sprechstunde.console.texts import words
from sprechstunde.conversations.models import Contact, ConversationCare
from sprechstunde.db import transaction
from sprechstunde.tasks.models import Task
from sprechstunde.whatsapp.enclosed import in_words
from sprechstunde.whatsapp.models import InboundMessage
from sprechstunde.whatsapp.transcript import words_of

router = APIRouter(include_in_schema=False)
MOST = 60
AT_ONCE = 600
PREVIEW = 90
Show = Literal["waiting", "mine", "all"]
Most = Annotated[int, Query(ge=1, le=AT_ONCE)]


@dataclass(frozen=True)
class Line:
    """A conversation in the list."""

    contact_id: UUID
    name: str
    preview: str
    at: str
    kinds: tuple[str, ...]
    due: str
    is_late: bool
    is_soon: bool
    is_urgent: bool
    is_unread: bool
    holder: str | None
    assignee: str | None


@router.get("/")
def inbox(me: Converse, show: Show = "waiting", most: Most = MOST) -> Response:
    """The page."""
    return me.page("staff/inbox.html", here="inbox", **_listed(me, show, most))


@router.get("/inbox/lines")
def lines(me: Converse, show: Show = "waiting", most: Most = MOST) -> Response:
    """The list alone, for live updates."""
    return me.page("staff/inbox_lines.html", **_listed(me, show, most))


def _listed(me: Me, show: Show, most: int) -> dict[str, Any]:
    """The first `most` lines, and how many more there are: nobody waits behind the end of a list unseen."""
    query = _query(me, show)
    with transaction() as s:
        rows = s.execute(query.limit(most)).all()
        more = 0
        if len(rows) == most:
            everything = query.order_by(None).subquery()
            more = s.execute(select(func.count()).select_from(everything)).scalar_one() - most
        names = people.contact_names(s, [row.id for row in rows])
        colleagues = people.colleagues(s)
        previews = _previews(s, [row.newest for row in rows if row.newest], words(me.language, "staff"))
        # What is to be done says more than what she wrote last, mostly her birth date; unless somebody talks with her.
        wishes = _wishes(s, me, [row.id for row in rows if row.kinds and row.answer_due_at is None])
        found = [
            _line(row, names, colleagues, wishes.get(row.id) or previews.get(row.newest, ""), me.language)
            for row in rows
        ]
    return {"show": show, "most": most, "lines": found, "more": more, "at_once": AT_ONCE}


def _query(me: Me, show: Show) -> Any:
    waiting = (
        select(
            Task.contact_id,
            func.min(Task.due_at).label("due"),
            func.bool_or(Task.urgent).label("urgent"),
            func.array_agg(Task.kind.distinct()).label("kinds"),
        )
        .where(Task.state == "open", Task.contact_id.is_not(None), Task.kind.not_in(me.hidden_tasks))
        .group_by(Task.contact_id)
        .subquery()
    )
    newest = (
        select(func.max(InboundMessage.id))
        .where(InboundMessage.contact_id == Contact.id)
        .correlate(Contact)
        .scalar_subquery()
    )
    # What a patient was promised, or what she may expect of the person who holds the conversation.
    due = func.least(waiting.c.due, ConversationCare.answer_due_at)
    query = (
        select(
            Contact.id,
            Contact.last_inbound_at,
            due.label("due"),
            waiting.c.urgent,
            waiting.c.kinds,
            ConversationCare.held_by,
            ConversationCare.assigned_to,
            ConversationCare.seen_inbound_id,
            ConversationCare.answer_due_at,
            newest.label("newest"),
        )
        .outerjoin(waiting, waiting.c.contact_id == Contact.id)
        .outerjoin(ConversationCare, ConversationCare.contact_id == Contact.id)
        .where(Contact.merged_into.is_(None))
    )
    if show == "all":
        query = query.where(Contact.last_inbound_at.is_not(None))
        return query.order_by(Contact.last_inbound_at.desc(), Contact.id)
    mine = or_(ConversationCare.held_by == me.id, ConversationCare.assigned_to == me.id)
    held = ConversationCare.held_by.is_not(None)
    query = query.where(mine if show == "mine" else or_(waiting.c.contact_id.is_not(None), held))
    order = (
        func.coalesce(waiting.c.urgent, False).desc(),
        due.asc().nulls_last(),
        Contact.last_inbound_at.desc(),
    )
    return query.order_by(*order)


def _wishes(s: Session, me: Me, contact_ids: list[UUID]) -> dict[UUID, str]:
    """The words of what is most urgent of the open tasks of these contacts."""
    query = select(Task).where(
        Task.state == "open", Task.contact_id.in_(contact_ids), Task.kind.not_in(me.hidden_tasks)
    )
    found: dict[UUID, str] = {}
    for task in s.execute(query.order_by(Task.urgent.desc(), Task.due_at, Task.id)).scalars():
        said = " · ".join(filter(None, when.with_days(task.note, me.language).split("\n")))
        if said:
            found.setdefault(task.contact_id, said[:PREVIEW])
    return found


def _previews(s: Session, message_ids: list[int], t: Mapping[str, Any]) -> dict[int, str]:
    rows = s.execute(select(InboundMessage).where(InboundMessage.id.in_(message_ids))).scalars()
    return {row.id: _preview(row, t["sent"]) for row in rows}


def _preview(row: Any, kinds: Mapping[str, str]) -> str:
    said = words_of(row) or in_words(row.content)
    return said[:PREVIEW] or f"[{kinds.get(row.kind, kinds['unsupported'])}]"


def _line(row: Any, names: dict[UUID, str], colleagues: dict[UUID, str], preview: str, language: str) -> Line:
    due: datetime | None = row.due
    return Line(
        contact_id=row.id,
        name=names[row.id],
        preview=preview,
        at=when.short(row.last_inbound_at, language),
        kinds=tuple(sorted(row.kinds or ())),
        due=when.short(due, language),
        is_late=when.is_late(due),
        is_soon=when.is_soon(due),
        is_urgent=bool(row.urgent),
        is_unread=bool(row.newest)
        and (row.seen_inbound_id or 0) < row.newest
        and bool(row.kinds or row.held_by),
        holder=colleagues.get(row.held_by),
        assignee=colleagues.get(row.assigned_to),
    )
