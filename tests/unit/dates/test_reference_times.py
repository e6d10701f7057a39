"""The same words said on other days: weekends, the turn of the year, the days of the clock change."""

from __future__ import annotations

from datetime import datetime

import pytest

from sprechstunde.dates import parse

MONDAY = "2026-11-23T09:00"
SUNDAY = "2026-11-29T20:00"
FRIDAY_EVENING = "2026-11-27T18:30"
NEW_YEARS_EVE = "2026-12-31T11:00"
SPRING = "2027-03-27T09:00"  # a Saturday; the clock goes forward on Sunday
AUTUMN = "2026-10-24T09:00"  # a Saturday; the clock goes back on Sunday
BEFORE_EASTER = "2027-03-25T14:00"  # a Thursday
LEAP = "2028-02-28T09:00"


@pytest.mark.parametrize(
    ("now", "lang", "text", "start", "end"),
    [
        (MONDAY, "de", "Montag", "2026-11-30T00:00", "2026-12-01T00:00"),
        (MONDAY, "de", "diesen Montag", "2026-11-23T00:00", "2026-11-24T00:00"),
        (MONDAY, "de", "diese Woche", "2026-11-23T00:00", "2026-11-30T00:00"),
        (MONDAY, "de", "KW 48", "2026-11-23T00:00", "2026-11-30T00:00"),
        (MONDAY, "en", "next week", "2026-11-30T00:00", "2026-12-07T00:00"),
        (MONDAY, "en", "this weekend", "2026-11-28T00:00", "2026-11-30T00:00"),
        (SUNDAY, "de", "Montag", "2026-11-30T00:00", "2026-12-01T00:00"),
        (SUNDAY, "de", "morgen", "2026-11-30T00:00", "2026-12-01T00:00"),
        (SUNDAY, "de", "nächste Woche", "2026-11-30T00:00", "2026-12-07T00:00"),
        (SUNDAY, "de", "übernächste Woche", "2026-12-07T00:00", "2026-12-14T00:00"),
        (SUNDAY, "de", "Sonntag", "2026-12-06T00:00", "2026-12-07T00:00"),
        (SUNDAY, "de", "um 9", "2026-11-30T09:00", "2026-11-30T10:00"),
        (SUNDAY, "en", "this weekend", "2026-11-28T00:00", "2026-11-30T00:00"),
        (SUNDAY, "en", "next weekend", "2026-12-05T00:00", "2026-12-07T00:00"),
        (SUNDAY, "en", "next Friday", "2026-12-04T00:00", "2026-12-05T00:00"),
        (FRIDAY_EVENING, "de", "nachmittags", "2026-11-28T12:00", "2026-11-28T18:00"),
        (FRIDAY_EVENING, "de", "Freitag", "2026-12-04T00:00", "2026-12-05T00:00"),
        (FRIDAY_EVENING, "en", "Monday", "2026-11-30T00:00", "2026-12-01T00:00"),
        (NEW_YEARS_EVE, "de", "morgen", "2027-01-01T00:00", "2027-01-02T00:00"),
        (NEW_YEARS_EVE, "de", "nächste Woche", "2027-01-04T00:00", "2027-01-11T00:00"),
        (NEW_YEARS_EVE, "de", "3.1.", "2027-01-03T00:00", "2027-01-04T00:00"),
        (NEW_YEARS_EVE, "de", "im Januar", "2027-01-01T00:00", "2027-02-01T00:00"),
        (NEW_YEARS_EVE, "de", "KW 1", "2027-01-04T00:00", "2027-01-11T00:00"),
        (NEW_YEARS_EVE, "de", "in zwei Wochen", "2027-01-14T00:00", "2027-01-15T00:00"),
        (NEW_YEARS_EVE, "en", "next month", "2027-01-01T00:00", "2027-02-01T00:00"),
        (NEW_YEARS_EVE, "en", "the 5th", "2027-01-05T00:00", "2027-01-06T00:00"),
        (SPRING, "de", "morgen um 9", "2027-03-28T09:00", "2027-03-28T10:00"),
        (SPRING, "de", "am 28. März", "2027-03-28T00:00", "2027-03-29T00:00"),
        (SPRING, "en", "next week", "2027-03-29T00:00", "2027-04-05T00:00"),
        (AUTUMN, "de", "morgen nachmittag", "2026-10-25T12:00", "2026-10-25T18:00"),
        (AUTUMN, "en", "tomorrow at 8", "2026-10-25T08:00", "2026-10-25T09:00"),
        (MONDAY, "de", "1530", "2026-11-23T15:30", "2026-11-23T15:31"),
        (BEFORE_EASTER, "de", "nach den osterfeiertagen", "2027-03-30T00:00", None),
        (BEFORE_EASTER, "de", "nach den feiertagen bitte", "2027-03-30T00:00", None),
        (BEFORE_EASTER, "de", "in der woche nach ostern", "2027-03-29T00:00", "2027-04-05T00:00"),
        (BEFORE_EASTER, "de", "am gründonnerstag", "2027-03-25T00:00", "2027-03-26T00:00"),
        (BEFORE_EASTER, "de", "am dienstag nach ostern", "2027-03-30T00:00", "2027-03-31T00:00"),
        (BEFORE_EASTER, "en", "easter tuesday", "2027-03-30T00:00", "2027-03-31T00:00"),
        (FRIDAY_EVENING, "de", "in 1 1/2 wochen", "2026-12-06T00:00", "2026-12-10T00:00"),
        (FRIDAY_EVENING, "de", "bis mittwoch mittag", None, "2026-12-02T14:00"),
        (FRIDAY_EVENING, "de", "vor Mittwoch 10 Uhr", None, "2026-12-02T10:00"),
        (FRIDAY_EVENING, "en", "after Wednesday 2pm", "2026-12-02T14:00", None),
        (FRIDAY_EVENING, "de", "ab Mittwoch nachmittag", "2026-12-02T12:00", None),
        (NEW_YEARS_EVE, "en", "first week of the new year", "2027-01-01T00:00", "2027-01-08T00:00"),
        (NEW_YEARS_EVE, "de", "am Muttertag", "2027-05-09T00:00", "2027-05-10T00:00"),
        (NEW_YEARS_EVE, "de", "am Buß- und Bettag", "2027-11-17T00:00", "2027-11-18T00:00"),
        (NEW_YEARS_EVE, "de", "1. Advent", "2027-11-28T00:00", "2027-11-29T00:00"),
        (NEW_YEARS_EVE, "de", "im zweiten Quartal", "2027-04-01T00:00", "2027-07-01T00:00"),
        (NEW_YEARS_EVE, "en", "Q1", "2027-01-01T00:00", "2027-04-01T00:00"),
        (SUNDAY, "en", "the weekend after christmas", "2027-01-02T00:00", "2027-01-04T00:00"),
        (LEAP, "de", "morgen", "2028-02-29T00:00", "2028-03-01T00:00"),
        (LEAP, "de", "in einem Jahr", "2029-02-28T00:00", "2029-03-01T00:00"),
        (LEAP, "en", "the 30th", "2028-03-30T00:00", "2028-03-31T00:00"),
    ],
)
def test_reading_depends_on_the_day_it_is_said(now, lang, text, start, end):
    (span,) = parse(text, lang, datetime.fromisoformat(now))
    assert span.to_dict()["start"] == start
    assert span.to_dict()["end"] == end


@pytest.mark.parametrize(
    ("text", "lang"),
    [("morgen um 9", "de"), ("tomorrow at 9", "en"), ("nächste Woche", "de"), ("next week", "en")],
)
def test_language_is_found_where_none_is_given(text, lang):
    now = datetime.fromisoformat(MONDAY)
    assert parse(text, None, now) == parse(text, lang, now) != []
