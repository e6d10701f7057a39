"""Moving takes the new time before it gives up the old one; cancelling frees it; both only one's own."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from sprechstunde import clock
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.scheduling import service
from sprechstunde.scheduling.models import Appointment
from sprechstunde.scheduling.service import (
    AppointmentNotOpen,
    HoldExpired,
    NotAllowed,
)
from tests.integration.desk import NINE, TEN, Visitor, free, key, patient, statuses

pytestmark = pytest.mark.usefixtures("clinic")


def test_moving_takes_the_new_time_and_frees_the_old():
    anna = Visitor()
    booked = anna.book(NINE, "Husten")
    moved = anna.move(booked, anna.hold(key("2026-11-30T14:00")), "verreist")
    assert (moved.id, moved.sequence, moved.status) == (booked.id, 1, "booked")
    assert moved.slot.key == key("2026-11-30T14:00")
    assert anna.upcoming() == [moved]
    assert free("2026-11-26T09:00")
    assert not free("2026-11-30T14:00")


def test_moving_to_another_doctor_keeps_the_reason():
    anna = Visitor("private")
    booked = anna.book(NINE, "Husten")
    moved = anna.move(booked, anna.hold(key("2026-11-26T09:00", person="busch")))
    assert moved.slot.practitioner_name == "Tom Busch"
    with transaction() as s:
        assert s.get(Appointment, moved.id).reason == "Husten"


def test_when_the_new_time_is_gone_the_old_one_stays():
    anna, ben = Visitor(), Visitor()
    booked = anna.book(NINE)
    held = anna.hold(TEN)
    clock.advance(timedelta(minutes=11))
    ben.book(TEN)
    with pytest.raises(HoldExpired) as gone:
        anna.move(booked, held)
    assert gone.value.alternatives
    assert anna.upcoming() == [booked]
    assert not free("2026-11-26T09:00")


def test_a_move_that_fails_on_the_way_changes_nothing(monkeypatch):
    anna = Visitor()
    booked = anna.book(NINE)
    held = anna.hold(TEN)

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("sprechstunde.scheduling.reading.view", crash)
        with pytest.raises(RuntimeError):
            anna.move(booked, held)
    assert anna.upcoming() == [booked]
    assert sorted(statuses()) == ["booked", "held"]
    assert anna.move(booked, held).slot.key == TEN


def test_cancelling_frees_the_time_once_and_for_all():
    anna = Visitor()
    booked = anna.book(NINE)
    cancelled = anna.cancel(booked, "wieder gesund")
    assert (cancelled.status, cancelled.sequence) == ("cancelled", 1)
    assert free("2026-11-26T09:00")
    assert anna.upcoming() == []
    assert anna.cancel(booked).sequence == 1
    held = anna.hold(TEN)
    with pytest.raises(AppointmentNotOpen):
        anna.move(booked, held)


def test_what_is_past_can_be_neither_moved_nor_cancelled():
    anna = Visitor()
    booked = anna.book(NINE)
    clock.advance(timedelta(days=1, minutes=1))
    with pytest.raises(AppointmentNotOpen):
        anna.cancel(booked)
    held = anna.hold(key("2026-11-27T09:00"))
    with pytest.raises(AppointmentNotOpen):
        anna.move(booked, held)
    with pytest.raises(AppointmentNotOpen):
        service.cancel(uuid4(), contact_id=anna.contact, reason=None, idempotency_key="x")


def test_nobody_moves_or_cancels_anothers_appointment():
    anna, ben = Visitor(), Visitor()
    booked = anna.book(NINE)
    with pytest.raises(NotAllowed):
        ben.cancel(booked)
    held = ben.hold(TEN)
    with pytest.raises(NotAllowed):
        ben.move(booked, held)
    with pytest.raises(NotAllowed):
        anna.move(booked, held)
    assert anna.upcoming() == [booked]


def test_a_contact_that_was_merged_keeps_its_hold():
    with transaction() as s:
        by_phone = conversations.contact_for(s, phone="4917100001", user_id=None, profile_name=None).id
        by_user = conversations.contact_for(s, phone=None, user_id="DE.Abc1", profile_name=None).id
    anna = Visitor()
    anna.contact = by_user
    anna.patient = patient(by_user)
    held = anna.hold(NINE)
    with transaction() as s:
        conversations.contact_for(s, phone="4917100001", user_id="DE.Abc1", profile_name=None)
    anna.contact = by_phone
    assert anna.take(held).status == "booked"
