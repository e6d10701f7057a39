"""The procrastinate app, made on request: importing this touches no database."""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

from procrastinate import App, PsycopgConnector
from sqlalchemy.orm import Session

from sprechstunde.db import database_url
from sprechstunde.jobs.defer import QUEUES

# Who registers tasks and sweeps; named, not imported, for they lie above this package.
TASK_MODULES = ("sprechstunde.whatsapp.tasks", "sprechstunde.jobs.housekeeping")

Handler = Callable[[UUID], Awaitable[bool]]
Sweep = Callable[[Session], Any]
Cleanup = Callable[[], Awaitable[None]]
F = TypeVar("F", bound=Callable[..., Any])

_tasks: dict[str, Callable[..., Any]] = {}
_sweeps: dict[str, Sweep] = {}
_cleanups: dict[str, Cleanup] = {}
_handlers: dict[str, Handler] = {}


def task(name: str) -> Callable[[F], F]:
    """Decorator: this function does the jobs called `name` (see `defer.QUEUES`)."""

    def register(function: F) -> F:
        _tasks[name] = function
        return function

    return register


def sweep(function: Sweep) -> Sweep:
    """Decorator: called every few seconds by one worker at a time, in a transaction of its own.

    The net under the queue: it enqueues again what is due in the domain tables.
    """
    _sweeps[function.__name__] = function
    return function


def cleanup(function: Cleanup) -> Cleanup:
    """Decorator: awaited when a worker ends (closing clients)."""
    _cleanups[function.__name__] = function
    return function


def load_tasks() -> None:
    """Import all that registers here."""
    for module in TASK_MODULES:
        importlib.import_module(module)


def sweeps() -> list[Sweep]:
    """All registered sweeps."""
    return list(_sweeps.values())


def cleanups() -> list[Cleanup]:
    """All registered clean-ups."""
    return list(_cleanups.values())


def make_app(max_connections: int = 6) -> App:
    """An app on the configured database that knows all tasks. Open it: `async with app.open_async(): …`."""
    load_tasks()
    connector = PsycopgConnector(
        conninfo=database_url(),
        min_size=1,
        max_size=max_connections,
        kwargs={"application_name": "sprechstunde-jobs", "options": "-c timezone=utc"},
    )
    app = App(connector=connector)
    for name, function in _tasks.items():
        app.task(name=name, queue=QUEUES[name])(function)
    return app


def set_handler(name: str, handler: Handler | None) -> None:
    """Say who does the work of a task that lies in a higher layer (None: nobody)."""
    if handler is None:
        _handlers.pop(name, None)
    else:
        _handlers[name] = handler


def handler(name: str) -> Handler:
    """The registered handler. Raises LookupError when this process has none."""
    try:
        return _handlers[name]
    except KeyError:
        raise LookupError(f"no handler for {name} in this process") from None
