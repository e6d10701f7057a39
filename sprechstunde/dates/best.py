"""The one reading of a message that answers "when?", for scoring and for a look from the shell."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from sprechstunde.dates.agreement import WIDE, is_day, picked, same_days
from sprechstunde.dates.clocks import combined
from sprechstunde.dates.constraints import BUSY
from sprechstunde.dates.model import ONE_DAY, Clock, TimeSpan
from sprechstunde.dates.moved import COUNTED_FROM, SAME_TIME, at_same_time, moved_from
from sprechstunde.dates.resolve import joined, narrowed
from sprechstunde.dates.understand import Reading, read

_BETTER = re.compile(r"[^.,;!?]{0,25}\b(?:besser|lieber|better|preferable|instead)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_ASKED = re.compile(
    r"\b(?:only|prefer\w*|best|ideally|can|could|free|nur|besten|liebsten|lieber|kann|könnte|hätte|geht|ginge|gern)\b[^.!?]*$",
    re.IGNORECASE,
)
_TOO = re.compile(r"[^.,;!?]{0,12}\b(?:zu (?:früh|spät|knapp)|too (?:early|late|soon))\b", re.IGNORECASE)
_ELSE = re.compile(
    r"\b(?:otherwise|failing that|or else|sonst|notfalls|ansonsten|zur not|ersatzweise)\b[^.!?]{0,12}$",
    re.IGNORECASE,
)
_SATURDAY = 5
_VAGUE = ("asap", "any", "any_day", "any_time")
_LONG_PAST = timedelta(days=200)
"""An appointment or a letter farther ahead is one of last year, its date without a year."""
_FAR_APART = 90  # characters between a day and an hour that are still said of one moment
_LIST = 6  # characters between the days of a list


def best_span(text: str, lang: str | None, now: datetime) -> TimeSpan | None:
    """The reading that is wished for; None where the message names no time.

    What a correction replaces is left out; of alternatives ("Montag oder Dienstag früh") the first counts, else the
    longest; "so bald wie möglich" only where nothing definite is said. A day and an hour said apart are one reading.
    Where only times to avoid are named the opposite is meant ("any day but Monday": any day); an appointment that
    there is counts last of all, but lends its day to an hour that is wished instead, and is what "a week later"
    counts from.
    """
    now = now.replace(tzinfo=None)
    reading = read(text, lang, now)
    wished = _wished(reading)
    had = next((span for span in reading.spans if span.role == "source" and span.days and span.start), None)
    if had is not None and not any(_names_a_day(span) for span in wished):
        moved = moved_from(had, text)
        if moved is not None:
            return moved
    same = _at_hour_of_another(reading)
    if same is not None:
        return same
    if wished:
        best = _whole(reading, wished, _first_of_chain(reading, wished, max(wished, key=_worth)))
        lender = had or next((span for span in reading.asides if span.days and is_day(span.days)), None)
        if lender and _is_hour(best):
            return joined(lender, best, reading.context)
        return at_same_time(had, best, text) if had and not best.clocks and _is_day(best) else best
    excluded = [span for span in reading.spans if span.role == "excluded"]
    if excluded:
        return _opposite(excluded[0], reading)
    near = [span for span in reading.spans if span.start is None or span.start - now < _LONG_PAST]
    return max(near, key=_worth, default=None)


def _at_hour_of_another(reading: Reading) -> TimeSpan | None:
    """As in "Dienstag 9 Uhr absagen; geht Mittwoch dieselbe Uhrzeit?"."""
    said = SAME_TIME.search(reading.text.raw)
    if said is None:
        return None
    timed = [
        span for span in reading.spans if span.days and span.clocks and span.clocks[0].exact and span.start
    ]
    days = [span for span in reading.spans if span.days and not span.clocks and _is_day(span)]
    if not timed or not days:
        return None
    day = min(days, key=lambda span: max(span.begin - said.end(), said.start() - span.end_char))
    return at_same_time(timed[0], day, reading.text.raw)


def _worth(span: TimeSpan) -> tuple[bool, bool, bool, int]:
    """Definite before vague, a wish before the end of work, "danach" before what it points at, long before short."""
    busy = span.rule.startswith(BUSY)
    return span.kind not in _VAGUE, not busy, "refer_" in span.rule, span.end_char - span.begin


def _wished(reading: Reading) -> list[TimeSpan]:
    """Wishes, without those that a later one of the same sort takes back."""
    kept: list[TimeSpan] = []
    for span, corrects, linked in zip(reading.spans, reading.corrects, reading.linked):
        if span.role != "wish":
            continue
        refused = bool(kept) and _is_hour(span) and _too_early(reading, kept[-1])
        if (corrects and not linked) or refused or _preferred(reading, span):
            timed = kept[-1] if kept and kept[-1].days and kept[-1].clocks else None
            span = _in_frame(span, kept, reading)
            kept = [other for other in kept if not _same_sort(other, span)]
            if timed in kept and span.clocks and not span.days:
                kept.remove(timed)
                span = joined(timed, span, reading.context)
        kept.append(span)
    kept = [span for span in kept if not _only_until(span, kept)]
    meant = [span for span in kept if not _second_best(reading, span, kept) and not _too_soon(reading, span)]
    return meant or kept


def _only_until(span: TimeSpan, kept: list[TimeSpan]) -> bool:
    """As in "wir stehen bis Sonntag auf der Kirmes, ab Montag ginge es": why it is to be later."""
    if span.kind != "before" or span.days is None or span.end is None:
        return False
    return any(
        other.days and other.start and other.start >= span.end for other in kept if other.begin > span.begin
    )


def _second_best(reading: Reading, span: TimeSpan, kept: list[TimeSpan]) -> bool:
    """As in "ideally today, otherwise tomorrow"."""
    others = any(_same_sort(other, span) for other in kept if other is not span)
    return others and bool(_ELSE.search(reading.text.raw[: span.begin]))


def _too_soon(reading: Reading, span: TimeSpan) -> bool:
    """As in "tomorrow is too soon, Friday maybe"; "is 8 too early?" asks."""
    behind = _TOO.match(reading.text.raw[span.end_char :])
    if behind is None:
        return False
    return not reading.text.raw[span.end_char + behind.end() :].lstrip().startswith(("?", "for"))


def _too_early(reading: Reading, span: TimeSpan) -> bool:
    """As in "8:30 tomorrow is too early. 10 would be ok"."""
    return bool(span.days and span.clocks and _TOO.match(reading.text.raw[span.end_char :]))


def _in_frame(span: TimeSpan, kept: list[TimeSpan], reading: Reading) -> TimeSpan:
    """As in "nächste Woche, sagen wir lieber Dienstag": a loosely named day stays in the week wished before."""
    frame = next((other.days for other in reversed(kept) if other.days and other.days.grain == "week"), None)
    if frame is None or frame.bound or span.days is None or not span.days.floating:
        return span
    days = same_days(frame, span.days)
    return narrowed(span, days, reading.context) if days else span


def _preferred(reading: Reading, span: TimeSpan) -> bool:
    """As in "ich hatte Dienstag gesagt, Mittwoch wäre besser"."""
    asked = reading.either[_place(reading, span)]  # "is Monday or Tuesday better?"
    return not asked and bool(_BETTER.match(reading.text.raw[span.end_char :]))


def _same_sort(first: TimeSpan, second: TimeSpan) -> bool:
    return bool(first.days and second.days) or bool(first.clocks and second.clocks and not first.days)


def _first_of_chain(reading: Reading, wished: list[TimeSpan], span: TimeSpan) -> TimeSpan:
    """As in "Montag oder Dienstag früh", "mon wed or fri": the first of what "oder" ties."""
    index = _place(reading, span)
    if not index:
        return span
    tied = False
    while index and _tied(reading, index, tied) and reading.spans[index - 1] in wished:
        tied = True
        index -= 1
    return reading.spans[index]


def _place(reading: Reading, span: TimeSpan) -> int:
    """Where it stands among the spans; 0 for one that was put together."""
    return next((place for place, other in enumerate(reading.spans) if other is span), 0)


def _tied(reading: Reading, index: int, tied: bool) -> bool:
    """Whether this goes on from the one before; in a list that ends with "oder", by standing beside it."""
    before, span = reading.spans[index - 1], reading.spans[index]
    if bool(before.days) != bool(span.days) or before.kind in _VAGUE:
        return False
    listed = tied and reading.linked[index] and span.begin - before.end_char <= _LIST
    return reading.either[index] or listed


def _names_a_day(span: TimeSpan) -> bool:
    return span.days is not None and not span.rule.startswith(COUNTED_FROM)


def _is_hour(span: TimeSpan) -> bool:
    return bool(span.clocks) and span.days is None


def _whole(reading: Reading, wished: list[TimeSpan], best: TimeSpan) -> TimeSpan:
    """The best span, with the hour or day that its neighbour adds."""
    best = _refined(reading, wished, best)
    hours = _hours(wished, best)
    if _is_hour(best):
        full = [span for span in wished if span.days and span.clocks]
        if full:
            return max(full, key=_worth)
        day = _nearest(
            reading, best, [span for span in wished if span.days and not span.clocks and _is_day(span)]
        )
        return joined(_first_of_chain(reading, wished, day), best, reading.context) if day else best
    hour = _nearest(reading, best, hours)
    if hour is None or not best.days:
        return best
    if not best.clocks:
        return joined(best, hour, reading.context) if _is_day(best) else best
    narrower = _narrower(best.clocks[0], hour.clocks[0])
    return joined(best, replace(hour, clocks=(narrower,)), reading.context) if narrower else best


def _narrower(wide: Clock, hour: Clock) -> Clock | None:
    """As in "heute Abend, am besten nach 18 Uhr", "before work on Monday, say 7:30"; "never before noon, Friday
    afternoon" says nothing more than the afternoon.
    """
    if wide.part and hour.bound and hour.start <= wide.start and wide.end <= hour.end:
        return None
    if wide.part:
        return combined(wide, hour)
    inside = not wide.exact and hour.exact and wide.start <= hour.start <= wide.end
    return hour if inside else None


def _hours(wished: list[TimeSpan], day: TimeSpan) -> list[TimeSpan]:
    """The hours wished; the end of work counts where none is, and not at the weekend."""
    hours = [span for span in wished if _is_hour(span)]
    asked = [span for span in hours if not span.rule.startswith(BUSY)]
    free = day.start is not None and day.start.weekday() >= _SATURDAY
    return asked if asked or free else hours


def _nearest(reading: Reading, span: TimeSpan, others: list[TimeSpan]) -> TimeSpan | None:
    """The one of them that is said of the same moment."""
    near = [(_gap(span, other), place) for place, other in enumerate(others) if _of_one(reading, span, other)]
    gap, place = min(near, default=(_FAR_APART + 1, 0))
    return others[place] if gap <= _FAR_APART else None


def _of_one(reading: Reading, span: TimeSpan, other: TimeSpan) -> bool:
    """Whether a day and an hour can be said of one moment: nothing parts them, no "oder", no other day."""
    first, second = sorted((span, other), key=lambda one: one.begin)
    if reading.either[_place(reading, second)] and not first.days:
        return False
    if any(
        one.days and first.end_char <= one.begin < second.begin for one in reading.spans if one is not first
    ):
        return False
    raw = reading.text.raw
    apart = bool(_SENTENCE_END.search(raw[first.end_char : second.begin]))
    told = not first.days and first.clocks[0].part and not _ASKED.search(raw[: first.begin][-_FAR_APART:])
    return not (apart and told)


def _gap(first: TimeSpan, second: TimeSpan) -> int:
    return max(first.begin, second.begin) - min(first.end_char, second.end_char)


def _refined(reading: Reading, wished: list[TimeSpan], best: TimeSpan) -> TimeSpan:
    """As in "nächste Woche, am liebsten Dienstag": what names a part of a week or a month says it better."""
    if best.kind == "after" and best.days and not best.clocks:
        opened = [other for other in wished if other.kind == "after" and other.days and not other.clocks]
        return max(opened, key=lambda other: other.start or reading.context.now)
    if best.days is None or best.clocks or best.days.bound or not _is_wide(best):
        return best
    for other in wished:
        if other is best or other.days is None or other.days.bound or other.days.recurring:
            continue
        if other.days.floating:
            inside = picked(other.days, best.days.ranges[0])
            if inside:
                return narrowed(other, inside, reading.context)
            continue
        if (
            best.start
            and best.end
            and other.start
            and other.end
            and best.start <= other.start < other.end <= best.end
        ):
            return other
    return best


def _is_wide(span: TimeSpan) -> bool:
    """A week, a month, or several days in a row."""
    assert span.days is not None
    long = span.start is not None and span.end is not None and span.end - span.start > ONE_DAY
    return span.days.grain in WIDE or (long and len(span.days.ranges) == 1)


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
