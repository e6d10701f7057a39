"""`words.yml`: each word in both languages, with the same placeholders, used by an action; and those used are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sprechstunde.linting.finding import Finding
from sprechstunde.linting.project import Project
from sprechstunde.linting.source import Node
from sprechstunde.whatsapp import limits

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def check(project: Project) -> Iterator[Finding]:
    """Languages, placeholders, names."""
    for name, word in project.words.items():
        yield from _languages(name, word, project)
        if name in project.code.titles:
            yield from _title(name, word)
        if name not in project.code.words_used and not any(
            p.fullmatch(name) for p in project.code.word_patterns
        ):
            yield word.finding(f"word `{name}` is used nowhere", "delete it, or say it in an action")
    for name, place in project.code.words_used.items():
        if name not in project.words:
            yield place.finding(f"word `{name}` is in no words.yml", "add it there, in every language")


def _title(name: str, word: Node) -> Iterator[Finding]:
    """A row cuts off what is longer; a placeholder's length is not known."""
    for title in word.members.values():
        if len(_PLACEHOLDER.sub("", title.text)) > limits.ROW_TITLE:
            yield title.finding(
                f"`{name}` is the title of a row: “{title.text}” has {len(title.text)} characters"
                f" (at most {limits.ROW_TITLE})"
            )


def _languages(name: str, word: Node, project: Project) -> Iterator[Finding]:
    for language in project.languages:
        if not word.get(language).text:
            yield word.finding(f"word `{name}` is missing in `{language}`")
    there = [word.get(language).text for language in project.languages if word.get(language).text]
    first, *others = (set(_PLACEHOLDER.findall(text)) for text in there or [""])
    for placeholder in sorted({p for other in others for p in first ^ other}):
        yield word.finding(f"`{{{placeholder}}}` stands in one language only")
