"""The same words under two intents teach nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sprechstunde.linting.finding import Finding
from sprechstunde.linting.project import Project

_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def check(project: Project) -> Iterator[Finding]:
    """Capitals, punctuation and marked entities make no difference."""
    first: dict[str, tuple[str, str]] = {}
    for intent, block in project.examples:
        start = 0
        for number, line in enumerate(block.text.splitlines(keepends=True)):
            example = line.strip().removeprefix("- ")
            known, there = first.setdefault(
                _plain(example), (intent, f"{block.file}:{block.text_line + number}")
            )
            if known != intent and _plain(example):
                yield block.finding_in_text(
                    start,
                    f"“{example}” is an example of `{intent}` and of `{known}`",
                    f"keep one of them; the other is in {there}",
                )
            start += len(line)


def _plain(example: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", _ENTITY.sub(r"\1", example).casefold()))
