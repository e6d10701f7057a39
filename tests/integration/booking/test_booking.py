"""From a hold to an appointment: for whom, once, and never two in one place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from sprechstunde import clock
from sprechstunde.db import engine, transaction
from sprechstunde.patients import service as patients
from sprechstunde.scheduling import service
from sprechstunde.scheduling.models import Appointment
from sprechstunde.scheduling.service import (
    HoldExpired,
    NotAccepted,
    NotAllowed,
    SlotNotOffered,
    SlotTaken,
    TooManyAppointments,
)
from tests.integration.desk import NINE, TEN, Visitor, free, key, patient, statuses
from tests.small_clinic import changed, load

pytestmark = pytest.mark.usefixtures("clinic")


def test_a_booked_appointment_stands_in_the_schedule():
    anna = Visitor()
    booked = anna.book(NINE, "Knie tut weh")
    assert (booked.status, booked.slot.key, booked.patient_id) == ("booked", NINE, anna.patient)
    assert booked.bring["de"] == "Karte, bitte"
    assert anna.upcoming() == [booked]
    assert not free("2026-11-26T09:00")
    clock.advance(timedelta(days=1))
    assert anna.upcoming() == []


def test_the_reason_is_stored_encrypted_and_readable():
    booked = Visitor().book(NINE, "Knie tut weh")
    with transaction() as s:
        raw = s.execute(text("SELECT reason, key_id FROM appointment")).one()
        patient_key = s.execute(text("SELECT key_id FROM patient")).scalar_one()
        row = s.get(Appointment, booked.id)
    assert b"Knie" not in bytes(raw[0])
    assert raw[1] == patient_key
    assert row.reason == "Knie tut weh"


def test_a_lapsed_hold_books_if_the_time_is_still_free():
    anna = Visitor()
    held = anna.hold(NINE)
    clock.advance(timedelta(hours=1))
    service.expire_holds()
    assert anna.take(held).slot.key == NINE


def test_a_lapsed_hold_whose_time_is_gone_says_so_and_offers_others():
    anna, ben = Visitor(), Visitor()
    held = anna.hold(NINE)
    clock.advance(timedelta(minutes=11))
    ben.book(NINE)
    with pytest.raises(HoldExpired) as gone:
        anna.take(held)
    assert len(gone.value.alternatives) == 3
    assert anna.upcoming() == []


def test_a_hold_that_was_given_up_cannot_be_booked():
    anna = Visitor()
    held = anna.hold(NINE)
    service.release(held.id, contact_id=anna.contact)
    with pytest.raises(HoldExpired):
        anna.take(held)


def test_nobody_books_anothers_hold_or_for_anothers_patient():
    anna, ben = Visitor(), Visitor()
    held = anna.hold(NINE)
    with pytest.raises(NotAllowed):
        ben.take(held)
    anna.patient = ben.patient
    with pytest.raises(NotAllowed):
        anna.take(held)
    assert statuses() == ["held"]


def test_one_phone_books_for_several_people():
    anna = Visitor()
    mine = anna.book(NINE)
    anna.patient = child = patient(anna.contact, "Ole Schmidt", relationship="child")
    hers = anna.book(TEN)
    assert [a.id for a in service.upcoming([mine.patient_id, child])] == [mine.id, hers.id]


@pytest.mark.parametrize(
    ("visit", "kind", "known", "allowed"),
    [
        ("laser", "statutory", False, False),
        ("laser", "private", False, True),
        ("review", "statutory", False, False),
        ("review", "statutory", True, True),
        ("first", "statutory", True, False),
    ],
)
def test_visits_are_booked_only_for_those_they_are_meant_for(visit, kind, known, allowed):
    anna = Visitor(kind)
    if known:
        with transaction() as s:
            patients.mark_known(s, anna.patient)
    held = anna.hold(key("2026-11-27T09:00", visit=visit))
    if allowed:
        assert anna.take(held).status == "booked"
    else:
        with pytest.raises(SlotNotOffered):
            anna.take(held)


def test_one_phone_cannot_book_the_clinic_full():
    anna = Visitor()
    for hour in ("08:00", "09:00", "10:00"):
        last = anna.book(key(f"2026-11-26T{hour}"))
    held = anna.hold(key("2026-11-26T11:00"))
    with pytest.raises(TooManyAppointments):
        anna.take(held)
    anna.cancel(last)
    assert anna.take(held).status == "booked"


def test_a_second_chair_takes_a_second_patient_and_no_third(tmp_path):
    load(tmp_path, changed(("    gender: female", "    gender: female\n    lanes: 2")))
    Visitor().book(NINE)
    assert free("2026-11-26T09:00")
    Visitor().book(NINE)
    assert not free("2026-11-26T09:00")
    with pytest.raises(SlotTaken):
        Visitor().hold(NINE)


def test_the_database_itself_refuses_what_overlaps():
    Visitor().book(NINE)
    copy = """
        INSERT INTO appointment (id, resource_id, lane, location, visit_type, status, starts_at, ends_at, blocked_from,
            blocked_until, contact_id, expires_at, created_at, changed_at, key_id)
        SELECT gen_random_uuid(), resource_id, lane, location, visit_type, 'held', starts_at, ends_at,
            blocked_from - interval '5 minutes', blocked_until, contact_id, now(), now(), now(), key_id
        FROM appointment"""
    with pytest.raises(IntegrityError, match="ex_appointment_no_overlap"), engine().begin() as connection:
        connection.execute(text(copy))


def test_when_the_look_before_is_wrong_the_database_decides(monkeypatch):
    anna, ben = Visitor(), Visitor()
    anna.book(NINE)
    monkeypatch.setattr("sprechstunde.scheduling.holds.free_lane", lambda *_: 0)
    with pytest.raises(SlotTaken) as taken:
        ben.hold(NINE)
    assert len(taken.value.alternatives) == 3
    assert statuses() == ["booked"]


def test_a_private_practice_takes_no_statutory_insurance():
    anna, private = Visitor(), Visitor("private")
    busch = key("2026-11-26T10:00", "busch")
    with pytest.raises(NotAccepted) as refused:
        anna.book(busch)
    assert refused.value.practitioner == "busch"
    assert anna.upcoming() == []
    clock.advance(timedelta(minutes=11))
    assert private.book(busch).slot.key == busch


def test_nobody_moves_to_a_doctor_who_does_not_take_her():
    anna = Visitor()
    booked = anna.book(NINE)
    held = anna.hold(key("2026-11-26T10:00", "busch"))
    with pytest.raises(NotAccepted):
        service.move(booked.id, held.id, contact_id=anna.contact, reason=None, idempotency_key=anna.request())
    assert [one.slot.key for one in anna.upcoming()] == [NINE]


def test_a_doctor_without_room_for_new_patients_takes_known_ones(tmp_path):
    load(tmp_path, changed(("    accepts: [private", "    new_patients: no\n    accepts: [private")))
    new, known = Visitor("private"), Visitor("private")
    with transaction() as s:
        patients.mark_known(s, known.patient)
    with pytest.raises(NotAccepted):
        new.book(key("2026-11-26T10:00", "busch"))
    assert known.book(key("2026-11-26T11:00", "busch")).status == "booked"
