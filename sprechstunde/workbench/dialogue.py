"""A dialogue as people see it: what patients write, what happens then, what is asked and said. From YAML and code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sprechstunde.linting.project import DATA, Project
from sprechstunde.linting.responses import language_of
from sprechstunde.linting.source import Node

FEW = 4
_RESPONSE = re.compile(r"utter_\w*[^\W_]")
_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Bubble:
    """One text of the assistant. `buttons`: the titles below it."""

    response: str
    language: str
    text: str
    buttons: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """`kind`: patient (what she writes), says (bubbles), does (an action and what it may say), form, state."""

    kind: str
    name: str
    bubbles: tuple[Bubble, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    slots: tuple[tuple[str, tuple[Bubble, ...]], ...] = ()


@dataclass
class Course:
    """A rule or a story, step by step."""

    title: str
    kind: str
    steps: list[Step] = field(default_factory=list)


@dataclass
class Dialogue:
    """One folder of `data/`."""

    name: str
    courses: list[Course]


class Reader:
    """Draws dialogues out of a project."""

    def __init__(self, project: Project, root: Path) -> None:
        self._project = project
        self._said_by = dict(_said_by_actions(root / "actions"))

    def dialogues(self) -> list[Dialogue]:
        """Every folder that has rules or stories, by name."""
        folders: dict[str, list[Course]] = {}
        for path in self._project.paths:
            folder = Path(path.file).relative_to(DATA).parts[0]
            folders.setdefault(folder, []).append(self._path(path))
        return [Dialogue(name, paths) for name, paths in sorted(folders.items())]

    def _path(self, node: Node) -> Course:
        kind = "rule" if node.get("rule").text else "story"
        steps = [step for item in node.get("steps").items for step in self._steps(item)]
        return Course(node.get(kind).text, kind, steps)

    def _steps(self, node: Node) -> Iterator[Step]:
        if node.get("or").items:
            for choice in node.get("or").items:
                yield from self._steps(choice)
        elif node.get("intent").text:
            yield Step("patient", node.get("intent").text, examples=self._examples(node.get("intent").text))
        elif node.get("action").text:
            yield self._action(node.get("action").text)
        elif "active_loop" in node.members:
            form = node.get("active_loop").text
            yield Step("state", f"{form} is under way" if form and form != "null" else "the form is complete")

    def _action(self, name: str) -> Step:
        if name.startswith("utter_"):
            return Step("says", name, self._bubbles(name))
        if name in self._project.declared("forms"):
            form = self._project.domain.get("forms").get(name)
            slots = [slot.text for slot in form.get("required_slots").items]
            return Step("form", name, slots=tuple((slot, self._asks(name, slot)) for slot in slots))
        said = [bubble for response in self._said_by.get(name, ()) for bubble in self._bubbles(response)]
        return Step("does", name, tuple(said))

    def _asks(self, form: str, slot: str) -> tuple[Bubble, ...]:
        """The question for a slot, as Rasa finds it: of the form, or of any; a response or an action."""
        for name in (f"{form}_{slot}", slot):
            if f"utter_ask_{name}" in self._project.responses:
                return self._bubbles(f"utter_ask_{name}")
            if f"action_ask_{name}" in self._said_by:
                return tuple(b for r in self._said_by[f"action_ask_{name}"] for b in self._bubbles(r))
        return ()

    def _bubbles(self, response: str) -> tuple[Bubble, ...]:
        node = self._project.responses.get(response)
        return tuple(
            Bubble(
                response,
                language_of(variation),
                variation.get("text").text,
                tuple(button.get("title").text for button in variation.get("buttons").items),
            )
            for variation in (node.items if node else ())
        )

    def _examples(self, intent: str) -> tuple[tuple[str, str], ...]:
        """(language, words) of a few examples, of each language."""
        found: list[tuple[str, str]] = []
        for name, block in self._project.examples:
            if name != intent:
                continue
            languages = [*self._project.languages]
            language = next((code for code in languages if f".{code}." in block.file), languages[0])
            lines = [
                line.strip()[1:].strip() for line in block.text.splitlines() if line.strip().startswith("-")
            ]
            # from all over the block: the first ones are often alike
            found += [
                (language, _ENTITY.sub(r"\1", line)) for line in lines[:: max(1, len(lines) // FEW)][:FEW]
            ]
        return tuple(found)


def _said_by_actions(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name of an action → the responses that its class names, or functions of its module that it calls."""
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        functions = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
        for node in tree.body:
            name = _action_name(node)
            if isinstance(node, ast.ClassDef) and name:
                called = {
                    c.func.id
                    for c in ast.walk(node)
                    if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)
                }
                bodies = [node, *(functions[other] for other in sorted(called) if other in functions)]
                yield name, tuple(dict.fromkeys(text for body in bodies for text in _responses(body)))


def _action_name(node: ast.stmt) -> str | None:
    for statement in node.body if isinstance(node, ast.ClassDef) else ():
        if isinstance(statement, ast.Assign) and getattr(statement.targets[0], "id", "") == "action_name":
            return str(ast.literal_eval(statement.value))
    return None


def _responses(node: ast.AST) -> list[str]:
    return [
        inner.value
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant)
        and isinstance(inner.value, str)
        and _RESPONSE.fullmatch(inner.value)
    ]
