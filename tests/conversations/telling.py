"""What a failing conversation shows: the chat as on the phone, then what was expected against what was said."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from tests.conversations.cases import Case

WIDTH = 72
PATIENTS_SIDE = 24
LIKE = 60.0


@dataclass(frozen=True)
class Problem:
    """`key` of the step, what it wanted, what there is instead."""

    key: str
    expected: str
    said: str


class Failure(Exception):
    """A step can't be played."""

    def __init__(self, key: str, expected: str, said: str) -> None:
        super().__init__(f"{key}: expected {expected}, but: {said}")
        self.problem = Problem(key, expected, said)


def told(case: Case, step: Any, problems: list[Problem], chat: Any) -> str:
    """`chat.said` holds (author, text) pairs; author is `patient` or anything else."""
    lines = [f"{case.file}:{case.line}: {case.name}", "", *bubbles(chat.said)]
    for problem in problems:
        line = getattr(step, "key_lines", {}).get(problem.key, getattr(step, "line", case.line))
        lines += ["", f"{case.file}:{line}: `{problem.key}`", *difference(problem)]
    return "\n".join(lines)


def bubbles(said: list[tuple[str, str]]) -> Iterator[str]:
    """The practice on the left, the patient on the right."""
    for author, text in said:
        mine = author == "patient"
        indent = " " * PATIENTS_SIDE if mine else ""
        for number, line in enumerate(text.split("\n") or [""]):
            mark = ("👤 " if mine else "🤖 ") if number == 0 else "   "
            wrapped = textwrap.wrap(line, WIDTH - len(indent)) or [""]
            yield f"{indent}{mark}{wrapped[0]}".rstrip()
            yield from (f"{indent}   {more}" for more in wrapped[1:])


def difference(problem: Problem) -> Iterator[str]:
    """`-` what was expected, `+` what is there; `~` marks the line that comes closest."""
    for line in problem.expected.split("\n"):
        yield f"  - {line}"
    there = problem.said.split("\n") if problem.said else ["(nothing)"]
    closest = process.extractOne(problem.expected, there, scorer=fuzz.partial_ratio, score_cutoff=LIKE)
    for number, line in enumerate(there):
        mark = "~" if len(there) > 1 and closest is not None and closest[2] == number else "+"
        yield f"  {mark} {line}"
