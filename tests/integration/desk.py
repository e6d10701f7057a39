"""People at the desk of the small clinic, for tests of the schedule."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.patients import service as patients
from sprechstunde.scheduling import desk as schedule
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.models import Appointment
from sprechstunde.scheduling.service import AppointmentView, HoldView, SlotQuery

_numbers = itertools.count(1)


def key(start: str, person: str = "adler", visit: str = "talk") -> str:
    """Key of a slot in the small clinic; `start` in Berlin, winter time unless it names its offset."""
    return f"{person}|haus|{visit}|{start if '+' in start else start + '+01:00'}"


def phone() -> UUID:
    """A contact of its own."""
    with transaction() as s:
        number = f"49302312{next(_numbers):04d}"
        return conversations.contact_for(s, phone=number, user_id=None, profile_name=None).id


def patient(
    contact_id: UUID, name: str = "Anna Schmidt", kind: str = "statutory", relationship: str = "self"
) -> UUID:
    """A patient of that contact."""
    return patients.register(
        contact_id,
        name=name,
        birth_date=date(1980, 5, 17),
        insurance_kind=kind,
        insurer=None,
        relationship=relationship,
        idempotency_key=f"register {name}",
    ).id


NINE, HALF_PAST, TEN = (key(f"2026-11-26T{time}") for time in ("09:00", "09:30", "10:00"))


def statuses() -> list[str]:
    """Of all appointments, in the order in which they were made."""
    order = Appointment.created_at, Appointment.status
    with transaction() as s:
        return list(s.scalars(select(Appointment.status).order_by(*order)))


def rows(table: Any) -> int:
    """How many there are."""
    with transaction() as s:
        return int(s.execute(select(func.count()).select_from(table)).scalar_one())


class Visitor:
    """A contact with one patient, and requests that are each new."""

    def __init__(self, kind: str = "statutory") -> None:
        self.contact = phone()
        self.patient = patient(self.contact, kind=kind)
        self._requests = itertools.count(1)

    def request(self) -> str:
        return f"wamid.{self.contact}:{next(self._requests)}"

    def hold(self, slot_key: str) -> HoldView:
        return scheduling.hold(slot_key, contact_id=self.contact, idempotency_key=self.request())

    def book(self, slot_key: str, reason: str | None = None) -> AppointmentView:
        return self.take(self.hold(slot_key), reason)

    def take(self, held: HoldView, reason: str | None = None) -> AppointmentView:
        return scheduling.book(
            held.id,
            patient_id=self.patient,
            contact_id=self.contact,
            reason=reason,
            idempotency_key=self.request(),
        )

    def move(
        self, appointment: AppointmentView, held: HoldView, reason: str | None = None
    ) -> AppointmentView:
        return scheduling.move(
            appointment.id, held.id, contact_id=self.contact, reason=reason, idempotency_key=self.request()
        )

    def cancel(self, appointment: AppointmentView, reason: str | None = None) -> AppointmentView:
        return scheduling.cancel(
            appointment.id, contact_id=self.contact, reason=reason, idempotency_key=self.request()
        )

    def upcoming(self) -> list[AppointmentView]:
        return scheduling.upcoming([self.patient])


def free(start: str, person: str = "adler", visit: str = "talk") -> bool:
    """Is that time offered?"""
    query = SlotQuery(visit, (person,), limit=2000, spread=False)
    from sprechstunde.dates import TimeWish

    slot = scheduling.slot_of(key(start, person, visit))
    wish = TimeWish(exact=slot.start.replace(tzinfo=None))
    return slot in scheduling.find_slots(
        SlotQuery(query.visit_type, query.practitioners, wish=wish, limit=50)
    )


def booked_by_staff(patient_id: UUID, slot: str) -> Any:
    """An appointment at this slot, entered in the console."""
    with schedule.or_alternatives(slot), transaction() as s:
        return schedule.book(s, slot, patient_id=patient_id, reason=None, idempotency_key=slot)
