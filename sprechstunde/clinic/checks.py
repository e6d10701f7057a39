"""Checks on a clinic whose parts are each well-formed: does it work as a whole?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sprechstunde.clinic.problems import Problem
from sprechstunde.clinic.section import Context
from sprechstunde.clinic.view import LONGEST_VISIT, ClinicView, HoursRule, Opening, Practitioner, VisitType


def check(clinic: ClinicView, context: Context) -> Iterator[Problem]:
    """Everything that would leave a visit unbookable or a person in two places at once."""
    for person in clinic.practitioners:
        yield from _person(person, clinic, context)
    for visit in clinic.visit_types:
        yield from _visit(visit, clinic, context)
    names = [insurer.name.casefold() for insurer in clinic.insurers]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(1, f"insurer `{name}` is listed twice")


def _person(person: Practitioner, clinic: ClinicView, context: Context) -> Iterator[Problem]:
    line = context.line("practitioners", person.code)
    for one, other in combinations(person.hours, 2):
        if _clash(one, other):
            yield Problem(
                line,
                f"`{person.code}` works twice at once on weekday {one.weekday + 1}: "
                f"{one.start:%H:%M}-{one.end:%H:%M} ({one.location}) and "
                f"{other.start:%H:%M}-{other.end:%H:%M} ({other.location})",
            )
    if not any(person.code in visit.given_by for visit in clinic.visit_types):
        yield Problem(line, f"no visit type names `{person.code}` in `given_by`: nobody could book there")


def _clash(one: HoursRule, other: HoursRule) -> bool:
    in_time = (
        one.valid_until is None or other.valid_from is None or other.valid_from <= one.valid_until
    ) and (other.valid_until is None or one.valid_from is None or one.valid_from <= other.valid_until)
    return one.weekday == other.weekday and in_time and one.start < other.end and other.start < one.end


def _visit(visit: VisitType, clinic: ClinicView, context: Context) -> Iterator[Problem]:
    line = context.line("visit_types", visit.code)
    if visit.lead >= visit.horizon:
        yield Problem(
            line, f"`{visit.code}`: `lead` should be shorter than `horizon`, or no day is left to book"
        )
    if visit.buffer_before + visit.duration + visit.buffer_after > LONGEST_VISIT:
        yield Problem(line, f"`{visit.code}`: a visit may take 8 hours at most, buffers included")
    for code in visit.given_by:
        person = clinic.practitioner(code)
        if person is not None and not set(person.accepts) & set(visit.insurance):
            yield Problem(line, f"`{visit.code}`: `{code}` accepts none of {', '.join(visit.insurance)}")
        if person is not None and not _fits_somewhere(visit, person):
            yield Problem(
                line, f"`{visit.code}`: `{code}` has no working time that is long enough and allows it"
            )


def _fits_somewhere(visit: VisitType, person: Practitioner) -> bool:
    blocks: list[HoursRule | Opening] = [*person.hours, *person.openings]
    for block in blocks:
        minutes = (block.end.hour - block.start.hour) * 60 + block.end.minute - block.start.minute
        if (
            minutes * 60 >= visit.duration.total_seconds()
            and (not block.only or visit.code in block.only)
            and (not visit.locations or block.location in visit.locations)
        ):
            return True
    return False
