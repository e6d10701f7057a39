"""All checks together."""

from __future__ import annotations

from pathlib import Path

from sprechstunde.linting import (
    conversations,
    examples,
    languages,
    names,
    responses,
    rules,
    unused,
    wording,
    words,
)
from sprechstunde.linting.finding import Finding
from sprechstunde.linting.project import read_project


def hinders_training(root: Path) -> bool:
    """Whether a file can't be read, or a rule names what is not there."""
    project = read_project(root)
    return bool(project.unreadable) or any(True for _ in names.unknown(project))


def lint(root: Path) -> list[Finding]:
    """The findings of the project in folder `root`, by file and line; unreadable files before all else."""
    project = read_project(root)
    if project.unreadable:
        return sorted(project.unreadable)  # what they declare would seem to be missing everywhere
    checks = (responses, names, unused, rules, examples, wording, words)
    found = {*project.repeated, *(finding for kind in checks for finding in kind.check(project))}
    return sorted(found.union(conversations.check(project, root), languages.check(project, root)))
