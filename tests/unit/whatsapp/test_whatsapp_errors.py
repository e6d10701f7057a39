"""Each error code of Meta's leads to the right next step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sprechstunde.whatsapp.errors import Verdict, verdict_of, wait_before


@pytest.mark.parametrize(
    ("code", "http_status", "verdict"),
    [
        *[(code, 400, Verdict.RETRY) for code in (2, 4, 80007, 130429, 131000, 131016, 131057)],
        *[(code, 400, Verdict.STOP) for code in (0, 10, 190, 368, 131031, 131042, 131048)],
        (131056, 400, Verdict.PAIR_WAIT),
        (131047, 400, Verdict.NEEDS_TEMPLATE),
        (131026, 400, Verdict.UNREACHABLE),
        (131009, 400, Verdict.REFUSED),
        (100, 400, Verdict.REFUSED),
        (None, 500, Verdict.RETRY),
        (None, 503, Verdict.RETRY),
        (None, 429, Verdict.RETRY),
        (None, 401, Verdict.STOP),
        (None, 404, Verdict.REFUSED),
        (None, None, Verdict.REFUSED),
    ],
)
def test_verdict(code: int | None, http_status: int | None, verdict: Verdict) -> None:
    assert verdict_of(code, http_status) is verdict


def test_a_pair_waits_in_powers_of_four_and_everything_has_an_end() -> None:
    assert [wait_before(n, Verdict.PAIR_WAIT).total_seconds() for n in (1, 2, 3)] == [4, 16, 64]
    assert [wait_before(n, Verdict.RETRY).total_seconds() for n in (1, 2, 3)] == [2, 4, 8]
    assert wait_before(99, Verdict.PAIR_WAIT) == timedelta(minutes=10)
