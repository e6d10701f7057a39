"""English, put together from its tables."""

from __future__ import annotations

from sprechstunde.dates.english import constraints, cues
from sprechstunde.dates.english.days import DAYS
from sprechstunde.dates.english.hours import HOURS
from sprechstunde.dates.english.numbered_dates import NUMBERED
from sprechstunde.dates.english.operators import OPERATORS
from sprechstunde.dates.english.references import REFERENCES, REFERRING
from sprechstunde.dates.english.skipped import SKIPPED
from sprechstunde.dates.english.stretches import STRETCHES
from sprechstunde.dates.english.vocabulary import GRAMMAR, SPELLING
from sprechstunde.dates.language import Language, Scanner

RULES = [*SKIPPED, *REFERENCES, *DAYS, *STRETCHES, *NUMBERED, *HOURS, *OPERATORS]
SCANNER = Scanner(GRAMMAR, RULES)

ENGLISH = Language(
    "en",
    SPELLING.knowing(SCANNER.by_word),
    SCANNER,
    cues.FILLERS,
    cues.CORRECTIONS,
    cues.REFUSALS,
    cues.APPROVALS,
    cues.OWNED,
    cues.OWNED_AROUND,
    cues.PAST,
    cues.MOVING,
    cues.HABITS,
    cues.WANTS,
    cues.CONJUNCTIONS,
    cues.CONTRASTS,
    cues.CLOSED_AROUND,
    constraints.CONSTRAINTS,
    REFERRING,
)
