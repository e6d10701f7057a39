"""The schedule's public face. Every function is one transaction; datetimes in views are in the clinic's zone."""

from __future__ import annotations

from sprechstunde.clinic.service import clinic
from sprechstunde.clinic.view import VisitType
from sprechstunde.scheduling.booking import book, cancel, move
from sprechstunde.scheduling.calendar import ics
from sprechstunde.scheduling.errors import (
    AppointmentNotOpen,
    HoldExpired,
    NotAccepted,
    NotAllowed,
    SchedulingError,
    SlotNotOffered,
    SlotTaken,
    TooManyAppointments,
)
from sprechstunde.scheduling.holds import expire_holds, expire_holds_in, hold, release
from sprechstunde.scheduling.offering import slot_of
from sprechstunde.scheduling.reading import conflicts, history, upcoming
from sprechstunde.scheduling.search import alternatives, find_slots, practitioners_for
from sprechstunde.scheduling.views import (
    Alternatives,
    AppointmentView,
    HistoryEntry,
    HoldView,
    Slot,
    SlotQuery,
)

__all__ = [
    "Alternatives",
    "AppointmentNotOpen",
    "AppointmentView",
    "HistoryEntry",
    "HoldExpired",
    "HoldView",
    "NotAccepted",
    "NotAllowed",
    "SchedulingError",
    "Slot",
    "SlotNotOffered",
    "SlotQuery",
    "SlotTaken",
    "TooManyAppointments",
    "alternatives",
    "book",
    "cancel",
    "conflicts",
    "expire_holds",
    "expire_holds_in",
    "find_slots",
    "history",
    "hold",
    "ics",
    "move",
    "practitioners_for",
    "release",
    "slot_of",
    "upcoming",
    "visit_type",
]


def visit_type(code: str) -> VisitType | None:
    """The visit type, if the clinic has it."""
    return clinic().visit_type(code)
