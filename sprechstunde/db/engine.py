"""The engine and the unit of work."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import create_engine
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from sprechstunde.db import embedded
from sprechstunde.settings import get_settings

logger = logging.getLogger(__name__)

T = TypeVar("T")
RETRY_WAITS = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)  # seconds
_lock = threading.RLock()
_engines: dict[str, Engine] = {}


def database_url() -> str:
    """The libpq address of the database in use (`postgresql://…`); starts the embedded server where none is set."""
    configured = get_settings().database_url
    if configured is None:
        return embedded.ensure_embedded()
    return configured.replace("postgres://", "postgresql://", 1)


def engine() -> Engine:
    """The process's engine."""
    return _engine("main", pool_size=10, max_overflow=40)


def key_engine() -> Engine:
    """A small engine of its own for reading data keys: a query that waits for a key while it holds a connection
    of the main pool could otherwise wait for itself."""
    return _engine("keys", pool_size=2, max_overflow=10, isolation_level="AUTOCOMMIT")


def dispose_engine() -> None:
    """Close all connections and forget the address (tests, and after a fork)."""
    with _lock:
        for known in _engines.values():
            known.dispose()
        _engines.clear()


@contextmanager
def transaction() -> Iterator[Session]:
    """A session of one transaction: committed at the end, rolled back when the block raises."""
    with Session(engine(), future=True, expire_on_commit=False) as session, session.begin():
        yield session


def insist(work: Callable[..., T], *arguments: Any) -> T:
    """What `work` returns; while the database is away it is called again, for about 12 s.

    For what cannot be learned a second time. `work` must be harmless to repeat. Raises what it raised last.
    """
    for wait in RETRY_WAITS:
        try:
            return work(*arguments)
        except (OperationalError, InterfaceError):
            logger.warning("database away, trying again in %s s", wait)
            time.sleep(wait)
    return work(*arguments)


def _engine(name: str, **options: Any) -> Engine:
    with _lock:
        if name not in _engines:
            url = make_url(database_url()).set(drivername="postgresql+psycopg2")
            _engines[name] = create_engine(
                url,
                future=True,
                pool_pre_ping=True,
                connect_args={"options": "-c timezone=utc", "application_name": "sprechstunde"},
                **options,
            )
        return _engines[name]
