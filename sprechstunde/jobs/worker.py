"""Running a worker: graceful at SIGTERM, back by itself after the database was away, minding dead colleagues."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Iterable, Iterator

from procrastinate import App
from sqlalchemy import text

from sprechstunde.db import transaction
from sprechstunde.jobs import app as registry
from sprechstunde.jobs.rescue import (
    HEARTBEAT_SECONDS,
    STALLED_SECONDS,
    Running,
    rescue_stalled,
    rescue_unwritten,
)

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0
UPKEEP_SECONDS = 5.0
GRACE_SECONDS = 20.0
RESTART_SECONDS = 2.0
KEEP_FAILED_JOBS_HOURS = 168
# One worker sweeps at a time; the number is arbitrary, only equal everywhere.
_SWEEP_LOCK = 7_215_301


async def run_worker(
    queues: Iterable[str],
    concurrency: int,
    handler: registry.Handler | None = None,
    *,
    stop: asyncio.Event | None = None,
) -> None:
    """Work on `queues` with up to `concurrency` jobs at once, until SIGTERM, SIGINT or `stop`.

    `handler(contact_id) -> bool` processes one message of the patient (True) or finds none (False); the queue
    `dialogue` needs one. Jobs under way are given 20 s to end. Raises ValueError without handler.
    """
    queues = list(queues)
    if "dialogue" in queues and handler is None:
        raise ValueError("the queue `dialogue` needs a handler")
    if handler is not None:
        registry.set_handler("handle_inbound", handler)
    stop = stop or asyncio.Event()
    with _signals(stop):
        while not stop.is_set():
            try:
                await _serve(queues, concurrency, stop)
            except Exception:
                logger.exception("worker on %s stopped; starting again", ", ".join(queues))
            if not stop.is_set():
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(stop.wait(), RESTART_SECONDS)
    for close in registry.cleanups():
        await close()


async def _serve(queues: list[str], concurrency: int, stop: asyncio.Event) -> None:
    """One life of the worker: from connecting to the stop, or to the loss of the database."""
    app = await asyncio.to_thread(registry.make_app, concurrency + 4)
    running = Running()
    async with app.open_async(), _upkeep(app, running):
        work = asyncio.create_task(
            app.run_worker_async(
                queues=queues,
                concurrency=concurrency,
                install_signal_handlers=False,
                fetch_job_polling_interval=POLL_SECONDS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_SECONDS,
                shutdown_graceful_timeout=GRACE_SECONDS,
                delete_jobs="successful",
                worker_middleware=[running],
            )
        )
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work


@contextlib.asynccontextmanager
async def _upkeep(app: App, running: Running) -> AsyncIterator[None]:
    keeper = asyncio.create_task(_keep_up(app, running))
    try:
        yield
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper


async def _keep_up(app: App, running: Running) -> None:
    rounds = 0
    while True:
        try:
            await rescue_stalled(app, STALLED_SECONDS)
            await rescue_unwritten(app, running)
            await asyncio.to_thread(sweep_all)
            if rounds % 720 == 0:
                await app.job_manager.delete_old_jobs(
                    KEEP_FAILED_JOBS_HOURS, include_failed=True, include_aborted=True
                )
        except Exception as error:
            # The next round tries again; a lasting outage ends the worker through its heartbeat.
            logger.warning("upkeep failed: %s: %s", type(error).__name__, error)
        rounds += 1
        await asyncio.sleep(UPKEEP_SECONDS)


def sweep_all() -> bool:
    """Run every sweep, each in its own transaction; False when another worker is at it."""
    registry.load_tasks()
    for sweep in registry.sweeps():
        with transaction() as s:
            if not s.execute(text("SELECT pg_try_advisory_xact_lock(:n)"), {"n": _SWEEP_LOCK}).scalar():
                return False
            sweep(s)
    return True


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    handled = []
    for number in (signal.SIGTERM, signal.SIGINT):
        # Not in the main thread (tests): then only `stop` ends the worker.
        with contextlib.suppress(ValueError, RuntimeError, NotImplementedError):
            loop.add_signal_handler(number, stop.set)
            handled.append(number)
    try:
        yield
    finally:
        for number in handled:
            loop.remove_signal_handler(number)
