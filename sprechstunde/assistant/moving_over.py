"""A move said without the word, about what is booked: "lieber eine Stunde später", "statt Dienstag lieber Freitag"."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde import clock, dates
from sprechstunde.assistant.nlu.marks import RULED
from sprechstunde.clinic import service as clinic_service

Coming = Callable[[], Awaitable[list[datetime]]]
# What such a message looks like to the classifier, which knows nothing of the appointment there is.
LOOKS_LIKE = frozenset(
    {
        "book_appointment",
        "inform",
        "nlu_fallback",
        "out_of_scope",
        "request_other_times",
        "choose_option",
        "deny",
    }
)


# "Ups, ich meinte Samstag", said of what was just booked.
MEANT = re.compile(
    r"\b(?:ich meinte?|meinte ich|i (?:actually )?meant|should have been|falsche[rn]? (?:tag|uhrzeit|termin)|"
    r"wrong (?:day|time|date)|(?:hab|habe) mich (?:vertan|vertippt|verklickt)|misclicked)\b",
    re.IGNORECASE,
)


async def moved_over(
    parsed: dict[str, Any], tracker: DialogueStateTracker | None, coming: Coming
) -> dict[str, Any]:
    """Parse data with the intent to move, where the words count from an appointment that is coming.

    `coming`: starts of the contact's coming appointments (aware), asked for only where the words are such.
    """
    if parsed.get(RULED) or (parsed.get("intent") or {}).get("name") not in LOOKS_LIKE or _busy(tracker):
        return parsed
    text, zone = parsed.get("text") or "", clinic_service.clinic().zone
    now = clock.now().astimezone(zone).replace(tzinfo=None)
    exchange = dates.exchange(text, None, now, loose=True)
    timed = any(entity["entity"] == "time" for entity in parsed.get("entities", []))
    if exchange is None and dates.shift(text, now) is None and not (timed and MEANT.search(text)):
        return parsed
    starts = [start.astimezone(zone).replace(tzinfo=None) for start in await coming()]
    if not starts or (exchange is not None and not any(exchange.source.covers(start) for start in starts)):
        return parsed
    return {**parsed, "intent": {"name": "reschedule_appointment", "confidence": 1.0}}


def _busy(tracker: DialogueStateTracker | None) -> bool:
    """Whether a dialogue is under way, or free times lie on the table."""
    if tracker is None:
        return False
    last = next((event for event in reversed(tracker.events) if isinstance(event, UserUttered)), None)
    return bool(tracker.active_loop_name) or (last is not None and last.intent_name == "ask_availability")
