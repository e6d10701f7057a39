"""The conversations of all files, with the line of every key."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from sprechstunde.linting.conversations import misspelt
from sprechstunde.linting.finding import Finding
from sprechstunde.linting.source import read

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


class Lines(dict[str, Any]):
    """A mapping of a YAML file. `line`: where it begins, `key_lines`: where each key stands (1-based)."""

    line = 0
    key_lines: dict[str, int] = {}


@dataclass(frozen=True)
class Case:
    """One conversation. `file` is relative to the project; `wrong`: what in its YAML means nothing."""

    name: str
    file: str
    line: int
    now: str | None
    steps: list[Any]
    by_id: bool = False
    wrong: tuple[str, ...] = ()


class _Loader(yaml.CSafeLoader):
    pass


def _lines(loader: Any, node: yaml.MappingNode) -> Iterator[Lines]:
    found = Lines()
    yield found
    found.line = node.start_mark.line + 1
    found.key_lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
    found.update(loader.construct_mapping(node))


_Loader.add_constructor("tag:yaml.org,2002:map", _lines)


@functools.cache
def cases() -> list[Any]:
    """Every conversation, named after its file."""
    found = [case for path in sorted(HERE.glob("*/*.yml")) for case in cases_of(path)]
    return [pytest.param(case, id=f"{named_after(case)}: {case.name}") for case in found]


def named_after(case: Case) -> str:
    """`moving/whose.de`: the category, the file and its language."""
    return "/".join(Path(case.file).with_suffix("").parts[-2:])


def cases_of(path: Path, root: Path = ROOT) -> list[Case]:
    """The conversations of a file; one that can't be read is a conversation that only tells why."""
    file = str(path.relative_to(root))
    tree = read(path, root)
    if isinstance(tree, Finding):
        return [Case("can't be read", file, tree.line, None, [], wrong=(str(tree),))]
    wrong = sorted(misspelt(tree))
    if not tree.items:
        return [Case("is no list", file, 1, None, [], wrong=tuple(map(str, wrong)))]
    content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    ends = [item.line for item in content[1:]] + [10**9]
    found = []
    for item, end in zip(content, ends):
        here = tuple(str(finding) for finding in wrong if item.line <= finding.line < end)
        if "given" in item and not here:
            continue
        steps, name = item.get("steps") or [], str(item.get("name", "without a name"))
        found.append(Case(name, file, item.line, item.get("now"), steps, bool(item.get("by_id")), here))
    return found
