"""One clock for all processes."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from sprechstunde import clock


def test_a_frozen_clock_stands_still_and_can_be_pushed(frozen_clock):
    assert clock.now() == frozen_clock
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.advance(timedelta(hours=25)) == frozen_clock + timedelta(hours=25)


def test_an_advanced_clock_goes_on_running():
    before = datetime.now(timezone.utc) + timedelta(hours=25)
    clock.advance(timedelta(hours=24))
    moved = clock.advance(timedelta(hours=1))
    assert before <= moved <= datetime.now(timezone.utc) + timedelta(hours=25)
    clock.reset()
    assert clock.now() < before


def test_other_processes_see_the_same_time(frozen_clock):
    program = "from sprechstunde import clock; print(clock.now().isoformat())"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert datetime.fromisoformat(said.strip()) == frozen_clock


def test_the_day_depends_on_where_one_is():
    clock.freeze(datetime(2026, 11, 25, 23, 30, tzinfo=timezone.utc))
    assert clock.today(ZoneInfo("Europe/Berlin")) == date(2026, 11, 26)
    assert clock.today(ZoneInfo("America/New_York")) == date(2026, 11, 25)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        clock.freeze(datetime.fromisoformat("2026-11-25T09:00"))
