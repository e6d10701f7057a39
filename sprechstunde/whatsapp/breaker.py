"""The breaker: after an error that concerns the whole number nothing is sent for a while, and someone is told."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from sprechstunde.whatsapp.models import SendStop

logger = logging.getLogger(__name__)

# After this long one message tries whether the trouble is over.
PAUSE = timedelta(minutes=5)


def stop(s: Session, phone_number_id: str, error_code: int | None, now: datetime) -> None:
    """Stop sending from this number for five minutes."""
    values = {"until": now + PAUSE, "error_code": error_code or 0, "stopped_at": now}
    statement = insert(SendStop.__table__).values(phone_number_id=phone_number_id, **values)
    s.execute(statement.on_conflict_do_update(index_elements=["phone_number_id"], set_=values))
    logger.critical(
        "ALARM: WhatsApp refuses all messages of number %s (code %s). Nothing is lost; next try in %d min."
        " See docs/whatsapp.md, error codes.",
        phone_number_id,
        error_code,
        PAUSE.total_seconds() // 60,
    )


def stopped_for(s: Session, phone_number_id: str, now: datetime) -> timedelta:
    """How long the stop still lasts (zero: free to send)."""
    until = s.execute(select(SendStop.until).where(SendStop.phone_number_id == phone_number_id)).scalar()
    return timedelta(0) if until is None or until <= now else until - now
