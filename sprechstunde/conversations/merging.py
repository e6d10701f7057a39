"""Two contacts turn out to be one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from sprechstunde.conversations.models import PRESENT, Contact, ConversationEvent
from sprechstunde.db import Base


def merge(s: Session, *, gone: Any, into: Any) -> None:
    """Everything of `gone` becomes `into`'s, its addresses included. `gone` stays as a signpost with its data key:
    what it encrypted remains readable, and erasing the person must destroy both keys."""
    first = sorted((gone.id, into.id), key=str)
    s.execute(select(Contact.id).where(Contact.id.in_(first)).order_by(Contact.id).with_for_update())
    phone, phone_hash, user_id, user_hash = gone.phone, gone.phone_hash, gone.user_id, gone.user_id_hash
    name, gone.merged_into = gone.profile_name, into.id
    gone.phone = gone.phone_hash = gone.user_id = gone.user_id_hash = None
    s.flush()
    if into.phone_hash is None and phone_hash is not None:
        into.phone, into.phone_hash = phone, phone_hash
    if into.user_id_hash is None and user_hash is not None:
        into.user_id, into.user_id_hash = user_id, user_hash
    into.profile_name = into.profile_name or name
    into.language = into.language or gone.language
    into.last_inbound_at = max(filter(None, (into.last_inbound_at, gone.last_inbound_at)), default=None)
    s.flush()
    _append_conversation(s, gone.id, into.id)
    _repoint(s, gone.id, into.id)
    s.expire_all()
    s.info.pop(PRESENT, None)


def _append_conversation(s: Session, gone: Any, into: Any) -> None:
    taken = select(func.coalesce(func.max(ConversationEvent.seq) + 1, 0)).where(
        ConversationEvent.contact_id == into
    )
    offset = s.execute(taken).scalar_one()
    moved = update(ConversationEvent).where(ConversationEvent.contact_id == gone)
    moved = moved.values(contact_id=into, seq=ConversationEvent.seq + offset)
    s.execute(moved.execution_options(synchronize_session=False))


def _repoint(s: Session, gone: Any, into: Any) -> None:
    """Every other row that names the contact, found through the foreign keys, so that no new table is forgotten."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            targets = {key.target_fullname for key in column.foreign_keys}
            if "contact.id" not in targets or table.name in {"contact", "conversation_event"}:
                continue
            statement = f'UPDATE "{table.name}" SET "{column.name}" = :into WHERE "{column.name}" = :gone'
            partner = _unique_partner(table, column)
            if [c.name for c in table.primary_key.columns] == [column.name]:
                # One row a contact: the one that stays keeps its own.
                statement += f' AND NOT EXISTS (SELECT 1 FROM "{table.name}" WHERE "{column.name}" = :into)'
            if partner:
                # Both knew the same patient: one link is enough.
                statement += (
                    f' AND NOT EXISTS (SELECT 1 FROM "{table.name}" AS other WHERE other."{column.name}" = :into'
                    f' AND other."{partner}" = "{table.name}"."{partner}")'
                )
            s.execute(text(statement), {"into": into, "gone": gone})


def _unique_partner(table: Any, column: Any) -> str | None:
    key = [c.name for c in table.primary_key.columns]
    others = [name for name in key if name != column.name]
    return others[0] if column.name in key and len(others) == 1 else None
