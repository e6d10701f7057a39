"""What the custom actions say, are called, and set: read from their source, without running it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sprechstunde.linting.finding import Finding
from sprechstunde.linting.titles import titles

_TELLING = (ast.Constant, ast.JoinedStr, ast.Assign, ast.AnnAssign, ast.Call)
_RESPONSE = re.compile(r"utter_\w*[^\W_]")


@dataclass(frozen=True)
class Place:
    file: str
    line: int

    def finding(self, message: str, hint: str = "") -> Finding:
        return Finding(self.file, self.line, message, hint)


@dataclass(frozen=True)
class Said:
    """`turn.say("utter_…", values…)`: the values' names, None where they can't be read off."""

    response: str
    values: frozenset[str] | None
    place: Place


@dataclass
class Code:
    """`patterns` and `put_together` stand for names made at run time (`f"utter_hint_{slot}"`, `f"media_{kind}"`);
    `mentions`: how often each text stands in the code; `titles`: words used as titles of rows and buttons."""

    actions: dict[str, Place] = field(default_factory=dict)
    responses: dict[str, Place] = field(default_factory=dict)
    patterns: list[re.Pattern[str]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    slots: dict[str, Place] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    mentions: Counter[str] = field(default_factory=Counter)
    put_together: list[re.Pattern[str]] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    words_used: dict[str, Place] = field(default_factory=dict)
    word_patterns: list[re.Pattern[str]] = field(default_factory=list)

    def may_say(self, response: str) -> bool:
        """Is the response named anywhere, or does a name put together fit it?"""
        return response in self.responses or any(p.fullmatch(response) for p in self.patterns)


def read_code(folders: list[Path], root: Path) -> Code:
    """The Python files of `folders` and below; what does not parse is left to other tools."""
    code = Code()
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            file = str(path.relative_to(root))
            nodes, words = _parsed(path.read_text(encoding="utf-8"))
            code.titles.update(words)
            for node in nodes:
                _take(code, node, file)
    return code


@lru_cache(maxsize=1000)  # who edits saves one file, and all are looked at
def _parsed(text: str) -> tuple[tuple[ast.AST, ...], frozenset[str]]:
    """The nodes that tell something, and the words used as titles."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return (), frozenset()
    return tuple(node for node in ast.walk(tree) if isinstance(node, _TELLING)), frozenset(titles(tree))


def _take(code: Code, node: ast.AST, file: str) -> None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        code.words.add(node.value)
        code.mentions[node.value] += 1
        if _RESPONSE.fullmatch(node.value):
            code.responses.setdefault(node.value, Place(file, node.lineno))
    elif isinstance(node, ast.JoinedStr):
        pattern = "".join(_pieces(node))
        if pattern.startswith("utter_"):
            code.patterns.append(re.compile(pattern))
        elif re.match(r"[a-z]+_", pattern):
            code.put_together.append(re.compile(pattern))
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        named = any(isinstance(target, ast.Name) and target.id == "action_name" for target in targets)
        if named and isinstance(node.value, ast.Constant):
            code.actions[str(node.value.value)] = Place(file, node.lineno)
    elif isinstance(node, ast.Call) and node.args:
        _take_call(code, node, file)


def _pieces(node: ast.JoinedStr) -> Iterator[str]:
    for part in node.values:
        yield re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"


def _take_call(code: Code, call: ast.Call, file: str) -> None:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    first, place = call.args[0], Place(file, call.lineno)
    if name in {"slot", "SlotSet"} and isinstance(first, ast.Constant) and isinstance(first.value, str):
        code.slots.setdefault(first.value, place)
    if name == "word":
        _take_word(code, first, place)
    if name == "say":
        known = all(keyword.arg for keyword in call.keywords)
        values = frozenset(str(keyword.arg) for keyword in call.keywords) if known else None
        for constant in ast.walk(first):  # both names of `"utter_a" if … else "utter_b"`
            if isinstance(constant, ast.Constant) and _RESPONSE.fullmatch(str(constant.value)):
                code.said.append(Said(str(constant.value), values, place))


def _take_word(code: Code, name: ast.expr, place: Place) -> None:
    """`word("closed", …)`; a name put together (`f"kind_{kind}"`) counts for all it may be."""
    if isinstance(name, ast.Constant):
        code.words_used.setdefault(str(name.value), place)
    elif isinstance(name, ast.JoinedStr):
        code.word_patterns.append(re.compile("".join(_pieces(name))))
    elif isinstance(name, ast.IfExp):
        _take_word(code, name.body, place)
        _take_word(code, name.orelse, place)
