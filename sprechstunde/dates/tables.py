"""Word tables written the short way: a line `value: word | word | …`; a value may have several lines."""

from __future__ import annotations

from collections.abc import Iterator


def _entries(text: str) -> Iterator[tuple[str, str]]:
    for line in text.strip().splitlines():
        value, words = line.strip().rsplit(": ", 1)
        for word in words.split(" | "):
            yield word.strip(), value


def grouped(text: str) -> dict[str, str]:
    """Each word with its value."""
    return dict(_entries(text))


def phrases(text: str) -> dict[str, tuple[str, ...]]:
    """Each word with the words that it stands for."""
    return {word: tuple(value.split()) for word, value in _entries(text)}


def listed(text: str) -> tuple[str, ...]:
    """The words of `a | b | c`, over any number of lines."""
    return tuple(word.strip() for word in text.replace("\n", " ").split("|"))
