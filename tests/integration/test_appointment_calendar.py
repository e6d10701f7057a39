"""The calendar file that comes with a confirmation, read back as a calendar would."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar

from sprechstunde.scheduling import service
from tests.integration.desk import Visitor, key
from tests.small_clinic import load

pytestmark = pytest.mark.usefixtures("database", "frozen_clock")


@pytest.fixture(autouse=True)
def clinic(database, frozen_clock, tmp_path):
    return load(tmp_path)


def event(appointment, language="de"):
    calendar = Calendar.from_ical(service.ics(appointment, language))
    return calendar, calendar.walk("VEVENT")[0]


def test_it_holds_time_place_doctor_and_what_to_bring():
    booked = Visitor().book(key("2026-11-26T09:00"), "etwas Privates")
    calendar, entry = event(booked)
    assert calendar["METHOD"] == "PUBLISH"
    assert entry["DTSTART"].dt == booked.slot.start
    assert entry["DTEND"].dt - entry["DTSTART"].dt == timedelta(minutes=30)
    assert entry["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert entry["SUMMARY"] == "Frau Dr. Adler, Kleine Praxis"
    assert entry["LOCATION"] == "Das Haus, Hauptstraße 1, 10115 Berlin"
    assert "Karte, bitte" in entry["DESCRIPTION"]
    assert "030 23125 002" in entry["DESCRIPTION"]
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CONFIRMED", 0)
    assert b"Privates" not in service.ics(booked, "de")


def test_it_speaks_the_patients_language():
    booked = Visitor().book(key("2026-11-26T09:00"))
    _, entry = event(booked, "en")
    assert entry["SUMMARY"] == "Dr. Adler, Kleine Praxis"
    assert "Card, please" in entry["DESCRIPTION"]


def test_a_move_updates_the_same_entry_and_a_cancellation_removes_it():
    anna = Visitor()
    booked = anna.book(key("2026-11-26T09:00"))
    moved = anna.move(booked, anna.hold(key("2026-12-01T09:00")))
    cancelled = anna.cancel(moved)
    (_, first), (_, second), (last_calendar, last) = event(booked), event(moved), event(cancelled)
    assert first["UID"] == second["UID"] == last["UID"]
    assert [entry["SEQUENCE"] for entry in (first, second, last)] == [0, 1, 2]
    assert second["DTSTART"].dt == moved.slot.start
    assert (last_calendar["METHOD"], last["STATUS"]) == ("CANCEL", "CANCELLED")


def test_lines_are_folded_and_end_as_the_standard_says():
    text = service.ics(Visitor().book(key("2026-11-26T09:00")), "de")
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
