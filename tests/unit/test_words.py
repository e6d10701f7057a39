"""Words that actions put together come from YAML: an edited one is said without a restart."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Waiting

import pytest

from actions.support import words
from actions.support.words import UnknownWord, word


@pytest.fixture
def file(tmp_path, monkeypatch):
    (tmp_path / "hours").mkdir()
    path = tmp_path / "hours" / "words.yml"
    path.write_text('words:\n  open: {de: "bis {until} Uhr", en: "until {until}"}\n', encoding="utf-8")
    monkeypatch.setattr(words, "DATA", tmp_path)
    monkeypatch.setattr(words, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(words, "_read", words._Read())
    return path


def test_a_word_is_said_in_the_patients_language(file):
    assert word("open", "de", until="18:00") == "bis 18:00 Uhr"
    assert word("open", "en", until="6 pm") == "until 6 pm"


def test_a_language_without_the_word_gets_the_english_one(file):
    assert word("open", "tr", until="18:00") == "until 18:00"


def test_an_edited_word_is_said_at_once_and_a_half_written_file_changes_nothing(file):
    word("open", "de", until=1)
    file.write_text('words:\n  open: {de: "geöffnet bis {until} Uhr", en: "open"}\n', encoding="utf-8")
    assert word("open", "de", until=18) == "geöffnet bis 18 Uhr"
    file.write_text("words:\n  open: {de: [", encoding="utf-8")
    assert word("open", "de", until=18) == "geöffnet bis 18 Uhr"


def test_a_word_that_is_nowhere_is_named(file):
    with pytest.raises(UnknownWord, match="shut"):
        word("shut", "de")


def test_patients_who_write_at_the_same_moment_after_a_start_all_get_their_words(file, monkeypatch):
    monkeypatch.setattr(words, "LOOK_EVERY", 60.0)
    reading, go_on, really = threading.Event(), threading.Event(), words._words_of

    def slowly(path):
        reading.set()
        assert go_on.wait(10)
        return really(path)

    monkeypatch.setattr(words, "_words_of", slowly)
    with ThreadPoolExecutor(2) as patients:
        first = patients.submit(word, "open", "de", until=18)
        assert reading.wait(10)
        second = patients.submit(word, "open", "en", until=6)
        with pytest.raises(Waiting):  # it waits for the first, and would fail at once if it did not
            second.result(0.2)
        go_on.set()
        assert (first.result(10), second.result(10)) == ("bis 18 Uhr", "until 6")
