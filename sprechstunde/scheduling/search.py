"""Finding free slots: day after day in the order of the wish, busy time fetched for a window of days at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic.service import clinic
from sprechstunde.clinic.view import ClinicView, Practitioner, VisitType
from sprechstunde.dates import TimeWish
from sprechstunde.db import transaction
from sprechstunde.scheduling import schedule
from sprechstunde.scheduling.availability import from_minutes, starts, to_minutes
from sprechstunde.scheduling.choice import Candidate, earliest, varied
from sprechstunde.scheduling.errors import SlotNotOffered
from sprechstunde.scheduling.schedule import Worker
from sprechstunde.scheduling.views import Alternatives, Slot, SlotQuery, slot_key
from sprechstunde.scheduling.wishes import Fit, days_around, wished_days

# So many days with something free make a choice (fewer where it shall be soon).
_ENOUGH_DAYS, _ENOUGH_DAYS_ASAP = 5, 2
# Days × people looked at in one query; doubled with each further query.
_FIRST_WINDOW, _LARGEST_WINDOW, _FIRST_DAYS = 200, 3000, 14
# How far from the wish alternatives are looked for before other practitioners are offered.
_NEARBY_DAYS = 10


@dataclass(frozen=True)
class Search:
    """A query, prepared: the visit, who may give it to whom and where, and the bounds in time."""

    clinic: ClinicView
    visit: VisitType
    people: tuple[Worker, ...]
    locations: frozenset[str] | None
    now: datetime
    first: date
    last: date

    @property
    def earliest(self) -> int:
        """First minute (UTC) that the lead time allows."""
        return to_minutes(self.now + self.visit.lead) + 1


def find_slots(query: SlotQuery) -> list[Slot]:
    """Free slots as wished, at most `query.limit`; empty when there are none. Raises SlotNotOffered for unknown types.

    With `spread` a varied choice (days, parts of the day, practitioners), otherwise the earliest. A wish for an hour is
    met or nearly met (two hours), nearest first; `alternatives` tells which.
    """
    with transaction() as s:
        search = prepare(s, query)
        return _slots(search, _wished(s, search, query), query)


def alternatives(query: SlotQuery) -> Alternatives:
    """As `find_slots`, and when nothing fits: other hours and days near the wish, other practitioners, later days."""
    with transaction() as s:
        for kind, search, found in _steps(s, query):
            if found:
                if kind == "same" and _misses(query, found):
                    kind = "nearby_days"
                return Alternatives(kind, _slots(search, found, query))
    return Alternatives("none", [])


def practitioners_for(
    visit_type: str,
    specialty: str | None = None,
    insurance_kind: str | None = None,
    known_patient: bool | None = None,
) -> tuple[Practitioner, ...]:
    """Who gives that visit to such a patient, in the order of the file. None = not known yet. Unknown type: nobody."""
    view = clinic()
    visit = view.visit_type(visit_type)
    if visit is None or not visit.is_for(insurance_kind, known_patient):
        return ()
    return tuple(
        person
        for person in view.practitioners
        if person.code in visit.given_by
        and (specialty is None or specialty in person.specialties)
        and (insurance_kind is None or insurance_kind in person.accepts)
        and (known_patient is not False or person.new_patients)
    )


def prepare(s: Session, query: SlotQuery) -> Search:
    """Resolve the codes of `query`. Raises SlotNotOffered when the visit type does not exist."""
    view = clinic()
    visit = view.visit_type(query.visit_type)
    if visit is None:
        raise SlotNotOffered(f"there is no visit type {query.visit_type}")
    known = schedule.workers(s, view)
    people = tuple(
        known[person.code]
        for person in practitioners_for(
            visit.code, insurance_kind=query.insurance_kind, known_patient=query.known_patient
        )
        if person.code in known and (query.practitioners is None or person.code in query.practitioners)
    )
    now = clock.now()
    today = now.astimezone(view.zone).date()
    first = (now + visit.lead).astimezone(view.zone).date()
    locations = frozenset(query.locations) if query.locations else None
    return Search(view, visit, people, locations, now, first, today + visit.horizon)


def _wished(s: Session, search: Search, query: SlotQuery) -> list[Candidate]:
    return _gather(s, search, query, wished_days(query.wish, search.first, search.last))


def _steps(s: Session, query: SlotQuery) -> Iterator[tuple[str, Search, list[Candidate]]]:
    """Wider and wider searches, each with what its finds are called."""
    search = prepare(s, query)
    yield "same", search, _wished(s, search, query)
    wish = query.wish
    days = wished_days(wish, search.first, search.last)
    limits = wish.limits() if wish else None
    hours = replace(query, wish=replace(wish.without_days(), **_days_ruled_out(wish)) if wish else None)
    any_time = replace(query, wish=limits)
    anchor = [] if days else _anchor(query, search)
    near = [*anchor, *days_around(days or anchor, search.first, search.last, _NEARBY_DAYS)]
    whole = wished_days(limits, search.first, search.last)
    if wish is not None:
        yield "nearby_days", search, _gather(s, search, any_time, days)
        yield "nearby_days", search, _gather(s, search, hours, near)
        yield "nearby_days", search, _gather(s, search, any_time, near)
    others = None
    if query.practitioners is not None or query.locations is not None:
        wider = replace(query, practitioners=None, locations=None)
        others = prepare(s, wider)
        yield "other_practitioners", others, _gather(s, others, wider, days)
        yield "other_practitioners", others, _gather(s, others, replace(wider, wish=limits), [*days, *near])
    if wish is not None:
        yield "nearby_days", search, _gather(s, search, any_time, whole)
        if others is not None:
            yield "other_practitioners", others, _gather(s, others, any_time, whole)
    if wish is not None and limits != TimeWish():
        # Nothing at all within the limits: better the nearest times than none.
        unlimited = replace(query, wish=None)
        every_day = wished_days(None, search.first, search.last)
        yield "nearby_days", search, _gather(s, search, unlimited, [*days, *near] or every_day)
        yield "nearby_days", search, _gather(s, search, unlimited, every_day)


def _days_ruled_out(wish: TimeWish) -> dict[str, Any]:
    return {"days_excluded": wish.days_excluded, "weekdays_excluded": wish.weekdays_excluded}


def _anchor(query: SlotQuery, search: Search) -> list[date]:
    """A wish that lies outside what can be booked: its nearest day that can."""
    wish = query.wish
    if wish is None:
        return []
    wanted = wish.exact.date() if wish.exact else wish.windows[0][0].date() if wish.windows else search.first
    return [min(max(wanted, search.first), search.last)]


def _misses(query: SlotQuery, found: list[Candidate]) -> bool:
    return all(candidate.off for candidate in found)


def _gather(s: Session, search: Search, query: SlotQuery, days: Sequence[date]) -> list[Candidate]:
    """Free starts on `days`, in that order, until there are enough to choose from."""
    fit, pool, enough = Fit(query.wish), list[Candidate](), _enough_days(query)
    fitting = 0
    size = min(_FIRST_DAYS, max(1, _FIRST_WINDOW // max(1, len(search.people))))
    done = with_slots = 0
    while search.people and done < len(days):
        window = days[done : done + size]
        for rank, candidates in _window(s, search, window, done):
            kept = _kept(search, query, candidates, rank, fit)
            pool += kept
            as_wished = sum(not candidate.off for candidate in kept)
            fitting, with_slots = fitting + as_wished, with_slots + bool(as_wished)
            if with_slots >= enough and fitting >= query.limit:
                return pool
        done += len(window)
        size = min(size * 2, max(1, _LARGEST_WINDOW // len(search.people)))
    return pool


def _enough_days(query: SlotQuery) -> int:
    if not query.spread:
        return 1
    return _ENOUGH_DAYS_ASAP if query.wish is not None and query.wish.asap else _ENOUGH_DAYS


def _window(
    s: Session, search: Search, days: Sequence[date], rank: int
) -> Iterator[tuple[int, list[tuple[int, str, str]]]]:
    """For each of `days`: its rank and (start minute, practitioner, location) of what is free."""
    zone, timing = search.clinic.zone, schedule.timing(search.visit)
    low, high = min(days), max(days)
    known = schedule.exceptions(s, search.people, low, high)
    begin = datetime.combine(low, time(), tzinfo=zone)
    end = datetime.combine(high + timedelta(days=1), time(), tzinfo=zone)
    taken = schedule.busy(s, search.people, begin, end, search.now)
    for offset, day in enumerate(days):
        found: list[tuple[int, str, str]] = []
        for person in search.people:
            work = schedule.work(search.clinic, search.visit, person, day, known)
            if work:
                lanes, until = taken[person.id], to_minutes(end)
                for at, place in starts(work, timing, search.earliest, until, zone, lanes):
                    found.append((at, person.code, place))
        yield rank + offset, found


def _kept(
    search: Search, query: SlotQuery, found: list[tuple[int, str, str]], rank: int, fit: Fit
) -> list[Candidate]:
    zone, kept = search.clinic.zone, []
    local: dict[int, datetime] = {}
    for minutes, person, place in found:
        if search.locations is not None and place not in search.locations:
            continue
        if minutes not in local:
            local[minutes] = from_minutes(minutes, zone).replace(tzinfo=None)
        off = fit(local[minutes])
        if off is None:
            continue
        if query.exclude:
            key = slot_key(person, place, query.visit_type, from_minutes(minutes, zone))
            if key in query.exclude:
                continue
        kept.append(Candidate(minutes, local[minutes], person, place, rank, off))
    return kept


def _slots(search: Search, pool: list[Candidate], query: SlotQuery) -> list[Slot]:
    exact = [candidate for candidate in pool if not candidate.off]
    # An hour that can be had in more than one way needs no near misses beside it.
    if len(exact) >= query.limit:
        pool = exact
    asap = query.wish is not None and query.wish.asap
    chosen = varied(pool, query.limit, asap=asap) if query.spread else earliest(pool, query.limit)
    return [_slot(search, candidate) for candidate in chosen]


def _slot(search: Search, candidate: Candidate) -> Slot:
    start = from_minutes(candidate.minutes, search.clinic.zone)
    end = from_minutes(candidate.minutes + schedule.timing(search.visit).duration, search.clinic.zone)
    return make_slot(search.clinic, candidate.practitioner, candidate.location, search.visit.code, start, end)


def make_slot(view: ClinicView, person: str, place: str, visit: str, start: datetime, end: datetime) -> Slot:
    """A slot with its names; codes that the clinic no longer has stand for themselves."""
    practitioner, location = view.practitioner(person), view.location(place)
    return Slot(
        key=slot_key(person, place, visit, start),
        practitioner=person,
        practitioner_name=practitioner.name if practitioner else person,
        location=place,
        location_name=location.name if location else place,
        visit_type=visit,
        start=start,
        end=end,
    )
