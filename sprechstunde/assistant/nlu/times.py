"""When: the wish for a time in a message, through `sprechstunde.dates`."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from sprechstunde import clock, dates
from sprechstunde.assistant.nlu.component import MessageComponent

_DEFAULT_ZONE = ZoneInfo("Europe/Berlin")
_NO_TIME = frozenset({"birth_date", "person_name", "ordinal"})
SOURCE = "source"
_CUE = r"(?:geb(?:oren|urtsdatum)?|jeboren|born|d\.?o\.?b|date of birth|birth ?date|birthday|b-?day)\b\.?"
_CUE_BEFORE = re.compile(rf"\b{_CUE}[\s:,]*(?:(?:ist|is|am|on|der|the)\s+)*$", re.IGNORECASE)
_CUE_BEHIND = re.compile(rf"\s*{_CUE}", re.IGNORECASE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TimeEntities(MessageComponent):
    """Adds one entity `time` whose value is `TimeWish.to_dict()`, from all expressions of the message together.

    A time that names an existing appointment ("den Termin am Montag verschieben") comes as a second entity with the
    role `source`. Dates of birth and ordinals are not times; stands behind their extractors.
    """

    def read(self, message: Message, text: str) -> None:
        entities = message.get(ENTITIES, [])
        timeless = text
        for entity in entities:
            if entity["entity"] in _NO_TIME:
                start, end = _with_cue(text, entity)
                timeless = timeless[:start] + " " * (end - start) + timeless[end:]
        language = next((entity["value"] for entity in entities if entity["entity"] == "language"), None)
        now = _local_now()
        spans = dates.parse(timeless, language, now)
        if not spans:
            return
        start, end = min(span.begin for span in spans), max(span.end_char for span in spans)
        for wish, extra in _wishes(timeless, language, now, any(span.role == SOURCE for span in spans)):
            if wish is not None:
                entity = {"entity": "time", "value": wish.to_dict(), "start": start, "end": end, **extra}
                self.add_entities(message, [entity])


def _with_cue(text: str, entity: dict[str, Any]) -> tuple[int, int]:
    """Where the entity stands, of a birth date with its "born" or "geb.": left alone it would speak of no time."""
    start, end = entity["start"], entity["end"]
    if entity["entity"] != "birth_date":
        return start, end
    before, behind = _CUE_BEFORE.search(text[:start]), _CUE_BEHIND.match(text[end:])
    return before.start() if before else start, end + behind.end() if behind else end


def _wishes(
    text: str, language: str | None, now: datetime, has_source: bool
) -> list[tuple[dates.TimeWish | None, dict[str, str]]]:
    """The time wished, and with the role `source` that of an appointment there is."""
    exchanged = dates.exchange(text, language, now)
    if exchanged is not None and exchanged.sure:
        return [(exchanged.target, {}), (exchanged.source, {"role": SOURCE})]
    source = [(dates.find_source(text, language, now), {"role": SOURCE})] if has_source else []
    return [(dates.find_wish(text, language, now), {}), *source]


def _local_now() -> datetime:
    return clock.now().astimezone(_zone()).replace(tzinfo=None)


def _zone() -> ZoneInfo:
    from sprechstunde.clinic import service

    try:
        return service.clinic().zone
    except service.ClinicMissing:
        return _DEFAULT_ZONE
