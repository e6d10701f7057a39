"""The six digits that open a result, typed into the chat instead of the page: where they go, and nothing else."""

from __future__ import annotations

import re
from typing import Any

from sprechstunde.assistant.nlu.marks import RULED

INTENT = "typed_code"
CODE = re.compile(r"\W*(?:(?:der |mein |the |my )?code(?: ist| is)?\W+)?\d{3}[ -]?\d{3}\W*", re.IGNORECASE)


def recognised(parsed: dict[str, Any], asked: str | None) -> dict[str, Any]:
    """Parse data with the intent `typed_code` where nothing was `asked` and such a number stands alone."""
    if asked or parsed.get(RULED) or not CODE.fullmatch(parsed.get("text") or ""):
        return parsed
    return {**parsed, "intent": {"name": INTENT, "confidence": 1.0}, "entities": []}
