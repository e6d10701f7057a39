"""How a language's tables of words and patterns become a scanner.

Patterns are regular expressions over folded words joined by single spaces, with three shorthands:
`{weekday}` any word of that class (read in the builder as `found["weekday"]`; a second one as `found["weekday_2"]`),
`<am|den>` an optional word, and plain parentheses group without capturing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sprechstunde.dates.atoms import Atom, Context
from sprechstunde.dates.text import Normal, Spelling, fold

_PLACE = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"<([^<>=!]+)> ")
_CHOICE = re.compile(r"\(([^()<>]*\|[^()<>]*)\)")
_PLAIN_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_WORD = re.compile(r"(?<!\\)[^\W\d_]+")
_SIGN = re.compile(r"(?<=[(|:])[,&/+-](?=[|)])")
_NOT_LITERAL = re.compile(r"\(\?P<\w+>|\(\?<?[:=!]|\\[a-zA-Z]|\[[^\]]*\]")

NUMERIC = {
    "h": r"2[0-4]|[01]?\d",
    "m": r"[0-5]\d",
    "d": r"3[01]|[12]\d|0?[1-9]",
    "mo": r"1[0-2]|0?[1-9]",
    "y": r"(?:19|20)\d\d|\d\d",
    "yyyy": r"(?:19|20)\d\d",
    "yy": r"[3-9]\d",
    "hhmm": r"(?:0[6-9]|1\d|2[0-3])[0-5]\d",
    "hmm": r"[7-9][0-5][05]",
    "compact": r"[7-9][0-5][05]|[1-6](?:15|30|45)",
    "kw": r"5[0-3]|[1-4]\d|0?[1-9]",
}


def cue(pattern: str) -> re.Pattern[str]:
    """A pattern over folded text, written in the language's own spelling."""
    return re.compile(_WORD.sub(lambda match: fold(match.group()), pattern))


_GROUP_NAME = re.compile(r"\(\?P<\w+>")
_DIGIT = re.compile(r"\\d|\[\d|(?<![\w{,])\d")


class Found:
    """A match, its groups read through the language's word classes."""

    def __init__(self, match: re.Match[str], classes: Mapping[str, Mapping[str, Any]]) -> None:
        self._match = match
        self._classes = classes

    def __contains__(self, name: str) -> bool:
        return name in self._match.re.groupindex and self._match.group(name) is not None

    @property
    def names(self) -> list[str]:
        """The groups that matched."""
        return [name for name, text in self._match.groupdict().items() if text is not None]

    def text(self, name: str) -> str:
        return str(self._match.group(name or 0)).strip()

    def get(self, name: str, default: Any) -> Any:
        if name not in self:
            return default
        return self[name]

    def in_order(self, *names: str) -> list[str]:
        """Those of the groups that matched, by place."""
        present = [name for name in names if name in self]
        return sorted(present, key=lambda name: int(self._match.start(name)))

    def __getitem__(self, name: str) -> Any:
        text = self.text(name)
        table = self._classes.get(re.sub(r"_\d$", "", name), {})
        if text in table:
            return table[text]
        return int(text) if text.isdigit() else text


Builder = Callable[[Found, Context], "Atom | None"]


@dataclass(frozen=True)
class Rule:
    """A named pattern and what it builds."""

    name: str
    pattern: str
    build: Builder
    weak: bool = False


def _longest_first(match: re.Match[str]) -> str:
    """The choices of a group, so that "bis spätestens" is tried before "bis"."""
    if match.group(1).startswith("?"):
        return match.group()
    return "(" + "|".join(sorted(match.group(1).split("|"), key=len, reverse=True)) + ")"


