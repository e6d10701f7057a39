"""What is wrong with a clinic file, said so that its author can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process


@dataclass(frozen=True, order=True)
class Problem:
    """One finding: the 1-based `line` of the file and what is wrong there (and what would be right)."""

    line: int
    message: str


class ClinicFileError(Exception):
    """The clinic file cannot be used. `problems` holds every finding; `str()` prints one a line, `file:line: …`."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.file = file
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(f"{file}:{p.line}: {p.message}" for p in self.problems))


class Wrong(ValueError):
    """Raised by a reader of one value; `line` overrides the line of the value read."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`" (did you mean `x`?)"` for the known word closest to `word`, or all known words when none is close."""
    choices = sorted(known)
    best = process.extractOne(word, choices, scorer=fuzz.ratio, score_cutoff=60)
    if best:
        return f" (did you mean `{best[0]}`?)"
    listed = ", ".join(f"`{choice}`" for choice in choices[:20])
    return f" (known: {listed})" if listed else ""
