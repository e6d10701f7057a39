""" "Einen Tag später", "back by a week", "the day before": counted from an appointment, not from today."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from sprechstunde.dates.wish import TimeWish

_NUMBERS = {"zwei": 2, "two": 2, "couple": 2, "drei": 3, "three": 3, "vier": 4, "four": 4}
_AMOUNT = (
    r"(?P<n>'?ne?n?|eine?n?|an?|one|zwei|two|a couple of|couple of|drei|three|vier|four|\d)\s*"
    r"(?P<half>halbe[ns]? |half an |half )?(?P<unit>tage?n?|days?|wochen?|weeks?|stunden?|std|hours?|hrs?|h)"
)
_HALF = r"(?P<half>half)\s+(?P<n>an|a)\s+(?P<unit>hour)"
_LATER = r"(?:später\w*|spaeter|nach hinten|drauf|danach|later|back|after that)"
_EARLIER = r"(?:früher\w*|frueher|eher|nach vorne?|vorher|davor|earlier|sooner|forward|before that)"
_WAY = rf"(?:(?P<later>{_LATER})|(?P<earlier>{_EARLIER}))"
# Without a word of direction these put off: "push it a week". What follows "to" and "in" is a day of its own.
_PUT_OFF = r"\b(?P<later>push|move|shift|bump|delay|postpone|put off|verschieb\w*|schieb\w*)\b"
_TO = r"(?:to|in|for|at|on|from|auf|von|vom|am|nach|zu|zum|für)\b"
SHIFTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_HALF}\s+{_WAY}\b",
        rf"\b(?P<half>halbe|half)\s+(?P<unit>stunde|hour)\s+{_WAY}\b",
        rf"(?<!\w){_AMOUNT}\s+{_WAY}\b",
        rf"\b{_WAY}\s+(?:by\s+|um\s+)?{_AMOUNT}\b",
        rf"\bum\s+{_AMOUNT}\s+(?P<later>verschieb\w*|schieb\w*|verschoben|verleg\w*)",
        rf"{_PUT_OFF}\s+(?:(?!{_TO})\S+\s+){{0,4}}?(?:by\s+|um\s+)?{_AMOUNT}\b(?!\s+(?:from|ab|vor|before))",
        r"\b(?P<unit>tag|woche)\s+(?:(?P<later>danach|drauf|darauf|später)|(?P<earlier>davor|vorher|zuvor))\b",
        r"\b(?P<unit>day|week)\s+(?:(?P<later>after)|(?P<earlier>before))\b(?!\s+(?:next|tomorrow|yesterday|that i))",
        r"\b(?:(?P<later>following)|(?P<earlier>previous))\s+(?P<unit>day|week)\b",
        r"\b(?P<later>nächst\w*|folgend\w*|darauf ?folgend\w*)\s+(?P<unit>tag)\b",
    )
)


def shift(text: str, start: datetime) -> TimeWish | None:
    """The wish that the words mean for an appointment that begins at `start` (aware or naive, the clinic's zone); None
    without such words. Whole days and weeks are wished at any hour; "the week after" is that whole week."""
    found = next((match for pattern in SHIFTS if (match := pattern.search(text))), None)
    if found is None:
        return None
    groups = found.groupdict()
    unit, way = found["unit"].casefold(), -1 if groups.get("earlier") else 1
    at = start.replace(tzinfo=None)
    if unit.startswith(("st", "h")):
        hours = 0.5 if groups.get("half") else _number(groups.get("n"))
        return TimeWish(exact=at + way * timedelta(hours=hours))
    weeks = unit.startswith("w")
    if weeks and not groups.get("n"):
        monday = _midnight(at) - timedelta(days=at.weekday()) + way * timedelta(days=7)
        return TimeWish(windows=((monday, monday + timedelta(days=7)),))
    midnight = _midnight(at) + way * _number(groups.get("n")) * timedelta(days=7 if weeks else 1)
    return TimeWish(windows=((midnight, midnight + timedelta(days=1)),))


def besides_shift(text: str) -> str:
    """What is said besides: "am Freitag, eine Stunde später" → "am Freitag, "."""
    found = next((match for pattern in SHIFTS if (match := pattern.search(text))), None)
    return text if found is None else text[: found.start()] + text[found.end() :]


def _number(said: str | None) -> int:
    last = next((word for word in (said or "").casefold().split() if word in _NUMBERS), said or "")
    return int(last) if last.isdigit() else _NUMBERS.get(last.casefold(), 1)


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.date(), time.min)