class Grammar:
    """Patterns compiled against word classes; `numbers` gives the words that `{n}` and `{hw}` accept besides digits."""

    def __init__(self, classes: Mapping[str, Mapping[str, Any]]) -> None:
        self.classes = {
            name: {" ".join(fold(part) for part in word.split()): value for word, value in table.items()}
            for name, table in classes.items()
        }
        self._macros: dict[str, str] = {}

    def define(self, name: str, forms: Sequence[str]) -> None:
        """A macro: `{name}` captures the text of any of these forms, to be read again by whoever builds."""
        self._macros[name] = "|".join(f"(?:{self._expand(form, named=False)})" for form in forms)

    def compile(self, pattern: str) -> re.Pattern[str]:
        return re.compile(self._expand(pattern, named=True) + r"(?!\S)")

    def _expand(self, pattern: str, *, named: bool) -> str:
        seen: dict[str, int] = defaultdict(int)
        pattern = _WORD.sub(lambda match: fold(match.group()), pattern)
        pattern = _CHOICE.sub(_longest_first, pattern)
        pattern = _OPTIONAL.sub(lambda match: f"(?:(?:{match.group(1)}) )?", pattern)
        pattern = _PLAIN_GROUP.sub("(?:", pattern)
        if re.search(r"(?<!\?)<", pattern):
            raise ValueError(f"an optional word must be followed by a space: {pattern!r}")

        def place(match: re.Match[str]) -> str:
            name = match.group(1)
            if name.isdigit():
                return match.group()
            seen[name] += 1
            group = name if seen[name] == 1 else f"{name}_{seen[name]}"
            return f"(?P<{group}>{self._alternatives(name)})" if named else f"(?:{self._alternatives(name)})"

        return _PLACE.sub(place, pattern)

    def _alternatives(self, name: str) -> str:
        if name in self._macros:
            return self._macros[name]
        words = sorted(self.classes.get(name, ()), key=len, reverse=True)
        parts = [re.escape(word).replace(r"\ ", " ") for word in words]
        if name in NUMERIC:
            parts.append(NUMERIC[name])
        elif name == "n":
            parts.append(r"\d{1,2}")
        if not parts:
            raise KeyError(f"no word class {name!r}")
        return "|".join(parts)


class Scanner:
    """Finds atoms from left to right, the longest at each place; rules are indexed by the words they can start with."""

    def __init__(self, grammar: Grammar, rules: Sequence[Rule]) -> None:
        self.grammar = grammar
        self.by_word: dict[str, list[tuple[re.Pattern[str], Rule]]] = defaultdict(list)
        self.by_digit: list[tuple[re.Pattern[str], Rule]] = []
        for rule in rules:
            compiled = grammar.compile(rule.pattern)
            literals = _NOT_LITERAL.sub(" ", compiled.pattern)
            for word in {*_WORD.findall(literals), *_SIGN.findall(compiled.pattern)}:
                self.by_word[word].append((compiled, rule))
            if _DIGIT.search(_GROUP_NAME.sub("(", compiled.pattern)):
                self.by_digit.append((compiled, rule))

    def scan(self, text: Normal, context: Context) -> list[Atom]:
        """Atoms in order, none overlapping."""
        atoms: list[Atom] = []
        index, count = 0, len(text.words)
        while index < count:
            word = text.words[index]
            rules = self.by_digit if word[0].isdigit() else self.by_word.get(word)
            atom = self._longest(text, index, rules, context) if rules else None
            if atom is None:
                index += 1
            else:
                atoms.append(atom)
                index = atom.last
        return atoms

    def _longest(
        self, text: Normal, index: int, rules: list[tuple[re.Pattern[str], Rule]], context: Context
    ) -> Atom | None:
        start = text.starts[index]
        hits = []
        for compiled, rule in rules:
            match = compiled.match(text.norm, start)
            if match and match.end() > start:
                hits.append((match, rule))
        if len(hits) > 1:
            hits.sort(key=lambda hit: -hit[0].end())
        for match, rule in hits:
            atom = rule.build(Found(match, self.grammar.classes), context)
            if atom is not None:
                last = text.index_at(match.end())
                return replace(atom, rule=rule.name, weak=atom.weak or rule.weak, first=index, last=last)
        return None


@dataclass(frozen=True)
class Language:
    """All of one language: spelling, rules, and what stands between the pieces of an expression.

    `fillers` may stand between day and hour ("Montag *um* 3"); `corrections` announce that what follows replaces
    what was said; `refusals` after an expression turn it round ("Montag *geht nicht*"), `approvals` say that it is
    wished ("Dienstag *wäre gut*"); `owned` before one says that it is an appointment the patient has ("*meinen Termin
    am* Montag"); `owned_around` sees the expression as "@". `habits` are words of complaints and
    medicines ("*nachts* Schmerzen"), `wants` words of a request; `conjunctions` may part two clauses,
    `contrasts` set one time against another; `closed_around` says of "@" that the practice is closed,
    `constraints` that something else happens then; `referring` that a "danach" (the "@") is wished for.
    """

    code: str
    spelling: Spelling
    scanner: Scanner
    fillers: frozenset[str]
    corrections: re.Pattern[str]
    refusals: re.Pattern[str]
    approvals: re.Pattern[str]
    owned: re.Pattern[str]
    owned_around: re.Pattern[str]
    past: re.Pattern[str]
    moving: re.Pattern[str]
    habits: re.Pattern[str]
    wants: re.Pattern[str]
    conjunctions: frozenset[str]
    contrasts: frozenset[str]
    closed_around: re.Pattern[str]
    constraints: re.Pattern[str]
    referring: re.Pattern[str]
