"""What a patient sent besides words: a place, or whom to call. Read from Meta's JSON, in which anything may stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 300
MOST = 10


@dataclass(frozen=True)
class Place:
    """Where she is, or what she means. Degrees, north and east."""

    latitude: float
    longitude: float
    name: str
    address: str

    @property
    def at(self) -> str:
        """As maps take it: "52.51627, 13.37770"."""
        return f"{self.latitude:.5f}, {self.longitude:.5f}"


@dataclass(frozen=True)
class Card:
    """Somebody from her address book."""

    name: str
    phones: tuple[str, ...]


def place_in(content: Mapping[str, Any] | None) -> Place | None:
    """The place in a message's content; None where there is none that could be found on a map."""
    found = _mapping(_mapping(content).get("meta")).get("location")
    part = _mapping(found)
    latitude, longitude = _degrees(part.get("latitude"), 90), _degrees(part.get("longitude"), 180)
    if latitude is None or longitude is None:
        return None
    return Place(latitude, longitude, _words(part.get("name")), _words(part.get("address")))


def cards_in(content: Mapping[str, Any] | None) -> tuple[Card, ...]:
    """The contact cards in a message's content that have a name or a number."""
    found = _mapping(_mapping(content).get("meta")).get("contacts")
    cards = []
    for one in found[:MOST] if isinstance(found, list) else []:
        name = _words(_mapping(_mapping(one).get("name")).get("formatted_name"))
        listed = _mapping(one).get("phones")
        phones = [
            _words(_mapping(phone).get("phone")) or _words(_mapping(phone).get("wa_id"))
            for phone in (listed[:MOST] if isinstance(listed, list) else [])
        ]
        card = Card(name, tuple(filter(None, phones)))
        if card.name or card.phones:
            cards.append(card)
    return tuple(cards)


def in_words(content: Mapping[str, Any] | None) -> str:
    """The same as a line of text; empty where nothing is enclosed."""
    place = place_in(content)
    if place is not None:
        return ", ".join(filter(None, (place.name, place.address, place.at)))
    return "; ".join(" ".join(filter(None, (card.name, *card.phones))) for card in cards_in(content))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _words(value: Any) -> str:
    return value.strip()[:LONGEST] if isinstance(value, str) else ""


def _degrees(value: Any, most: int) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if -most <= number <= most else None
