"""What holds for any text and any two wishes."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from time import thread_time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sprechstunde.dates import TimeWish, birth_date, find_wish, parse
from sprechstunde.dates.bench import milliseconds

HERE = Path(__file__).parent
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31))
LANGUAGES = st.sampled_from(["de", "en", None])


def _phrases() -> list[str]:
    tables = [
        yaml.load((HERE / name).read_text(encoding="utf-8"), yaml.BaseLoader)
        for name in ("german.yml", "english.yml")
    ]
    return [text for table in tables for section in table.values() for text in section]


PHRASES = _phrases()
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PHRASES), min_size=1, max_size=3).map(" ".join),
    st.lists(st.sampled_from([word for text in PHRASES for word in text.split()]), max_size=8).map(" ".join),
    st.from_regex(r"[0-9 .:/,-]{1,20}( uhr| pm|ter|th)?", fullmatch=True),
)


@given(TEXTS, LANGUAGES, MOMENTS)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_without_error_and_spans_lie_inside_it(text, lang, now):
    for span in parse(text, lang, now):
        assert 0 <= span.begin < span.end_char <= len(text)
        assert span.start is not None or span.end is not None
        if span.start is not None and span.end is not None:
            assert span.start < span.end


@given(TEXTS, LANGUAGES, MOMENTS)
@settings(max_examples=200, deadline=None)
def test_any_wish_survives_json_and_can_be_said_back(text, lang, now):
    wish = find_wish(text, lang, now)
    if wish is not None:
        assert TimeWish.from_dict(json.loads(json.dumps(wish.to_dict()))) == wish
        assert isinstance(wish.describe(lang or "de", now), str)
        assert isinstance(wish.covers(now), bool)


@given(st.sampled_from(PHRASES), MOMENTS)
@settings(max_examples=200, deadline=None)
def test_empty_wish_changes_nothing_and_is_replaced_by_any(text, now):
    wish = find_wish(text, None, now)
    if wish is not None:
        assert wish.merge(TimeWish()) == wish
        assert TimeWish().merge(wish) == wish


@given(st.sampled_from(PHRASES), MOMENTS)
@settings(max_examples=200, deadline=None)
def test_saying_it_twice_changes_nothing(text, now):
    wish = find_wish(text, None, now)
    if wish is not None:
        assert wish.merge(wish).to_dict() == wish.to_dict()


@given(st.sampled_from(PHRASES), st.sampled_from(PHRASES), MOMENTS)
@settings(max_examples=300, deadline=None)
def test_what_the_newer_wish_names_holds_in_the_merged_one(older, newer, now):
    first, second = find_wish(older, None, now), find_wish(newer, None, now)
    if first is None or second is None:
        return
    merged = first.merge(second)
    assert merged.weekdays_excluded >= second.weekdays_excluded
    assert set(second.days_excluded) <= set(merged.days_excluded)
    if second.exact is not None and second.floating is None:
        assert merged.exact == second.exact


@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
@settings(max_examples=200, deadline=None)
def test_no_text_gives_an_impossible_date_of_birth(text, today):
    born = birth_date(text, None, today)
    assert born is None or (born <= today and today.year - born.year <= 120)


@given(st.dates(date(1910, 1, 1), date(2026, 11, 25)))
@settings(max_examples=100, deadline=None)
def test_every_date_of_birth_is_read_back(born):
    today = date(2026, 11, 25)
    for text in (
        f"{born:%d.%m.%Y}",
        f"{born:%Y-%m-%d}",
        f"{born.day}/{born.month}/{born.year}",
        f"{born.day} {born.month} {born.year}",
    ):
        assert birth_date(f"ich bin am {text} geboren", "de", today) == born


def test_a_message_takes_at_most_five_milliseconds_of_processor_time():
    assert milliseconds(rounds=5)["p95"] <= 5


@pytest.mark.parametrize("words", ["montag und ", "abends schmerzen und ", "10 ", "mo,", "12/7 "])
def test_the_longest_message_is_read_in_two_seconds_of_processor_time(words):
    start = thread_time()
    find_wish(words * (4096 // len(words)), None, datetime(2026, 11, 25, 10))
    assert thread_time() - start < 2
