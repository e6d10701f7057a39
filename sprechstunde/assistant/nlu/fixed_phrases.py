"""Entities said in fixed words, from `phrases.yml`: `insurance_kind` and `relationship`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from sprechstunde.assistant.nlu.component import MessageComponent
from sprechstunde.assistant.nlu.lexicon import Lexicon
from sprechstunde.assistant.nlu.negation import is_excluded
from sprechstunde.assistant.nlu.phrases import Pattern, Text, compile_pattern
from sprechstunde.assistant.nlu.text import words

PHRASES_FILE = Path(__file__).with_name("phrases.yml")


@lru_cache(maxsize=1)
def _phrases() -> tuple[Lexicon, tuple[tuple[str, str, Pattern], ...]]:
    content = yaml.safe_load(PHRASES_FILE.read_text(encoding="utf-8"))
    lexicon = Lexicon()
    patterns = tuple(
        (entity, value, compile_pattern(source, {}, lexicon))
        for entity, values in content.items()
        for value, sources in values.items()
        for source in sources
    )
    return lexicon, patterns


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FixedPhrases(MessageComponent):
    """Adds one entity per kind: the longest phrase, the first of equals."""

    def read(self, message: Message, text: str) -> None:
        spoken = words(text)
        lexicon, patterns = _phrases()
        prepared = Text(spoken, lexicon)
        best: dict[str, tuple[int, int, int, str]] = {}
        for entity, value, pattern in patterns:
            for start, end in pattern.find(prepared):
                candidate = (start - end, start, end, value)
                if not is_excluded(spoken, start, end) and candidate < best.get(entity, (0, 0, 0, "")):
                    best[entity] = candidate
        self.add_entities(message, [_entity(entity, found, spoken) for entity, found in best.items()])


def _entity(kind: str, found: tuple[int, int, int, str], spoken: list[Any]) -> dict[str, Any]:
    _, start, end, value = found
    return {"entity": kind, "value": value, "start": spoken[start].start, "end": spoken[end - 1].end}


def phrase_value(kind: str, text: str) -> str | None:
    """The value of the first phrase of that kind ("meine Frau" → `partner`), None where there is none."""
    lexicon, patterns = _phrases()
    prepared = Text(words(text), lexicon)
    return next((value for entity, value, p in patterns if entity == kind and any(p.find(prepared))), None)
