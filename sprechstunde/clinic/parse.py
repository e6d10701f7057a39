"""From the YAML tree to a `ClinicView`, collecting every problem on the way.

A part that cannot be read is reported and left out, so that one slip does not hide the others.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from sprechstunde.clinic import fields
from sprechstunde.clinic.checks import check
from sprechstunde.clinic.people import practitioner
from sprechstunde.clinic.problems import ClinicFileError, Wrong
from sprechstunde.clinic.section import Context, Section, day_range
from sprechstunde.clinic.tree import Node
from sprechstunde.clinic.view import (
    INSURANCE_KINDS,
    RESULTS_DELIVERY,
    TASK_KINDS,
    Answers,
    ClinicView,
    Insurer,
    Location,
    Specialty,
    VisitType,
)

T = TypeVar("T")

# Title of a row in a WhatsApp list (code points).
_ROW_TITLE = 24
_NOTES = ("prescription", "sick_note", "results", "insurance", "new_patients")
_MORE_NOTES = ("cancellation", "companion", "pets", "referral", "interpreter", "remote")  # may be left out


def parse(tree: Node, file: str, revision: int = 0) -> ClinicView:
    """The clinic that `tree` describes. Raises ClinicFileError listing every problem."""
    context = Context(tree)
    top = Section(tree, context.problems, "the clinic")
    view = _clinic(top, context, revision)
    top.done()
    if view is not None and not context.problems:
        context.problems.extend(check(view, context))
    if view is None or context.problems:
        raise ClinicFileError(file, context.problems)
    return view


def _clinic(top: Section, context: Context, revision: int) -> ClinicView | None:
    name, phone = top.take("name", fields.text), top.take("phone", fields.text)
    zone, state = top.take("zone", _zone), top.take("state", _state)
    common = {
        "name": name,
        "phone": phone,
        "zone": zone,
        "state": state,
        "email": top.take("email", fields.text, ""),
        "website": top.take("website", fields.text, ""),
        "results_delivery": top.take("results_delivery", fields.one_of(RESULTS_DELIVERY), "link"),
        "open_appointments": top.take("open_appointments_per_phone", fields.integer(1, 100), 8),
        "locations": _all(top, "locations", context, _location),
        "specialties": _all(top, "specialties", context, _specialty),
        "practitioners": _all(top, "practitioners", context, practitioner),
        "visit_types": _visit_types(top, context),
        "insurers": _all(top, "insurers", context, _insurer),
        "closures": _all(top, "closures", context, lambda section, _: day_range(section), required=False),
        "answers": _one(top, "answers", context, _answers),
        "notes": _one(top, "notes", context, _notes),
        "revision": revision,
    }
    if any(common[key] is None for key in ("name", "zone", "state", "answers", "notes")):
        return None
    return ClinicView(**common)


def _all(
    top: Section,
    key: str,
    context: Context,
    read: Callable[[Section, Context], T | None],
    required: bool = True,
) -> tuple[T, ...]:
    """Every member of the list under `key` that could be read."""
    members = []
    for node in top.take(key, fields.list_of(lambda node: node, at_least=int(required)), ()):
        section = Section(node, context.problems, key)
        if not section.usable:
            continue
        member = read(section, context)
        section.done()
        if member is not None:
            members.append(member)
    if required and not top.has(key):
        top.wrong(f"`{key}` is missing")
    return tuple(members)


def _one(top: Section, key: str, context: Context, read: Callable[[Section, Context], T | None]) -> T | None:
    node = top.take(key, lambda node: node)
    if node is None:
        return None
    section = Section(node, context.problems, key)
    value = read(section, context) if section.usable else None
    section.done()
    return value


def _zone(node: Node) -> ZoneInfo:
    try:
        return ZoneInfo(fields.text(node))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Wrong(f"`{node.value}` is no time zone (write `Europe/Berlin`)") from error


def _state(node: Node) -> str:
    return fields.one_of(holidays.country_holidays("DE").subdivisions, "German state")(node)


def _location(section: Section, context: Context) -> Location | None:
    return section.build(
        Location,
        code=section.take("code", fields.code),
        name=section.take("name", fields.short_text(_ROW_TITLE)),
        street=section.take("street", fields.text),
        postcode=section.take("postcode", fields.text),
        city=section.take("city", fields.text),
        phone=section.take("phone", fields.text),
        hours=section.take("hours", fields.weekly_hours),
        phone_hours=section.take("phone_hours", fields.weekly_hours),
        directions=section.take("directions", fields.words),
        transit=section.take("transit", fields.words),
        parking=section.take("parking", fields.words),
        access=section.take("access", fields.words),
        aliases=section.take("aliases", fields.word_lists, {}),
        latitude=section.take("latitude", fields.number, 0.0) or None,
        longitude=section.take("longitude", fields.number, 0.0) or None,
    )


def _specialty(section: Section, context: Context) -> Specialty | None:
    return section.build(
        Specialty,
        code=section.take("code", fields.code),
        names=section.take("name", fields.words),
        aliases=section.take("aliases", fields.word_lists, {}),
    )


def _visit_types(top: Section, context: Context) -> tuple[VisitType, ...]:
    grid = top.take("slot_grid", fields.duration, timedelta(minutes=15))
    return _all(top, "visit_types", context, lambda section, _: _visit_type(section, context, grid))


def _visit_type(section: Section, context: Context, grid: timedelta | None) -> VisitType | None:
    return section.build(
        VisitType,
        code=section.take("code", fields.code),
        names=section.take("name", fields.in_languages(fields.short_text(_ROW_TITLE))),
        aliases=section.take("aliases", fields.word_lists, {}),
        complaints=section.take("complaints", fields.word_lists, {}),
        specialty=section.take("specialty", context.reference("specialties", "specialty"), "") or None,
        duration=section.take("duration", _some_time),
        buffer_before=section.take("buffer_before", fields.duration, timedelta(0)),
        buffer_after=section.take("buffer_after", fields.duration, timedelta(0)),
        given_by=section.take(
            "given_by", fields.list_of(context.reference("practitioners", "practitioner"), 1)
        ),
        locations=section.take("locations", fields.list_of(context.reference("locations", "location")), ()),
        patients=section.take("patients", fields.one_of(("any", "new", "known")), "any"),
        insurance=section.take(
            "insurance",
            fields.list_of(fields.one_of(INSURANCE_KINDS, "kind of insurance"), 1),
            INSURANCE_KINDS,
        ),
        lead=section.take("lead", fields.duration, timedelta(hours=2)),
        horizon=section.take("horizon", _some_time, timedelta(days=90)),
        bring=section.take("bring", fields.words, {"de": "", "en": ""}),
        note=section.take("note", fields.words, {"de": "", "en": ""}),
        grid=section.take("grid", _some_time, grid),
        for_children=section.take("for_children", context.reference("visit_types", "visit type"), "") or None,
        by_phone=section.take("by_phone", fields.truth, False),
        for_results=section.take("for_results", fields.truth, False),
    )


def _some_time(node: Node) -> timedelta:
    value = fields.duration(node)
    if not value:
        raise Wrong("should be longer than 0")
    return value


def _insurer(section: Section, context: Context) -> Insurer | None:
    name = section.take("name", fields.text)
    return section.build(
        Insurer,
        name=name,
        full_name=section.take("full_name", fields.text, name),
        kind=section.take("kind", fields.one_of(("statutory", "private"), "kind of insurer")),
        aliases=section.take("aliases", fields.list_of(fields.text), ()),
    )


def _answers(section: Section, context: Context) -> Answers | None:
    within: dict[str, timedelta] = {}
    for kind in TASK_KINDS:
        value = section.take(kind, _some_time, timedelta(0))
        if value:
            within[kind] = value
    return section.build(
        Answers,
        hours=section.take("hours", fields.weekly_hours),
        default=section.take("default", _some_time),
        within=within,
    )


def _notes(section: Section, context: Context) -> dict[str, Any] | None:
    notes = {key: section.take(key, fields.words) for key in _NOTES}
    if None in notes.values():
        return None
    more = {key: section.take(key, fields.words, None) for key in _MORE_NOTES}
    return notes | {key: words for key, words in more.items() if words is not None}
