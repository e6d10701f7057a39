"""The six digits that open a result, typed into the chat instead of the page: where they go, and nothing else."""

from __future__ import annotations

import re
from typing import Any

from sprechstunde import clock
from sprechstunde.assistant.nlu.marks import RULED
from sprechstunde.dates import birth_date

INTENT = "typed_code"
CODE = re.compile(r"\W*(?:(?:der |mein |the |my )?code(?: ist| is)?\W+)?\d{3}[ -]?\d{3}\W*", re.IGNORECASE)
# Asked for any words at all, figures are an answer.
FREE = frozenset({"request_details"})


def recognised(parsed: dict[str, Any], asked: str | None) -> dict[str, Any]:
    """Parse data with the intent `typed_code` where such a number stands alone and answers nothing that was `asked`."""
    if asked in FREE or parsed.get(RULED) or not CODE.fullmatch(parsed.get("text") or ""):
        return parsed
    if asked and any(entity["entity"] != "language" for entity in parsed.get("entities", [])):
        return parsed  # a day, a number in a list
    if asked == "birth_date" and birth_date(parsed["text"], None, clock.now().date()):
        return parsed  # "120466"
    return {**parsed, "intent": {"name": INTENT, "confidence": 1.0}, "entities": []}
