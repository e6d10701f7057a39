"""Wishes that wait until the one under way is done: how they are remembered, and how they come up by themselves.

They stand in the slot `next_wish`, oldest first: `text`, `intent` (what is wanted, whatever the classifier makes of
half a sentence), `relationship`, `gender`, `name` (for whom, as far as said), `visit_type`, `place` (the how-manieth of
several who were not named apart: 2 for "mein zweites Kind").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde.assistant.inbound import as_parsed
from sprechstunde.assistant.wishes import EMERGENCIES, Wish

SLOT = "next_wish"
NOTED = "another_wish"
PLACE = "place"
COMES_UP = "wish_comes_up"
MOST = 5  # at a time; nobody wants more, but a text may hold many
# Who needs help, or a human, is not asked for the next thing.
SILENT_AFTER = EMERGENCIES | {"request_human"}
EVERYTHING = re.compile(r"\b(?:alle[sm]?|beide[sn]?|gar nichts|everything|both|all)\b", re.IGNORECASE)

Remembered = dict[str, Any]


def remember(wish: Wish, intent: str | None = None, name: str | None = None) -> Remembered:
    """What has to be kept of a wish to begin it later."""
    said = {entity["entity"]: entity["value"] for entity in wish.parsed.get("entities", [])}
    return {
        "text": wish.text,
        "intent": intent or wish.parsed["intent"]["name"],
        "relationship": said.get("relationship"),
        "gender": said.get("gender"),
        "visit_type": said.get("visit_type"),
        "place": said.get(PLACE),
        "name": name or said.get("person_name"),
    }


def waiting(tracker: DialogueStateTracker | None) -> list[Remembered]:
    """The wishes that wait, oldest first."""
    return list((tracker.get_slot(SLOT) if tracker else None) or [])


def noted(
    tracker: DialogueStateTracker | None,
    new: Sequence[Remembered],
    *,
    language: Any,
    asks_again: bool,
    first: Sequence[Remembered] = (),
) -> Wish:
    """The step that says what comes afterwards. `asks_again`: then the question under way comes back.
    `first`: the wish of the same message that begins now.
    """
    known = waiting(tracker)
    added = [wish for wish in new if wish not in known]
    entities = [
        _entity(SLOT, [*known, *added][:MOST]),
        _entity("noted", list(new)),
        _entity("asks_again", asks_again),
        _entity("first", list(first)),
        *([_entity("language", language)] if language else []),
    ]
    return Wish(f"/{NOTED}", {**as_parsed(NOTED, f"/{NOTED}"), "entities": entities})


def comes_up(tracker: DialogueStateTracker | None) -> tuple[Wish, Remembered] | None:
    """The step that announces the oldest wish, and the wish; None while there is none or something is under way."""
    wishes = waiting(tracker)
    if tracker is None or not wishes or tracker.active_loop_name or tracker.get_slot("put_aside"):
        return None
    latest = tracker.latest_message
    if latest is not None and (latest.intent or {}).get("name") in SILENT_AFTER:
        return None
    dropped = latest is not None and _drops_everything(latest.intent, latest.text or "")
    rest = [] if dropped else wishes[1:]
    announced = None if dropped else wishes[0]
    entities = [_entity(SLOT, rest), _entity("noted", [announced] if announced else [])]
    step = Wish(f"/{COMES_UP}", {**as_parsed(COMES_UP, f"/{COMES_UP}"), "entities": entities})
    return step, announced or {}


def _drops_everything(intent: dict[str, Any] | None, text: str) -> bool:
    return (intent or {}).get("name") == "stop_dialogue" and bool(EVERYTHING.search(text))


def in_place(parsed: dict[str, Any], place: int) -> dict[str, Any]:
    """Parse data of the wish for one of several: the first, the second …"""
    return {**parsed, "entities": [*parsed.get("entities", []), _entity(PLACE, place)]}


def followed_by_more(wish: Wish) -> Wish:
    """A step that is not the last of its message: what it does asks nothing back."""
    if wish.text.startswith("/"):
        return wish
    entities = [*wish.parsed.get("entities", []), _entity("more_follows", True)]
    return Wish(wish.text, {**wish.parsed, "entities": entities})


def begun(wish: Remembered, parsed: dict[str, Any]) -> Wish:
    """The wish as a message of its own: its words, with the intent that was understood when it was said."""
    placed = in_place(parsed, wish["place"]) if wish.get("place") else parsed
    if wish.get("relationship"):  # as it was understood then: "ihr Bruder" of a child is a child
        others = [entity for entity in placed.get("entities", []) if entity["entity"] != "relationship"]
        placed = {**placed, "entities": [*others, _entity("relationship", wish["relationship"])]}
    return Wish(wish["text"], {**placed, "intent": {"name": wish["intent"], "confidence": 1.0}})


def _entity(name: str, value: Any) -> dict[str, Any]:
    return {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "waiting"}
