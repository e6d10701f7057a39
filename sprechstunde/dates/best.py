"""The one reading of a message that answers "when?", for scoring and for a look from the shell."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from sprechstunde.dates.agreement import WIDE, same_days
from sprechstunde.dates.model import ONE_DAY, TimeSpan
from sprechstunde.dates.resolve import joined, narrowed
from sprechstunde.dates.understand import Reading, read

_BETTER = re.compile(r"[^.,;!?]{0,25}\b(?:besser|lieber|better|preferable|instead)\b", re.IGNORECASE)
_VAGUE = ("asap", "any", "any_day", "any_time")
_LONG_PAST = timedelta(days=200)
"""An appointment or a letter farther ahead is one of last year, its date without a year."""
_FAR_APART = 60  # characters between a day and an hour that are still said of one moment


def best_span(text: str, lang: str | None, now: datetime) -> TimeSpan | None:
    """The reading that is wished for; None where the message names no time.

    What a correction replaces is left out; of alternatives ("Montag oder Dienstag früh") the first counts, else the
    longest; "so bald wie möglich" only where nothing definite is said. A day and an hour said apart are one reading.
    Where only times to avoid are named the opposite is meant ("any day but Monday": any day); an appointment that
    there is counts last of all.
    """
    now = now.replace(tzinfo=None)
    reading = read(text, lang, now)
    wished = _wished(reading)
    if wished:
        return _whole(reading, wished, _first_of_chain(reading, max(wished, key=_worth)))
    excluded = [span for span in reading.spans if span.role == "excluded"]
    if excluded:
        return _opposite(excluded[0], reading)
    near = [span for span in reading.spans if span.start is None or span.start - now < _LONG_PAST]
    return max(near, key=_worth, default=None)


def _worth(span: TimeSpan) -> tuple[bool, int]:
    return span.kind not in _VAGUE, span.end_char - span.begin


def _wished(reading: Reading) -> list[TimeSpan]:
    """Wishes, without those that a later one of the same sort takes back."""
    kept: list[TimeSpan] = []
    for span, corrects, linked in zip(reading.spans, reading.corrects, reading.linked):
        if span.role != "wish":
            continue
        if (corrects and not linked) or _preferred(reading, span):
            timed = kept[-1] if kept and kept[-1].days and kept[-1].clocks else None
            kept = [other for other in kept if not _same_sort(other, span)]
            if timed in kept and span.clocks and not span.days:
                kept.remove(timed)
                span = joined(timed, span, reading.context)
        kept.append(span)
    return kept


def _preferred(reading: Reading, span: TimeSpan) -> bool:
    """As in "ich hatte Dienstag gesagt, Mittwoch wäre besser"."""
    return bool(_BETTER.match(reading.text.raw[span.end_char :]))


def _same_sort(first: TimeSpan, second: TimeSpan) -> bool:
    return bool(first.days and second.days) or bool(first.clocks and second.clocks and not first.days)


def _first_of_chain(reading: Reading, span: TimeSpan) -> TimeSpan:
    """As in "Montag oder Dienstag früh": the first of what "oder" ties."""
    index = next((place for place, other in enumerate(reading.spans) if other is span), 0)
    if not index:
        return span
    while index and reading.either[index] and _alike(reading.spans[index - 1], reading.spans[index]):
        index -= 1
    return reading.spans[index]


def _alike(first: TimeSpan, second: TimeSpan) -> bool:
    same = first.role == second.role == "wish" and bool(first.days) == bool(second.days)
    return same and bool(first.clocks) == bool(second.clocks)


def _whole(reading: Reading, wished: list[TimeSpan], best: TimeSpan) -> TimeSpan:
    """The best span, with the hour or day that its neighbour adds."""
    best = _refined(reading, wished, best)
    days = [span for span in wished if span.days and not span.clocks and _is_day(span)]
    hours = [span for span in wished if span.clocks and not span.days]
    if len(wished) != 2 or len(days) != 1 or len(hours) != 1:
        return best
    day, hour = days[0], hours[0]
    gap = max(day.begin, hour.begin) - min(day.end_char, hour.end_char)
    return joined(day, hour, reading.context) if gap <= _FAR_APART else best


def _refined(reading: Reading, wished: list[TimeSpan], best: TimeSpan) -> TimeSpan:
    """As in "nächste Woche, am liebsten Dienstag": what names a part of a week or a month says it better."""
    if best.kind == "after" and best.days and not best.clocks:
        opened = [other for other in wished if other.kind == "after" and other.days and not other.clocks]
        return max(opened, key=lambda other: other.start or reading.context.now)
    if best.days is None or best.clocks or best.days.bound or best.days.grain not in WIDE:
        return best
    for other in wished:
        if other is best or other.days is None or other.days.bound or other.days.recurring:
            continue
        if other.days.floating:
            picked = same_days(best.days, other.days)
            return narrowed(other, picked, reading.context) if picked else best
        if (
            best.start
            and best.end
            and other.start
            and other.end
            and best.start <= other.start < other.end <= best.end
        ):
            return other
    return best


def _is_day(span: TimeSpan) -> bool:
    return bool(span.start and span.end and span.end - span.start == ONE_DAY)


def _opposite(span: TimeSpan, reading: Reading) -> TimeSpan:
    """What is left when this is ruled out: "bis zum 5. bin ich weg" is after the 5th."""
    if span.kind == "before":
        return replace(span, kind="after", start=span.end, end=None, role="wish")
    if span.kind == "after":
        return replace(span, kind="before", start=None, end=span.start, role="wish")
    now = reading.context.now.replace(second=0, microsecond=0)
    kind = "any_day" if span.days else "any_time"
    return replace(span, kind=kind, start=now, end=None, grain="day", clocks=(), role="wish")
