"""Rasa's conversations in our database: encrypted, per session, committed with the turn."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde import clock
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction

IDLE_IN_DIALOGUE = timedelta(
    hours=24
)  # WhatsApp's service window: a half-finished booking may wait that long
IDLE_OTHERWISE = timedelta(minutes=30)
MANY_EVENTS = 400  # beyond this a conversation without a dialogue under way starts a fresh session


class ConversationStore(TrackerStore):
    """Loads the current session, and holds back what Rasa saves until the turn's transaction takes it.

    `retrieve` during a turn sees what the turn saved so far. One turn per contact at a time: the job queue sees to it.
    """

    def __init__(self, domain: Domain, event_broker: Any = None, **kwargs: Any) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._loaded: dict[str, DialogueStateTracker | None] = {}
        self._saved: dict[str, DialogueStateTracker] = {}
        self._stored_events: dict[str, int] = {}
        self._next_seq: dict[str, int] = {}

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's current session, `None` for a new one or when the last one is over."""
        if sender_id in self._loaded:
            return self._loaded[sender_id]
        self._loaded[sender_id] = tracker = await self._load(sender_id)
        return tracker

    async def _load(self, sender_id: str) -> DialogueStateTracker | None:
        turns, last_at, next_seq = await asyncio.to_thread(_load, UUID(sender_id))
        self._next_seq[sender_id] = next_seq
        self._stored_events[sender_id] = 0
        events = [event for turn in turns for event in turn]
        if not events or last_at is None:
            return None
        tracker = DialogueStateTracker.from_events(
            sender_id, deserialise_events(events), slots=self.domain.slots if self.domain else []
        )
        if is_over(tracker, idle=clock.now() - last_at, events=len(events)):
            return None
        self._stored_events[sender_id] = len(tracker.events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Hold the tracker for `take_new_events`."""
        self._saved[tracker.sender_id] = self._loaded[tracker.sender_id] = tracker

    def tracker(self, sender_id: str) -> DialogueStateTracker | None:
        """What the turn under way has saved so far."""
        return self._saved.get(sender_id)

    def write(self, s: Any, sender_id: str) -> None:
        """Append what is new to the stored conversation, within the turn's transaction."""
        tracker = self._saved.get(sender_id)
        if tracker is None:
            return
        stored = self._stored_events.get(sender_id, 0)
        new = [_slim(event.as_dict()) for event in list(tracker.events)[stored:]]
        if new:
            conversations.append_turn(
                s, UUID(sender_id), new, seq=self._next_seq.get(sender_id, 0), starts_session=stored == 0
            )

    def forget(self, sender_id: str) -> None:
        """The turn is over, committed or not: the next one reads the database."""
        for held in (self._loaded, self._saved, self._stored_events, self._next_seq):
            held.pop(sender_id, None)


def is_over(tracker: DialogueStateTracker, *, idle: timedelta, events: int) -> bool:
    """Whether the next message begins a new session."""
    if tracker.active_loop_name:
        return idle > IDLE_IN_DIALOGUE
    return idle > IDLE_OTHERWISE or events > MANY_EVENTS


def _load(contact_id: UUID) -> tuple[list[list[dict[str, Any]]], datetime | None, int]:
    with transaction() as s:
        return conversations.load_session(s, contact_id)


def _slim(event: dict[str, Any]) -> dict[str, Any]:
    """Without the ranking of all intents: nobody reads it again, and it is most of an event's size."""
    parse_data = event.get("parse_data")
    if isinstance(parse_data, dict) and parse_data.get("intent_ranking"):
        event = {**event, "parse_data": {**parse_data, "intent_ranking": parse_data["intent_ranking"][:3]}}
    return event
