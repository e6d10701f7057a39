"""When a patient would like to come: expressions of time in German and English, and how times are written back."""

from __future__ import annotations

from sprechstunde.dates.formats import (
    format_birth_date,
    format_day,
    format_day_long,
    format_slot,
    format_slot_title,
    format_time,
)
from sprechstunde.dates.model import TimeSpan
from sprechstunde.dates.wish import TimeWish

__all__ = [
    "TimeSpan",
    "TimeWish",
    "format_birth_date",
    "format_day",
    "format_day_long",
    "format_slot",
    "format_slot_title",
    "format_time",
]
