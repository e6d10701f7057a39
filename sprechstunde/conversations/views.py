"""What the services hand out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ContactView:
    """A contact; `language` is `de`, `en` or not known yet."""

    id: UUID
    key_id: UUID
    language: str | None


@dataclass(frozen=True)
class Address:
    """Where to send: `phone` (digits, no plus) goes into `to`, `user_id` into `recipient`. Both None: unreachable."""

    phone: str | None
    user_id: str | None
