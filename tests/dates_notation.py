"""How the tables of `tests/unit/dates` write what was understood (the notation is explained in german.yml)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sprechstunde.dates import TimeSpan

NOW = datetime(2026, 11, 25, 10, 0)  # a Wednesday


def written(span: TimeSpan) -> str:
    """The reading in the tables' notation."""
    role = {"excluded": "not ", "source": "source "}.get(span.role, "")
    if span.kind in ("asap", "any", "any_day", "any_time"):
        return role + span.kind
    if span.kind == "after":
        return f"{role}>{moment(span.start)}"
    if span.kind == "before":
        return f"{role}<{moment(span.end)}"
    assert span.start is not None
    assert span.end is not None
    about = "~" if any(clock.bound == "about" for clock in span.clocks) else ""
    if span.kind == "instant":
        return f"{role}{about}{moment(span.start)}"
    if span.end - span.start == timedelta(days=1) and not span.clocks:
        return role + moment(span.start)
    if not span.clocks:
        return f"{role}{moment(span.start)}..{moment(span.end)}"
    return f"{role}{moment(span.start)}-{span.end:%H:%M}"


def moment(at: datetime | None) -> str:
    assert at is not None
    day = f"{at:%m-%d}" if at.year == NOW.year else f"{at:%Y-%m-%d}"
    return day if (at.hour, at.minute) == (0, 0) else f"{day} {at:%H:%M}"
