"""Practitioners, specialties, visit types, places and insurers in a message."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from sprechstunde.assistant.nlu.adverbs import is_direction
from sprechstunde.assistant.nlu.clinic_index import Found, Index, is_everyday_word
from sprechstunde.assistant.nlu.component import MessageComponent
from sprechstunde.assistant.nlu.language_words import ENGLISH, GERMAN
from sprechstunde.assistant.nlu.negation import is_excluded
from sprechstunde.assistant.nlu.text import Word, folded_words, words

logger = logging.getLogger(__name__)

# "bei Weiß" is the doctor, "ich weiß" is not.
_NAME_CUES = folded_words(
    "bei beim zu zum zur mit von vom dr doktor doctor doc frau herr herrn prof professor with see mrs mr ms by"
)
_EXCLUDABLE = frozenset({"practitioner", "specialty"})
COMPLAINT = "symptom"
_SOURCES = ("name", "alias", COMPLAINT)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ClinicEntities(MessageComponent):
    """Adds `practitioner specialty visit_type location insurer`; negated practitioners and specialties get a role,
    a visit type that only a complaint speaks for ("krank") gets `source: symptom`.

    Its words follow the clinic's data within a second (`clinic.service.lookups`). Stands behind `PersonalEntities`:
    a patient called Weiß is not the doctor of that name.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._index: Index | None = None

    def read(self, message: Message, text: str) -> None:
        index = self._current_index()
        spoken = words(text)
        taken = [
            (entity["start"], entity["end"])
            for entity in message.get(ENTITIES, [])
            if entity["entity"] == "person_name"
        ]
        found = [
            item
            for item in index.find(spoken)
            if not _overlaps(item, spoken, taken) and _is_meant(item, spoken)
        ]
        self.add_entities(message, _entities(_one_visit_type(found), spoken))

    def _current_index(self) -> Index:
        from sprechstunde.clinic import service

        try:
            lookups, clinic = service.lookups(), service.clinic()
        except service.ClinicMissing:
            lookups, clinic = _from_file()
        if self._index is None or self._index.revision != lookups.revision:
            self._index = Index(lookups, frozenset(p.family_name for p in clinic.practitioners))
        return self._index


def _from_file() -> tuple[Any, Any]:
    """Without a clinic in the database (a designer's shell, a test of the language part): the file itself."""
    from sprechstunde.clinic import service
    from sprechstunde.clinic.lookups import build
    from sprechstunde.settings import get_settings

    clinic = service.check(get_settings().clinic_file)
    return build(clinic), clinic


def _overlaps(item: Found, spoken: Sequence[Word], taken: Sequence[tuple[int, int]]) -> bool:
    start, end = spoken[item.first].start, spoken[item.end - 1].end
    return any(start < taken_end and taken_start < end for taken_start, taken_end in taken)


def _is_meant(item: Found, spoken: Sequence[Word]) -> bool:
    """A bare family name counts unless it is an everyday word without a cue, or the end of another person's name;
    "back" where it is no direction."""
    if is_direction(spoken, item.first, item.end):
        return False
    if not item.meaning.bare_name:
        return True
    word = spoken[item.first]
    before = spoken[item.first - 1] if item.first else None
    if is_everyday_word(word.folded):
        return len(spoken) == 1 or (before is not None and before.folded in _NAME_CUES)
    if before is None or before.folded in _NAME_CUES or before.clause != word.clause:
        return True
    is_word = before.folded in GERMAN or before.folded in ENGLISH
    return is_word or not before.text[0].isupper()


def _one_visit_type(found: list[Found]) -> list[Found]:
    """A named visit beats a complaint, a longer phrase a shorter one: "Impfung trotz Husten" is a vaccination."""
    visits = [item for item in found if item.meaning.kind == "visit_type"]
    if len(visits) < 2:
        return found
    best = min(visits, key=lambda v: (_SOURCES.index(v.meaning.source) > 1, v.first - v.end, v.first))
    return [item for item in found if item.meaning.kind != "visit_type" or item is best]


def _entities(found: list[Found], spoken: Sequence[Word]) -> list[dict[str, Any]]:
    entities: list[dict[str, Any]] = []
    seen: set[tuple[str, str, bool]] = set()
    for item in found:
        excluded = is_excluded(spoken, item.first, item.end)
        key = (item.meaning.kind, item.meaning.value, excluded)
        if key in seen or (excluded and item.meaning.kind not in _EXCLUDABLE):
            continue
        seen.add(key)
        entity = {
            "entity": item.meaning.kind,
            "value": item.meaning.value,
            "start": spoken[item.first].start,
            "end": spoken[item.end - 1].end,
            **({"source": COMPLAINT} if item.meaning.source == COMPLAINT else {}),
        }
        entities.append({**entity, "role": "excluded"} if excluded else entity)
    return entities
