"""What patients say of themselves: names and dates of birth."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from sprechstunde import clock, dates
from sprechstunde.assistant.nlu.component import MessageComponent
from sprechstunde.assistant.nlu.language import detect
from sprechstunde.assistant.nlu.names import find_name, in_order
from sprechstunde.assistant.nlu.text import fold

_MONTHS = (
    r"(?:jan(?:uar|uary|ner|\.)?|jän(?:ner)?\.?|feb(?:ruar|ruary|\.)?|märz|maerz|mär\.?|mrz\.?|march|mar\.?|"
    r"apr(?:il|\.)?|mai|may|jun(?:i|e|\.)?|jul(?:i|y|\.)?|aug(?:ust|\.)?|sept?(?:ember|\.)?|okt(?:ober|\.)?|"
    r"oct(?:ober|\.)?|nov(?:ember|\.)?|dez(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR = r"(?:\d{4}|['’]?\d{2})(?!\d)"
_DATES = (
    rf"\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?{_YEAR}",
    r"\d{4}-\d{1,2}-\d{1,2}",
    rf"\d{{1,2}}(?:\.|st|nd|rd|th)?\s?(?:of\s)?{_MONTHS}[,\s]*{_YEAR}",
    rf"{_MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}",
)
_CUE = (
    r"(?:geb(?:oren|urtsdatum|urtstag)?\b\.?|jeboren|\*|born|d\.?o\.?b\.?|birth\s?(?:date|day)|date of birth|"
    r"b-?day)"
)
_AFTER_CUE = re.compile(
    rf"{_CUE}(?:\s(?:ist|is|am|on|at|the|der|den|wurde|bin|ich|war|in))*[\s:.,]*({'|'.join(_DATES)}|\d{{8}}|\d{{6}}|\d{{1,2}}\s\d{{1,2}}\s{_YEAR})",
    re.IGNORECASE,
)
_BEFORE_CUE = re.compile(rf"({'|'.join(_DATES)})\s*(?:geboren|geb\b|jeboren|born)", re.IGNORECASE)
_PLAIN = re.compile(rf"(?<![\d.])({'|'.join(_DATES)})(?!\d)", re.IGNORECASE)
_DEFAULT_ZONE = ZoneInfo("Europe/Berlin")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PersonalEntities(MessageComponent):
    """Adds `birth_date` (ISO date) and `person_name` (as written). Must stand ahead of the clinic's names and times."""

    def read(self, message: Message, text: str) -> None:
        found: list[dict[str, Any]] = []
        born = find_birth_date(text, clock.now().astimezone(_DEFAULT_ZONE).date())
        if born:
            value, start, end = born
            found.append({"entity": "birth_date", "value": value.isoformat(), "start": start, "end": end})
        name = find_name(text, born[1] if born else None, _is_staff)
        if name:
            start, end = name
            found.append(
                {"entity": "person_name", "value": in_order(text[start:end]), "start": start, "end": end}
            )
        self.add_entities(message, found)


def _is_staff(name: str) -> bool:
    from sprechstunde.clinic import service

    try:
        staff = service.clinic().practitioners
    except service.ClinicMissing:
        return False
    return fold(name) in {fold(f"{p.given_name} {p.family_name}") for p in staff}


def find_birth_date(text: str, today: date) -> tuple[date, int, int] | None:
    """The birth date in `text` with its place: any full date behind "geb."/"born", else one of an earlier year."""
    match = _AFTER_CUE.search(text) or _BEFORE_CUE.search(text)
    cued = match is not None
    match = match or _PLAIN.search(text)
    if match is None:
        spoken = dates.find_spoken(text, today)
        if spoken is None:
            return None
        born, start, end, no_hour = spoken
        return (born, start, end) if no_hour or re.search(_CUE, text, re.IGNORECASE) else None
    value = dates.birth_date(match.group(1), detect(text) or "de", today)
    # without a cue a date of this year is more likely an appointment's
    if value is None or (not cued and value.year >= today.year):
        return None
    return value, match.start(1), match.end(1)
