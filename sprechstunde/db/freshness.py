"""Ask a connection whether it still lives only after it has lain idle.

A question before every use was a sixth of all that a turn asks of the database; a server does not come and go within
a second.
"""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import event, exc
from sqlalchemy.engine import Engine

IDLE_SECONDS = 1.0
_LAST_USED = "last_used"


def ask_after_idling(engine: Engine) -> None:
    """Connections of this engine that lay idle are asked before their next use; a dead one is replaced."""

    def given_back(_: Any, record: Any) -> None:
        record.info[_LAST_USED] = time.monotonic()

    def taken(connection: Any, record: Any, _: Any) -> None:
        used = record.info.get(_LAST_USED)
        if used is None or time.monotonic() - used < IDLE_SECONDS:
            return
        try:
            alive = engine.dialect.do_ping(connection)
        except Exception:
            alive = False
        if not alive:
            raise exc.DisconnectionError("the connection died while it lay idle")

    event.listen(engine, "checkin", given_back)
    event.listen(engine, "checkout", taken)
