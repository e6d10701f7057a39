"""The same words under two intents teach nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sprechstunde.linting.finding import Finding
from sprechstunde.linting.project import Project
from sprechstunde.linting.source import Node

_FILE = re.compile(r"\.([a-z]{2})\.yml$")
_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def check(project: Project) -> Iterator[Finding]:
    """Capitals, punctuation and marked entities make no difference."""
    yield from _languages(project)
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


def _languages(project: Project) -> Iterator[Finding]:
    """An intent that is taught in one language is unknown in the others."""
    files = {block.file for _, block in project.examples}
    unwritten: dict[str, list[str]] = {}
    taught: dict[str, set[str]] = {}
    places: dict[str, Node] = {}
    for intent, block in project.examples:
        match = _FILE.search(block.file)
        if match is None:
            yield block.finding(
                "examples in a file whose name tells no language", "name it `nlu.de.yml`, say"
            )
            continue
        taught.setdefault(intent, set()).add(match[1])
        places.setdefault(intent, block)
    for intent, languages in taught.items():
        for language in project.languages:
            if language not in languages:
                missing = _FILE.sub(f".{language}.yml", places[intent].file)
                if missing not in files:
                    unwritten.setdefault(missing, []).append(intent)
                    continue
                yield places[intent].finding(
                    f"`{intent}` has no examples in `{language}`", f"write {missing}"
                )

    for file, intents in unwritten.items():
        yield Finding(file, 1, "is missing", f"write examples of {', '.join(intents)}")


def _plain(example: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", _ENTITY.sub(r"\1", example).casefold()))
