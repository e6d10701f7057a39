"""Rules that contradict one another, seen without training: the same beginning and condition, another step next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sprechstunde.linting.finding import Finding
from sprechstunde.linting.project import Project
from sprechstunde.linting.source import Node

_SETTINGS = ("conversation_start", "wait_for_user_input")


def check(project: Project) -> Iterator[Finding]:
    """Rules with the same beginning and another action, and names given twice."""
    names: dict[str, Node] = {}
    nexts: dict[str, tuple[str, str, Node]] = {}
    for path in project.paths:
        for kind in ("rule", "story"):
            name = path.get(kind)
            if not name.text:
                continue
            first = names.setdefault(f"{kind}: {name.text}", name)
            if first is not name:
                yield name.finding(
                    f"{kind} “{name.text}” is given twice", f"first in {first.file}:{first.line}"
                )
        if path.get("rule").text:
            yield from _contradictions(path, nexts)


def _contradictions(rule: Node, nexts: dict[str, tuple[str, str, Node]]) -> Iterator[Finding]:
    name, settings = rule.get("rule"), [rule.get(key).text for key in _SETTINGS[:1]]
    condition = sorted(json.dumps(_plain(part), sort_keys=True) for part in rule.get("condition").items)
    for beginnings in _beginnings(rule.get("steps").items):
        for number, step in enumerate(beginnings):
            action = step.get("action")
            if not action.text:
                continue
            before = json.dumps(
                [settings, condition, [_plain(s) for s in beginnings[:number]]], sort_keys=True
            )
            there, other, _ = nexts.setdefault(before, (action.text, name.text, action))
            if there != action.text:
                place = nexts[before][2]
                yield action.finding(
                    f"rule “{name.text}” goes on with `{action.text}`, “{other}” with `{there}` after the same steps",
                    f"tell them apart by a condition, or drop one; the other is in {place.file}:{place.line}",
                )


def _beginnings(steps: list[Node]) -> Iterator[list[Node]]:
    """The steps, once for each choice of an `or`."""
    for number, step in enumerate(steps):
        choices = step.get("or").items
        if choices:
            for choice in choices:
                yield from _beginnings([*steps[:number], choice, *steps[number + 1 :]])
            return
    yield steps


def _plain(node: Node) -> Any:
    if node.members:
        return {key: _plain(value) for key, value in node.members.items()}
    return [_plain(item) for item in node.items] if node.items else node.value
