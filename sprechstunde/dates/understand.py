"""Reading a whole message: its expressions of time, and the wish they add up to."""

from __future__ import annotations

import re
from datetime import datetime

from sprechstunde.dates.atoms import Atom, Context, Op
from sprechstunde.dates.combine import add_up
from sprechstunde.dates.compose import compose
from sprechstunde.dates.constraints import BUSY
from sprechstunde.dates.english import ENGLISH
from sprechstunde.dates.german import GERMAN
from sprechstunde.dates.groups import Group
from sprechstunde.dates.language import Language
from sprechstunde.dates.model import TimeSpan
from sprechstunde.dates.resolve import resolve
from sprechstunde.dates.text import Normal
from sprechstunde.dates.wish import TimeWish

LANGUAGES = {"de": GERMAN, "en": ENGLISH}

LONGEST = 4096
"""Characters of a message that are read: WhatsApp allows no more."""

_WAS = re.compile(r"\bwar(?:en|e|s|st)?\b")
_LONGEST_CLAUSE = 40  # words on either side of an expression
_CLAUSE_ENDS = frozenset(",.!?;\n")
_SENTENCE_ENDS = frozenset(".!?;\n")
_OR = frozenset({"oder", "od", "or"})


class Reading:
    """A message read in one language: spans, and for each whether a word of correction stands before it."""

    def __init__(self, text: str, language: Language, context: Context) -> None:
        self.language, self.context = language, context
        self.text = Normal(text[:LONGEST], language.spelling)
        self.spans: list[TimeSpan] = []
        self.corrects: list[bool] = []
        self.linked: list[bool] = []
        self.either: list[bool] = []
        self.asides: list[TimeSpan] = []
        """Times of something else ("am Dienstag hab ich bis 11 ein Meeting"): no wishes."""
        atoms = language.scanner.scan(self.text, context)
        if not atoms:
            return
        moving = bool(language.moving.search(self.text.norm))
        groups = compose(self.text, atoms, language, context, moving=moving)
        roles = self._roles(groups, atoms)
        last = 0
        for group, role in zip(groups, roles):
            if role == "source" and group.plain:
                group.days = group.plain
            span = resolve(self.text, group, role, context) if role != "past" else None
            if span is not None and role == "aside":
                self.asides.append(span)
            elif span is not None:
                self.spans.append(span)
                self.corrects.append(bool(language.corrections.search(self._norm(last, group.first))))
                self.linked.append(group.linked and (group.either or not self.corrects[-1]))
                self.either.append(group.either or self._either(last, group.first))
            last = group.last

    def _either(self, last: int, first: int) -> bool:
        """As in "am Samstag Sprechstunde oder erst wieder Montag"."""
        between = self.text.words[last:first]
        return not _SENTENCE_ENDS.intersection(between) and not _OR.isdisjoint(between)

    def _norm(self, first: int, last: int) -> str:
        return " ".join(self.text.words[first:last])

    def _roles(self, groups: list[Group], atoms: list[Atom]) -> list[str]:
        roles = [self._role(group, groups, atoms) for group in groups]
        for index in range(1, len(groups)):
            if roles[index - 1] == "source" and roles[index] == "wish" and self._same_moment(groups, index):
                roles[index] = "source"
        for index in range(len(groups) - 1, 0, -1):
            if groups[index].linked and roles[index] == "refused" and roles[index - 1] == "wish":
                roles[index - 1] = "refused"
        return ["excluded" if role == "refused" else role for role in roles]

    def _role(self, group: Group, groups: list[Group], atoms: list[Atom]) -> str:
        if group.past or group.op is Op.PAST or self._told(group) or self._habit(group):
            return "past"
        if group.source or self._owned(group):
            return "source"
        if self._constrains(group):
            return "aside"
        if group.negated:
            return "excluded"
        return "refused" if self._refused(group, atoms) or self._closed(group) else "wish"

    def _same_moment(self, groups: list[Group], index: int) -> bool:
        """As in "Montag einen Termin um 10": the hour belongs to the day before it."""
        before, group = groups[index - 1], groups[index]
        between = self.text.words[before.last : group.first]
        return bool(before.days and not before.clocks and not group.days) and not _CLAUSE_ENDS.intersection(
            between
        )

    def _before(self, group: Group) -> str:
        first = group.first
        while first > 0 and self.text.words[first - 1] not in ".!?;\n" and group.first - first < 9:
            first -= 1
        return self._norm(first, group.first)

    def _owned(self, group: Group) -> bool:
        if group.rules and group.rules[0].startswith(BUSY):
            return False  # "my shift ends at 2"
        before = self._before(group)
        if self.language.owned.search(f"{before} {self.text.words[group.first]}"):
            return True
        behind = (self._norm(start, group.last + 8) for start in (group.first, group.last))
        around = any(self.language.owned_around.search(f"{before} @ {words}") for words in behind)
        return around or bool(self.language.owned.search(before))

    def _refused(self, group: Group, atoms: list[Atom]) -> bool:
        """As in "Montag geht nicht": a refusal right behind, unless it opens the next expression ("nicht vor 10")."""
        match = self.language.refusals.match(" " + self._norm(group.last, len(self.text.words)))
        if not match:
            return False
        last = group.last + len(match.group().split())
        busy = any(
            group.last <= atom.first < last and (atom.op is not Op.NOT or self._opens(atom, atoms))
            for atom in atoms
        )
        return not busy

    def _constrains(self, group: Group) -> bool:
        """As in "um 4 habe ich Feierabend": when something else happens."""
        if group.op is not None or group.negated:
            return False
        before, behind = self._clause_around(group)
        return bool(self.language.constraints.search(f"{before} @ {behind}"))

    def _closed(self, group: Group) -> bool:
        """As in "Mittwoch haben Sie zu, dann Donnerstag"."""
        behind = self._norm(group.last, group.last + 6)
        return bool(self.language.closed_around.search(f"{self._before(group)} @ {behind}"))

    def _opens(self, atom: Atom, atoms: list[Atom]) -> bool:
        """Whether a "nicht" is followed at once by what it turns."""
        return any(other.first == atom.last and other.op is not Op.OR for other in atoms)

    def _told(self, group: Group) -> bool:
        """Whether the clause tells of something that has happened."""
        before, behind = (self._as_meant(part) for part in self._clause_around(group))
        told = _distance(self.language.past, before, behind, self.text.words[group.first : group.last])
        if told is None:
            return False
        asked = _distance(self.language.wants, before, behind, [])
        return asked is None or told <= asked

    def _as_meant(self, clause: str) -> str:
        """Spelling folds "wär" and "war" into one; where only "wär" was written nothing is told of."""
        raw = self.text.raw.casefold()
        if ("wär" in raw or "waer" in raw) and not _WAS.search(raw):
            return _WAS.sub("wird", clause)
        return clause

    def _habit(self, group: Group) -> bool:
        """As in "nachts habe ich Schmerzen": an hour alone, with a complaint or a medicine and no request."""
        if (group.days and not group.days.recurring) or group.negated:
            return False
        clause = self._clause(group)
        return bool(self.language.habits.search(clause)) and not self.language.wants.search(clause)

    def _clause(self, group: Group) -> str:
        before, behind = self._clause_around(group)
        return f"{before} {self._norm(group.first, group.last)} {behind}"

    def _clause_around(self, group: Group) -> tuple[str, str]:
        """The words before and behind an expression up to the next mark, or an "und" behind which a request begins."""
        words = self.text.words
        first, last = group.first, group.last
        while first > 0 and words[first - 1] not in _CLAUSE_ENDS and group.first - first < _LONGEST_CLAUSE:
            if self._parts(first - 1, group.first):
                break
            first -= 1
        while last < len(words) and words[last] not in _CLAUSE_ENDS and last - group.last < _LONGEST_CLAUSE:
            if self._parts(last, last + 6):
                break
            last += 1
        return self._norm(first, group.first), self._norm(group.last, last)

    def _parts(self, place: int, end: int) -> bool:
        """Whether a conjunction stands there, and a request soon behind it."""
        if self.text.words[place] not in self.language.conjunctions:
            return False
        return bool(self.language.wants.search(self._norm(place + 1, min(end, place + 7))))


