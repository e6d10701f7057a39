"""What an error of the Graph API means for the message that met it.

Codes: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. All come as HTTP 400-ish, so the
`code` decides, and the HTTP status only where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum


class Verdict(Enum):
    """What to do next."""

    RETRY = "retry"  # trouble that passes
    PAIR_WAIT = "pair_wait"  # too much to this one patient
    NEEDS_TEMPLATE = "needs_template"  # the 24 h window is closed
    UNREACHABLE = "unreachable"  # this patient can't get messages
    STOP = "stop"  # nothing can be sent from this number: breaker and alarm
    UNKNOWN_FATE = "unknown_fate"  # may have been sent: reconcile first
    REFUSED = "refused"  # this message is wrong and stays wrong


RETRY = frozenset({2, 4, 80007, 130429, 131000, 131016, 131057})
PAIR_WAIT = frozenset({131056})
NEEDS_TEMPLATE = frozenset({131047})
UNREACHABLE = frozenset({131026})
STOP = frozenset({0, 10, 190, 368, 131031, 131042, 131048})

MAX_ATTEMPTS = 8
LONGEST_WAIT = timedelta(minutes=10)


@dataclass
class GraphError(Exception):
    """A call that failed. `code` is Meta's, None where there was none (network, 5xx without body)."""

    verdict: Verdict
    code: int | None
    title: str
    http_status: int | None = None

    def __str__(self) -> str:
        return f"{self.verdict.value}: code {self.code}, HTTP {self.http_status}, {self.title}"


def verdict_of(code: int | None, http_status: int | None) -> Verdict:
    """The verdict for an answer of Meta's (not for a lost answer: that is UNKNOWN_FATE)."""
    for codes, verdict in (
        (RETRY, Verdict.RETRY),
        (PAIR_WAIT, Verdict.PAIR_WAIT),
        (NEEDS_TEMPLATE, Verdict.NEEDS_TEMPLATE),
        (UNREACHABLE, Verdict.UNREACHABLE),
        (STOP, Verdict.STOP),
    ):
        if code in codes:
            return verdict
    if http_status == 429 or (http_status or 0) >= 500:
        return Verdict.RETRY
    return Verdict.STOP if http_status == 401 else Verdict.REFUSED


def wait_before(attempt: int, verdict: Verdict) -> timedelta:
    """Pause before attempt `attempt` + 1 (the first failed attempt is 1): 4^n s for a pair, else 2^n s."""
    base = 4 if verdict is Verdict.PAIR_WAIT else 2
    return min(timedelta(seconds=base ** min(attempt, 10)), LONGEST_WAIT)
