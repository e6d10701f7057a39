"""Whether the practice could call: some people are known by a WhatsApp id alone."""

from __future__ import annotations

from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction

from .turn import Turn


def has_phone(turn: Turn) -> bool:
    """True when we know a number to dial."""
    with transaction() as s:
        return conversations.contact_address(s, turn.contact_id).phone is not None
