"""Who listens: pages (a queue of events each) and tests that wait for a message."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

Json = dict[str, Any]

HEARTBEAT = 15.0
WAITING = 2000  # events a sleeping page may fall behind before it has to load anew


class Hub:
    """Passes events on. All calls from the event loop's thread."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[Json | None]] = set()
        self._changed = asyncio.Event()
        self._closed = False

    def publish(self, kind: str, **data: Any) -> None:
        """Tell every page, and wake whoever waits."""
        event = {"type": kind, **data}
        for queue in list(self._queues):
            if queue.qsize() > WAITING:
                self._queues.discard(queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(event)
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def changed(self, timeout: float) -> None:
        """Return at the next event, at the latest after `timeout` seconds."""
        try:
            await asyncio.wait_for(self._changed.wait(), max(timeout, 0))
        except asyncio.TimeoutError:
            return

    async def stream(self) -> AsyncIterator[str]:
        """Server-sent events, beginning with `hello`; ends when the emulator stops."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield _frame({"type": "hello"})
            while not self._closed:
                try:
                    event = await asyncio.wait_for(queue.get(), HEARTBEAT)
                except asyncio.TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield _frame(event)
        finally:
            self._queues.discard(queue)

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        for queue in self._queues:
            queue.put_nowait(None)
        self._changed.set()


def _frame(event: Json) -> str:
    return f"data: {json.dumps(event, ensure_ascii=False, default=str)}\n\n"
