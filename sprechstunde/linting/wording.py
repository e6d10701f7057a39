"""Words that this practice does not use towards patients: data/wording.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sprechstunde.linting.finding import Finding
from sprechstunde.linting.project import Project
from sprechstunde.linting.responses import language_of
from sprechstunde.linting.source import Node


def check(project: Project) -> Iterator[Finding]:
    """Texts and titles of each language against the words listed for it."""
    unwanted = {
        language: [(_pattern(entry.get("words")), entry.get("instead").text) for entry in node.items]
        for language, node in project.wording.get("unwanted").members.items()
    }
    for name, response in project.responses.items():
        for variation in response.items:
            for node in _texts(variation):
                for pattern, instead in unwanted.get(language_of(variation), ()):
                    yield from _found(name, node, pattern, instead)


def _pattern(words: Node) -> re.Pattern[str]:
    """`dein*` finds everything that begins so; other words are found whole. Capitals make no difference."""
    parts = [re.escape(word.text).replace(r"\*", r"\w*") for word in words.items]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _texts(variation: Node) -> Iterator[Node]:
    yield variation.get("text")
    yield variation.get("metadata").get("list_button")
    for button in variation.get("buttons").items:
        yield button.get("title")
        yield button.get("description")


def _found(name: str, node: Node, pattern: re.Pattern[str], instead: str) -> Iterator[Finding]:
    for match in pattern.finditer(node.text):
        yield node.finding_in_text(match.start(), f"`{name}` says “{match.group()}”", instead)
