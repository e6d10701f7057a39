"""What the rest of the program gets to see of results. Times are aware, UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Claimed:
    """Whose result it is, in the sender's words. `phone`: as the sender writes it, where it is known."""

    given_name: str
    family_name: str
    birth_date: date
    phone: str | None = None


@dataclass(frozen=True)
class ResultView:
    """A result without its file. `kind_of_test` and `remark` are content: for the patient and for clinical staff."""

    id: UUID
    source: str
    patient_id: UUID | None
    claimed: Claimed
    kind_of_test: str
    taken_on: date | None
    practitioner: str | None
    mime_type: str
    size: int
    state: str
    mark: str | None
    remark: str | None
    received_at: datetime
    released_at: datetime | None
    released_by: UUID | None
    called_at: datetime | None
    announced_at: datetime | None
    first_opened_at: datetime | None
    superseded_at: datetime | None = None
    superseded_by: UUID | None = None


@dataclass(frozen=True)
class Candidate:
    """Somebody in our records who may be meant. `is_sure`: no human needs to look."""

    patient_id: UUID
    full_name: str
    birth_date: date
    contact_ids: tuple[UUID, ...]
    is_known: bool
    is_sure: bool


@dataclass(frozen=True)
class Message:
    """A line of the thread below a result; `staff_id` None: the patient wrote it."""

    id: int
    staff_id: UUID | None
    body: str
    at: datetime
