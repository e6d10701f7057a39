"""The engine and the unit of work."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg2
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from sprechstunde.db import embedded
from sprechstunde.db.freshness import ask_after_idling
from sprechstunde.settings import get_settings

logger = logging.getLogger(__name__)

T = TypeVar("T")
RETRY_WAITS = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)  # seconds
_lock = threading.RLock()
_engines: dict[str, Engine] = {}
_address: str | None = None


def database_url() -> str:
    """The libpq address of the database in use (`postgresql://…`); starts the embedded server where none is set."""
    configured = get_settings().database_url
    if configured is None:
        return embedded.ensure_embedded()
    return configured.replace("postgres://", "postgresql://", 1)


def address() -> str:
    """What the engines connect to: `database_url()` as it was when they were first used, or used again after
    `dispose_engine`."""
    global _address
    with _lock:
        if _address is None:
            url = make_url(database_url()).set(drivername="postgresql")
            _address = url.render_as_string(hide_password=False)
        return _address


def engine() -> Engine:
    """The process's engine."""
    return _engine("main", pool_size=10, max_overflow=40)


def key_engine() -> Engine:
    """A small engine of its own for reading data keys: a query that waits for a key while it holds a connection
    of the main pool could otherwise wait for itself."""
    return _engine("keys", pool_size=2, max_overflow=10, isolation_level="AUTOCOMMIT")


def dispose_engine() -> None:
    """Close all connections and forget the address (tests, and after a fork). What the engines know of statements
    stays: compiling them anew for every test took longer than running them."""
    global _address
    with _lock:
        _address = None
        for known in _engines.values():
            known.dispose()


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
    address()  # whoever asks for an engine has a server to ask
    with _lock:
        if name not in _engines:
            made = create_engine("postgresql+psycopg2://", future=True, creator=_connect, **options)
            ask_after_idling(made)
            _engines[name] = made
        return _engines[name]


def _connect() -> Any:
    return psycopg2.connect(address(), options="-c timezone=utc", application_name="sprechstunde")
