"""What staff do with the schedule: book, put on top, move, cancel, and say who came."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from sprechstunde import clock
from sprechstunde.db import transaction
from sprechstunde.scheduling import desk
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.errors import AppointmentNotOpen, SlotNotOffered, SlotTaken
from tests.integration.desk import HALF_PAST, NINE, TEN, Visitor, free, key

pytestmark = pytest.mark.usefixtures("clinic")
THURSDAY = date(2026, 11, 26)


def book(visitor, slot_key, because=None, request="form-1"):
    with desk.or_alternatives(slot_key), transaction() as s:
        return desk.book(
            s,
            slot_key,
            patient_id=visitor.patient,
            reason="Husten",
            overbook_because=because,
            idempotency_key=request,
        )


def move(appointment, slot_key, because=None):
    with desk.or_alternatives(slot_key), transaction() as s:
        return desk.move(s, appointment.id, slot_key, overbook_because=because)


def cancel(appointment, reason=None):
    with transaction() as s:
        return desk.cancel(s, appointment.id, reason=reason)


def day(**only):
    with transaction() as s:
        return desk.agenda(s, THURSDAY, **only)


def test_staff_book_for_a_patient_and_the_time_is_gone_for_all():
    booked = book(Visitor(), NINE)
    assert (booked.status, booked.slot.key) == ("booked", NINE)
    assert not free("2026-11-26T09:00")
    with pytest.raises(SlotTaken) as taken:
        Visitor().hold(NINE)
    assert HALF_PAST in [slot.key for slot in taken.value.alternatives]


def test_a_form_sent_twice_books_once():
    visitor = Visitor()
    assert book(visitor, NINE).id == book(visitor, NINE).id
    assert len(day()) == 1


def test_the_same_guard_stands_behind_staff_s_bookings():
    book(Visitor(), NINE)
    with pytest.raises(SlotTaken) as taken:
        book(Visitor(), NINE)
    assert taken.value.alternatives
    assert len(day()) == 1


def test_of_many_at_once_one_gets_the_time():
    visitors = [Visitor() for _ in range(8)]

    def attempt(visitor):
        try:
            return book(visitor, NINE)
        except SlotTaken:
            return None

    with ThreadPoolExecutor(8) as pool:
        won = [found for found in pool.map(attempt, visitors) if found]
    assert len(won) == 1
    assert len(day()) == 1


def test_with_a_reason_a_visit_goes_on_top_and_the_reason_is_shown():
    book(Visitor(), NINE)
    book(Visitor(), NINE, because="Kind mit Fieber")
    assert [entry.overbooked_because for entry in day()] == [None, "Kind mit Fieber"]
    assert {entry.appointment.slot.key for entry in day()} == {NINE}


def test_when_the_first_is_cancelled_the_one_on_top_keeps_the_time():
    first = book(Visitor(), NINE)
    book(Visitor(), NINE, because="Kind mit Fieber")
    cancel(first)
    assert not free("2026-11-26T09:00")


def test_when_the_patient_cancels_herself_it_is_kept_too():
    visitor = Visitor()
    first = visitor.book(NINE)
    book(Visitor(), NINE, because="Kind mit Fieber")
    visitor.cancel(first)
    assert not free("2026-11-26T09:00")


def test_without_a_reason_staff_book_in_working_time_only():
    with pytest.raises(SlotNotOffered):
        book(Visitor(), key("2026-11-26T19:00"))
    assert book(Visitor(), key("2026-11-26T19:00"), because="Hausbesuch").status == "booked"


def test_no_lead_time_binds_staff_but_the_past_is_past(frozen_clock):
    assert book(Visitor(), key("2026-11-25T09:30")).status == "booked"
    with pytest.raises(AppointmentNotOpen):
        book(Visitor(), key("2026-11-25T08:30"), because="vergessen")


def test_moving_frees_the_old_time_and_keeps_the_id():
    booked = book(Visitor(), NINE)
    moved = move(booked, TEN)
    assert (moved.id, moved.slot.key, moved.sequence) == (booked.id, TEN, 1)
    assert free("2026-11-26T09:00")
    assert not free("2026-11-26T10:00")
    assert [entry.actor for entry in scheduling.history(booked.id)] == ["staff", "staff"]


def test_moving_onto_a_taken_time_changes_nothing():
    booked, _ = book(Visitor(), NINE), book(Visitor(), TEN)
    with pytest.raises(SlotTaken):
        move(booked, TEN)
    assert not free("2026-11-26T09:00")


def test_cancelling_twice_is_cancelling_once():
    booked = book(Visitor(), NINE)
    assert [cancel(booked, "Ärztin krank").status, cancel(booked).status] == ["cancelled", "cancelled"]
    assert [entry.action for entry in scheduling.history(booked.id)] == ["booked", "cancelled"]
    assert free("2026-11-26T09:00")


def test_who_came_is_noted_and_can_be_taken_back():
    booked = book(Visitor(), NINE)
    for said in ("arrived", "no_show", None):
        with transaction() as s:
            desk.mark(s, booked.id, said)
        assert [entry.attendance for entry in day()] == [said]
    assert [entry.action for entry in scheduling.history(booked.id)][1:] == ["arrived", "no_show", "unmarked"]


def test_a_day_shows_what_was_cancelled_too_and_one_doctor_s_alone():
    cancel(book(Visitor("private"), NINE))
    book(Visitor("private"), key("2026-11-26T09:00", "busch"))
    assert [entry.appointment.status for entry in day()] == ["cancelled", "booked"]
    assert [entry.appointment.slot.practitioner for entry in day(practitioner="busch")] == ["busch"]
    assert day(location="elsewhere") == []


def test_free_times_of_a_day_leave_out_what_is_taken_and_past(frozen_clock):
    book(Visitor(), NINE)
    with transaction() as s:
        free_then = {slot.key for slot in desk.free_times(s, THURSDAY, "adler", "talk")}
        today = desk.free_times(s, date(2026, 11, 25), "adler", "talk")
    assert HALF_PAST in free_then
    assert NINE not in free_then
    assert today[0].start == datetime.fromisoformat("2026-11-25T09:30+01:00")
    assert all(slot.start > clock.now() for slot in today)
    assert all(slot.end - slot.start == timedelta(minutes=30) for slot in today)
