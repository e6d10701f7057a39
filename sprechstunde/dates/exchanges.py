"""Two times in a message, one given for the other: "den am Dienstag auf Freitag", "from 9 to 11", "statt Montag …"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sprechstunde.dates.model import TimeSpan
from sprechstunde.dates.understand import find_source, find_wish, parse
from sprechstunde.dates.wish import TimeWish

_FLAGS = re.IGNORECASE
_SENTENCE_END = re.compile(r"(?<!\d)[.!?;\n](?=\s)")
_SEAMS = {
    "de": re.compile(r"\s(?:auf|gegen)\s", _FLAGS),
    "en": re.compile(r"\s(?:to|for|into|until)\s", _FLAGS),
}
# "Tauschen gegen", "swap for": these little words say so only beside such a verb.
_SWAPS = re.compile(r"\b(?:\w*tausch\w*|wechsel\w*|swap\w*|exchang\w*|chang\w*|switch\w*|trad\w*)\b", _FLAGS)
_NEEDS_SWAP = frozenset({"gegen", "for"})
_MOVES = re.compile(
    r"\b(?:mov|reschedul|chang|switch|shift|push|postpon|swap|bring|put|bump|rebook|transfer|rearrang|alter|mak)\w*\b"
    r"[^,;]*$",
    _FLAGS,
)
_OWNER = re.compile(r"\b(?:my|mine|our|from|\w+'s)(?: \w+)?\s*$", _FLAGS)
_THING = re.compile(r"^\W*(?:'s\s+)?(?:appointment|appt|apt|one|slot|booking|visit)\b", _FLAGS)
# What stands before a time that is wished, not given up: "auf Dienstag 9 bis 11".
_WISHED = re.compile(
    r"\b(?:auf|bis|zwischen|to|until|till|between|oder|or|after|nach|ab)(?: \w+)?\s*$", _FLAGS
)
_WISHED_SPAN = re.compile(r"(?:auf|bis|zwischen|to|until|till|between|after|nach|ab)\b", _FLAGS)
_FROM = re.compile(r"^(?:von|vom|from)(?: dem| der| the)?\s+", _FLAGS)
_FILLERS = frozenset(
    (
        "den",
        "dem",
        "die",
        "das",
        "der",
        "am",
        "um",
        "an",
        "im",
        "the",
        "on",
        "at",
        "maybe",
        "vielleicht",
        "a",
        "einen",
    )
)
_LONGEST_GAP = 6  # words between the time given up and the seam
_HOUR_LEFT = re.compile(r"\b(?P<by>from|von|vom|my|um|at)\s+(?P<n>\d{1,2})$", _FLAGS)
_HOUR_RIGHT = re.compile(
    r"^(?P<n>\d{1,2})(?=\s*(?:$|[?!,]|please|bitte|instead|\w*(?:schieb|leg|buch|rück|tausch)\w*))", _FLAGS
)
_DAYS_WITHOUT_DOTS = re.compile(r"\b(vom) (\d{1,2}) (auf den) (\d{1,2})(?![.:\d]| uhr)", _FLAGS)
# "Dienstagstermin", "the Tuesday one": a day and what is on it.
_GERMAN_THING = re.compile(r"\b((?:mon|diens|donners|frei|sams)tag|mittwoch)s?-?(termin\w*)", _FLAGS)
_ENGLISH_THING = re.compile(
    r"\b((?:the|my) (?:\w+day|mon|tues?|wed|thurs?|fri|\d+(?:st|nd|rd|th))) one\b", _FLAGS
)
_ON = {"de": "am", "en": "on the"}
_UNIT = {"de": " Uhr", "en": " o'clock"}
_CAME_UP = re.compile(r"\b(?:dazwischen\w*|(?:came|come|cropped|popped) up|verhindert)\b", _FLAGS)
_REFUSES = re.compile(
    r"\b(?:klapp\w*|geht|gehts|pass\w*|schaff\w*|kann|könn\w*|komm\w*)\b.*\b(?:nicht|nich|net|ned|nimmer)\b|"
    r"\b(?:ungünstig|schlecht|zu (?:früh|spät)|kollidiert|too (?:early|late)|clash\w*|no good|no longer|"
    r"(?:can(?:'|’)?t|cannot|won(?:'|’)?t|doesn(?:'|’)?t|isn(?:'|’)?t|not going to|unable|not able)\b.*)",
    _FLAGS | re.DOTALL,
)
_HAS = re.compile(
    r"\b(?:hab|habe|haben|have|got|bin|steh\w*|i(?:'|’)?m|i am)\b.*"
    r"\b(?:termin|appointment|appt|booked|eingetragen|down|in)\b",
    _FLAGS | re.DOTALL,
)
_CLAUSES = re.compile(r"[,;.!?\n]+\s+|\s+(?:und|aber|but|so|and|dann)\s+", _FLAGS)


@dataclass(frozen=True)
class Exchange:
    """`source`: the time to be given up, `target`: the one wished for it. `sure`: the words can mean nothing else;
    otherwise only who knows the appointments can tell ("Dienstag geht nicht, ginge Freitag?")."""

    source: TimeWish
    target: TimeWish
    sure: bool = True


def exchange(text: str, lang: str | None, now: datetime, *, loose: bool = False) -> Exchange | None:
    """The two times of a message that gives one for the other; None for any other message.

    `now`: the clinic's wall clock. `loose`: also where only the appointments that there are tell it from a stretch
    ("from 9 to 11").
    """
    for language in (lang[:2] if lang[:2] in _SEAMS else "de",) if lang else _SEAMS:
        said = _plainer(text.strip())
        found = _at_seam(said, language, now, loose) or _by_roles(said, language, now)
        found = found or _by_clauses(said, language, now)
        if found is not None:
            return found
    return None


def _plainer(text: str) -> str:
    text = _DAYS_WITHOUT_DOTS.sub(r"\1 \2. \3 \4.", text)
    return _ENGLISH_THING.sub(r"\1 appointment", _GERMAN_THING.sub(r"\1 \2", text))


def _at_seam(text: str, lang: str, now: datetime, loose: bool) -> Exchange | None:
    for seam in _SEAMS.get(lang, _SEAMS["de"]).finditer(text):
        begin = max((end.end() for end in _SENTENCE_END.finditer(text, 0, seam.start())), default=0)
        left, right = text[begin : seam.start()], text[seam.end() :]
        word = seam.group().split()[0].casefold()
        if word in _NEEDS_SWAP and not _SWAPS.search(text):
            continue
        left = _HOUR_LEFT.sub(lambda hour: hour.group() + _UNIT[lang], left)
        right = _HOUR_RIGHT.sub(lambda hour: hour.group() + _UNIT[lang], right)
        given = _given_up(left, lang, now)
        if given is None or not _begins_with_time(right, lang, now):
            continue
        if lang == "en" and not loose and word not in _NEEDS_SWAP and not _gives(left, given):
            continue
        named = _FROM.sub("", left[given.begin : given.end_char])
        source = find_wish(named, lang, now) or find_wish(f"{_ON[lang]} {named}", lang, now)
        target = find_wish(right, lang, now)
        if source is not None and target is not None:
            return Exchange(source, target)
    return None


def _given_up(left: str, lang: str, now: datetime) -> TimeSpan | None:
    """The last time before the seam, unless it is one that is wished."""
    spans = parse(left, lang, now)
    if not spans or spans[-1].kind in ("asap", "any", "any_day", "any_time"):
        return None
    last = spans[-1]
    said = left[last.begin : last.end_char]
    if _WISHED.search(left[: last.begin]) or _WISHED_SPAN.match(said):
        return None
    return last if len(left[last.end_char :].split()) <= _LONGEST_GAP else None


def _begins_with_time(right: str, lang: str, now: datetime) -> bool:
    spans = parse(right, lang, now)
    return bool(spans) and set(right[: spans[0].begin].casefold().split()) <= _FILLERS


def _gives(left: str, given: TimeSpan) -> bool:
    """Whether an English "to" moves something: "move it from …", "my 9 o'clock", "the Tuesday one"."""
    before, behind = left[: given.begin], left[given.end_char :]
    if _THING.match(behind):
        return True
    if _MOVES.search(before):
        return True
    owner = _OWNER.search(before)
    return owner is not None and not owner.group().casefold().startswith("from")


def _by_roles(text: str, lang: str, now: datetime) -> Exchange | None:
    """ "Statt Dienstag lieber Donnerstag": the grammar of times tells them apart."""
    roles = {span.role for span in parse(text, lang, now)}
    if not {"source", "wish"} <= roles:
        return None
    source, target = find_source(text, lang, now), find_wish(text, lang, now)
    return Exchange(source, target) if source and target else None


def _by_clauses(text: str, lang: str, now: datetime) -> Exchange | None:
    """ "Mir ist Dienstag was dazwischengekommen, ginge Donnerstag?": what a clause gives up, a later one replaces."""
    for clause, rest in _clauses(text):
        came_up = bool(_CAME_UP.search(clause))
        if not (came_up or _REFUSES.search(clause) or _HAS.search(clause)):
            continue
        spans = parse(clause, lang, now)
        target = find_wish(rest, lang, now) if len(spans) == 1 else None
        source = find_wish(clause[spans[0].begin : spans[0].end_char], lang, now) if target else None
        if source is None or target is None or not (target.names_days or target.names_times):
            continue
        positive = _positive(source, spans[0], clause, lang, now)
        return Exchange(positive, target, sure=came_up) if positive else None
    return None


def _positive(wish: TimeWish, span: TimeSpan, clause: str, lang: str, now: datetime) -> TimeWish | None:
    """The time itself, where the grammar took "can't make Tuesday" for one expression that excludes it."""
    if wish.names_days or wish.names_times:
        return wish
    words = clause[span.begin : span.end_char].split()
    for start in range(1, len(words)):
        found = find_wish(" ".join(words[start:]), lang, now)
        if found is not None and (found.names_days or found.names_times):
            return found
    return None


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """Each clause, and all that follows it."""
    seams = list(_CLAUSES.finditer(text))
    starts = [0, *(seam.end() for seam in seams)]
    ends = [*(seam.start() for seam in seams), len(text)]
    for (start, end), following in itertools.zip_longest(zip(starts, ends, strict=True), starts[1:]):
        if following is not None:
            yield text[start:end], text[following:]
