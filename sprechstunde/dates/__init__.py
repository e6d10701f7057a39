"""When a patient would like to come: expressions of time in German and English, and how times are written back."""

from __future__ import annotations

from sprechstunde.dates.birth import birth_date
from sprechstunde.dates.exchanges import Exchange, exchange
from sprechstunde.dates.formats import (
    format_birth_date,
    format_day,
    format_day_long,
    format_slot,
    format_slot_title,
    format_time,
)
from sprechstunde.dates.model import TimeSpan
from sprechstunde.dates.shifts import besides_shift, shift
from sprechstunde.dates.spoken_birth import find_spoken
from sprechstunde.dates.understand import find_source, find_wish, parse
from sprechstunde.dates.wish import TimeWish

__all__ = [
    "Exchange",
    "TimeSpan",
    "TimeWish",
    "besides_shift",
    "birth_date",
    "exchange",
    "find_source",
    "find_spoken",
    "find_wish",
    "format_birth_date",
    "format_day",
    "format_day_long",
    "format_slot",
    "format_slot_title",
    "format_time",
    "parse",
    "shift",
]
