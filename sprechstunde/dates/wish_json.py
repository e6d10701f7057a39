"""The values of a wish in JSON: ISO times without seconds, "24:00" for the end of a day."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sprechstunde.dates.model import END_OF_DAY


def _time_text(clock: time) -> str:
    return "24:00" if clock == END_OF_DAY else clock.isoformat(timespec="minutes")


def _time_value(text: str) -> time:
    return END_OF_DAY if text == "24:00" else time.fromisoformat(text)


def encode(name: str, value: Any) -> Any:
    if name in ("windows", "alternatives"):
        return [[edge.isoformat(timespec="minutes") for edge in window] for window in value]
    if name in ("daytimes", "daytimes_excluded"):
        return [[_time_text(edge) for edge in hours] for hours in value]
    if name in ("weekdays", "weekdays_excluded"):
        return sorted(value)
    if name == "days_excluded":
        return [day.isoformat() for day in value]
    if name == "exact":
        return value.isoformat(timespec="minutes")
    return _time_text(value) if name == "clock" else value


def decode(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in ("windows", "alternatives"):
        return tuple((datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in value)
    if name in ("daytimes", "daytimes_excluded"):
        return tuple((_time_value(begin), _time_value(end)) for begin, end in value)
    if name in ("weekdays", "weekdays_excluded"):
        return frozenset(value)
    if name == "days_excluded":
        return tuple(date.fromisoformat(day) for day in value)
    if name == "exact":
        return datetime.fromisoformat(value)
    return _time_value(value) if name == "clock" else value
