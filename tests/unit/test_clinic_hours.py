"""When the practice is open, and when staff will have answered."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from sprechstunde.clinic import hours
from tests.small_clinic import changed, read

CLINIC = read()
HOUSE = CLINIC.locations[0]
MORNING, AFTERNOON = (time(8), time(12)), (time(14), time(18))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CLINIC.zone)


def test_a_plain_weekday_is_open_and_sunday_is_not():
    assert hours.on(CLINIC, HOUSE.hours, date(2026, 11, 25)) == (MORNING, AFTERNOON)
    assert hours.on(CLINIC, HOUSE.hours, date(2026, 11, 29)) == ()


@pytest.mark.parametrize(
    ("state", "day", "name"),
    [
        ("BE", date(2027, 3, 8), "Frauentag"),
        ("BY", date(2027, 1, 6), "Heilige Drei Könige"),
        ("BE", date(2026, 12, 25), "Erster Weihnachtstag"),
    ],
)
def test_holidays_are_those_of_the_state(state, day, name):
    clinic = read(changed(("state: BE", f"state: {state}")))
    assert name in str(hours.holiday(clinic, day))  # calendars differ in how long a name they give
    assert hours.on(clinic, HOUSE.hours, day) == ()


def test_another_states_holiday_is_a_working_day():
    assert hours.holiday(CLINIC, date(2027, 1, 6)) is None


def test_closures_recur_every_year_and_may_take_part_of_a_day():
    closures = "closures:\n  - {from: 12-24}\n  - {from: 2026-12-16, time: 13:00-20:00}\ninsurers:"
    clinic = read(changed(("insurers:", closures)))
    assert hours.on(clinic, HOUSE.hours, date(2026, 12, 24)) == ()
    assert hours.on(clinic, HOUSE.hours, date(2029, 12, 24)) == ()
    assert hours.on(clinic, HOUSE.hours, date(2026, 12, 16)) == (MORNING,)


def test_a_yearly_range_may_wrap_new_year():
    clinic = read(changed(("insurers:", "closures: [{from: 12-27, until: 01-02}]\ninsurers:")))
    closure = clinic.closures[0]
    assert [closure.covers(day) for day in (date(2026, 12, 26), date(2026, 12, 31), date(2027, 1, 2))] == [
        False,
        True,
        True,
    ]
    assert not closure.covers(date(2027, 1, 3))


def test_open_now_until_noon_and_again_in_the_afternoon():
    status = hours.status(CLINIC, HOUSE, at("2026-11-25T09:00"))
    assert (status.is_open, status.until, status.next_opening) == (
        True,
        at("2026-11-25T12:00"),
        at("2026-11-25T14:00"),
    )


def test_closed_on_friday_night_until_monday():
    status = hours.status(CLINIC, HOUSE, at("2026-11-27T18:00"))
    assert (status.is_open, status.until, status.next_opening) == (False, None, at("2026-11-30T08:00"))


@pytest.mark.parametrize(
    ("now", "kind", "answered"),
    [
        ("2026-11-25T09:00", None, "2026-11-25T13:00"),
        ("2026-11-25T15:00", None, "2026-11-26T11:00"),
        ("2026-11-27T11:00", None, "2026-11-30T11:00"),
        ("2026-12-24T15:00", None, "2026-12-28T11:00"),
        ("2026-11-28T03:00", "emergency", "2026-11-30T08:15"),
        ("2026-11-25T07:00", "emergency", "2026-11-25T08:15"),
        ("2026-11-25T09:02", None, "2026-11-25T13:15"),  # as the chat says it
    ],
)
def test_an_answer_comes_within_staffs_working_hours(now, kind, answered):
    assert hours.next_answer(CLINIC, at(now), kind) == at(answered)


def test_hours_that_span_the_clock_change_count_real_time():
    clinic = read(
        changed(
            ("hours: {mon-thu: 08:00-16:00, fri: 08:00-12:00}", "hours: {sun: 00:00-06:00}"),
            ("default: 4 h", "default: 5 h"),
        )
    )
    assert hours.next_answer(clinic, at("2027-03-28T00:00")) == at("2027-03-28T06:00")
    assert hours.next_answer(clinic, at("2026-10-25T00:00")) == at("2026-10-25T04:00")