def _distance(cue: re.Pattern[str], before: str, behind: str, inside: list[str]) -> int | None:
    """How many words lie between an expression and the nearest such cue; None without any, 0 across its edge."""
    found = [len(before[match.end() :].split()) for match in cue.finditer(before)]
    found += [len(behind[: match.start()].split()) for match in cue.finditer(behind)]
    if not found and inside and cue.search(" ".join([before, *inside, behind])):
        return 0
    return min(found, default=None)


def _readings(text: str, lang: str | None, context: Context) -> Reading:
    """In the language given; without one, in whichever understands more of the text."""
    if lang is not None:
        return Reading(text, LANGUAGES.get(lang[:2].lower(), GERMAN), context)
    both = [Reading(text, language, context) for language in LANGUAGES.values()]
    return max(both, key=_understood)


def _understood(reading: Reading) -> int:
    return sum(span.end_char - span.begin for span in reading.spans)


def parse(text: str, lang: str | None, now: datetime, *, anchor: datetime | None = None) -> list[TimeSpan]:
    """The expressions of time in a message, in order.

    `lang` "de", "en" or None (both are tried); `now` is the clinic's wall clock (naive, or aware in its zone); `anchor`
    the appointment that "same time next week" speaks of. What is past, greetings and numbers of other things are left
    out. Never raises on any text.
    """
    return _readings(text, lang, _context(now, anchor)).spans


def read(text: str, lang: str | None, now: datetime, *, anchor: datetime | None = None) -> Reading:
    """As `parse`, with what ties the expressions to each other."""
    return _readings(text, lang, _context(now, anchor))


def find_wish(
    text: str, lang: str | None, now: datetime, *, anchor: datetime | None = None
) -> TimeWish | None:
    """When the patient would like to come, from all expressions of the message; None if it says nothing about that.

    Times of an appointment that exists ("meinen Termin am Montag") count only if the message names no other time.
    """
    reading = _readings(text, lang, _context(now, anchor))
    return add_up(reading.spans, reading.corrects, reading.linked, reading.context)


def find_source(text: str, lang: str | None, now: datetime) -> TimeWish | None:
    """The time of the appointment that the message says the patient has ("meinen Termin am Montag verschieben")."""
    reading = _readings(text, lang, _context(now, None))
    sources = [span for span in reading.spans if span.role == "source"]
    return add_up(sources, [False] * len(sources), [False] * len(sources), reading.context)


def _context(now: datetime, anchor: datetime | None) -> Context:
    return Context(now.replace(tzinfo=None), anchor.replace(tzinfo=None) if anchor else None)
