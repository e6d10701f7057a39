""" "Dienstag klappt nicht, ginge Freitag?": the time given up and the one wished, told apart by what is booked."""

from __future__ import annotations

from sprechstunde import clock, dates
from sprechstunde.clinic import service as clinic_service
from sprechstunde.dates import Exchange

from .appointments import upcoming
from .turn import Turn
from .which import fits_one_of


def of(turn: Turn) -> Exchange | None:
    """The two times of the message, where its words or the coming appointments make it plain that it names two."""
    if turn.is_tap:
        return None
    now = clock.now().astimezone(clinic_service.clinic().zone)
    found = dates.exchange(turn.text, turn.language, now) or dates.exchange(
        turn.text, turn.language, now, loose=True
    )
    if found is None:
        return None
    plain = found.sure and dates.exchange(turn.text, turn.language, now) is not None
    return found if plain or fits_one_of(found.source, upcoming(turn)) else None
