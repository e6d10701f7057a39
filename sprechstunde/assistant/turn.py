"""One message through Rasa, and everything it changed in one transaction."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde.assistant import texts
from sprechstunde.assistant.action_failures import WatchedEndpoint, noted_failures
from sprechstunde.assistant.conversation_store import ConversationStore
from sprechstunde.assistant.following_up import followed_up
from sprechstunde.assistant.inbound import as_parsed, fixed_intent, nodded, words_of
from sprechstunde.assistant.output import OutputBuffer
from sprechstunde.assistant.pointing import pointed_at
from sprechstunde.assistant.resuming import resumed
from sprechstunde.assistant.settling import keep_language, settle
from sprechstunde.assistant.wishes import DIALOGUES, EMERGENCIES, Wish, wishes_in
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.whatsapp import inbox, outbox
from sprechstunde.whatsapp.inbox import Inbound

logger = logging.getLogger(__name__)
NEXT_WISH = "next_wish"


class TurnFailed(RuntimeError):
    """The turn changed nothing and may be tried again."""


@dataclass
class Turn:
    """What a turn said, for those who watch it (tests, figures)."""

    output: OutputBuffer
    tracker: DialogueStateTracker | None


class TurnRunner:
    """Takes the next message of a contact through the agent."""

    def __init__(self, agent: Agent, store: ConversationStore) -> None:
        if agent.processor is None:
            raise ValueError("the agent has no model loaded")
        self._processor = agent.processor
        if agent.processor.action_endpoint is not None:
            agent.processor.action_endpoint = WatchedEndpoint(agent.processor.action_endpoint)
        self._store = store

    def use_texts(self, read: texts.Texts) -> bool:
        """Say these texts from the next answer on. True when that changes something."""
        return texts.put_into(self._processor.domain, read)

    async def run_next(self, contact_id: UUID) -> Turn | None:
        """Handle the contact's oldest unprocessed message; `None` when there is none.

        Raises `TurnFailed` (or a database error): then nothing of the turn is kept and the message stays unprocessed.
        """
        message = await asyncio.to_thread(_next_message, contact_id)
        if message is None:
            return None
        return await self.run(message)

    async def run(self, message: Inbound) -> Turn:
        """Handle this message and keep, in one transaction, all that it changed. Raises as `run_next` does."""
        sender_id = str(message.contact_id)
        try:
            turn = await self._handle(sender_id, message)
            await asyncio.to_thread(self._commit, message, turn)
            return turn
        finally:
            self._store.forget(sender_id)

    async def _handle(self, sender_id: str, message: Inbound) -> Turn:
        output = OutputBuffer()
        if message.kind == "reaction":  # a thumb on one of our bubbles: an answer would only disturb
            return Turn(output, await self._store.retrieve(sender_id))
        with noted_failures() as failures:
            for position, wish in enumerate(await self._wishes(message)):
                await self._say(sender_id, wish, output, _step_id(message.wamid, position))
            await self._go_on_with_next_wish(sender_id, message, output)
        if failures:
            raise TurnFailed(f"could not run {', '.join(failures)}")
        if not output.contents:
            raise TurnFailed("the assistant had nothing to say")
        return Turn(output, self._store.tracker(sender_id))

    async def _wishes(self, message: Inbound) -> list[Wish]:
        if message.payload is not None:
            return [Wish(message.payload, {})]
        words = words_of(message)
        if words is None:
            return [await self._without_words(message)]
        tracker = await self._store.retrieve(str(message.contact_id))
        asked = _asked(tracker)

        async def parse(text: str) -> dict[str, Any]:
            return followed_up(keep_language(await self._parse(text), asked), tracker)

        wishes = await wishes_in(words, parse)
        tapped = resumed(wishes[0].parsed, tracker) or pointed_at(wishes[0].parsed, tracker)
        if tapped:
            return [Wish(tapped, {})]
        if len(wishes) > 1:
            # The second dialogue waits in a slot until the first one is done.
            dialogues = [wish for wish in wishes if wish.parsed["intent"]["name"] in DIALOGUES]
            if len(dialogues) > 1:
                dialogues[0].parsed["entities"].append(
                    {
                        "entity": NEXT_WISH,
                        "value": dialogues[1].text,
                        "start": 0,
                        "end": 0,
                        "extractor": "wishes",
                    }
                )
                wishes = [wish for wish in wishes if wish not in dialogues[1:]]
        return wishes

    async def _without_words(self, message: Inbound) -> Wish:
        """A photo, a voice note …: what stands beside it is no answer, but may be an emergency. A 👍 may be a yes."""
        beside = message.text or ""
        if message.kind == "text":
            nod = nodded(beside, _asked(await self._store.retrieve(str(message.contact_id))))
            if nod:
                return Wish(beside, as_parsed(nod, beside))
        if any(ch.isalnum() for ch in beside):
            parsed = await self._parse(beside)
            if (parsed.get("intent") or {}).get("name") in EMERGENCIES:
                return Wish(beside, parsed)
        return Wish(beside, as_parsed(fixed_intent(message), beside))

    async def _parse(self, text: str) -> dict[str, Any]:
        return settle(await self._processor.parse_message(UserMessage(text)))

    async def _say(self, sender_id: str, wish: Wish, output: OutputBuffer, message_id: str) -> None:
        message = UserMessage(
            wish.text,
            output,
            sender_id,
            parse_data=wish.parsed or None,
            input_channel=OutputBuffer.name(),
            message_id=message_id,
        )
        await self._processor.handle_message(message)

    async def _go_on_with_next_wish(self, sender_id: str, message: Inbound, output: OutputBuffer) -> None:
        tracker = self._store.tracker(sender_id)
        waiting = tracker.get_slot(NEXT_WISH) if tracker else None
        if tracker is None or not waiting or tracker.active_loop_name:
            return
        tracker.update(SlotSet(NEXT_WISH, None))
        await self._say(
            sender_id, Wish(waiting, await self._parse(waiting)), output, _step_id(message.wamid, 9)
        )

    def _commit(self, message: Inbound, turn: Turn) -> None:
        contact_id = message.contact_id
        with transaction() as s:
            self._store.write(s, str(contact_id))
            outbox.enqueue(s, contact_id, turn.output.contents, turn_key=message.wamid)
            if turn.tracker is not None and turn.tracker.get_slot("language"):
                conversations.set_language(s, contact_id, turn.tracker.get_slot("language"))
            inbox.done(s, message.id)


def _next_message(contact_id: UUID) -> Inbound | None:
    with transaction() as s:
        return inbox.next_message(s, contact_id)


def _asked(tracker: DialogueStateTracker | None) -> str | None:
    """The slot that the dialogue under way is asking for."""
    return tracker.get_slot(REQUESTED_SLOT) if tracker and tracker.active_loop_name else None


def _step_id(wamid: str, position: int) -> str:
    """Message id of a part of a message: effects of each part have keys of their own."""
    return wamid if position == 0 else f"{wamid}/{position}"
