"""Two visits side by side in one message: "Impfung und Blutabnahme nächste Woche"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Awaitable, Callable
from typing import Any

Parse = Callable[[str], Awaitable[dict[str, Any]]]
_AND = re.compile(
    r"(?:\s*,?\s+(?:und|and|sowie|plus|as well as)\s+|\s*[&+]\s*)"
    r"(?:(?:auch|noch|also|eine?n?|'?nen?|a|an|die|the|zur|zum|gleich|then)\s+)*",
    re.IGNORECASE,
)
_MOST_SEAMS = 3  # each costs two readings


async def side_by_side(text: str, parse: Parse, named: Callable[[str], bool]) -> list[str]:
    """The message once for each of two visits that stand side by side; `[text]` where it names no two.

    `named`: whether a visit type (its code) is asked for by name. Two complaints are often one visit.
    """
    for seam in itertools.islice(_AND.finditer(text), _MOST_SEAMS):
        left, right = text[: seam.start()], text[seam.end() :]
        first, second = _visit(await parse(left)), _visit(await parse(right))
        if first is None or second is None or first["value"] == second["value"]:
            continue
        adjacent = not left[first["end"] :].strip() and second["start"] == 0
        if adjacent and named(first["value"]) and named(second["value"]):
            return [left + right[second["end"] :], left[: first["start"]] + right]
    return [text]


def _visit(parsed: dict[str, Any]) -> dict[str, Any] | None:
    return next((e for e in parsed.get("entities", []) if e["entity"] == "visit_type" and "start" in e), None)
