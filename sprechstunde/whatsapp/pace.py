"""How fast we may send: 80 messages/s a number, 1 per 6 s to one patient with a burst of 45 (Meta's throughput rules).

Kept in the database, so that any number of workers share it. Time here is the machine's, not the practice's movable
clock: Meta's limits don't jump when a demo does.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

NUMBER_INTERVAL = timedelta(seconds=1 / 80)
NUMBER_BURST = 40
PAIR_INTERVAL = timedelta(seconds=6)
PAIR_BURST = 45

# Generic cell rate algorithm in one statement: no row comes back when the cell would arrive too early.
_TAKE = text(
    "INSERT INTO send_rate (key, due_at) VALUES (:key, CAST(:now AS timestamptz) + :step)"
    " ON CONFLICT (key) DO UPDATE SET due_at = greatest(send_rate.due_at, CAST(:now AS timestamptz)) + :step"
    " WHERE send_rate.due_at <= CAST(:now AS timestamptz) + :slack RETURNING due_at"
)
_DUE = text("SELECT due_at FROM send_rate WHERE key = :key")


def machine_now() -> datetime:
    """The machine's own time, aware UTC: for waits on other machines."""
    return datetime.fromtimestamp(time.time(), timezone.utc)


def take(s: Session, key: bytes, *, interval: timedelta, burst: int, now: datetime) -> timedelta:
    """Take one permit: zero when granted, else how long until the next one (nothing is taken then)."""
    slack = interval * (burst - 1)
    if s.execute(_TAKE, {"key": key, "now": now, "step": interval, "slack": slack}).first() is not None:
        return timedelta(0)
    due = s.execute(_DUE, {"key": key}).scalar_one()
    return max(due - slack - now, timedelta(milliseconds=1))


def permit(s: Session, phone_number_id: str, contact_id: UUID, now: datetime) -> timedelta:
    """Permission to send one message to this contact now: zero, or the wait."""
    wait = take(s, b"pair:" + contact_id.bytes, interval=PAIR_INTERVAL, burst=PAIR_BURST, now=now)
    if wait:
        return wait
    number = b"number:" + phone_number_id.encode()
    wait = take(s, number, interval=NUMBER_INTERVAL, burst=NUMBER_BURST, now=now)
    if wait:
        _give_back(s, b"pair:" + contact_id.bytes, PAIR_INTERVAL)
    return wait


def forget_idle(s: Session, now: datetime) -> None:
    """Drop pairs that are back at full burst: their row says nothing any more."""
    s.execute(text("DELETE FROM send_rate WHERE due_at < :now"), {"now": now - timedelta(minutes=5)})


def _give_back(s: Session, key: bytes, interval: timedelta) -> None:
    s.execute(
        text("UPDATE send_rate SET due_at = due_at - :step WHERE key = :key"), {"key": key, "step": interval}
    )
