"""Every test here has the small clinic in an empty database, and a clock that stands still."""

from __future__ import annotations

import pytest

from tests.small_clinic import load


@pytest.fixture
def clinic(database, frozen_clock, tmp_path):
    return load(tmp_path)
