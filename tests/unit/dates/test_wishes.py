"""What a whole message asks for, and how a later message changes it."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sprechstunde.dates import TimeWish, find_source, find_wish

NOW = datetime(2026, 11, 25, 10, 0)  # a Wednesday
BERLIN = ZoneInfo("Europe/Berlin")


def wish(text: str, lang: str = "de", now: datetime = NOW) -> TimeWish:
    found = find_wish(text, lang, now)
    assert found is not None, text
    return found


def slots(day: int, *hours: int, month: int = 12) -> list[datetime]:
    return [datetime(2026, month, day, hour) for hour in hours]


# The first list fits the wish, the second doesn't.
MESSAGES = [
    ("de", "zwischen 10 und 12 aber nicht 11", slots(1, 10), slots(1, 11, 12, 9)),
    ("en", "between 10 and 12 but not at 11", slots(1, 10), slots(1, 11, 12, 9)),
    ("de", "bitte nicht so früh", slots(1, 10, 15), slots(1, 8)),
    ("de", "nächste Woche, aber nicht so früh", slots(1, 10, 15), slots(1, 8)),
    ("en", "next week but please not too early", slots(1, 10, 15), slots(1, 8)),
    ("en", "not too late please", slots(1, 10, 15), slots(1, 17)),
    ("de", "außer mittwoch, nach 14 uhr", slots(1, 14, 15), [*slots(2, 15), *slots(1, 10)]),
    ("en", "any day except wednesday, after 2", slots(1, 14, 15), [*slots(2, 15), *slots(1, 10)]),
    ("de", "nicht vor 14 uhr außer mittwoch", slots(1, 14), [*slots(2, 15), *slots(1, 10)]),
    ("en", "anything but mornings", slots(1, 14), slots(1, 9)),
    ("de", "spät am Nachmittag, aber nicht nach 17 Uhr", slots(1, 16), slots(1, 18, 12)),
    (
        "de",
        "Hallo, ich hätte gern nächste Woche einen Termin, am liebsten nachmittags",
        slots(1, 12, 17),
        slots(1, 9),
    ),
    (
        "de",
        "Montag oder Dienstag früh",
        [*slots(30, 8, month=11), *slots(1, 8)],
        [*slots(2, 8), *slots(1, 15)],
    ),
    (
        "de",
        "Montag nachmittag oder Dienstag früh",
        [*slots(30, 15, month=11), *slots(1, 8)],
        [*slots(30, 8, month=11), *slots(1, 15)],
    ),
    ("de", "nicht vor Mittwoch", slots(2, 8), slots(1, 8)),
    ("de", "nächste Woche, aber nicht am Freitag", slots(3, 9), slots(4, 9)),
    ("de", "außer freitags", slots(3, 9), slots(4, 9)),
    ("de", "nicht vormittags", slots(3, 14), slots(3, 9)),
    ("de", "egal wann", [*slots(3, 9), *slots(20, 17)], []),
    ("de", "so bald wie möglich", slots(3, 9), []),
    ("de", "nach der Arbeit", slots(3, 16), slots(3, 15)),
    ("de", "ab 14 Uhr", slots(3, 14), slots(3, 13)),
    ("de", "zwischen 10 und 12", slots(3, 10, 11), slots(3, 9, 12)),
    ("de", "ich kann nur montags und mittwochs", [*slots(30, 9, month=11), *slots(9, 9)], slots(1, 9)),
    ("de", "immer dienstags nachmittags", slots(8, 14), [*slots(8, 9), *slots(9, 14)]),
    ("de", "Mo-Do ab 16 Uhr", slots(7, 16), [*slots(11, 16), *slots(7, 15)]),
    ("de", "Dienstag, äh nein, Mittwoch", slots(2, 9), slots(1, 9)),
    ("de", "vormittags oder nach 16 Uhr", slots(3, 9, 16), slots(3, 14)),
    ("de", "nach 10 aber vor 12", slots(3, 10, 11), slots(3, 9, 14)),
    ("de", "morgen nicht, übermorgen schon", [datetime(2026, 11, 27, 9)], [datetime(2026, 11, 26, 9)]),
    (
        "de",
        "Montag um 9 oder Dienstag um 10",
        [*slots(30, 9, month=11), *slots(1, 10)],
        [*slots(1, 9), *slots(30, 10, month=11)],
    ),
    ("de", "in drei Wochen", [*slots(14, 9), *slots(18, 9)], slots(8, 9)),
    ("de", "Ich arbeite bis 16 Uhr", slots(3, 16), slots(3, 15)),
    ("de", "irgendwann im Dezember, nachmittags", slots(20, 14), [*slots(20, 9), datetime(2026, 11, 30, 14)]),
    ("de", "ab nächster Woche", slots(20, 9), [datetime(2026, 11, 27, 9)]),
    ("de", "bis Freitag", [datetime(2026, 11, 27, 17)], [datetime(2026, 11, 30, 9)]),
    ("de", "Uhrzeit ist egal, Hauptsache diese Woche", [datetime(2026, 11, 27, 17)], slots(1, 9)),
    ("en", "next week, preferably in the afternoon", slots(1, 12, 17), slots(1, 9)),
    (
        "en",
        "Monday or Tuesday morning",
        [*slots(30, 8, month=11), *slots(1, 8)],
        [*slots(2, 8), *slots(1, 15)],
    ),
    ("en", "any day but Monday", slots(1, 9), slots(7, 9)),
    ("en", "anything but mornings", slots(1, 14), slots(1, 9)),
    ("en", "not before Wednesday", slots(2, 8), slots(1, 8)),
    ("en", "as soon as possible, ideally tomorrow", [datetime(2026, 11, 26, 9)], slots(1, 9)),
    ("en", "weekdays after 5", slots(3, 17), [*slots(3, 16), *slots(5, 17)]),
    ("en", "from next week, only afternoons after 3", slots(9, 15), slots(9, 14)),
    (
        "en",
        "Tuesday or Thursday next week after 3pm",
        [*slots(1, 15), *slots(3, 15)],
        [*slots(2, 15), *slots(1, 14)],
    ),
    ("en", "neither Monday nor Tuesday", slots(2, 9), [*slots(7, 9), *slots(8, 9)]),
    ("en", "I can't do Mondays and nothing before 9", slots(1, 9), [*slots(7, 9), *slots(1, 8)]),
    ("en", "after 10 but before 12", slots(3, 10, 11), slots(3, 9, 14)),
    ("en", "I work until 4", slots(3, 16), slots(3, 15)),
    ("en", "around 3 tomorrow", [datetime(2026, 11, 26, 14, 45)], [datetime(2026, 11, 26, 9)]),
]


@pytest.mark.parametrize(("lang", "text", "fitting", "unfitting"), MESSAGES)
def test_message_asks_for_these_slots(lang, text, fitting, unfitting):
    asked = wish(text, lang)
    assert [start for start in fitting if not asked.covers(start)] == []
    assert [start for start in unfitting if asked.covers(start)] == []


@pytest.mark.parametrize(
    ("first", "then", "fitting", "unfitting"),
    [
        (
            "nächste Woche nachmittags",
            "nein, Mittwoch",
            slots(2, 14),
            [*slots(2, 9), *slots(9, 14), *slots(1, 14)],
        ),
        ("nächste Woche nachmittags", "lieber vormittags", slots(1, 9), [*slots(1, 14), *slots(8, 9)]),
        ("Montag nachmittag", "doch lieber Mittwoch", slots(2, 14), [*slots(2, 9), *slots(30, 14, month=11)]),
        ("übernächste Woche Montag", "nein, Mittwoch", slots(9, 9), slots(2, 9)),
        ("Donnerstag", "um 3", [datetime(2026, 11, 26, 15)], [datetime(2026, 11, 26, 14)]),
        ("Donnerstag um 3", "lieber Freitag", [datetime(2026, 11, 27, 15)], [datetime(2026, 11, 26, 15)]),
        ("Donnerstag um 3", "lieber vormittags", [datetime(2026, 11, 26, 9)], [datetime(2026, 11, 26, 15)]),
        ("abends", "um 8", slots(3, 20), slots(3, 8)),
        ("nächste Woche", "nicht Freitag", slots(3, 9), slots(4, 9)),
        ("nächste Woche, nicht Freitag", "doch, Freitag geht", slots(4, 9), slots(3, 9)),
        (
            "nächste Woche",
            "nur dienstags oder donnerstags",
            [*slots(1, 9), *slots(3, 9)],
            [*slots(2, 9), *slots(8, 9)],
        ),
        ("im Januar", "der 12.", [datetime(2027, 1, 12, 9)], slots(12, 9)),
        ("nicht vormittags", "nächste Woche", slots(1, 14), slots(1, 9)),
        ("nachmittags", "morgen", [datetime(2026, 11, 26, 14)], [datetime(2026, 11, 26, 9)]),
        ("Montag", "Dienstag oder Mittwoch", [*slots(1, 9), *slots(2, 9)], slots(30, 9, month=11)),
        (
            "Montag nachmittag oder Dienstag früh",
            "lieber abends",
            [*slots(30, 18, month=11), *slots(1, 18)],
            slots(1, 8),
        ),
        ("nächste Woche nachmittags", "Uhrzeit egal", slots(1, 9, 14), slots(8, 9)),
        ("Freitag", "egal wann", slots(9, 9), []),
        (
            "Freitag nachmittag",
            "so bald wie möglich",
            [datetime(2026, 11, 26, 14)],
            [datetime(2026, 11, 26, 9)],
        ),
    ],
)
def test_correction_keeps_what_it_does_not_name(first, then, fitting, unfitting):
    merged = wish(first).merge(wish(then))
    assert [start for start in fitting if not merged.covers(start)] == []
    assert [start for start in unfitting if merged.covers(start)] == []


def test_hour_and_single_day_make_an_instant():
    assert wish("Freitag um 3").exact == datetime(2026, 11, 27, 15)
    assert wish("Freitag").merge(wish("halb vier")).exact == datetime(2026, 11, 27, 15, 30)


def test_hour_without_day_waits_for_one():
    asked = wish("um 3")
    assert (asked.exact, asked.clock) == (None, time(15))
    assert asked.merge(wish("morgen")).exact == datetime(2026, 11, 26, 15)


def test_ambiguous_day_carries_the_other_reading():
    asked = wish("nächsten Freitag")
    assert asked.covers(datetime(2026, 11, 27, 9))
    assert asked.alternatives == ((datetime(2026, 12, 4), datetime(2026, 12, 5)),)
    assert wish("next Friday at 3", "en").alternatives[0][0] == datetime(2026, 12, 4, 15)
    assert wish("kommenden Freitag").alternatives == ()


def test_aware_times_are_read_on_the_clinics_wall_clock():
    asked = wish("morgen ab 14 Uhr", now=NOW.replace(tzinfo=BERLIN))
    assert asked.covers(datetime(2026, 11, 26, 14, tzinfo=BERLIN))
    assert not asked.covers(datetime(2026, 11, 26, 13, 59, tzinfo=BERLIN))


@pytest.mark.parametrize("now", [datetime(2027, 3, 27, 12), datetime(2026, 10, 24, 12)])
def test_the_day_of_the_clock_change_is_one_whole_day(now):
    asked = wish("morgen", now=now)
    sunday = (now + timedelta(days=1)).date()
    assert asked.windows == (
        (datetime.combine(sunday, time()), datetime.combine(sunday, time()) + timedelta(days=1)),
    )
    assert wish("in zwei Stunden", now=now).exact == now + timedelta(hours=2)


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("de", "Ich möchte meinen Termin am Montag auf Mittwoch verschieben", 30),
        ("de", "mein Termin ist am Montag um 9, kann ich stattdessen Mittwoch kommen", 30),
        ("en", "Please move my appointment from Monday to Wednesday", 30),
        ("en", "I have an appointment on Monday at 9 that I can't make, how about Wednesday?", 30),
    ],
)
def test_appointment_there_is_and_appointment_wished_are_told_apart(lang, text, day):
    source = find_source(text, lang, NOW)
    assert source is not None
    assert source.windows[0][0].date() == date(2026, 11, day)
    assert wish(text, lang).windows[0][0] == datetime(2026, 12, 2)


def test_time_of_the_appointment_counts_where_nothing_else_is_named():
    assert wish("ich muss meinen Termin am Freitag absagen").windows[0][0] == datetime(2026, 11, 27)


def test_same_time_next_week_goes_by_the_appointment_in_question():
    anchor = datetime(2026, 11, 26, 14, 30)
    for lang, text in (("de", "gleiche Zeit nächste Woche"), ("en", "same time next week")):
        found = find_wish(text, lang, NOW, anchor=anchor)
        assert found is not None
        assert found.exact == datetime(2026, 12, 3, 14, 30)


@pytest.mark.parametrize(
    "text",
    ["", "👍", "guten Morgen", "seit drei Wochen Rückenschmerzen", "Anna Müller, 3.4.1988", "geb. 03.04.88"],
)
def test_message_without_a_wish(text):
    assert find_wish(text, "de", NOW) is None


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, text, _, _ in MESSAGES])
def test_wish_survives_json(lang, text):
    asked = wish(text, lang)
    assert TimeWish.from_dict(json.loads(json.dumps(asked.to_dict()))) == asked


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("de", "nächste Woche nachmittags", "nächste Woche nachmittags"),
        ("de", "Freitag um 3", "übermorgen um 15 Uhr"),
        ("de", "am 3.12. um halb vier", "Donnerstag, 3. Dezember um 15:30 Uhr"),
        ("de", "montags oder dienstags früh", "montags oder dienstags früh"),
        ("de", "ab 14 Uhr, außer freitags", "ab 14 Uhr, nicht freitags"),
        ("de", "so bald wie möglich", "so bald wie möglich"),
        ("de", "egal wann", "egal wann"),
        ("de", "im Dezember vormittags", "im Dezember vormittags"),
        ("en", "next week in the afternoon", "next week in the afternoon"),
        ("en", "Friday at 3", "the day after tomorrow at 3 pm"),
        ("en", "mondays after 4", "Mondays from 4 pm"),
        ("en", "tomorrow between 10 and 12", "tomorrow between 10 am and 12 pm"),
        ("en", "any day but Friday", "not Fridays"),
        ("en", "as soon as possible", "as soon as possible"),
    ],
)
def test_wish_is_said_back_in_short_words(lang, text, said):
    assert wish(text, lang).describe(lang, NOW) == said


def test_a_wish_beside_what_has_happened_stays_one_without_a_comma():
    found = wish("kann ich heut noch reinkommen hab mir in den finger geschnitten")
    assert found.windows == ((datetime(2026, 11, 25), datetime(2026, 11, 26)),)
    assert find_wish("ich hab mir am Montag in den Finger geschnitten", "de", NOW) is None


def test_a_later_hour_is_not_pushed_into_the_night_by_an_earlier_wish():
    merged = wish("Montag ab 14 Uhr").merge(wish("morgen um 9"))
    assert merged.exact == datetime(2026, 11, 26, 9)


def test_an_evening_wish_still_decides_the_half_of_the_day():
    assert wish("abends").merge(wish("morgen um 8")).exact == datetime(2026, 11, 26, 20)
