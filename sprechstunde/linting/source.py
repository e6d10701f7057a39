"""YAML as a tree in which every value knows its file and line. libyaml reads it, for speed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from sprechstunde.linting.finding import Finding

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Node:
    """A text, a list, a mapping or nothing. `line` is 1-based: of a mapping's member the line of its key.

    `text_line`: where the first line of a text stands (below its key, for a text in a block).
    """

    value: str | list[Node] | dict[str, Node] | None
    file: str
    line: int
    text_line: int = 0

    @property
    def text(self) -> str:
        """The text, `""` if this is none."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def items(self) -> list[Node]:
        """The members of a list, none if this is none."""
        return self.value if isinstance(self.value, list) else []

    @property
    def members(self) -> dict[str, Node]:
        """The members of a mapping, none if this is none."""
        return self.value if isinstance(self.value, dict) else {}

    def get(self, key: str) -> Node:
        """The member under `key`, or an empty node at this place."""
        return self.members.get(key) or Node(None, self.file, self.line)

    def names(self) -> Iterator[tuple[str, Node]]:
        """The names in a list (some with settings: `- time: {roles: …}`) or of a mapping's members; with places."""
        yield from self.members.items()
        for item in self.items:
            if item.text:
                yield item.text, item
            yield from item.names()

    def finding(self, message: str, hint: str = "") -> Finding:
        """A finding here."""
        return Finding(self.file, self.line, message, hint)

    def finding_in_text(self, at: int, message: str, hint: str = "") -> Finding:
        """A finding at position `at` of the text."""
        return Finding(self.file, self.text_line + self.text.count("\n", 0, at), message, hint)


def read(path: Path, root: Path) -> Node | Finding:
    """The tree of a file, or what keeps it from being read."""
    file = str(path.relative_to(root))
    try:
        return _tree(path.read_text(encoding="utf-8"), file)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Finding(file, line, f"not valid YAML: {error.problem}")
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return Finding(file, 1, f"can't be read: {error}")


@lru_cache(maxsize=1000)  # who edits saves one file, and all are looked at
def _tree(text: str, file: str) -> Node:
    node = yaml.compose(text, Loader=_Loader)
    return _converted(node, file, 1) if node is not None else Node(None, file, 1)


def _converted(node: yaml.Node, file: str, line: int) -> Node:
    if isinstance(node, yaml.SequenceNode):
        return Node([_converted(item, file, item.start_mark.line + 1) for item in node.value], file, line)
    if isinstance(node, yaml.MappingNode):
        members = {
            str(key.value): _converted(value, file, key.start_mark.line + 1) for key, value in node.value
        }
        return Node(members, file, line)
    empty = node.tag == "tag:yaml.org,2002:null"
    text_line = node.start_mark.line + (2 if getattr(node, "style", None) in ("|", ">") else 1)
    return Node(None if empty else str(node.value), file, line, text_line)
