"""What can stand in the way of an appointment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sprechstunde.scheduling.views import Slot


class SchedulingError(Exception):
    """Nothing was changed."""


class SlotTaken(SchedulingError):
    """Somebody else was faster. `alternatives` holds up to three free slots near it."""

    def __init__(self, alternatives: list[Slot]) -> None:
        super().__init__("the slot was just taken")
        self.alternatives = alternatives


class HoldExpired(SlotTaken):
    """The hold lapsed (or was given up) and the time can't be had any more."""


class SlotNotOffered(SchedulingError):
    """That visit can't be booked there and then, or not by that patient; the message says why, for logs."""


class NotAccepted(SlotNotOffered):
    """The practitioner does not take this kind of insurance, or no new patients. `practitioner`: the code."""

    def __init__(self, practitioner: str, reason: str) -> None:
        super().__init__(f"{practitioner} takes no such patient ({reason})")
        self.practitioner = practitioner


class TooManyAppointments(SchedulingError):
    """The contact has as many open appointments as the clinic allows one phone."""


class NotAllowed(SchedulingError):
    """The contact does not act for the patient, or the hold is another contact's."""


class AppointmentNotOpen(SchedulingError):
    """There is no such appointment, it was cancelled, or its time is past."""
