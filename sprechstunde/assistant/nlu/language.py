"""Which language a message is in: only when sure, since an answer in the wrong language is worse than no switch."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from sprechstunde.assistant.nlu.component import MessageComponent
from sprechstunde.assistant.nlu.language_words import ENGLISH, GERMAN, WEAK_ENGLISH
from sprechstunde.assistant.nlu.text import Word, words

# Entities that are data, not language: "Barmer" and "Dr. Smith" are written the same in both.
_NEUTRAL = frozenset({"practitioner", "insurer", "person_name", "birth_date", "location"})
# Some wishes for a language outright, in either language.
_WISHES = {
    "en": ("in english", "auf englisch", "speak english", "english please", "englisch bitte"),
    "de": ("in german", "auf deutsch", "speak german", "german please", "deutsch bitte"),
}
_MIN_WORDS_FOR_STATISTICS = 3
_SURE = 0.95


def detect(text: str, neutral: tuple[tuple[int, int], ...] = ()) -> str | None:
    """`"de"`, `"en"`, or None when unsure. Words within the character ranges `neutral` are not counted."""
    found = words(text)
    wished = _wished(" ".join(word.folded for word in found))
    if wished:
        return wished
    counted = [word for word in found if not any(start <= word.start < end for start, end in neutral)]
    german = sum(word.folded in GERMAN for word in counted)
    english = sum(word.folded in ENGLISH for word in counted)
    if english:
        english += sum(word.folded in WEAK_ENGLISH for word in counted)
    if german != english:
        # one word more decides in short messages; long mixed ones need a clear majority
        winner, loser = max(german, english), min(german, english)
        if winner >= 2 * loser:
            return "de" if german > english else "en"
        return None
    return _by_statistics(counted) if german == 0 else None


def _wished(folded: str) -> str | None:
    for language, phrases in _WISHES.items():
        if any(_fold_phrase(phrase) in folded for phrase in phrases):
            return language
    return None


@lru_cache(maxsize=64)
def _fold_phrase(phrase: str) -> str:
    return " ".join(word.folded for word in words(phrase))


def _by_statistics(counted: list[Word]) -> str | None:
    """Lingua's letter statistics, for messages without any word we know; a list of names is not such a message."""
    letters = [word for word in counted if word.text.isalpha() and len(word.text) > 1]
    if len(letters) < _MIN_WORDS_FOR_STATISTICS or all(word.text[0].isupper() for word in letters):
        return None
    best = _lingua().compute_language_confidence_values(" ".join(word.text for word in letters))[0]
    return {"GERMAN": "de", "ENGLISH": "en"}.get(best.language.name) if best.value >= _SURE else None


@lru_cache(maxsize=1)
def _lingua() -> Any:
    from lingua import Language, LanguageDetectorBuilder

    builder = LanguageDetectorBuilder.from_languages(Language.GERMAN, Language.ENGLISH)
    return builder.with_low_accuracy_mode().build()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageDetector(MessageComponent):
    """Adds the entity `language` (`de`/`en`) when sure. Stands behind the extractors: names are no evidence."""

    def read(self, message: Message, text: str) -> None:
        neutral = tuple(
            (entity["start"], entity["end"])
            for entity in message.get(ENTITIES, [])
            if entity.get("entity") in _NEUTRAL
        )
        language = detect(text, neutral)
        if language:
            entity = {"entity": "language", "value": language, "start": 0, "end": len(text)}
            self.add_entities(message, [entity])
