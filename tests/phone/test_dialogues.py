"""Ten bookings, five moves and five cancellations in each language, by phone, several patients at a time.

The same conversations run in `tests/conversations` within one process; here every message takes the whole way: the
phone, Meta's protocol, inbox, Rasa, action server, PostgreSQL, outbox, and back.
"""

from __future__ import annotations

import itertools
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.front_desk import FrontDesk
from tests.phone.reader import Reader

CONVERSATIONS = Path(__file__).parents[1] / "conversations"
AT_ONCE = 5
NAMES = {"de": "Patientin", "en": "Patient"}


def cases(kind: str, language: str) -> list[dict[str, Any]]:
    files = {
        "booking": "happy_path/booking",
        "moving": "moving/moving",
        "cancelling": "cancelling/cancelling",
    }
    content = (CONVERSATIONS / f"{files[kind]}.{language}.yml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(content)
    return found


def hold(desk: FrontDesk, case: dict[str, Any], language: str) -> dict[str, Any]:
    """One patient's whole conversation. Returns what the database shall hold of it."""
    reader = Reader(desk.new_phone(NAMES[language], language))
    expected: dict[str, Any] = {}
    for step in case["steps"]:
        if "user" in step:
            reader.say(step["user"])
        if "answers" in step:
            reader.answer_all(step["answers"])
        if "bot" in step:
            reader.wait_for(step["bot"])
        expected.update(step.get("database") or {})
    return expected


@pytest.mark.timeout(300)
def test_ten_bookings_five_moves_and_five_cancellations_in_each_language(front_desk: FrontDesk) -> None:
    todo = [
        (case, language)
        for kind, language in itertools.product(("booking", "moving", "cancelling"), ("de", "en"))
        for case in cases(kind, language)
    ]
    assert len(todo) == 40
    before = statuses(front_desk)
    with ThreadPoolExecutor(AT_ONCE) as patients:
        ended = list(patients.map(lambda item: hold(front_desk, *item), todo))
    expected = Counter(status for case in ended for status in case["appointments"])
    assert statuses(front_desk) - before == expected
    assert sum(expected.values()) == 40


def statuses(desk: FrontDesk) -> Counter[str]:
    """How many appointments stand in the schedule, by status."""
    rows = desk.sql(
        "SELECT status, count(*) FROM appointment WHERE status IN ('booked', 'cancelled') GROUP BY status"
    )
    return Counter(dict(rows))
