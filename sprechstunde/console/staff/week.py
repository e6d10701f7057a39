"""Weekly hours in a form: a line for each weekday, or rows of days with a place and times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from babel.dates import get_day_names

from sprechstunde.clinic.fields import weekdays
from sprechstunde.clinic.tree import Node

CODES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEPT = ("only", "from", "until")


@dataclass(frozen=True)
class Row:
    """Working time: `days` are numbers, Monday = 0; `kept` is what the form does not show, as the file has it."""

    location: str = ""
    days: tuple[int, ...] = ()
    time: str = ""
    breaks: str = ""
    kept: Mapping[str, Any] = field(default_factory=dict)

    def as_file(self) -> dict[str, Any]:
        """As a member of `hours` in the file."""
        row: dict[str, Any] = {"location": self.location, "days": spelled(self.days), "time": self.time}
        if self.breaks:
            row["breaks"] = self.breaks
        return {**row, **self.kept}


def names(language: str) -> list[str]:
    """The weekdays, Monday first."""
    found = get_day_names("wide", locale=language)
    return [str(found[number]) for number in range(7)]


def spelled(days: tuple[int, ...]) -> str:
    """`mon-thu, sat`, as the file writes days."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(CODES[run[0]] + (f"-{CODES[run[-1]]}" if len(run) > 1 else "") for run in runs)


def spread(hours: Mapping[str, str]) -> list[str]:
    """Seven texts out of `{"mon-thu": "08:00-18:00"}`."""
    days = [""] * 7
    for key, times in hours.items():
        for day in weekdays(Node(key)):
            days[day] = times
    return days


def gathered(days: list[str]) -> dict[str, str]:
    """`spread` back: neighbours of the same times share a line; a day without times is closed."""
    hours: dict[str, str] = {}
    run: list[int] = []
    for day in range(8):
        times = days[day].strip() if day < min(7, len(days)) else None
        if run and times != days[run[0]].strip():
            if days[run[0]].strip():
                hours[spelled(tuple(run))] = days[run[0]].strip()
            run = []
        run.append(day)
    return hours


def rows(hours: list[dict[str, Any]]) -> list[Row]:
    """Rows of the file's `hours`."""
    return [
        Row(
            location=row.get("location", ""),
            days=weekdays(Node(row.get("days", ""))),
            time=row.get("time", ""),
            breaks=row.get("breaks") or "",
            kept={name: row[name] for name in KEPT if name in row},
        )
        for row in hours
    ]


def rows_typed(given: Mapping[str, list[str]]) -> list[Row]:
    """Rows of a form: fields `location-0`, `days-0`, … as far as they go."""
    found = []
    number = 0
    while f"location-{number}" in given:

        def one(name: str, number: int = number) -> str:
            return (given.get(f"{name}-{number}") or [""])[0].strip()

        kept: dict[str, Any] = {name: one(name) for name in ("from", "until") if one(name)}
        if one("only"):
            kept["only"] = [code.strip() for code in one("only").split(",") if code.strip()]
        days = tuple(int(day) for day in given.get(f"days-{number}", []) if day in "0123456")
        found.append(Row(one("location"), days, one("time"), one("breaks"), kept))
        number += 1
    return found
