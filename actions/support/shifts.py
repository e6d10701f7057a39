""" "Einen Tag später", "back by a week", "two hours earlier": counted from the appointment, not from today."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from sprechstunde.dates import TimeWish

_NUMBERS = {"zwei": 2, "two": 2, "drei": 3, "three": 3, "vier": 4, "four": 4}
_AMOUNT = (
    r"(?P<n>eine?n?|an?|one|zwei|two|drei|three|vier|four|\d)\s+"
    r"(?P<unit>tage?n?|days?|wochen?|weeks?|stunden?|hours?)"
)
_LATER = r"(?:später|spaeter|nach hinten|later|back)"
_EARLIER = r"(?:früher|frueher|eher|nach vorne?|vorher|earlier|forward)"
SHIFTS = (
    re.compile(rf"\b{_AMOUNT}\s+(?:(?P<later>{_LATER})|(?P<earlier>{_EARLIER}))\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:(?P<later>{_LATER})|(?P<earlier>{_EARLIER}))\s+(?:by\s+|um\s+)?{_AMOUNT}\b", re.IGNORECASE
    ),
)


def wish(text: str, start: datetime) -> TimeWish | None:
    """The wish that the words mean for an appointment that begins at `start` (aware); None without such words."""
    found = next((match for pattern in SHIFTS if (match := pattern.search(text))), None)
    if found is None:
        return None
    said, unit = found["n"].casefold(), found["unit"].casefold()
    number = int(said) if said.isdigit() else _NUMBERS.get(said, 1)
    number = -number if found["earlier"] else number
    at = start.replace(tzinfo=None)
    if unit.startswith(("st", "h")):
        return TimeWish(exact=at + timedelta(hours=number))
    day = at.date() + timedelta(days=number * (7 if unit.startswith("w") else 1))
    midnight = datetime.combine(day, time.min)
    return TimeWish(windows=((midnight, midnight + timedelta(days=1)),))
