"""Readers of single values: each takes a tree node and returns a typed value, or raises `Wrong`.

Wall-clock times and dates carry no zone here: they are the clinic's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from typing import TypeVar

from sprechstunde.clinic.problems import Wrong, did_you_mean
from sprechstunde.clinic.tree import Node
from sprechstunde.languages import default, languages

T = TypeVar("T")
Field = Callable[[Node], T]
# Always there; another language of data/languages.yml says it in the first one until it has its own words.
COMPLETE = ("de", "en")
TimeRange = tuple[time, time]

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("mon mo", "tue di", "wed mi", "thu do", "fri fr", "sat sa", "sun so"),
    )
    for name in names.split()
}
_UNITS = {
    **dict.fromkeys(("min", "minute", "minutes", "minuten"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hour", "hours", "std", "stunde", "stunden"), timedelta(hours=1)),
    **dict.fromkeys(("day", "days", "tag", "tage"), timedelta(days=1)),
    **dict.fromkeys(("week", "weeks", "woche", "wochen"), timedelta(weeks=1)),
}


def text(node: Node) -> str:
    """A non-empty text, white space at its ends and line breaks folded away."""
    if not isinstance(node.value, str) or not node.value.strip():
        raise Wrong("should be a text")
    return node.value.strip()


def short_text(limit: int) -> Field[str]:
    """A text of at most `limit` code points (WhatsApp cuts longer ones)."""

    def read(node: Node) -> str:
        value = text(node)
        if len(value) > limit:
            raise Wrong(f"`{value}` has {len(value)} characters (at most {limit} fit into a WhatsApp list)")
        return value

    return read


def code(node: Node) -> str:
    """A code: a–z, digits and `_`, starting with a letter. Codes are kept in the database for ever."""
    value = text(node)
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", value):
        raise Wrong(f"`{value}` is no code (use small letters a-z, digits and `_`, such as `skin_check`)")
    return value


def integer(low: int, high: int) -> Field[int]:
    """A whole number between `low` and `high`, both allowed."""

    def read(node: Node) -> int:
        value = text(node)
        if not re.fullmatch(r"-?\d+", value) or not low <= int(value) <= high:
            raise Wrong(f"`{value}` should be a whole number from {low} to {high}")
        return int(value)

    return read


def number(node: Node) -> float:
    """A decimal number with a point."""
    value = text(node)
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise Wrong(f"`{value}` should be a number such as 52.5219")
    return float(value)


def truth(node: Node) -> bool:
    """`yes` or `no` (`true`, `false`)."""
    value = text(node).lower()
    if value not in {"yes", "true", "no", "false"}:
        raise Wrong(f"`{value}` should be `yes` or `no`")
    return value in {"yes", "true"}


def one_of(known: Iterable[str], what: str = "") -> Field[str]:
    """One of the `known` words; others are answered with the closest one."""
    words = tuple(known)

    def read(node: Node) -> str:
        value = text(node)
        if value not in words:
            raise Wrong(f"unknown {what or 'value'} `{value}`" + did_you_mean(value, words))
        return value

    return read


def list_of(field: Field[T], at_least: int = 0) -> Field[tuple[T, ...]]:
    """A list whose items `field` reads; a single value counts as a list of one."""

    def read(node: Node) -> tuple[T, ...]:
        items = node.value if isinstance(node.value, list) else [] if node.value is None else [node]
        if len(items) < at_least:
            raise Wrong(f"should list at least {at_least}")
        values = []
        for item in items:
            try:
                values.append(field(item))
            except Wrong as wrong:
                raise Wrong(str(wrong), wrong.line or item.line) from wrong
        return tuple(values)

    return read


def in_languages(field: Field[T], required: bool = True) -> Field[dict[str, T]]:
    """`{de: …, en: …}`; both must be there if `required`."""

    def read(node: Node) -> dict[str, T]:
        if not isinstance(node.value, dict):
            raise Wrong("should be given in both languages, as `de: …` and `en: …`")
        for key, child in node.value.items():
            if key not in languages():
                known = ", ".join(f"`{code}`" for code in languages())
                raise Wrong(f"unknown language `{key}` (known: {known})", child.line)
        for language in COMPLETE:
            if required and language not in node.value:
                raise Wrong(f"`{language}` is missing")
        values = {}
        for language, child in node.value.items():
            try:
                values[language] = field(child)
            except Wrong as wrong:
                raise Wrong(f"{language}: {wrong}", wrong.line or child.line) from wrong
        if required:
            for language in languages():
                values.setdefault(language, values.get(default(), values[COMPLETE[0]]))
        return values

    return read


words = in_languages(text)
word_lists = in_languages(list_of(text), required=False)


def duration(node: Node) -> timedelta:
    """A length of time: `20 min`, `2 h`, `14 days`, `6 weeks` (or German `14 Tage`, `6 Wochen`), or `0`."""
    value = text(node)
    if value == "0":
        return timedelta(0)
    match = re.fullmatch(r"(\d+)\s*([a-z]+)\.?", value.lower())
    unit = _UNITS.get(match[2]) if match else None
    if match is None or unit is None:
        raise Wrong(f"`{value}` is no length of time (write `20 min`, `2 h`, `14 days` or `6 weeks`)")
    return int(match[1]) * unit


def _clock(value: str) -> time:
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", value.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise Wrong(f"`{value.strip()}` is no time of day (write `08:30`)")
    return time(int(match[1]), int(match[2]))


def time_ranges(node: Node) -> tuple[TimeRange, ...]:
    """`08:00-12:00, 14:00-18:00`: ranges in ascending order, half-open, within one day."""
    ranges: list[TimeRange] = []
    for part in text(node).split(","):
        ends = re.split(r"\s*[-–]\s*", part.strip())
        if len(ends) != 2:
            raise Wrong(f"`{part.strip()}` is no time range (write `08:00-12:00`)")
        start, end = _clock(ends[0]), _clock(ends[1])
        if end <= start:
            raise Wrong(f"`{part.strip()}` ends before it starts")
        if ranges and start < ranges[-1][1]:
            raise Wrong(f"`{part.strip()}` overlaps or comes before the range ahead of it")
        ranges.append((start, end))
    return tuple(ranges)


def weekdays(node: Node) -> tuple[int, ...]:
    """`mon-thu, sat` (or German `mo-do, sa`): weekday numbers, Monday = 0."""
    found: set[int] = set()
    for part in text(node).lower().split(","):
        names = [name.strip() for name in re.split(r"[-–]", part)]
        for name in names:
            if name not in _WEEKDAYS:
                raise Wrong(
                    f"unknown weekday `{name}` (write `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`)"
                )
        first, last = _WEEKDAYS[names[0]], _WEEKDAYS[names[-1]]
        if len(names) > 2 or last < first:
            raise Wrong(f"`{part.strip()}` is no range of weekdays (write `mon-fri`)")
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def weekly_hours(node: Node) -> dict[int, tuple[TimeRange, ...]]:
    """A mapping `mon-thu: 08:00-18:00` → ranges per weekday number; a weekday may be named once."""
    if not isinstance(node.value, dict):
        raise Wrong("should list hours by weekday, as `mon-thu: 08:00-12:00, 14:00-18:00`")
    hours: dict[int, tuple[TimeRange, ...]] = {}
    for key, child in node.value.items():
        try:
            ranges = time_ranges(child)
            days = weekdays(Node(key, child.line))
        except Wrong as wrong:
            raise Wrong(str(wrong), wrong.line or child.line) from wrong
        for day in days:
            if day in hours:
                raise Wrong(f"`{key}` names a weekday that already has hours", child.line)
            hours[day] = ranges
    return hours


def day(node: Node) -> date:
    """A date, `2026-12-24`."""
    value = text(node)
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Wrong(f"`{value}` is no date (write `2026-12-24`)") from error


YEARLY = 2000
"""The (leap) year that stands for "every year" in `yearly_day`."""


def yearly_day(node: Node) -> tuple[date, bool]:
    """A date `2026-12-24`, or `12-24` for that day of every year → (date, is it yearly); yearly dates lie in YEARLY."""
    value = text(node)
    if re.fullmatch(r"\d{2}-\d{2}", value):
        return day(Node(f"{YEARLY}-{value}", node.line)), True
    try:
        return date.fromisoformat(value), False
    except ValueError as error:
        raise Wrong(f"`{value}` is no date (write `2026-12-24`, or `12-24` for every year)") from error
