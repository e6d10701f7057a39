"""Which language a message is in: only when sure, since an answer in the wrong language is worse than no switch."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from sprechstunde.assistant.nlu.component import MessageComponent
from sprechstunde.assistant.nlu.language_words import AS_WRITTEN, ENGLISH, GERMAN, WEAK_ENGLISH
from sprechstunde.assistant.nlu.text import Word, folded_words, words
from sprechstunde.languages import languages

# Entities that are data, not language: "Barmer" and "Dr. Smith" are written the same in both.
_NEUTRAL = frozenset({"practitioner", "insurer", "person_name", "birth_date", "location"})
_MIN_WORDS_FOR_STATISTICS = 3
_SURE = 0.95


def detect(text: str, neutral: tuple[tuple[int, int], ...] = ()) -> str | None:
    """A code of `data/languages.yml`, or None when unsure. Words within the ranges `neutral` are not counted."""
    found = words(text)
    wished = _wished(" ".join(word.folded for word in found))
    if wished:
        return wished
    counted = [word for word in found if not any(start <= word.start < end for start, end in neutral)]
    found_of = {code: sum(word.folded in known for word in counted) for code, known in _lexica().items()}
    for word in counted:
        if word.text.casefold() in AS_WRITTEN:
            found_of[AS_WRITTEN[word.text.casefold()]] += 1
    if found_of["en"]:
        found_of["en"] += sum(word.folded in WEAK_ENGLISH for word in counted)
    (winner, most), (_, next_most) = sorted(found_of.items(), key=lambda item: -item[1])[:2]
    if most != next_most:
        # one word more decides in short messages; long mixed ones need a clear majority
        return winner if most >= 2 * next_most else None
    return _by_statistics(counted) if most == 0 else None


@lru_cache(maxsize=1)
def _lexica() -> dict[str, frozenset[str]]:
    """Words that give each language away."""
    ours = {"de": GERMAN, "en": ENGLISH}
    others = languages().values()
    return {
        **ours,
        **{lang.code: folded_words(" ".join(lang.words)) for lang in others if lang.code not in ours},
    }


def _wished(folded: str) -> str | None:
    for language in languages().values():
        if any(_fold_phrase(phrase) in folded for phrase in language.asked_for):
            return language.code
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
    return str(best.language.iso_code_639_1.name).lower() if best.value >= _SURE else None


@lru_cache(maxsize=1)
def _lingua() -> Any:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    known = [
        getattr(IsoCode639_1, code.upper()) for code in languages() if hasattr(IsoCode639_1, code.upper())
    ]
    builder = LanguageDetectorBuilder.from_iso_codes_639_1(*known)
    return builder.with_low_accuracy_mode().build()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageDetector(MessageComponent):
    """Adds the entity `language` (its code) when sure. Stands behind the extractors: names are no evidence."""

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
