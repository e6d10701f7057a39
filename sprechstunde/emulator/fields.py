"""Small checks on JSON parameters, each raising the error that Meta answers with. Lengths in Unicode code points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sprechstunde.emulator.graph_errors import invalid, malformed, missing

Json = dict[str, Any]


def obj(parent: Json, name: str, path: str = "", *, allowed: Iterable[str] | None = None) -> Json:
    """The required object `name`; with `allowed`, no other keys may be in it."""
    label = f"{path}['{name}']" if path else name
    if parent.get(name) is None:
        raise missing(label)
    value = parent[name]
    if not isinstance(value, dict):
        raise malformed(f"Param {label} must be a JSON object.")
    if allowed is not None:
        only(value, allowed, label)
    return value


def only(value: Json, allowed: Iterable[str], label: str) -> None:
    """No keys but `allowed`."""
    for key in value:
        if key not in set(allowed):
            raise malformed(f'Unexpected key "{key}" on param "{label}".')


def array(parent: Json, name: str, label: str, *, least: int, most: int) -> list[Json]:
    """The required list of objects `name` with `least` to `most` items."""
    if parent.get(name) is None:
        raise missing(label)
    value = parent[name]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise malformed(f"Param {label} must be an array of JSON objects.")
    if not least <= len(value) <= most:
        raise invalid(f"Invalid {label} count. Min allowed {label}: {least}, Max allowed {label}: {most}")
    return value


def text(
    parent: Json, name: str, label: str, *, most: int, required: bool = True, least: int = 1
) -> str | None:
    """The text `name` with `least` to `most` code points, not blank."""
    value = parent.get(name)
    if value is None:
        if required:
            raise missing(label)
        return None
    if not isinstance(value, str):
        raise malformed(f"Param {label} must be a string.")
    if not least <= len(value) <= most or (least and not value.strip()):
        raise invalid(f"{label} length invalid. Min length: {least}, Max length: {most}")
    return value


def flag(parent: Json, name: str, label: str) -> None:
    """An optional true or false."""
    if name in parent and not isinstance(parent[name], bool):
        raise malformed(f"Param {label} must be a boolean.")


def unique(values: Iterable[str], label: str) -> None:
    """No value twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise invalid(f"Duplicated {label}: {value}")
        seen.add(value)
