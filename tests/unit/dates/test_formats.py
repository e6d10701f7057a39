"""How days and times are written to patients."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from sprechstunde.dates import format_birth_date, format_day, format_slot, format_slot_title, format_time
from sprechstunde.dates.formats import ROW_TITLE_LIMIT

AT = datetime(2026, 11, 26, 14, 30)


def test_short_forms():
    assert format_slot_title(AT, "de") == "Do 26.11. 14:30"
    assert format_slot_title(AT, "en") == "Thu 26 Nov 2:30 pm"
    assert format_day(AT, "de") == "Do 26.11."
    assert format_day(date(2026, 9, 1), "en") == "Tue 1 Sep"


def test_long_forms():
    assert format_slot(AT, "de") == "Donnerstag, 26. November, um 14:30 Uhr"
    assert format_slot(AT, "en") == "Thursday 26 November at 2:30 pm"
    assert format_slot(AT, "de", year=True) == "Donnerstag, 26. November 2026, um 14:30 Uhr"
    assert format_birth_date(date(1988, 4, 3), "de") == "3. April 1988"
    assert format_birth_date(date(1988, 4, 3), "en") == "3 April 1988"


@pytest.mark.parametrize(
    ("hour", "german", "english"),
    [(0, "0:05", "12:05 am"), (8, "8:05", "8:05 am"), (12, "12:05", "12:05 pm"), (13, "13:05", "1:05 pm")],
)
def test_time_of_day(hour, german, english):
    assert format_time(AT.replace(hour=hour, minute=5), "de") == german
    assert format_time(AT.replace(hour=hour, minute=5), "en") == english


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_slot_title_fits_a_list_row(lang):
    starts = [datetime(2026, 1, 1, 23, 59) + timedelta(days=offset) for offset in range(366)]
    assert max(len(format_slot_title(start, lang)) for start in starts) <= ROW_TITLE_LIMIT
