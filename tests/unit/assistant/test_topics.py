"""Word families say what a message is about, in words that no example has."""

from __future__ import annotations

import pytest

from sprechstunde.assistant.nlu.topics import Topics, load_topics


def named(text: str) -> set[str]:
    topics = load_topics()
    return {topics.names[column] for column in topics.of(text)}


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Sommerreifen aufziehen", "car"),
        ("tyres", "car"),
        ("haben sie noch nen Tisch", "food"),
        ("unser Welpe", "animals"),
        ("dachrinne tropft", "house"),
        ("wann ist Gottesdienst", "authorities"),
    ],
)
def test_a_word_belongs_to_its_family(text: str, family: str) -> None:
    assert family in named(text)


def test_words_of_any_other_business_count_as_elsewhere_too() -> None:
    assert "elsewhere" in named("Pizza Salami")
    assert not named("Ich brauche eine Überweisung zum Radiologen")


@pytest.mark.parametrize("text", [None, "", "  ", "🎉", "…"])
def test_without_words_there_is_no_family(text: str | None) -> None:
    assert not load_topics().of(text)


def test_endings_beginnings_and_exact_words() -> None:
    topics = Topics({"a": ["*tisch"], "b": ["=tisch"], "c": ["tisch*"], "d": ["*isch*"]})
    assert [topics.names[i] for i in topics.of("Küchentisch")] == ["a", "d"]
    assert [topics.names[i] for i in topics.of("Tischlein")] == ["c", "d"]
    assert [topics.names[i] for i in topics.of("tisch")] == ["a", "b", "c", "d"]


def test_two_words_that_are_one_are_found() -> None:
    topics = Topics({"house": ["washing-machine"]})
    assert list(topics.of("my washing machine leaks")) == [0]
