"""What is wanted and what is not, where spelling misleads."""

from __future__ import annotations

import pytest

from sprechstunde.assistant.nlu.negation import is_excluded
from sprechstunde.assistant.nlu.text import words


def excluded(text: str, name: str) -> bool:
    spoken = words(text)
    first = next(i for i, word in enumerate(spoken) if word.text == name)
    return is_excluded(spoken, first, first + 1)


@pytest.mark.parametrize("text", ["I need Weiß", "nette Frau Weiß", "I need a Weiß appointment"])
def test_needed_is_not_unwanted(text: str) -> None:
    assert not excluded(text, "Weiß")


@pytest.mark.parametrize("text", ["ned zum Weiß", "net bei Weiß", "nicht bei Weiß", "not Weiß"])
def test_unwanted_in_dialect_too(text: str) -> None:
    assert excluded(text, "Weiß")
