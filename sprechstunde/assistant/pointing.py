"""Words that point at what was shown: "die zweite", "2", "the last one" mean the same as a tap on that row."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde.assistant.output import in_order

POINTING = frozenset({"choose_option", "inform", "affirm", "nlu_fallback"})
LONGEST = 6  # words; "die zweite bitte", "I'll take the second one"


def pointed_at(parsed: dict[str, Any], tracker: DialogueStateTracker | None) -> str | None:
    """Payload of the option that the words mean, None where they name anything else or no such option was shown.

    Rows of a list count first: "the last one" is the last row, not "other times".
    """
    entities = {entity["entity"]: entity.get("value") for entity in parsed.get("entities", [])}
    number = entities.get("ordinal")
    named = set(entities) - {"ordinal", "language"}
    if tracker is None or number is None or named or len(parsed.get("text", "").split()) > LONGEST:
        return None
    if (parsed.get("intent") or {}).get("name") not in POINTING:
        return None
    options = _last_options(tracker)
    if int(number) < 0:
        options = [option for option in options if option.get("place") == "row"] or options
        index = len(options) + int(number)
    else:
        index = int(number) - 1
    return str(options[index]["payload"]) if 0 <= index < len(options) else None


def _last_options(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """The options of the latest choice in the assistant's last turn, in the order on the screen."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered) and event.data.get("buttons"):
            return in_order(event.data["buttons"])
    return []
