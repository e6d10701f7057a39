"""Which words of `words.yml` actions use as titles of rows and buttons: `row(word("book", …), …)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def titles(tree: ast.Module) -> Iterator[str]:
    """Names of the words, also where a variable or a function of the module stands in between."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    returned = {
        name: [
            w for node in ast.walk(function) if isinstance(node, ast.Return) for w in _words(node.value, {})
        ]
        for name, function in functions.items()
    }
    for function in functions.values():
        known = dict(returned)
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                known[node.targets[0].id] = [*_words(node.value, returned)]
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "row" and node.args:
                yield from _words(node.args[0], known)


def _words(value: ast.expr | None, known: dict[str, list[str]]) -> Iterator[str]:
    if isinstance(value, ast.IfExp):
        yield from _words(value.body, known)
        yield from _words(value.orelse, known)
    elif isinstance(value, ast.Name):
        yield from known.get(value.id, ())
    elif isinstance(value, ast.Call):
        called = getattr(value.func, "id", getattr(value.func, "attr", ""))
        if called == "word" and value.args and isinstance(value.args[0], ast.Constant):
            yield str(value.args[0].value)
        elif called == "word" and value.args:
            yield from _words(value.args[0], known)
        else:
            yield from known.get(called, ())
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
