"""Is a slot one that we offer? And what else is near one that is gone?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic.service import clinic
from sprechstunde.clinic.view import VisitType
from sprechstunde.dates import TimeWish
from sprechstunde.scheduling import schedule, search
from sprechstunde.scheduling.availability import starts, to_minutes
from sprechstunde.scheduling.errors import SlotNotOffered
from sprechstunde.scheduling.schedule import Worker
from sprechstunde.scheduling.views import Slot, SlotQuery

# A list that was sent stays good for a while, though the lead time passes meanwhile.
_GRACE = timedelta(minutes=30)
# Another practitioner at the same hour counts like this much of a delay.
_OTHER_PERSON = timedelta(hours=2)


@dataclass(frozen=True)
class Place:
    """A slot on its way into the database."""

    slot: Slot
    worker: Worker
    visit: VisitType

    @property
    def blocked(self) -> tuple[datetime, datetime]:
        # In UTC: subtracting from a local time ignores that the clock may change in between.
        start, end = (at.astimezone(timezone.utc) for at in (self.slot.start, self.slot.end))
        return start - self.visit.buffer_before, end + self.visit.buffer_after


def slot_of(key: str) -> Slot:
    """The slot that `key` names, free or not. Raises SlotNotOffered for a key that names none."""
    view = clinic()
    try:
        person, place, code, start_text = key.split("|")
        start = datetime.fromisoformat(start_text)
    except ValueError as error:
        raise SlotNotOffered(f"no slot key: {key[:80]!r}") from error
    visit = view.visit_type(code)
    if visit is None or start.tzinfo is None or start.second or start.microsecond:
        raise SlotNotOffered(f"no slot key of this clinic: {key[:80]!r}")
    end = (start + visit.duration).astimezone(view.zone)
    return search.make_slot(view, person, place, code, start.astimezone(view.zone), end)


def place_of(s: Session, key: str) -> Place:
    """The slot with who gives it, whether they work then or not. Raises SlotNotOffered: they never give that visit."""
    slot, view = slot_of(key), clinic()
    visit, worker = view.visit_type(slot.visit_type), schedule.workers(s, view).get(slot.practitioner)
    if visit is None or worker is None or worker.code not in visit.given_by:
        raise SlotNotOffered(f"{slot.practitioner} does not give {slot.visit_type}")
    return Place(slot, worker, visit)


def offered(s: Session, key: str, *, to_staff: bool = False) -> Place:
    """The slot, if it lies in working time, lead time and horizon (whether it is free is another question).

    `to_staff`: neither lead time nor horizon bind those who answer for the day. Raises SlotNotOffered.
    """
    place, view = place_of(s, key), clinic()
    slot, worker, visit = place.slot, place.worker, place.visit
    now = clock.now()
    day = slot.start.date()
    if not to_staff and day > now.astimezone(view.zone).date() + visit.horizon:
        raise SlotNotOffered("too far ahead")
    lead = timedelta(0) if to_staff else max(timedelta(0), visit.lead - _GRACE)
    soonest = to_minutes(now + lead) + 1
    exceptions = schedule.exceptions(s, [worker], day, day)
    work = schedule.work(view, visit, worker, day, exceptions)
    wanted = (to_minutes(slot.start), slot.location)
    if wanted not in starts(work, schedule.timing(visit), soonest, wanted[0] + 1, view.zone):
        raise SlotNotOffered("outside working time or too soon")
    return place


def nearest_free(slot: Slot, limit: int = 3) -> list[Slot]:
    """Free slots nearest to `slot`: same visit; the same practitioner, or others who take the same patients."""
    view = clinic()
    person = view.practitioner(slot.practitioner)
    accepted = set(person.accepts) if person else set()
    others = tuple(
        other.code
        for other in search.practitioners_for(slot.visit_type)
        if other.code != slot.practitioner and accepted <= set(other.accepts)
    )
    midnight = slot.start.replace(hour=0, minute=0, tzinfo=None)
    found: list[Slot] = []
    for people, reach in (((slot.practitioner,), 4), (others, 1)):
        window = (midnight - timedelta(days=reach), midnight + timedelta(days=reach + 1))
        if people:
            query = SlotQuery(
                slot.visit_type, people, wish=TimeWish(windows=(window,)), limit=400, spread=False
            )
            # Days are searched one by one: a limit nobody reaches makes it look at all of them.
            found += search.find_slots(query)
    if len(found) < limit:
        found += search.find_slots(SlotQuery(slot.visit_type, (slot.practitioner, *others), limit=limit))

    def distance(other: Slot) -> tuple[timedelta, datetime]:
        away = abs(other.start - slot.start)
        return away + (
            _OTHER_PERSON if other.practitioner != slot.practitioner else timedelta(0)
        ), other.start

    unique = {other.key: other for other in found if other.key != slot.key}
    return sorted(sorted(unique.values(), key=distance)[:limit], key=lambda other: other.start)
