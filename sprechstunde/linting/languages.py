"""What a language of `data/languages.yml` lacks outside the responses, examples and words of the dialogues."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sprechstunde.languages import TIMES
from sprechstunde.linting.finding import Finding
from sprechstunde.linting.project import DATA, LANGUAGES_FILE, Project
from sprechstunde.linting.source import Node, read

# Texts that stand side by side, as `de: …` and `en: …`.
SIDE_BY_SIDE = ("clinic.yml", f"{DATA}/notices.yml", f"{DATA}/canned_replies.yml")
# A file a language.
FILES = ("sprechstunde/console/texts/{}.yml", "tests/unit/assistant/emergencies.{}.yml")
# These have their words and times in code.
BUILT_IN = frozenset({"de", "en"})


def check(project: Project, root: Path) -> Iterator[Finding]:
    """The declaration itself, texts side by side, and files that there is one of for each language."""
    declared = project.languages_node.get("languages").members
    for code, node in declared.items():
        yield from _declaration(code, node)
        for pattern in FILES:
            first, own = (pattern.format(language) for language in (next(iter(declared)), code))
            if (root / first).exists() and not (root / own).exists():
                yield node.finding(f"`{code}` lacks a file", f"write {own}, after the model of {first}")
    for file in SIDE_BY_SIDE:
        if (root / file).exists():
            tree = read(root / file, root)
            if isinstance(tree, Finding):
                yield tree
            else:
                yield from _side_by_side(tree, project)


def _declaration(code: str, node: Node) -> Iterator[Finding]:
    wanted = ["name", "locale", "asked_for", *([] if code in BUILT_IN else ["words", "times"])]
    for key in wanted:
        if node.get(key).value is None:
            yield node.finding(
                f"`{code}` has no `{key}`", f"the head of {LANGUAGES_FILE} says what it is for"
            )
    if code in BUILT_IN or not node.get("times").members:
        return
    for key in TIMES:
        if not node.get("times").get(key).text:
            yield node.get("times").finding(
                f"`{code}` lacks the time word `{key}`", "English stands in for it"
            )


def _side_by_side(node: Node, project: Project) -> Iterator[Finding]:
    codes, members = set(project.languages), node.members
    by_language = members and set(members) <= codes and not any(part.items for part in members.values())
    if by_language:
        for code in project.languages:
            if code not in members:
                first = next(iter(members.values()))
                yield first.finding(f"is missing in `{code}`: “{_begin(first)}”")
        return
    for part in [*members.values(), *node.items]:
        yield from _side_by_side(part, project)


def _begin(node: Node) -> str:
    text = node.text or node.get("text").text
    return text if len(text) <= 40 else text[:40] + "…"
