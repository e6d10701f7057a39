"""Entities said in fixed words, from `phrases.yml`: `insurance_kind` and `relationship`."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from sprechstunde.assistant.nlu.component import MessageComponent
from sprechstunde.assistant.nlu.known_phrases import known_phrases
from sprechstunde.assistant.nlu.negation import is_excluded
from sprechstunde.assistant.nlu.phrases import Text
from sprechstunde.assistant.nlu.text import words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FixedPhrases(MessageComponent):
    """Adds one entity per kind: the longest phrase, the first of equals."""

    def read(self, message: Message, text: str) -> None:
        spoken = words(text)
        lexicon, patterns = known_phrases()
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
