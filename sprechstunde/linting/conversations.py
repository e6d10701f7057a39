"""Conversation tests: misspelt keys, names that don't exist, and files that one language has and another lacks.

The keys of a conversation stand here alone; `tests/conversations` says what each does, and lets no other pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from sprechstunde.linting.finding import Finding
from sprechstunde.linting.names import DEFAULT_ACTIONS, DEFAULT_SLOTS, meant
from sprechstunde.linting.project import Project
from sprechstunde.linting.source import Node, read

FOLDER = "tests/conversations"
CASE = frozenset({"name", "now", "by_id", "steps", "given"})
# What happens in a step (one of them), each with the keys that say more about it.
HAPPENS: dict[str, frozenset[str]] = {
    "user": frozenset({"up_to"}),
    "tap": frozenset({"of", "forged"}),
    "answers": frozenset({"meanwhile"}),
    "media": frozenset({"caption"}),
    "taken_elsewhere": frozenset({"of"}),
    **{key: frozenset() for key in ("tap_notice", "wait", "has", "knows", "released_result", "staff")},
}
# What shall come of it.
EXPECTED = frozenset(
    {"bot", "not", "utter", "intent", "slot_was_set", "same_question", "options", "silent", "database"}
)
LOOKED_AT = frozenset(
    {
        *("appointments", "held", "history", "tasks", "urgent", "notes", "whose", "when", "with"),
        *("patients", "birth_date", "insurance_kind", "insurer"),
    }
)
MEDIA = frozenset(
    {
        *("image", "document", "audio", "video", "sticker", "location", "contacts", "reaction"),
        *("edited", "deleted", "unsupported"),
    }
)
_FILE = re.compile(r"(?P<name>.+)\.(?P<language>[a-z]{2})\.yml")


def check(project: Project, root: Path) -> Iterator[Finding]:
    """All conversation tests below `root`; nothing where there are none."""
    paths = sorted((root / FOLDER).glob("*/*.yml"))
    yield from _twins(paths, root, project.languages)
    known = _Known(project)
    for path in paths:
        tree = read(path, root)
        if isinstance(tree, Finding):
            yield tree
            continue
        yield from misspelt(tree)
        for _, step in _steps(tree):
            yield from known.unknown_in(step)


def misspelt(tree: Node) -> Iterator[Finding]:
    """Keys that mean nothing in a file of conversations, or not in that place."""
    if not tree.items:
        yield tree.finding("a list of conversations is expected here", "begin each with `- name: …`")
    for case in tree.items:
        yield from _unknown_keys(case, CASE, "conversation")
        if "given" not in case.members:
            yield from (
                case.finding(f"a conversation without `{k}`")
                for k in ("name", "steps")
                if not case.get(k).value
            )
    for case, step in _steps(tree):
        if not step.members:
            yield step.finding(
                f"“{case.get('name').text}”: a step without a key", "write `user: …` or `tap: …`"
            )
            continue
        happens = [key for key in step.members if key in HAPPENS]
        more = frozenset().union(*(HAPPENS[key] for key in happens))
        everywhere = frozenset().union(*HAPPENS.values())
        yield from _unknown_keys(step, frozenset(HAPPENS) | EXPECTED | everywhere, "step")
        for key in set(step.members) & everywhere - more:
            owners = ", ".join(f"`{owner}`" for owner, its in HAPPENS.items() if key in its)
            yield step.get(key).finding(f"`{key}` says more about {owners}, which this step lacks")
        if len(happens) > 1:
            both = " and ".join(f"`{key}`" for key in happens)
            yield step.finding(f"{both} in one step", "make two steps of it")


def _unknown_keys(node: Node, known: Iterable[str], what: str) -> Iterator[Finding]:
    for key, value in node.members.items():
        if key not in set(known):
            yield value.finding(f"`{key}` is no key of a {what}", meant(key, known, "see docs/dialogues.md"))


def _steps(tree: Node) -> Iterator[tuple[Node, Node]]:
    """(conversation, step) for every step, also of lists within lists and of those given for others."""
    for case in tree.items:
        waiting = [*case.get("steps").items, *case.get("given").members.values()]
        while waiting:
            step = waiting.pop(0)
            if step.items:
                waiting += step.items
            else:
                yield case, step


class _Known:
    """The names that a conversation may speak of."""

    def __init__(self, project: Project) -> None:
        self._slots = {*project.declared("slots"), *DEFAULT_SLOTS}
        self._responses = {*project.responses, *DEFAULT_ACTIONS}
        self._intents = set(project.declared("intents"))

    def unknown_in(self, step: Node) -> Iterator[Finding]:
        """Names in a step that mean nothing."""
        for part in ("slot_was_set", "answers"):
            yield from _unknown(step.get(part).names(), self._slots, "slot")
        yield from _unknown(_listed(step.get("utter")), self._responses, "response")
        yield from _unknown(_listed(step.get("intent")), self._intents, "intent")
        yield from _unknown(step.get("database").names(), LOOKED_AT, "thing to look up in the database:")
        yield from _unknown(_listed(step.get("media")), MEDIA, "kind of message")


def _listed(node: Node) -> Iterator[tuple[str, Node]]:
    for item in [node, *node.items]:
        if item.text:
            yield item.text, item


def _unknown(used: Iterable[tuple[str, Node]], known: Set[str], what: str) -> Iterator[Finding]:
    for name, node in used:
        if name not in known:
            yield node.finding(f"no {what} `{name}`", meant(name, known, ""))


def _twins(paths: list[Path], root: Path, languages: Iterable[str]) -> Iterator[Finding]:
    """Every category and every file in every language."""
    there: dict[tuple[Path, str], dict[str, Path]] = {}
    for path in paths:
        match = _FILE.fullmatch(path.name)
        if match is None:
            hint = f"name it `{path.stem}.de.yml`, say"
            yield Finding(str(path.relative_to(root)), 1, "the file's name tells no language", hint)
            continue
        there.setdefault((path.parent, match["name"]), {})[match["language"]] = path
    for (folder, name), found in there.items():
        first = str(next(iter(found.values())).relative_to(root))
        for language in languages:
            if language not in found:
                missing = (folder / f"{name}.{language}.yml").relative_to(root)
                yield Finding(first, 1, f"has no twin in `{language}`", f"write {missing}")
