"""German, put together from its tables."""

from __future__ import annotations

from sprechstunde.dates.german import constraints, cues
from sprechstunde.dates.german.days import DAYS
from sprechstunde.dates.german.hours import HOURS
from sprechstunde.dates.german.numbered_dates import NUMBERED
from sprechstunde.dates.german.operators import OPERATORS
from sprechstunde.dates.german.references import REFERENCES, REFERRING
from sprechstunde.dates.german.skipped import SKIPPED
from sprechstunde.dates.german.stretches import STRETCHES
from sprechstunde.dates.german.vocabulary import GRAMMAR, SPELLING
from sprechstunde.dates.language import Language, Scanner

RULES = [*SKIPPED, *REFERENCES, *DAYS, *STRETCHES, *NUMBERED, *HOURS, *OPERATORS]
SCANNER = Scanner(GRAMMAR, RULES)

GERMAN = Language(
    "de",
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
