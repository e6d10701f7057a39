"""Free starts on one date, on ordinary days and on those when the clock changes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprechstunde.clinic.view import DayRange
from sprechstunde.scheduling.availability import (
    Timing,
    WorkOpening,
    WorkRule,
    from_minutes,
    lanes_from,
    starts,
    to_minutes,
    wall_minutes,
    work_on,
)

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY, SPRING, AUTUMN = date(2026, 11, 25), date(2027, 3, 28), date(2026, 10, 25)
HALF_HOUR = Timing("talk", 30, 0, 0, 30)


def rule(day: date, start: str, end: str, **more) -> WorkRule:
    return WorkRule("haus", day.weekday(), time.fromisoformat(start), time.fromisoformat(end), **more)


def day_starts(
    day, rules=(), openings=(), absences=(), days_off=(), is_holiday=False, timing=HALF_HOUR, lanes=None
):
    work = work_on(
        day,
        timing.code,
        rules=rules,
        openings=openings,
        absences=absences,
        days_off=days_off,
        is_holiday=is_holiday,
        zone=BERLIN,
    )
    return [from_minutes(at, BERLIN) for at, _ in starts(work, timing, 0, 10**9, BERLIN, lanes)]


def clock_times(found: list[datetime]) -> list[str]:
    return [at.strftime("%H:%M") for at in found]


def test_starts_fill_the_working_time_and_no_visit_runs_over_its_end():
    assert clock_times(day_starts(WEDNESDAY, [rule(WEDNESDAY, "08:00", "09:45")])) == [
        "08:00",
        "08:30",
        "09:00",
    ]


def test_starts_keep_to_the_hour_when_work_begins_aside():
    assert clock_times(day_starts(WEDNESDAY, [rule(WEDNESDAY, "08:10", "10:00")])) == [
        "08:30",
        "09:00",
        "09:30",
    ]


def test_the_hour_that_spring_skips_is_not_offered():
    found = day_starts(SPRING, [rule(SPRING, "01:00", "04:30")])
    assert clock_times(found) == ["01:00", "01:30", "03:00", "03:30", "04:00"]


def test_the_hour_that_autumn_repeats_is_offered_twice_and_told_apart():
    found = day_starts(AUTUMN, [rule(AUTUMN, "01:30", "03:30")])
    assert [at.isoformat(timespec="minutes")[11:] for at in found] == [
        "01:30+02:00",
        "02:00+02:00",
        "02:30+02:00",
        "02:00+01:00",
        "02:30+01:00",
        "03:00+01:00",
    ]


@pytest.mark.parametrize(("day", "length"), [(SPRING, 23), (AUTUMN, 25), (WEDNESDAY, 24)])
def test_a_day_has_as_many_hours_as_it_has(day, length):
    next_day = day + timedelta(days=1)
    assert wall_minutes(next_day, time(), BERLIN) - wall_minutes(day, time(), BERLIN) == length * 60


@pytest.mark.parametrize("day", [SPRING, AUTUMN, WEDNESDAY])
def test_working_hours_keep_their_wall_time_when_the_clock_changes(day):
    found = day_starts(day, [rule(day, "08:00", "10:00")])
    assert clock_times(found) == ["08:00", "08:30", "09:00", "09:30"]


def test_a_time_that_does_not_exist_means_the_moment_of_the_jump():
    assert (
        from_minutes(wall_minutes(SPRING, time(2, 30), BERLIN), BERLIN).isoformat()
        == "2027-03-28T03:00:00+02:00"
    )


def test_holidays_and_closures_undo_weekly_hours_but_not_openings():
    weekly = [rule(WEDNESDAY, "08:00", "09:00")]
    extra = [WorkOpening("haus", WEDNESDAY, time(15), time(16))]
    closure = [DayRange(WEDNESDAY, WEDNESDAY)]
    assert clock_times(day_starts(WEDNESDAY, weekly, is_holiday=True)) == []
    assert clock_times(day_starts(WEDNESDAY, weekly, days_off=closure)) == []
    assert clock_times(day_starts(WEDNESDAY, weekly, extra, is_holiday=True)) == ["15:00", "15:30"]
    assert clock_times(day_starts(WEDNESDAY, weekly, extra)) == ["08:00", "08:30", "15:00", "15:30"]


def test_absences_undo_openings_too_and_may_take_part_of_a_day():
    weekly = [rule(WEDNESDAY, "08:00", "11:00")]
    extra = [WorkOpening("haus", WEDNESDAY, time(15), time(16))]
    whole, part = (
        [DayRange(WEDNESDAY, WEDNESDAY)],
        [DayRange(WEDNESDAY, WEDNESDAY, start=time(9), end=time(10))],
    )
    assert clock_times(day_starts(WEDNESDAY, weekly, extra, absences=whole)) == []
    assert clock_times(day_starts(WEDNESDAY, weekly, absences=part)) == ["08:00", "08:30", "10:00", "10:30"]


def test_a_rule_holds_only_in_its_time_and_for_its_visit_types():
    later = rule(WEDNESDAY, "08:00", "09:00", valid_from=WEDNESDAY + timedelta(days=1))
    over = rule(WEDNESDAY, "08:00", "09:00", valid_until=WEDNESDAY - timedelta(days=1))
    other = rule(WEDNESDAY, "08:00", "09:00", only=frozenset({"vaccination"}))
    assert day_starts(WEDNESDAY, [later, over, other]) == []
    same = rule(WEDNESDAY, "08:00", "09:00", only=frozenset({"talk"}))
    assert clock_times(day_starts(WEDNESDAY, [same])) == ["08:00", "08:30"]


def test_buffers_keep_visits_apart():
    taken = wall_minutes(WEDNESDAY, time(9), BERLIN)
    lanes = lanes_from({0: [(taken, taken + 30)]}, 1)
    timing = Timing("talk", 30, 10, 15, 15)
    found = day_starts(WEDNESDAY, [rule(WEDNESDAY, "08:00", "10:30")], timing=timing, lanes=lanes)
    assert clock_times(found) == ["08:00", "08:15", "09:45", "10:00"]


def test_a_second_lane_has_room_when_the_first_is_taken():
    taken = wall_minutes(WEDNESDAY, time(8), BERLIN)
    weekly = [rule(WEDNESDAY, "08:00", "09:00")]
    one, two = lanes_from({0: [(taken, taken + 60)]}, 1), lanes_from({0: [(taken, taken + 60)]}, 2)
    assert day_starts(WEDNESDAY, weekly, lanes=one) == []
    assert clock_times(day_starts(WEDNESDAY, weekly, lanes=two)) == ["08:00", "08:30"]


minutes_of_day = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
around_clock_changes = st.sampled_from([SPRING, AUTUMN, WEDNESDAY, date(2027, 10, 31), date(2028, 2, 29)])


@st.composite
def days(draw):
    day = draw(around_clock_changes)
    ends = sorted(draw(st.lists(minutes_of_day, min_size=2, max_size=6, unique=True)))
    rules = [WorkRule("haus", day.weekday(), a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    busy, at = [], wall_minutes(day, time(), BERLIN)
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 90)), max_size=8)):
        busy.append((at + gap, at + gap + length))
        at += gap + length
    timing = Timing(
        "talk",
        draw(st.integers(5, 90)),
        draw(st.integers(0, 20)),
        draw(st.integers(0, 20)),
        draw(st.sampled_from([5, 10, 15, 20, 30])),
    )
    return day, rules, busy, timing


@settings(max_examples=300, deadline=None)
@given(days())
def test_what_is_offered_is_always_free_whole_and_within_working_time(case):
    day, rules, busy, timing = case
    found = day_starts(day, rules, timing=timing, lanes=lanes_from({0: busy}, 1))
    instants = [to_minutes(at) for at in found]
    assert instants == sorted(set(instants))
    for start in found:
        end = from_minutes(to_minutes(start) + timing.duration, BERLIN)
        wall = start.replace(tzinfo=None)
        assert start.utcoffset() == start.astimezone(ZoneInfo("UTC")).astimezone(BERLIN).utcoffset()
        assert (wall.hour * 60 + wall.minute) % timing.grid == 0
        begin, over = to_minutes(start) - timing.before, to_minutes(end) + timing.after
        assert all(until <= begin or over <= since for since, until in busy)
        assert any(
            wall_minutes(day, r.start, BERLIN) <= to_minutes(start)
            and to_minutes(end) <= wall_minutes(day, r.end, BERLIN)
            for r in rules
        )


@settings(max_examples=200, deadline=None)
@given(days())
def test_nothing_free_is_left_out(case):
    """Against the slow way: try every minute of the day."""
    day, rules, busy, timing = case
    found = {to_minutes(at) for at in day_starts(day, rules, timing=timing, lanes=lanes_from({0: busy}, 1))}
    first = wall_minutes(day, time(), BERLIN)
    expected = set()
    for minute in range(first, first + 25 * 60):
        wall = from_minutes(minute, BERLIN)
        inside = any(
            wall_minutes(day, r.start, BERLIN) <= minute
            and minute + timing.duration <= wall_minutes(day, r.end, BERLIN)
            for r in rules
        )
        begin, over = minute - timing.before, minute + timing.duration + timing.after
        apart = all(until <= begin or over <= since for since, until in busy)
        if inside and apart and (wall.hour * 60 + wall.minute) % timing.grid == 0:
            expected.add(minute)
    assert found == expected
