"""Every change is written down; appointments that the schedule can no longer keep stay and are reported."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sprechstunde import clock
from sprechstunde.scheduling import service
from sprechstunde.scheduling.service import (
    SlotNotOffered,
)
from tests.integration.desk import NINE, TEN, Visitor, key, patient, phone
from tests.small_clinic import TEXT, changed, load

pytestmark = pytest.mark.usefixtures("clinic")


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
