"""Whether a time is said of something else: work, a flight, a card that arrives. The cues are each language's own."""

from __future__ import annotations

from sprechstunde.dates.language import Language
from sprechstunde.dates.text import Normal

BUSY = "busy_"
"""How the rules of hours are called from which on one is free: "ich arbeite bis 4", "my shift ends at 2"."""

_CLAUSE_ENDS = frozenset(",.!?;\n")
_LONGEST = 12


def speaks_of_else(text: Normal, first: int, last: int, language: Language) -> bool:
    """Whether the clause up to that expression tells of something else that happens then."""
    start = first
    while start > 0 and text.words[start - 1] not in _CLAUSE_ENDS and first - start < _LONGEST:
        start -= 1
    clause = " ".join([*text.words[start:first], "@"])
    return bool(language.constraints.search(clause) or language.owned_around.search(clause))
