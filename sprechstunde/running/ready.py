"""Waits until the front desk can talk: every web server answers, both workers are registered with the job queue."""

from __future__ import annotations

import asyncio
import sys
import time
import urllib.request
from collections.abc import Callable

from sqlalchemy import text

from sprechstunde.db.engine import engine
from sprechstunde.running.processes import processes
from sprechstunde.settings import get_settings
from sprechstunde.whatsapp.client import GraphClient
from sprechstunde.whatsapp.template_submission import submit_missing

WORKERS = 2  # dialogue and sender
PATIENCE_SECONDS = 180  # a slow laptop's first start, with cold disks
LOOK_EVERY_SECONDS = 0.2


def main() -> int:
    """0 as soon as all are ready; 1, naming who is not, when patience ends."""
    settings = get_settings()
    chosen = processes(embedded_database=settings.database_url is None, emulator=settings.demo)
    waiting: dict[str, Callable[[], bool]] = {
        process.name: _answers(process.url) for process in chosen if process.url
    }
    waiting["dialogue or sender"] = _workers()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while waiting and time.monotonic() < deadline:
        waiting = {name: ready for name, ready in waiting.items() if not ready()}
        if waiting:
            time.sleep(LOOK_EVERY_SECONDS)
    if settings.demo and not waiting:
        asyncio.run(_submit_templates())
    if waiting:
        print(f"still not answering after {PATIENCE_SECONDS} s: {', '.join(waiting)}", flush=True)
    return 1 if waiting else 0


async def _submit_templates() -> None:
    """The emulator approves at once; a real account's templates are submitted by its operator."""
    client = GraphClient()
    try:
        await submit_missing(client)
    finally:
        await client.aclose()


def _answers(url: str) -> Callable[[], bool]:
    def check() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=2) as response:
                return bool(response.status < 400)
        except OSError:
            return False

    return check


def _workers() -> Callable[[], bool]:
    """Whether as many workers as we run have reported to the queue since this run began (by the database's clock)."""
    with engine().connect() as connection:
        # A few seconds back: a worker may have been quicker than this process.
        begin = connection.execute(text("SELECT now() - interval '3 seconds'")).scalar_one()

    def check() -> bool:
        query = text("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat >= :begin")
        with engine().connect() as connection:
            return int(connection.execute(query, {"begin": begin}).scalar_one()) >= WORKERS

    return check


if __name__ == "__main__":
    sys.exit(main())
