"""House rules that no linter knows: YAML that parses without duplicate keys, no loose ends, no private addresses.

Every rule names its file and line. Generated locks are left out.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
TEXT = {".py", ".yml", ".yaml", ".md", ".toml", ".html", ".js", ".css", ".in", ".sh", ""}
# Written in pieces, so that this file does not find itself.
LOOSE_ENDS = {
    "a loose end": re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b"),
    "an ignore that does not say what it ignores": re.compile(
        r"#\s*type:\s*ig" r"nore(?!\[)|#\s*no" r"qa(?!:)"
    ),
    "a test that does not run": re.compile(r"pytest\.(mark\.)?(sk" r"ip|xf" r"ail)|@unittest\.sk" r"ip"),
    "a path of somebody's machine": re.compile(r"(?<![\w.])/(wo" r"rk|ro" r"ot|home/\w+)/"),
    "a conflict left standing": re.compile(r"^(<{7}|>{7}) ", re.MULTILINE),
}
MAX_LINES = 400


def main() -> int:
    """Print every breach; 0 when there is none."""
    breaches = sorted(set(_breaches()))
    for breach in breaches:
        print(breach)
    print(f"house rules: {len(breaches)} breaches" if breaches else "house rules: kept")
    return 1 if breaches else 0


def _breaches() -> Iterator[str]:
    for path in _files():
        if path.name == "house_rules.py" or path.name.startswith("requirements"):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        name = path.relative_to(ROOT)
        for meaning, pattern in LOOSE_ENDS.items():
            for match in pattern.finditer(text):
                yield f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {meaning}: {match.group().strip()}"
        if path.suffix in {".yml", ".yaml"}:
            yield from _yaml_breaches(name, text)
        if path.suffix == ".py":
            yield from _python_breaches(name, text)


def _files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    paths = [ROOT / line for line in listed]
    return [path for path in paths if path.is_file() and path.suffix in TEXT]


class _UniqueKeys(yaml.SafeLoader):
    """YAML as usual, but a key given twice is an error (the first would silently be lost)."""


def _mapping(loader: _UniqueKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    seen = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"key given twice: {key}", key_node.start_mark
            )
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


_UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _yaml_breaches(name: Path, text: str) -> Iterator[str]:
    if name.parts[0] == "tests":  # broken on purpose, some of them
        return
    try:
        yaml.load(text, Loader=_UniqueKeys)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        yield f"{name}:{line}: YAML: {error.problem}"


def _python_breaches(name: Path, text: str) -> Iterator[str]:
    try:
        tree = ast.parse(text)
    except SyntaxError:  # ruff says it better
        return
    if name.parts[0] in {"sprechstunde", "actions"} and "versions" not in name.parts:
        lines = text.count("\n")
        if lines > MAX_LINES:
            yield f"{name}:1: {lines} lines: more than one idea? (at most {MAX_LINES})"
        if ast.get_docstring(tree) is None and text.strip():
            yield f"{name}:1: no docstring that says what this module is for"
    if name.parts[0] == "tests":
        yield from _tests_without_assertion(name, tree)


def _tests_without_assertion(name: Path, tree: ast.Module) -> Iterator[str]:
    """A test asserts by itself, by `pytest.raises`, or through a helper whose name says so."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not node.name.startswith("test_"):
            continue
        asserts = any(isinstance(inner, ast.Assert) for inner in ast.walk(node))
        calls = {_called(inner) for inner in ast.walk(node) if isinstance(inner, ast.Call)}
        if not asserts and not any(
            re.match(r"(assert|expect|raises|fail|check|eventually|until|wait_for)", call) for call in calls
        ):
            yield f"{name}:{node.lineno}: {node.name} asserts nothing"


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


if __name__ == "__main__":
    sys.exit(main())
