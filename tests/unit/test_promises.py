"""What docs/promises.md names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
FILES = sorted({name for line in re.findall(r"`t ([^`]+)`", TEXT) for name in re.findall(r"tests/\S+", line)})
KINDS = sorted(
    {word for line in re.findall(r'`c "?([^"`]+)"?`', TEXT) for word in line.split() if word != "or"}
)


@pytest.mark.parametrize("name", FILES)
def test_a_test_that_is_named_exists(name):
    assert (ROOT / name).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_conversations_of_that_name_exist(kind):
    folders = [path.name for path in (ROOT / "tests" / "conversations").iterdir() if path.is_dir()]
    assert any(kind in folder for folder in folders)
