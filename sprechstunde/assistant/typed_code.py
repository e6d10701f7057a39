"""The six digits that open a result, typed into the chat instead of the page: where they go, and nothing else."""

from __future__ import annotations

import re
from typing import Any

from sprechstunde import clock
from sprechstunde.assistant.nlu.marks import RULED
from sprechstunde.dates import birth_date

INTENT = "typed_code"
RESULTS = "ask_results"
DIGITS = r"(?<!\d)(?<!\d )\d{3}[ -]?\d{3}(?!\d)"
CODE = re.compile(rf"\W*(?:(?:\w+ ){{0,4}}code(?: ist| is| lautet| war)?\W+)?{DIGITS}\W*", re.IGNORECASE)
REFUSED = re.compile(
    rf"(?=.*{DIGITS})(?=.*(?:(?:geht|klappt|funktioniert|stimmt|passt|gilt) nicht|falsch|ungültig|abgelaufen|"
    r"wrong|invalid|expired|(?:doesn'?t|not|won'?t) (?:work|accept)|not accepted))",
    re.IGNORECASE | re.DOTALL,
)
MOST_WORDS = 10
# Asked for any words at all, figures are an answer.
FREE = frozenset({"request_details"})


def recognised(parsed: dict[str, Any], asked: str | None) -> dict[str, Any]:
    """Parse data with the intent `typed_code` where such a number stands alone and answers nothing that was `asked`.

    Where it "does not work" it is about the way to her results.
    """
    text = parsed.get("text") or ""
    if asked in FREE or parsed.get(RULED):
        return parsed
    if REFUSED.match(text) and len(text.split()) <= MOST_WORDS:
        return {**parsed, "intent": {"name": RESULTS, "confidence": 1.0}}
    if not CODE.fullmatch(text):
        return parsed
    if asked and any(entity["entity"] != "language" for entity in parsed.get("entities", [])):
        return parsed  # a day, a number in a list
    if asked == "birth_date" and birth_date(parsed["text"], None, clock.now().date()):
        return parsed  # "120466"
    return {**parsed, "intent": {"name": INTENT, "confidence": 1.0}, "entities": []}
