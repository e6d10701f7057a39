"""Words that point at what was shown: "die zweite", "2", "the last one" mean the same as a tap on that row."""

from __future__ import annotations

import re
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde.assistant.output import in_order

POINTING = frozenset({"choose_option", "inform", "affirm", "nlu_fallback"})
EARLIEST = 7  # o'clock; smaller numbers count rows
# "Ok" only takes note.
YES = re.compile(
    r"\W*(?:oh |ah |au |na )?(?:ja\w?|jo|jep|jup|ye[sp]|yeah|yup|gern\w*|klar|sicher|bitte|sure|please|unbedingt)\b",
    re.IGNORECASE,
)
A_HUMAN = "/request_human"
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
    hour = _at_that_hour(options, parsed.get("text", ""))
    if hour is not None:
        return hour
    if int(number) < 0:
        options = [option for option in options if option.get("place") == "row"] or options
        index = len(options) + int(number)
    else:
        index = int(number) - 1
    return str(options[index]["payload"]) if 0 <= index < len(options) else None


def accepted(parsed: dict[str, Any], tracker: DialogueStateTracker | None) -> str | None:
    """Payload of the one thing that was offered beside a human, where she says "ja, gern" to it; else None."""
    text, intent = parsed.get("text", ""), (parsed.get("intent") or {}).get("name")
    if tracker is None or tracker.active_loop_name or intent not in {"affirm", "thank"}:
        return None
    if not YES.match(text) or len(text.split()) > LONGEST:
        return None
    payloads = [str(option["payload"]) for option in _last_options(tracker)]
    offered = [payload for payload in payloads if payload != A_HUMAN]
    return offered[0] if len(offered) == 1 else None


def _at_that_hour(options: list[dict[str, Any]], text: str) -> str | None:
    """ "10" at a list of times is the hour, where just one of them begins in it; lists show no numbers."""
    said = text.strip(" .!")
    if not said.isdigit() or int(said) < EARLIEST:
        return None
    begin = re.compile(rf"T0?{int(said)}:")
    fitting = [str(o["payload"]) for o in options if begin.search(str(o["payload"]))]
    return fitting[0] if len(fitting) == 1 else None


def _last_options(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """The options of the latest choice in the assistant's last turn, in the order on the screen."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered) and event.data.get("buttons"):
            return in_order(event.data["buttons"])
    return []
