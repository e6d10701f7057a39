"""Reading the people of the practice: who they are, when and where they work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import TypeVar

from sprechstunde.clinic import fields
from sprechstunde.clinic.section import Context, Section, day_range
from sprechstunde.clinic.view import INSURANCE_KINDS, HoursRule, Opening, Practitioner, TimeRange

T = TypeVar("T")


def practitioner(section: Section, context: Context) -> Practitioner | None:
    """One member of `practitioners`."""
    hours = _members(section, "hours", context, _rules)
    absences = _members(section, "absences", context, lambda part, _: _as_list(day_range(part)))
    openings = _members(section, "openings", context, _openings)
    return section.build(
        Practitioner,
        code=section.take("code", fields.code),
        title=section.take("title", fields.text, ""),
        given_name=section.take("given_name", fields.text),
        family_name=section.take("family_name", fields.text),
        gender=section.take("gender", fields.one_of(("female", "male", "other")), "other"),
        role=section.take("role", fields.words),
        specialties=section.take(
            "specialties", fields.list_of(context.reference("specialties", "specialty"), 1)
        ),
        languages=section.take("languages", fields.list_of(fields.text), ("de",)),
        accepts=section.take(
            "accepts", fields.list_of(fields.one_of(INSURANCE_KINDS, "kind of insurance"), 1), INSURANCE_KINDS
        ),
        new_patients=section.take("new_patients", fields.truth, True),
        lanes=section.take("lanes", fields.integer(1, 50), 1),
        aliases=section.take("aliases", fields.list_of(fields.text), ()),
        hours=hours,
        absences=absences,
        openings=openings,
    )


def _members(
    section: Section, key: str, context: Context, read: Callable[[Section, Context], list[T]]
) -> tuple[T, ...]:
    found: list[T] = []
    for node in section.take(key, fields.list_of(lambda node: node), ()) or ():
        part = Section(node, context.problems, key)
        if part.usable:
            found.extend(read(part, context))
            part.done()
    return tuple(found)


def _as_list(value: T | None) -> list[T]:
    return [] if value is None else [value]


def _rules(section: Section, context: Context) -> list[HoursRule]:
    location = section.take("location", context.reference("locations", "location"))
    days = section.take("days", fields.weekdays)
    times = section.take("time", fields.time_ranges)
    breaks = section.take("breaks", fields.time_ranges, ())
    only = section.take("only", fields.list_of(context.reference("visit_types", "visit type")), ())
    first = section.take("from", fields.day, None) if section.has("from") else None
    last = section.take("until", fields.day, None) if section.has("until") else None
    if first and last and last < first:
        section.wrong(f"`until` {last} comes before `from` {first}")
    if not (location and days and times) or only is None or breaks is None:
        return []
    for start, end in breaks:
        if not any(begin <= start and end <= finish for begin, finish in times):
            section.wrong(f"the break {start:%H:%M}-{end:%H:%M} lies outside the working time")
    return [
        HoursRule(location, day, start, end, only, first, last)
        for day in days
        for start, end in without_breaks(times, breaks)
    ]


def without_breaks(times: tuple[TimeRange, ...], breaks: tuple[TimeRange, ...]) -> list[TimeRange]:
    """`times` with the `breaks` cut out; all half-open, ascending."""
    left: list[TimeRange] = []
    for start, end in times:
        cursor: time = start
        for pause_start, pause_end in breaks:
            if pause_end <= cursor or pause_start >= end:
                continue
            if cursor < pause_start:
                left.append((cursor, pause_start))
            cursor = max(cursor, pause_end)
        if cursor < end:
            left.append((cursor, end))
    return left


def _openings(section: Section, context: Context) -> list[Opening]:
    location = section.take("location", context.reference("locations", "location"))
    day = section.take("day", fields.day)
    times = section.take("time", fields.time_ranges)
    only = section.take("only", fields.list_of(context.reference("visit_types", "visit type")), ())
    if not (location and day and times) or only is None:
        return []
    return [Opening(location, day, start, end, only) for start, end in times]
