"""Two times in one sentence: "meinen Termin am Donnerstag auf nächste Woche": which one is, which one shall be."""

from __future__ import annotations

import re

from sprechstunde import clock, dates
from sprechstunde.clinic import service as clinic_service
from sprechstunde.dates import TimeWish

# Words right before a time that make it the new one.
TO = re.compile(
    r"(?:\bauf(?: den| die| das)?|\bzu[mr]?|\blieber(?: am)?|\bstattdessen(?: am)?|\bsondern|\bnach|"
    r"\bto|\buntil|\binto|\binstead|\brather|"
    r"\bfor|\bverschieb\w*(?: auf)?|\bab|\bnach hinten(?: auf)?|\bvorziehen auf)\s*(?:den|die|das|the|am|on|next)?\s*$",
    re.IGNORECASE,
)
# Words right before a time that make it the appointment there is.
FROM = re.compile(
    r"(?:\bvom|\bvon|\bfrom|\bof|\bstatt(?: am)?|\banstatt|\binstead of|\btermin(?: ist)?(?: am| um| für| fuer)?|"
    r"\bappointment(?: is)?(?: on| at| for)?|\bmy|\bmeinen?|\bam|\bdiesen|\bfür|\bon|\bthis)\s*(?:den|the|am|on)?\s*$",
    re.IGNORECASE,
)


def from_and_to(text: str, language: str) -> tuple[TimeWish | None, TimeWish | None]:
    """The time of the appointment meant and the time wished instead, each or both absent.

    One time alone is the new one, unless the words before it say that it is the old one.
    """
    zone = clinic_service.clinic().zone
    now = clock.now().astimezone(zone).replace(tzinfo=None)
    spans = dates.parse(text, language, now)
    if not spans:
        return None, None
    split = _split(text, [span.begin for span in spans])
    if split is not None:
        return dates.find_wish(text[:split], language, now), dates.find_wish(text[split:], language, now)
    wish = dates.find_wish(text, language, now)
    before = text[: spans[0].begin]
    if not TO.search(before) and FROM.search(before):
        return wish, None
    return None, wish


def _split(text: str, begins: list[int]) -> int | None:
    """Where the new time starts, if an old one stands before it."""
    for begin in begins[1:]:
        if TO.search(text[:begin]):
            return begin
    return None
