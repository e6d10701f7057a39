"""Reading one mapping of the file: typed members, defaults, and a word about members nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sprechstunde.clinic import fields
from sprechstunde.clinic.problems import Problem, Wrong, did_you_mean
from sprechstunde.clinic.tree import Node
from sprechstunde.clinic.view import DayRange

T = TypeVar("T")
_REQUIRED: Any = object()


class Context:
    """What reading one part needs to know of the whole: the codes that exist, where they stand, the problems so far."""

    def __init__(self, tree: Node) -> None:
        self.problems: list[Problem] = []
        self.lines: dict[tuple[str, str], int] = {}
        members = tree.value if isinstance(tree.value, dict) else {}
        for kind in ("locations", "specialties", "practitioners", "visit_types"):
            node = members.get(kind)
            for item in node.value if node is not None and isinstance(node.value, list) else []:
                self._note_code(kind, item)

    def _note_code(self, kind: str, item: Node) -> None:
        code = item.child_text("code")
        if code is None:
            return
        if (kind, code) in self.lines:
            first = self.lines[kind, code]
            self.problems.append(Problem(item.line, f"code `{code}` is given twice (first in line {first})"))
        self.lines.setdefault((kind, code), item.line)

    def reference(self, kind: str, what: str) -> fields.Field[str]:
        """A reader for a code that must exist among the file's `kind`."""
        return fields.one_of((code for k, code in self.lines if k == kind), what)

    def line(self, kind: str, code: str) -> int:
        return self.lines.get((kind, code), 1)


class Section:
    """A mapping being read. `take` reads one member; `done` reports the members that nothing took."""

    def __init__(self, node: Node, problems: list[Problem], what: str) -> None:
        self._members = node.value if isinstance(node.value, dict) else {}
        self._line, self._problems, self._known = node.line, problems, set[str]()
        self.usable = isinstance(node.value, dict)
        self._broken = False
        if not self.usable:
            self.wrong(f"{what}: should be a mapping (`key: value` lines)")

    def has(self, key: str) -> bool:
        return key in self._members

    def wrong(self, message: str, line: int | None = None) -> None:
        self._broken = True
        self._problems.append(Problem(line or self._line, message))

    def take(self, key: str, read: fields.Field[T], default: Any = _REQUIRED) -> Any:
        """The member under `key`; None when it is wrong or missing (then reported, unless there is a `default`)."""
        self._known.add(key)
        node = self._members.get(key)
        if node is None or node.value is None:
            if default is _REQUIRED:
                self.wrong(f"`{key}` is missing", node.line if node else None)
                return None
            return default
        try:
            return read(node)
        except Wrong as wrong:
            self.wrong(f"{key}: {wrong}", wrong.line or node.line)
            return None

    def build(self, make: Callable[..., T], **members: Any) -> T | None:
        """`make(**members)` unless something in this section was wrong."""
        return None if self._broken else make(**members)

    def done(self) -> None:
        for key, node in self._members.items():
            if key not in self._known:
                self.wrong(f"unknown key `{key}`" + did_you_mean(key, self._known), node.line)


def day_range(section: Section) -> DayRange | None:
    """`from`/`until` (both days included; `until` may be left out), `time` for a part of the day, `reason`."""
    first = section.take("from", fields.yearly_day)
    last = section.take("until", fields.yearly_day, first)
    times = section.take("time", fields.time_ranges, ())
    reason = section.take("reason", fields.text, "")
    if first and last:
        if first[1] != last[1]:
            section.wrong("`from` and `until` should both name a year, or neither")
        elif not first[1] and last[0] < first[0]:
            section.wrong(f"`until` {last[0]} comes before `from` {first[0]}")
    if times and len(times) > 1:
        section.wrong("`time` should be one range (write a second absence for the other)")
    start, end = times[0] if times else (None, None)
    return section.build(
        DayRange,
        first=first[0] if first else None,
        last=last[0] if last else None,
        yearly=bool(first and first[1]),
        start=start,
        end=end,
        reason=reason,
    )
