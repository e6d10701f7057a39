"""What the schedule hands out: frozen values, no rows. All datetimes are aware and in the clinic's zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sprechstunde.dates import TimeWish


@dataclass(frozen=True)
class Slot:
    """A time with a practitioner at a place. `key` = `practitioner|location|visit_type|YYYY-MM-DDTHH:MM±HH:MM`."""

    key: str
    practitioner: str
    practitioner_name: str
    location: str
    location_name: str
    visit_type: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class SlotQuery:
    """What to look for. None = any (or not known yet). `exclude` holds keys not to be offered again."""

    visit_type: str
    practitioners: tuple[str, ...] | None = None
    locations: tuple[str, ...] | None = None
    wish: TimeWish | None = None
    insurance_kind: str | None = None
    known_patient: bool | None = None
    limit: int = 8
    exclude: frozenset[str] = frozenset()
    spread: bool = True


@dataclass(frozen=True)
class Alternatives:
    """`kind` ∈ same (as wished) | nearby_days (other times or days) | other_practitioners | none."""

    kind: str
    slots: list[Slot]


@dataclass(frozen=True)
class HoldView:
    """A slot kept for one contact until `expires_at`."""

    id: UUID
    slot: Slot
    expires_at: datetime


@dataclass(frozen=True)
class AppointmentView:
    """`status` ∈ booked | cancelled. `sequence` grows with each change, as calendars want it."""

    id: UUID
    patient_id: UUID
    slot: Slot
    status: str
    bring: Mapping[str, str]
    sequence: int
    changed_at: datetime


@dataclass(frozen=True)
class HistoryEntry:
    """One change: `actor` ∈ patient | staff | system; `old_start` only for a move."""

    at: datetime
    action: str
    actor: str
    contact_id: UUID | None
    why: str | None
    start: datetime
    old_start: datetime | None


def slot_key(practitioner: str, location: str, visit_type: str, start: datetime) -> str:
    """The key of a slot; `start` aware, in the clinic's zone."""
    return f"{practitioner}|{location}|{visit_type}|{start.isoformat(timespec='minutes')}"
