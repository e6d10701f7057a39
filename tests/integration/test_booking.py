"""Holding, booking, moving, cancelling: what a patient may do, what stays when it fails, and what is written down."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from sprechstunde import clock
from sprechstunde.conversations import service as conversations
from sprechstunde.db import engine, transaction
from sprechstunde.jobs.app import load_tasks, sweeps
from sprechstunde.patients import service as patients
from sprechstunde.scheduling import service
from sprechstunde.scheduling.models import Appointment, AppointmentHistory
from sprechstunde.scheduling.service import (
    AppointmentNotOpen,
    HoldExpired,
    NotAllowed,
    SlotNotOffered,
    SlotTaken,
    TooManyAppointments,
)
from tests.integration.desk import Visitor, free, key, patient, phone
from tests.small_clinic import TEXT, changed, load

pytestmark = pytest.mark.usefixtures("database", "frozen_clock")

NINE, HALF_PAST, TEN = (key(f"2026-11-26T{time}") for time in ("09:00", "09:30", "10:00"))


@pytest.fixture(autouse=True)
def clinic(database, frozen_clock, tmp_path):
    return load(tmp_path)


def statuses() -> list[str]:
    with transaction() as s:
        return list(
            s.scalars(select(Appointment.status).order_by(Appointment.created_at, Appointment.status))
        )


def rows(table) -> int:
    with transaction() as s:
        return s.execute(select(func.count()).select_from(table)).scalar_one()


# ── holds ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_hold_keeps_others_away_for_ten_minutes():
    anna, ben = Visitor(), Visitor()
    held = anna.hold(NINE)
    assert held.expires_at - clock.now() == timedelta(minutes=10)
    assert not free("2026-11-26T09:00")
    with pytest.raises(SlotTaken) as taken:
        ben.hold(NINE)
    assert len(taken.value.alternatives) == 3
    assert NINE not in [slot.key for slot in taken.value.alternatives]
    for slot in taken.value.alternatives:
        assert slot.start.date() == held.slot.start.date()
        assert free(slot.start.isoformat(), slot.practitioner)


def test_a_lapsed_hold_frees_the_slot_by_itself():
    Visitor().hold(NINE)
    clock.advance(timedelta(minutes=10))
    assert free("2026-11-26T09:00")
    assert Visitor().hold(NINE).slot.key == NINE
    assert statuses() == ["expired", "held"]


def test_a_new_hold_gives_up_the_one_before():
    anna = Visitor()
    anna.hold(NINE)
    anna.hold(TEN)
    assert sorted(statuses()) == ["held", "released"]
    assert free("2026-11-26T09:00")


def test_a_hold_may_overlap_the_one_it_replaces():
    anna = Visitor()
    anna.hold(NINE)
    assert anna.hold(key("2026-11-26T08:30", visit="first")).slot.end == service.slot_of(HALF_PAST).start


def test_releasing_frees_at_once_and_only_ones_own():
    anna, ben = Visitor(), Visitor()
    held = anna.hold(NINE)
    service.release(held.id, contact_id=ben.contact)
    assert not free("2026-11-26T09:00")
    service.release(str(held.id), contact_id=anna.contact)
    assert free("2026-11-26T09:00")
    service.release(held.id)
    service.release(uuid4())
    assert statuses() == ["released"]


def test_lapsed_holds_are_swept():
    Visitor().hold(NINE)
    assert service.expire_holds() == 0
    clock.advance(timedelta(minutes=11))
    assert service.expire_holds() == 1
    assert statuses() == ["expired"]


def test_the_workers_sweep_lapsed_holds():
    Visitor().hold(NINE)
    clock.advance(timedelta(minutes=11))
    load_tasks()
    with transaction() as s:
        for sweep in sweeps():
            sweep(s)
    assert statuses() == ["expired"]


NOT_OFFERED = {
    "after hours": key("2026-11-26T12:00"),
    "aside of the grid": key("2026-11-26T09:10"),
    "on a Saturday": key("2026-11-28T09:00"),
    "on Christmas day": key("2026-12-25T09:00"),
    "beyond the horizon": key("2026-12-29T09:00"),
    "too soon": key("2026-11-25T09:00"),
    "yesterday": key("2026-11-24T09:00"),
    "not given by him": key("2026-11-26T09:00", person="busch", visit="first"),
    "by nobody": key("2026-11-26T09:00", person="nobody"),
    "for nothing": key("2026-11-26T09:00", visit="nonsense"),
    "elsewhere": NINE.replace("haus", "villa"),
    "in another zone, before hours": NINE.replace("+01:00", "+03:00"),
    "in no zone": NINE.replace("+01:00", ""),
    "no key": "rubbish",
    "no key either": "a|b|c|d",
    "nothing": "",
}


def test_what_is_not_offered_cannot_be_held():
    anna, held = Visitor(), []
    for why, slot_key in NOT_OFFERED.items():
        try:
            anna.hold(slot_key)
            held.append(why)
        except SlotNotOffered:
            pass
    assert held == []
    assert statuses() == []


def test_a_list_stays_good_while_the_patient_reads_it():
    soon = key("2026-11-25T11:30")
    assert free("2026-11-25T11:30")
    clock.advance(timedelta(minutes=50))
    assert not free("2026-11-25T11:30")
    assert Visitor().hold(soon).slot.key == soon


# ── booking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── the same request twice ───────────────────────────────────────────────────────────────────────────────────────────


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


# ── moving and cancelling ────────────────────────────────────────────────────────────────────────────────────────────


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


# ── what is written down, and what the schedule can no longer keep ───────────────────────────────────────────────────


def test_every_change_keeps_who_when_and_why():
    anna = Visitor()
    booked = anna.book(NINE, "Husten")
    clock.advance(timedelta(hours=1))
    anna.move(booked, anna.hold(TEN), "später")
    anna.cancel(booked, "gesund")
    lines = service.history(booked.id)
    assert [(line.action, line.why) for line in lines] == [
        ("held", None),
        ("booked", "Husten"),
        ("moved", "später"),
        ("cancelled", "gesund"),
    ]
    assert {(line.actor, line.contact_id) for line in lines} == {("patient", anna.contact)}
    assert lines[2].at - lines[1].at == timedelta(hours=1)
    assert lines[2].old_start == service.slot_of(NINE).start
    assert lines[2].start == service.slot_of(TEN).start


def test_a_lapse_is_the_systems_doing():
    held = Visitor().hold(NINE)
    clock.advance(timedelta(minutes=11))
    Visitor().hold(NINE)
    assert [(line.action, line.actor) for line in service.history(held.id)] == [
        ("held", "patient"),
        ("expired", "system"),
    ]


def test_an_absence_that_comes_later_leaves_appointments_and_reports_them(tmp_path):
    anna = Visitor("private")
    hit, safe = anna.book(key("2026-11-26T09:00", person="busch")), anna.book(key("2026-11-27T09:00"))
    assert service.conflicts() == []
    away = "    absences: [{from: 2026-11-26, until: 2026-11-27}]\n    accepts: [private"
    load(tmp_path, changed(("    accepts: [private", away)))
    assert anna.upcoming() == [hit, safe]
    assert service.conflicts() == [hit]


def test_a_doctor_who_left_keeps_a_name_on_appointments_which_can_be_cancelled(tmp_path):
    anna = Visitor("private")
    booked = anna.book(key("2026-11-26T09:00", person="busch"))
    without = TEXT.replace("given_by: [adler, busch]", "given_by: [adler]")
    start, end = without.index("  - code: busch"), without.index("visit_types:")
    load(tmp_path, without[:start] + without[end:])
    assert anna.upcoming()[0].slot.practitioner_name == "Tom Busch"
    assert service.conflicts() == [booked]
    assert service.ics(booked, "de")
    with pytest.raises(SlotNotOffered):
        Visitor("private").hold(key("2026-11-27T09:00", person="busch"))
    assert anna.cancel(booked).status == "cancelled"


def test_a_stranger_has_no_appointments():
    Visitor().book(NINE)
    assert service.upcoming([]) == []
    assert service.upcoming([patient(phone())]) == []
