"""One message through Rasa, and everything it changed in one transaction."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde import clock
from sprechstunde.assistant import alarm, texts
from sprechstunde.assistant.action_failures import WatchedEndpoint, noted_failures
from sprechstunde.assistant.conversation_store import ConversationStore
from sprechstunde.assistant.inbound import words_of
from sprechstunde.assistant.output import OutputBuffer
from sprechstunde.assistant.reading import steps
from sprechstunde.assistant.settling import settle
from sprechstunde.assistant.waiting import MOST, begun, comes_up
from sprechstunde.assistant.wishes import EMERGENCIES, Wish
from sprechstunde.clinic import service as clinic
from sprechstunde.conversations import holding
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.whatsapp import inbox, outbox
from sprechstunde.whatsapp.inbox import Inbound
from sprechstunde.whatsapp.result_notices import OPEN_MESSAGES

logger = logging.getLogger(__name__)
LATER_STEPS = 20  # numbers of steps behind all those of the message itself


class TurnFailed(RuntimeError):
    """The turn changed nothing and may be tried again."""


@dataclass
class Turn:
    """What a turn said, for those who watch it (tests, figures)."""

    output: OutputBuffer
    tracker: DialogueStateTracker | None
    is_for_people: bool = False


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
        message, is_held = await asyncio.to_thread(_next_message, contact_id)
        if message is None:
            return None
        sender_id = str(message.contact_id)
        try:
            turn = await self._handle(sender_id, message, is_held=is_held)
            await asyncio.to_thread(self._commit, message, turn)
            return turn
        finally:
            self._store.forget(sender_id)

    async def _handle(self, sender_id: str, message: Inbound, *, is_held: bool) -> Turn:
        output = OutputBuffer()
        if message.kind == "reaction":  # a thumb on one of our bubbles: an answer would only disturb
            return Turn(output, await self._store.retrieve(sender_id))
        if is_held and await self._is_for_people(message):
            return Turn(output, None, is_for_people=True)
        with noted_failures() as failures:
            tracker = await self._store.retrieve(sender_id)
            for position, wish in enumerate(await steps(message, tracker, self._parse)):
                await self._say(sender_id, wish, output, _step_id(message.wamid, position))
            await self._go_on_with_waiting(sender_id, message, output)
        if failures:
            raise TurnFailed(f"could not run {', '.join(failures)}")
        if not output.contents:
            raise TurnFailed("the assistant had nothing to say")
        return Turn(output, self._store.tracker(sender_id))

    async def _is_for_people(self, message: Inbound) -> bool:
        """While a person holds the conversation the assistant is silent; emergencies and links it goes on serving."""
        if message.payload == OPEN_MESSAGES:
            return False
        words = words_of(message)
        return not words or (await self._parse(words))["intent"]["name"] not in EMERGENCIES

    async def _parse(self, text: str) -> dict[str, Any]:
        async def parse(words: str) -> dict[str, Any]:
            found: dict[str, Any] = await self._processor.parse_message(UserMessage(words))
            return found

        return settle(await alarm.hear(text, parse))

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

    async def _go_on_with_waiting(self, sender_id: str, message: Inbound, output: OutputBuffer) -> None:
        """What was done made room: announce the next wish and begin it."""
        for position in range(LATER_STEPS, LATER_STEPS + 2 * MOST, 2):
            found = comes_up(self._store.tracker(sender_id))
            if found is None:
                return
            announcement, wish = found
            await self._say(sender_id, announcement, output, _step_id(message.wamid, position))
            if wish:
                parsed = await self._parse(wish["text"])
                await self._say(sender_id, begun(wish, parsed), output, _step_id(message.wamid, position + 1))

    def _commit(self, message: Inbound, turn: Turn) -> None:
        contact_id = message.contact_id
        due = clinic.next_answer(clock.now(), "human") if turn.is_for_people else None
        with transaction() as s:
            if due is not None and not holding.waits_for_person(s, contact_id, message.id, due):
                raise TurnFailed("handed back meanwhile: the assistant answers it after all")
            self._store.write(s, str(contact_id))
            outbox.enqueue(s, contact_id, turn.output.contents, turn_key=message.wamid)
            if turn.tracker is not None and turn.tracker.get_slot("language"):
                conversations.set_language(s, contact_id, turn.tracker.get_slot("language"))
            inbox.done(s, message.id)


def _next_message(contact_id: UUID) -> tuple[Inbound | None, bool]:
    """The message, and whether a person holds the conversation."""
    with transaction() as s:
        message = inbox.next_message(s, contact_id)
        return message, message is not None and holding.care_of(s, contact_id).held_by is not None


def _step_id(wamid: str, position: int) -> str:
    """Message id of a part of a message: effects of each part have keys of their own."""
    return wamid if position == 0 else f"{wamid}/{position}"
