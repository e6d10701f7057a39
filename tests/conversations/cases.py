"""The conversations of all files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent


def cases() -> list[Any]:
    """Every conversation, named after its file."""
    found = []
    for path in sorted(HERE.glob("*/*.yml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            if "given" in case:
                continue
            name = f"{path.parent.name}/{path.stem}: {case['name']}"
            found.append(pytest.param(case, id=name))
    return found
