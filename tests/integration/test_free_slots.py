"""What a patient is offered: by wish, by rules of the visit, and when there is nothing as wished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from sprechstunde import clock
from sprechstunde.dates import TimeWish
from sprechstunde.scheduling import service
from sprechstunde.scheduling.service import SlotNotOffered, SlotQuery
from tests.integration.desk import Visitor, key
from tests.small_clinic import TEXT, changed, load

pytestmark = pytest.mark.usefixtures("database", "frozen_clock")


@pytest.fixture(autouse=True)
def clinic(database, frozen_clock, tmp_path):
    return load(tmp_path)


def day_wish(*days: str, **more) -> TimeWish:
    windows = tuple((datetime.fromisoformat(d), datetime.fromisoformat(d) + timedelta(days=1)) for d in days)
    return TimeWish(windows=windows, **more)


def found(visit="talk", **query):
    return service.find_slots(SlotQuery(visit, **query))


def starts(slots) -> list[str]:
    return [slot.start.strftime("%m-%dT%H:%M") for slot in slots]


def test_slots_carry_all_that_a_list_needs():
    first = found(practitioners=("adler",), wish=TimeWish(asap=True))[0]
    assert first.key == "adler|haus|talk|2026-11-25T11:30+01:00"
    assert (first.practitioner_name, first.location_name) == ("Dr. Eva Adler", "Das Haus")
    assert first.end - first.start == timedelta(minutes=30)
    assert str(first.start.tzinfo) == "Europe/Berlin"
    assert service.slot_of(first.key) == first


def test_nothing_sooner_than_the_lead_time_and_nothing_beyond_the_horizon():
    slots = found(limit=2000, spread=False, wish=day_wish("2026-11-25", "2026-12-23", "2026-12-24"))
    assert starts(slots)[0] == "11-25T11:30"
    assert starts(slots)[-1].startswith("12-23")


def test_an_open_wish_gets_a_varied_choice_earliest_first():
    slots = found()
    assert starts(slots)[0] == "11-25T11:30"
    assert len({slot.start.date() for slot in slots}) >= 4
    assert len({slot.practitioner for slot in slots}) == 2
    assert {slot.start.hour >= 12 for slot in slots} == {True, False}
    assert starts(slots) == sorted(starts(slots))


def test_without_spread_the_earliest_come():
    assert starts(found(limit=3, spread=False, practitioners=("adler",))) == [
        "11-25T11:30",
        "11-25T14:00",
        "11-25T14:30",
    ]


def test_as_soon_as_possible_stays_near():
    assert {slot.start.date() for slot in found(wish=TimeWish(asap=True))} <= {
        date(2026, 11, 25),
        date(2026, 11, 26),
    }


def test_a_wish_for_days_and_hours_is_kept():
    wish = day_wish("2026-12-01", "2026-12-02", "2026-12-03", daytimes=((time(14), time(18)),))
    wish = replace(wish, weekdays_excluded=frozenset({2}), days_excluded=(date(2026, 12, 3),))
    slots = found(wish=wish)
    assert starts(slots) == ["12-01T14:00", "12-01T14:30", "12-01T15:00", "12-01T15:30"]


def test_an_hour_asked_for_comes_first_then_the_nearest():
    wish = TimeWish(exact=datetime.fromisoformat("2026-12-01T10:00"))
    assert starts(found(wish=wish, practitioners=("adler",), limit=3)) == [
        "12-01T10:00",
        "12-01T09:30",
        "12-01T10:30",
    ]


def test_an_hour_on_no_certain_day_is_kept_on_several_days():
    assert {slot.start.time() for slot in found(wish=TimeWish(clock=time(15)))} == {time(15)}


def test_what_was_shown_is_not_offered_again():
    first = found()
    second = found(exclude=frozenset(slot.key for slot in first))
    assert len(second) == 8
    assert not {slot.key for slot in first} & {slot.key for slot in second}


@pytest.mark.parametrize(
    ("visit", "kind", "known", "who"),
    [
        ("talk", None, None, {"adler", "busch"}),
        ("talk", "statutory", None, {"adler"}),
        ("laser", "private", True, {"adler", "busch"}),
        ("laser", "statutory", True, set()),
        ("first", "statutory", False, {"adler"}),
        ("first", "statutory", True, set()),
        ("review", "statutory", False, set()),
        ("review", "statutory", True, {"adler"}),
        ("review", "statutory", None, {"adler"}),
    ],
)
def test_visits_are_for_those_they_are_meant_for(visit, kind, known, who):
    query = SlotQuery(visit, insurance_kind=kind, known_patient=known, limit=50)
    assert {slot.practitioner for slot in service.find_slots(query)} == who
    people = service.practitioners_for(visit, insurance_kind=kind, known_patient=known)
    assert {person.code for person in people} == who


def test_an_unknown_visit_type_is_refused():
    with pytest.raises(SlotNotOffered):
        found("nonsense")
    assert service.practitioners_for("nonsense") == ()
    assert service.visit_type("nonsense") is None


def test_public_holidays_are_free_of_appointments():
    clock.freeze(datetime.fromisoformat("2026-12-20T09:00:00+01:00"))
    assert found(wish=day_wish("2026-12-25")) == []
    assert found(wish=day_wish("2026-12-28")) != []


def test_openings_are_offered_on_a_sunday_and_absences_are_not(tmp_path):
    extra = """    openings: [{location: haus, day: 2026-11-29, time: 10:00-11:00}]
    absences: [{from: 2026-11-30, until: 2026-12-01}, {from: 2026-12-02, time: 08:00-11:00}]
    accepts: [private"""
    load(tmp_path, changed(("    accepts: [private", extra)))
    days = ("2026-11-29", "2026-11-30", "2026-12-01", "2026-12-02")
    slots = found(practitioners=("busch",), wish=day_wish(*days), limit=50)
    assert starts(slots) == ["11-29T10:00", "11-29T10:30", "12-02T11:00", "12-02T11:30"]


def test_booked_time_and_its_buffers_are_taken():
    Visitor("private").book(key("2026-11-26T09:00", visit="laser"))
    slots = found(practitioners=("adler",), wish=day_wish("2026-11-26"), limit=50)
    assert starts(slots)[:3] == ["11-26T08:00", "11-26T10:00", "11-26T10:30"]


def test_as_wished_is_called_the_same():
    result = service.alternatives(SlotQuery("talk", wish=day_wish("2026-12-01")))
    assert result.kind == "same"
    assert {slot.start.date() for slot in result.slots} == {date(2026, 12, 1)}


def test_a_taken_hour_leads_to_the_nearest_ones_in_order_of_time():
    Visitor().book(key("2026-12-01T10:00"))
    result = service.alternatives(
        SlotQuery("talk", ("adler",), wish=TimeWish(exact=datetime.fromisoformat("2026-12-01T10:00")))
    )
    assert result.kind == "nearby_days"
    assert {"12-01T09:30", "12-01T10:30"} <= set(starts(result.slots))
    assert starts(result.slots) == sorted(starts(result.slots))


def test_a_closed_day_leads_to_the_days_around_it():
    result = service.alternatives(
        SlotQuery("talk", wish=day_wish("2026-12-06", daytimes=((time(8), time(10)),)))
    )
    assert result.kind == "nearby_days"
    assert {slot.start.date() for slot in result.slots} >= {date(2026, 12, 4), date(2026, 12, 7)}
    assert all(slot.start.time() < time(10) for slot in result.slots)


def test_a_doctor_on_leave_leads_to_another(tmp_path):
    away = "    absences: [{from: 2026-11-25, until: 2027-02-01}]\n    accepts: [private"
    load(tmp_path, changed(("    accepts: [private", away)))
    result = service.alternatives(SlotQuery("talk", ("busch",), wish=day_wish("2026-12-01")))
    assert result.kind == "other_practitioners"
    assert {slot.practitioner for slot in result.slots} == {"adler"}
    assert {slot.start.date() for slot in result.slots} == {date(2026, 12, 1)}


def test_a_wish_beyond_the_horizon_leads_to_the_last_days_that_can_be_booked():
    result = service.alternatives(SlotQuery("talk", wish=day_wish("2027-05-03")))
    assert result.kind == "nearby_days"
    assert max(slot.start.date() for slot in result.slots) == date(2026, 12, 23)


def test_no_alternatives_at_all_is_said():
    result = service.alternatives(SlotQuery("laser", insurance_kind="statutory"))
    assert (result.kind, result.slots) == ("none", [])


@pytest.mark.parametrize(
    ("day", "offsets"), [("2027-03-28", ["+01:00", "+02:00"]), ("2026-10-25", ["+02:00", "+01:00"])]
)
def test_a_night_desk_on_the_day_the_clock_changes(tmp_path, day, offsets):
    """Slots of the repeated hour are two slots; none lies in the hour that is skipped; each can be booked."""
    text = TEXT.replace("days: mon-fri, time: 08:00-12:00", "days: sun, time: 01:00-04:00")
    load(tmp_path, text)
    clock.freeze(datetime.fromisoformat(f"{day}T00:00:00{offsets[0]}") - timedelta(days=7))
    slots = found(practitioners=("busch",), wish=day_wish(day), limit=50, spread=False)
    assert {slot.key[-6:] for slot in slots} == set(offsets)
    assert len(slots) == {"2027-03-28": 4, "2026-10-25": 8}[day]
    visitor = Visitor("private")
    for slot in slots[1:4]:
        assert visitor.book(slot.key).slot == slot
    assert [slot.key for slot in found(practitioners=("busch",), wish=day_wish(day), limit=50)] == [
        slots[0].key,
        *(slot.key for slot in slots[4:]),
    ]


def test_what_was_ruled_out_is_not_offered_instead():
    no_wednesday = day_wish("2027-12-01", weekdays_excluded=frozenset({2}), daytimes=((time(14), time.max),))
    instead = service.alternatives(SlotQuery("talk", wish=no_wednesday))
    assert instead.kind == "nearby_days"
    assert all(slot.start.weekday() != 2 and slot.start.hour >= 14 for slot in instead.slots)
