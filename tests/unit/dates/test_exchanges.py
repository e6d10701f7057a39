"""A sentence that gives one time up and wishes for another, and times counted from an appointment."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sprechstunde import dates

NOW = datetime(2026, 11, 25, 9)  # a Wednesday


def days(wish):
    return [start.date() for start, _ in wish.windows] if wish.windows else [wish.exact.date()]


@pytest.mark.parametrize(
    ("lang", "text", "source", "target"),
    [
        ("de", "kann ich den am dienstag auf freitag schieben", date(2026, 12, 1), date(2026, 11, 27)),
        ("de", "termin vom 1. auf den 3. verlegen", date(2026, 12, 1), date(2026, 12, 3)),
        ("de", "statt Montag lieber Mittwoch", date(2026, 11, 30), date(2026, 12, 2)),
        ("en", "move my tuesday appointment to friday morning", date(2026, 12, 1), date(2026, 11, 27)),
        (
            "en",
            "something came up monday, any chance of thursday instead?",
            date(2026, 11, 30),
            date(2026, 11, 26),
        ),
    ],
)
def test_the_time_given_up_and_the_time_wished_are_told_apart(lang, text, source, target):
    found = dates.exchange(text, lang, NOW)
    assert found is not None
    assert (days(found.source), days(found.target)) == ([source], [target])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "ich hätte gern einen termin am dienstag oder freitag"),
        ("de", "geht es dienstag zwischen 9 und 11?"),
        ("de", "von 9 bis 11 uhr wäre gut"),
        ("en", "can I come tuesday or friday?"),
        ("en", "I am free from monday to wednesday"),
    ],
)
def test_two_times_that_are_both_wished_are_no_exchange(lang, text):
    assert dates.exchange(text, lang, NOW) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("einen tag später", date(2026, 12, 2)),
        ("geht auch am Tag davor?", date(2026, 11, 30)),
        ("a week later would be better", date(2026, 12, 8)),
        ("the day before", date(2026, 11, 30)),
        ("could I come two hours later?", datetime(2026, 12, 1, 11)),
        ("eine halbe stunde früher", datetime(2026, 12, 1, 8, 30)),
        ("can you push it a week?", date(2026, 12, 8)),
        ("könnt ihr den um zwei tage verschieben", date(2026, 12, 3)),
        ("verschieb den termin bitte um eine woche", date(2026, 12, 8)),
        ("shift my appointment by an hour", datetime(2026, 12, 1, 10)),
    ],
)
def test_a_shift_counts_from_the_appointment(text, expected):
    wish = dates.shift(text, datetime(2026, 12, 1, 9))
    assert wish is not None
    assert (wish.exact if isinstance(expected, datetime) else days(wish)[0]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "bitte lieber am Freitag",
        "move it to a week from now",
        "verschieb ihn auf in zwei wochen",
        "can you move it in two weeks",
        "schiebt mich bitte in eine woche im januar",
    ],
)
def test_no_shift_without_its_words(text):
    assert dates.shift(text, datetime(2026, 12, 1, 9)) is None
