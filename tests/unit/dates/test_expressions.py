"""Each expression of the two tables means what a receptionist would understand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sprechstunde import dates
from tests.dates_notation import NOW, written

HERE = Path(__file__).parent


def table(name: str) -> list[tuple[str, str]]:
    sections = yaml.load((HERE / name).read_text(encoding="utf-8"), yaml.BaseLoader)
    return [(text, str(meaning)) for cases in sections.values() for text, meaning in cases.items()]


def reading(text: str, lang: str | None) -> str:
    return "; ".join(written(span) for span in dates.parse(text, lang, NOW)) or "-"


@pytest.mark.parametrize(("text", "meaning"), table("german.yml"))
def test_german_expression(text, meaning):
    assert reading(text, "de") == meaning


@pytest.mark.parametrize(("text", "meaning"), table("english.yml"))
def test_english_expression(text, meaning):
    assert reading(text, "en") == meaning


def test_each_language_has_at_least_two_hundred_expressions():
    assert len(table("german.yml")) >= 200
    assert len(table("english.yml")) >= 200
