"""All checks together."""

from __future__ import annotations

from pathlib import Path

from sprechstunde.linting import examples, names, responses, wording
from sprechstunde.linting.finding import Finding
from sprechstunde.linting.project import read_project


def lint(root: Path) -> list[Finding]:
    """The findings of the project in folder `root`, by file and line."""
    project = read_project(root)
    checks = (responses.check, names.check, examples.check, wording.check)
    return sorted({*project.problems, *(finding for check in checks for finding in check(project))})
