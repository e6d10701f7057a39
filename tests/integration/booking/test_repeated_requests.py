"""A request that comes again (a redelivered message, a double tap) gives the first answer and changes nothing."""

from __future__ import annotations

import pytest

from sprechstunde.scheduling import service
from sprechstunde.scheduling.models import AppointmentHistory
from sprechstunde.scheduling.service import (
    SlotNotOffered,
)
from tests.integration.desk import NINE, TEN, Visitor, patient, rows

pytestmark = pytest.mark.usefixtures("clinic")


def test_a_repeated_request_gives_the_first_answer_and_changes_nothing():
    anna = Visitor()
    first = service.hold(NINE, contact_id=anna.contact, idempotency_key="wamid.1:hold")
    assert service.hold(NINE, contact_id=anna.contact, idempotency_key="wamid.1:hold") == first

    def book():
        return service.book(
            first.id,
            patient_id=anna.patient,
            contact_id=anna.contact,
            reason="x",
            idempotency_key="wamid.2:book",
        )

    booked = book()
    lines = rows(AppointmentHistory)
    assert book() == booked
    assert service.hold(NINE, contact_id=anna.contact, idempotency_key="wamid.1:hold").id == first.id

    held = anna.hold(TEN)

    def move():
        return service.move(
            booked.id, held.id, contact_id=anna.contact, reason=None, idempotency_key="wamid.3:move"
        )

    moved = move()
    assert move() == moved

    def cancel():
        return service.cancel(
            booked.id, contact_id=anna.contact, reason=None, idempotency_key="wamid.4:cancel"
        )

    cancelled = cancel()
    assert cancel() == cancelled
    # Held, released (its time went to the appointment), moved, cancelled.
    assert rows(AppointmentHistory) == lines + 4


def test_a_button_tapped_twice_books_and_moves_once():
    anna = Visitor()
    held = anna.hold(NINE)
    booked = anna.take(held)
    assert anna.take(held) == booked
    later = anna.hold(TEN)
    moved = anna.move(booked, later)
    assert anna.move(booked, later) == moved
    assert anna.upcoming() == [moved]
    anna.cancel(moved)
    with pytest.raises(SlotNotOffered):
        anna.take(held)


def test_a_hold_booked_for_one_person_is_not_anothers_as_well():
    anna = Visitor()
    held = anna.hold(NINE)
    anna.take(held)
    anna.patient = patient(anna.contact, "Ole Schmidt", relationship="child")
    with pytest.raises(SlotNotOffered):
        anna.take(held)


def test_a_key_of_another_contact_means_nothing():
    anna, ben = Visitor(), Visitor()
    service.hold(NINE, contact_id=anna.contact, idempotency_key="same")
    assert service.hold(TEN, contact_id=ben.contact, idempotency_key="same").slot.key == TEN
