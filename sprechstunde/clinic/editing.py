"""Changing single values of `clinic.yml` from a page, with every comment and every other line left as it was.

The file stays the one source of what the practice is. A change is tried as a whole first: what the file would say must
be right before a byte of it is written.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sprechstunde.clinic import service
from sprechstunde.clinic.parse import parse
from sprechstunde.clinic.problems import ClinicFileError, Problem
from sprechstunde.clinic.tree import LOADER, Node, read_yaml
from sprechstunde.clinic.view import ClinicView


class FileMovedOn(Exception):
    """Somebody else changed the file since it was read."""


@dataclass(frozen=True)
class Setting:
    """A new value for `key` of the member `code` of the list `part`; None takes the key out."""

    part: str
    code: str
    key: str
    value: Any


@dataclass(frozen=True)
class Opened:
    """The file as it was read; `version` tells whether it still says the same. `tree` keeps texts as written."""

    version: str
    tree: Node

    def member(self, part: str, code: str) -> dict[str, Any]:
        """A member of a list as plain data. Raises KeyError."""
        for one in self.tree.plain().get(part) or ():
            if one.get("code") == code:
                return dict(one)
        raise KeyError(code)


def opened(path: Path) -> Opened:
    """Read the file. Raises ClinicFileError."""
    try:
        source = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ClinicFileError(path.name, [Problem(1, f"can't be read: {error.strerror}")]) from error
    tree = read_yaml(source, path.name)
    parse(tree, path.name)
    return Opened(_version(source), tree)


def change(path: Path, settings: Sequence[Setting], *, version: str) -> ClinicView:
    """Write `settings` into the file and bring the database up to it.

    Raises FileMovedOn when the file no longer is the one of `version`, ClinicFileError when it would be wrong then (and
    nothing is changed), KeyError for a member that does not exist, OSError when it can't be written.
    """
    source = path.read_text(encoding="utf-8")
    if _version(source) != version:
        raise FileMovedOn
    for setting in settings:
        source = _with(source, setting)
    parse(read_yaml(source, path.name), path.name)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.write_text(source, encoding="utf-8")
    os.chmod(draft, path.stat().st_mode & 0o777)
    draft.replace(path)
    return service.sync(path)


def _version(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def _with(source: str, setting: Setting) -> str:
    """`source` with one value spliced in at its place."""
    root = yaml.compose(source, Loader=LOADER)
    member = _member(_value(root, setting.part), setting.code)
    found = next(((key, value) for key, value in member.value if key.value == setting.key), None)
    if found is None:
        return source if setting.value is None else _added(source, member, setting)
    key, value = found
    if setting.value is None:
        return _line_out(source, key.start_mark.index, _end(value))
    text = _text(setting.value, value.start_mark.column, value)
    return source[: value.start_mark.index] + text + source[_end(value) :]


def _added(source: str, member: Any, setting: Setting) -> str:
    """A new line below the member's code."""
    key, value = next((key, value) for key, value in member.value if key.value == "code")
    if member.flow_style:
        return f"{source[: _end(value)]}, {setting.key}: {_flow(setting.value)}{source[_end(value) :]}"
    column = key.start_mark.column
    line = f"\n{' ' * column}{setting.key}: {_flow(setting.value)}"
    return source[: _end(value)] + line + source[_end(value) :]


def _line_out(source: str, start: int, end: int) -> str:
    first = source.rfind("\n", 0, start) + 1
    after = source.find("\n", end)
    return source[:first] + source[after + 1 :] if after >= 0 else source[:first]


def _value(mapping: Any, key: str) -> Any:
    for name, value in mapping.value:
        if name.value == key:
            return value
    raise KeyError(key)


def _member(members: Any, code: str) -> Any:
    for member in members.value:
        if _value(member, "code").value == code:
            return member
    raise KeyError(code)


def _end(node: Any) -> int:
    """Behind the node's last character: a block's own mark lies behind the blanks and comments that follow."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _text(value: Any, column: int, old: Any) -> str:
    """`value` as YAML; a list or mapping that stood as a block stands as one again."""
    between = "\n" + " " * column
    if isinstance(value, list) and value and isinstance(old, yaml.SequenceNode) and not old.flow_style:
        return between.join(f"- {_flow(one)}" for one in value)
    if isinstance(value, dict) and value and isinstance(old, yaml.MappingNode) and not old.flow_style:
        return between.join(f"{key}: {_flow(one)}" for key, one in value.items())
    return _flow(value)


def _flow(value: Any) -> str:
    """One line of YAML that holds inside brackets, too: texts that YAML might take for something else are quoted."""
    dumped = yaml.safe_dump(
        [value], default_flow_style=True, allow_unicode=True, width=float("inf"), sort_keys=False
    )
    return str(dumped).rstrip("\n")[1:-1]
