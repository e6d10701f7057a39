"""Webhooks to the business: signed, in order per chat, tried again until somebody answers 200.

Meta retries with growing pauses for up to seven days; here the pauses are short (`Config.retry_first` to
`retry_longest`) so that a demo goes on seconds after the bot is back. An update that the bot refuses five times steps
out of line, so that it does not block those behind it.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from sprechstunde.emulator.config import Config
from sprechstunde.emulator.demo_clock import DemoClock
from sprechstunde.emulator.faults import Faults
from sprechstunde.emulator.hub import Hub
from sprechstunde.emulator.store import Store

Json = dict[str, Any]

REFUSALS = 5  # answers other than 200 before an update steps out of line
CLIENTS = 16
PARTNER = 5.0  # seconds that a held update waits for the one it is to swap with


@dataclass
class Parcel:
    """A webhook on its way: `changes` are Meta's change objects, `about` the message ids concerned."""

    changes: list[Json]
    about: list[str]
    number: int = 0
    copies: int = 1
    not_before: float = 0.0
    attempts: int = 0
    refusals: int = 0
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> Json:
        return {"changes": self.changes, "about": self.about}


class Webhooks:
    """Queues and delivers. `on_delivered(ids)` hears which messages the bot has taken."""

    def __init__(self, config: Config, store: Store, hub: Hub, faults: Faults, clock: DemoClock) -> None:
        self.url = config.webhook_url
        self.log: deque[Json] = deque(maxlen=200)
        self.on_delivered: Callable[[list[str]], None] = lambda ids: None
        self._config, self._store, self._hub, self._faults, self._clock = config, store, hub, faults, clock
        self._lanes: dict[str, deque[Parcel]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._held: dict[str, Parcel] = {}
        self._batch: list[Parcel] = []
        self._wake = asyncio.Event()
        # One httpx pool with many connections spends its time on book-keeping (50 calls a second): several small ones.
        tls = httpx.create_ssl_context(trust_env=False)
        options: Json = {"timeout": config.webhook_timeout, "trust_env": False, "verify": tls}
        self._clients = [httpx.AsyncClient(**options) for _ in range(CLIENTS)]

    async def start(self) -> None:
        """Go on with what an earlier run could not deliver."""
        for number, lane, data in self._store.webhooks():
            self._push(lane, Parcel(data["changes"], data["about"], number))

    async def stop(self) -> None:
        """Stop delivering; what is left waits in the store."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        for client in self._clients:
            await client.aclose()

    def forget(self) -> None:
        """Drop everything that waits."""
        for task in self._tasks.values():
            task.cancel()
        self._lanes.clear()
        self._tasks.clear()
        self._held.clear()
        self._batch.clear()
        self.log.clear()

    @property
    def waiting(self) -> int:
        """Webhooks not yet taken."""
        return sum(map(len, self._lanes.values())) + len(self._held) + len(self._batch)

    def hurry(self) -> None:
        """Try now what waits for its next try."""
        self._wake.set()
        self._wake = asyncio.Event()

    def send(self, lane: str, value: Json, about: list[str]) -> None:
        """Queue one change; faults on order are applied to it. `lane`: what stays in order among itself."""
        parcel = Parcel([{"value": value, "field": "messages"}], about)
        parcel.number = self._store.add_webhook(lane, parcel.as_json())
        fault = self._faults.next_webhook()
        if fault is not None:
            self._hub.publish("faults", faults=self._faults.state())
        held = self._held.pop(lane, None)
        if held is not None:
            parcel.notes.append("overtook")
            self._push(lane, parcel)
            self._push(lane, held)
        elif fault is None:
            self._push(lane, parcel)
        elif fault.kind == "reorder":
            self._hold(lane, parcel)
        elif fault.kind == "batch":
            self._collect(lane, parcel, last=fault.count <= 0)
        elif fault.kind == "delay":
            parcel.not_before = time.monotonic() + fault.seconds
            parcel.notes.append(f"delayed {fault.seconds:g} s")
            self._push(f"{lane}/{parcel.number}", parcel)
        else:
            parcel.copies = 2
            self._push(lane, parcel)

    def release(self) -> None:
        """Let go what faults hold back."""
        for lane in list(self._held):
            self._free(lane)
        if self._batch:
            self._send_batch("batch")

    def _hold(self, lane: str, parcel: Parcel) -> None:
        parcel.notes.append("held back")
        self._held[lane] = parcel
        asyncio.get_running_loop().call_later(PARTNER, self._free, lane, parcel)

    def _free(self, lane: str, parcel: Parcel | None = None) -> None:
        held = self._held.get(lane)
        if held is not None and parcel in (None, held):
            self._push(lane, self._held.pop(lane))

    def _collect(self, lane: str, parcel: Parcel, *, last: bool) -> None:
        self._batch.append(parcel)
        if last:
            self._send_batch(lane)

    def _send_batch(self, lane: str) -> None:
        parcels, self._batch = self._batch, []
        joined = Parcel(
            [change for p in parcels for change in p.changes], [i for p in parcels for i in p.about]
        )
        joined.notes.append(f"batch of {len(parcels)}")
        joined.number = self._store.add_webhook(lane, joined.as_json())
        for parcel in parcels:
            self._store.drop_webhook(parcel.number)
        self._push(lane, joined)

    def _push(self, lane: str, parcel: Parcel) -> None:
        self._lanes.setdefault(lane, deque()).append(parcel)
        if lane not in self._tasks:
            self._tasks[lane] = asyncio.get_running_loop().create_task(self._work(lane))

    async def _work(self, lane: str) -> None:
        queue = self._lanes[lane]
        while queue:
            parcel = queue[0]
            await self._pause(parcel.not_before - time.monotonic())
            entry = await self._post(parcel)
            taken = entry["status"] == 200
            if taken:
                parcel.copies -= 1
            if taken and parcel.copies <= 0:
                queue.popleft()
                self._store.drop_webhook(parcel.number)
                self.on_delivered(parcel.about)
            elif parcel.refusals >= REFUSALS and not lane.endswith(f"/{parcel.number}"):
                queue.popleft()
                self._push(f"{lane}/{parcel.number}", parcel)
            self.log.append(entry)
            self._hub.publish("log", entry=entry, waiting=self.waiting)
        self._lanes.pop(lane, None)
        self._tasks.pop(lane, None)

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            try:
                await asyncio.wait_for(self._wake.wait(), seconds)
            except asyncio.TimeoutError:
                return

    async def _post(self, parcel: Parcel) -> Json:
        """One try. Returns its log entry; `status` 200 means that it was taken."""
        body = json.dumps(
            {
                "object": "whatsapp_business_account",
                "entry": [{"id": self._config.business_account_id, "changes": parcel.changes}],
            },
            ensure_ascii=False,
        ).encode()
        signature = hmac.new(self._config.app_secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": f"sha256={signature}",
            "User-Agent": "facebookexternalua",
        }
        started, status, problem = time.monotonic(), None, None
        try:
            client = self._clients[parcel.number % CLIENTS]
            answer = await client.post(self.url, content=body, headers=headers)
            status = answer.status_code
        except httpx.HTTPError as error:
            problem = type(error).__name__
        parcel.attempts += 1
        if status != 200:
            parcel.refusals += status is not None
            pause = min(self._config.retry_first * 2 ** (parcel.attempts - 1), self._config.retry_longest)
            parcel.not_before = time.monotonic() + pause
        return {
            "at": self._clock.now().isoformat(),
            "direction": "webhook",
            "title": _title(parcel.changes),
            "status": status,
            "problem": problem,
            "attempt": parcel.attempts,
            "ms": round((time.monotonic() - started) * 1000),
            "notes": [*parcel.notes, *(["duplicate"] if parcel.copies > 1 else [])],
            "body": json.loads(body),
        }


def _title(changes: list[Json]) -> str:
    """A word on what is in there, for the log."""
    parts = []
    for change in changes:
        value = change["value"]
        parts += [f"message {message['type']}" for message in value.get("messages", [])]
        parts += [f"status {status['status']}" for status in value.get("statuses", [])]
    return ", ".join(parts)
