"""Each expression of the two tables means what a receptionist would understand."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from sprechstunde import dates
from sprechstunde.dates import TimeSpan

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 25, 10, 0)  # a Wednesday


def table(name: str) -> list[tuple[str, str]]:
    sections = yaml.load((HERE / name).read_text(encoding="utf-8"), yaml.BaseLoader)
    return [(text, str(meaning)) for cases in sections.values() for text, meaning in cases.items()]


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


def reading(text: str, lang: str | None) -> str:
    return "; ".join(written(span) for span in dates.parse(text, lang, NOW)) or "-"


@pytest.mark.parametrize(("text", "meaning"), table("german.yml"))
def test_german_expression(text, meaning):
    assert reading(text, "de") == meaning


@pytest.mark.parametrize(("text", "meaning"), table("english.yml"))
def test_english_expression(text, meaning):
    assert reading(text, "en") == meaning


def test_each_language_has_at_least_two_hundred_expressions():
    assert len(table("german.yml")) >= 200
    assert len(table("english.yml")) >= 200
