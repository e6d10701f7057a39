"""Systems that may hand results in, each with a token of its own."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.db import lookup_hash
from sprechstunde.results.models import SendingSystem

TOKEN_BYTES = 32
USED_AGAIN = timedelta(minutes=1)  # how exactly the last use is noted


class NameTaken(ValueError):
    """There is such a system already."""


def add(s: Session, name: str) -> str:
    """Admit a system; returns its token, which is shown this once. Raises NameTaken, ValueError without a name."""
    name = name.strip()
    if not name:
        raise ValueError("a system needs a name")
    if s.execute(select(SendingSystem.id).where(SendingSystem.name == name)).first():
        raise NameTaken(name)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = SendingSystem(name=name, token_hash=lookup_hash("system-token", token), created_at=clock.now())
    s.add(row)
    s.flush()
    audit.record(
        s, actor="system:cli", action="system_added", subject_kind="sending_system", subject_id=row.id
    )
    return token


def name_of(s: Session, token: str) -> str | None:
    """The name of the system whose token this is; None for an unknown or revoked one."""
    query = select(SendingSystem).where(SendingSystem.token_hash == lookup_hash("system-token", token))
    row = s.execute(query).scalar_one_or_none()
    if row is None or row.revoked_at is not None:
        return None
    if row.last_used_at is None or clock.now() - row.last_used_at > USED_AGAIN:
        row.last_used_at = clock.now()
    return str(row.name)


def all_systems(s: Session) -> list[tuple[str, datetime, datetime | None]]:
    """(name, admitted, last used) of the systems that may hand results in."""
    query = select(SendingSystem).where(SendingSystem.revoked_at.is_(None)).order_by(SendingSystem.name)
    return [(row.name, row.created_at, row.last_used_at) for row in s.execute(query).scalars()]


def revoke(s: Session, name: str) -> bool:
    """End a system's admission; False when there is none of this name."""
    query = select(SendingSystem).where(SendingSystem.name == name, SendingSystem.revoked_at.is_(None))
    row = s.execute(query).scalar_one_or_none()
    if row is None:
        return False
    row.revoked_at = clock.now()
    audit.record(
        s, actor="system:cli", action="system_revoked", subject_kind="sending_system", subject_id=row.id
    )
    return True
