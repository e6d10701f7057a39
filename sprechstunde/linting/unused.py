"""What is declared and leads nowhere: intents nobody answers, actions, forms and entities that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sprechstunde.linting.finding import Finding
from sprechstunde.linting.names import DEFAULT_ACTIONS, named_in_paths
from sprechstunde.linting.project import Project

# Entities that a mark in an example names: `[morgen](time)`, `[Weiß]{"entity": "practitioner"}`.
MARKED = re.compile(r"\[[^\]]+\](?:\((\w+)\)|\{[^}]*\"entity\":\s*\"(\w+)\"[^}]*\})")
_ASKING = re.compile(r"action_ask_\w+|validate_\w+|action_validate_\w+")


def check(project: Project) -> Iterator[Finding]:
    """Intents, actions, forms, entities."""
    paths: dict[str, set[str]] = {}
    for kind, node in named_in_paths(project):
        paths.setdefault(kind, set()).add(node.text)
    yield from _intents(project, paths.get("intent", set()))
    in_steps = paths.get("action", set()) | paths.get("active_loop", set())
    for name, node in project.declared("forms").items():
        if name not in in_steps and not project.code.mentions[name]:
            yield node.finding(f"form `{name}` is begun nowhere", "let a rule begin it, or delete it")
    for name, node in project.declared("actions").items():
        asked = _ASKING.fullmatch(name) or name in DEFAULT_ACTIONS or name.startswith("utter_")
        # the code names it once where it is defined
        if not asked and name not in in_steps and project.code.mentions[name] == 1:
            yield node.finding(f"action `{name}` is run nowhere", "let a rule run it, or delete it")
    yield from _entities(project)


def _intents(project: Project, answered: set[str]) -> Iterator[Finding]:
    examples = {intent for intent, _ in project.examples}
    payloads = {
        word
        for response in project.responses.values()
        for variation in response.items
        for button in variation.get("buttons").items
        for word in re.findall(r"^/(\w+)", button.get("payload").text)
    }
    for name, node in project.declared("intents").items():
        if name not in answered and not project.code.mentions[name]:
            yield node.finding(f"intent `{name}` is answered nowhere", "write a rule for it, or delete it")
        elif name not in examples | payloads and not _is_made(project, name):
            yield node.finding(
                f"intent `{name}` can't come up: no example, no button, no code",
                "write examples in nlu.<language>.yml",
            )


def _is_made(project: Project, name: str) -> bool:
    """Channel and actions make some: `media_image`, `/choose_slot{…}`."""
    mentions = project.code.mentions
    if mentions[name] or mentions[f"/{name}"]:
        return True
    return any(pattern.fullmatch(name) for pattern in project.code.put_together)


def _entities(project: Project) -> Iterator[Finding]:
    declared = project.declared("entities")
    marked = set()
    for _, block in project.examples:
        for match in MARKED.finditer(block.text):
            name = match.group(1) or match.group(2)
            marked.add(name)
            if name not in declared:
                yield block.finding_in_text(
                    match.start(), f"entity `{name}` is not among the domain's entities"
                )
    for name, node in declared.items():
        if name not in marked and not project.code.mentions[name]:
            yield node.finding(f"entity `{name}` is used nowhere", "delete it")
