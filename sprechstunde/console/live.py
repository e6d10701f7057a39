"""What changes shows at once: PostgreSQL tells (LISTEN), and each open page hears of it (server-sent events).

Only ids travel. One connection a process listens for all pages; when it breaks, pages are told that anything may have
changed once it is back.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Iterator

import psycopg
from psycopg import AsyncConnection, sql

from sprechstunde.db.engine import address
from sprechstunde.db.notifying import CHANNEL

logger = logging.getLogger(__name__)
AGAIN_SECONDS = 1.0
TYPING = "typing:"


class Changes:
    """Hands every notification to whoever listens here."""

    def __init__(self) -> None:
        self._ears: set[asyncio.Queue[str]] = set()
        self.count = 0
        """How many changes were told so far: a page that was drawn at an earlier one has missed something."""
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen, on the running loop."""
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """End it; pages that wait are let go."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    @contextlib.contextmanager
    def heard(self) -> Iterator[asyncio.Queue[str]]:
        """A queue of payloads: a contact's id, empty for "anything", or `typing:CONTACT:STAFF`."""
        ear: asyncio.Queue[str] = asyncio.Queue(maxsize=1000)
        self._ears.add(ear)
        try:
            yield ear
        finally:
            self._ears.discard(ear)

    def _tell(self, payload: str) -> None:
        self.count += not payload.startswith(TYPING)
        for ear in self._ears:
            # A page that reads nothing for so long is gone, or will hear of the next change.
            with contextlib.suppress(asyncio.QueueFull):
                ear.put_nowait(payload)

    async def _listen(self) -> None:
        while True:
            try:
                where = await asyncio.to_thread(address)
                async with await AsyncConnection.connect(where, autocommit=True) as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    self._tell("")
                    async for notification in connection.notifies():
                        self._tell(notification.payload)
            except (psycopg.Error, OSError) as problem:
                logger.warning("not listening for changes (%s), trying again", type(problem).__name__)
            await asyncio.sleep(AGAIN_SECONDS)


async def gathered(ear: asyncio.Queue[str], pause: float, at_least_every: float) -> AsyncIterator[set[str]]:
    """Sets of payloads: what comes within `pause` seconds of each other is told in one go.

    An empty set where nothing came for `at_least_every` seconds: whoever listens may look up from time to time.
    """
    while True:
        try:
            told = {await asyncio.wait_for(ear.get(), at_least_every)}
        except asyncio.TimeoutError:
            yield set()
            continue
        await asyncio.sleep(pause)
        while not ear.empty():
            told.add(ear.get_nowait())
        yield told
