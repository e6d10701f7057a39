"""YAML as a tree in which every value knows its line.

Scalars stay the text that was written: YAML 1.1 would read `14:00` as the number 840 and `no` as false.
What a text means is decided by the field that reads it (`fields.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from sprechstunde.clinic.problems import ClinicFileError, Problem

# libyaml where it is built in: the same marks and messages, ten times as fast.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Node:
    """A text, a list, a mapping, or nothing; `line` is 1-based (0 when the tree did not come from a file)."""

    value: str | list[Node] | dict[str, Node] | None
    line: int = 0

    def plain(self) -> Any:
        """The same tree as JSON-able lists, dicts, texts and None."""
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        return self.value

    def child_text(self, key: str) -> str | None:
        """The text under `key`, or None if this is no mapping or there is no text there."""
        child = self.value.get(key) if isinstance(self.value, dict) else None
        return child.value if child is not None and isinstance(child.value, str) else None


def from_plain(value: Any) -> Node:
    """A tree from what `Node.plain` gave (line numbers are gone)."""
    if isinstance(value, list):
        return Node([from_plain(item) for item in value])
    if isinstance(value, dict):
        return Node({str(key): from_plain(item) for key, item in value.items()})
    return Node(None if value is None else str(value))


def read_yaml(text: str, file: str) -> Node:
    """Parse `text`. Raises ClinicFileError on bad YAML, keys given twice and aliases that contain themselves."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ClinicFileError(
            file, [Problem(line, f"not valid YAML: {error.problem or error.context}")]
        ) from error
    except yaml.YAMLError as error:
        raise ClinicFileError(file, [Problem(1, f"not valid YAML: {error}")]) from error
    if root is None:
        raise ClinicFileError(
            file, [Problem(1, "the file is empty (it should describe the clinic, from `name:` on)")]
        )
    problems: list[Problem] = []
    tree = _convert(root, root.start_mark.line + 1, problems, ())
    if problems:
        raise ClinicFileError(file, problems)
    return tree


def _convert(node: yaml.Node, line: int, problems: list[Problem], above: tuple[int, ...]) -> Node:
    if id(node) in above:
        problems.append(Problem(line, "an alias contains itself"))
        return Node(None, line)
    above = (*above, id(node))
    if isinstance(node, yaml.SequenceNode):
        return Node([_convert(n, n.start_mark.line + 1, problems, above) for n in node.value], line)
    if isinstance(node, yaml.MappingNode):
        members: dict[str, Node] = {}
        for key_node, value_node in node.value:
            key, key_line = str(key_node.value), key_node.start_mark.line + 1
            if key in members:
                problems.append(
                    Problem(key_line, f"`{key}` is given twice (first in line {members[key].line})")
                )
            members[key] = _convert(value_node, key_line, problems, above)
        return Node(members, line)
    is_null = node.tag == "tag:yaml.org,2002:null"
    return Node(None if is_null else str(node.value), line)
