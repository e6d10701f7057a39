"""The phrases of `phrases.yml`, ready to be found. Knows no Rasa: the custom actions use it, too."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from sprechstunde.assistant.nlu.lexicon import Lexicon
from sprechstunde.assistant.nlu.phrases import Pattern, Text, compile_pattern
from sprechstunde.assistant.nlu.text import words

PHRASES_FILE = Path(__file__).with_name("phrases.yml")


@lru_cache(maxsize=1)
def known_phrases() -> tuple[Lexicon, tuple[tuple[str, str, Pattern], ...]]:
    """The words they are made of, and (entity, value, pattern) of each."""
    content = yaml.safe_load(PHRASES_FILE.read_text(encoding="utf-8"))
    lexicon = Lexicon()
    patterns = tuple(
        (entity, value, compile_pattern(source, {}, lexicon))
        for entity, values in content.items()
        for value, sources in values.items()
        for source in sources
    )
    return lexicon, patterns


def phrase_value(kind: str, text: str) -> str | None:
    """The value of the first phrase of that kind ("meine Frau" → `partner`), None where there is none."""
    lexicon, patterns = known_phrases()
    prepared = Text(words(text), lexicon)
    return next((value for entity, value, p in patterns if entity == kind and any(p.find(prepared))), None)
