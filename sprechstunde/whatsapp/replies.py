"""Reply tokens: what stands on the wire instead of a payload, and who may use it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.conversations.models import IssuedReply
from sprechstunde.whatsapp.content import Option

# Buttons stay tappable in the chat for ever; after this long a tap counts as one on an old list.
LIFETIME = timedelta(days=30)
TOKEN_BYTES = 16


def issuer(
    s: Session, contact_id: UUID, key_id: UUID, outbound_id: UUID | None = None
) -> Callable[[Option], str]:
    """A function that makes and stores a token for an option shown to this contact."""
    now = clock.now()

    def issue(option: Option) -> str:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        s.add(
            IssuedReply(
                token=token,
                contact_id=contact_id,
                key_id=key_id,
                outbound_id=outbound_id,
                payload=option.payload,
                issued_at=now,
                expires_at=now + LIFETIME,
            )
        )
        return token

    return issue


def redeem(s: Session, tokens: Iterable[str]) -> dict[str, tuple[UUID, str | None]]:
    """Known, unexpired tokens with the contact they were issued to and their payload."""
    wanted = sorted({token for token in tokens if "\x00" not in token})
    if not wanted:
        return {}
    found = select(IssuedReply).where(IssuedReply.token.in_(wanted), IssuedReply.expires_at > clock.now())
    return {row.token: (row.contact_id, row.payload) for row in s.execute(found).scalars()}
