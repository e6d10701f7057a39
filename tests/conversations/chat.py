"""A patient's phone for conversation tests: real NLU, policies, actions and database in one process."""

from __future__ import annotations

import itertools
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from sprechstunde import clock
from sprechstunde.assistant.turn import Turn
from sprechstunde.conversations import service as conversations
from sprechstunde.conversations.models import IssuedReply
from sprechstunde.db import transaction
from sprechstunde.whatsapp import inbox, replies
from sprechstunde.whatsapp.content import Choice, Document, Option, Text
from sprechstunde.whatsapp.neutral import neutralise
from sprechstunde.whatsapp.result_notices import OPEN_MESSAGES
from sprechstunde.whatsapp.updates import Incoming, Sender
from tests import wire
from tests.conversations.telling import Failure, bubbles
from tests.conversations.world import World

_phones = itertools.count(1)


class Chat:
    """One patient's conversation; `by_id`: known by a WhatsApp id, without a number.

    `said` holds everything both sides said, to be shown when a test fails."""

    def __init__(self, world: World, *, by_id: bool = False) -> None:
        self._world = world
        self._numbers = itertools.count(1)
        with transaction() as s:
            self.number = f"4915550{next(_phones):06d}"
            self.phone: str | None = None if by_id else self.number
            self.user_id: str | None = f"DE.{self.number}" if by_id else None
            contact = conversations.contact_for(
                s, phone=self.phone, user_id=self.user_id, profile_name="Test"
            )
            self.contact_id: UUID = contact.id
        self.said: list[tuple[str, str]] = []
        self.answer: list[Any] = []
        self.choices: list[Choice] = []
        self.turn: Turn | None = None

    def user(self, text: str) -> None:
        """The patient writes."""
        self.said.append(("patient", text))
        self._send(kind="text", text=text)

    def media(self, kind: str, text: str | None = None) -> None:
        """The patient sends something that is not text."""
        self.said.append(("patient", f"[{kind}] {text or ''}".rstrip()))
        self._send(kind=kind, text=text)

    def tap(self, wanted: str | int, of: int = 1, *, forged: bool = False) -> None:
        """The patient taps an option of the latest choice (`of=2`: the one before), by title or place (1 = first).

        `forged`: what comes over the wire was never issued to this patient."""
        if of > len(self.choices):
            raise Failure("tap", f"something to tap: {wanted}", self.text)
        option = self._option(wanted, self.choices[-of])
        self.said.append(("patient", f"[{option.title}]"))
        token = "nobody-issued-this" if forged else self._token(option.payload)
        self._send(kind="reply", text=option.title, token=token)

    def tap_notice(self) -> None:
        """The patient taps the button of "a message is ready", which the practice sent of its own accord."""
        self.said.append(("patient", "[the button of the notice]"))
        with transaction() as s:
            issue = replies.issuer(s, self.contact_id, conversations.key_of(s, self.contact_id))
            token = issue(Option("Nachricht öffnen", OPEN_MESSAGES))
        self._send(kind="reply", text="Nachricht öffnen", token=token)

    def _option(self, wanted: str | int, choice: Choice) -> Option:
        if isinstance(wanted, int):
            if 0 < wanted <= len(choice.options):
                return choice.options[wanted - 1]
        else:
            fits = [o for o in choice.options if wanted.lower() in o.title.lower()]
            same = [o for o in fits if o.title.lower() == wanted.lower()]
            if fits:
                return (same or fits)[0]
        raise Failure("tap", f"an option {wanted!r}", _as_text(choice))

    def _send(self, *, kind: str, text: str | None, token: str | None = None) -> None:
        number = next(self._numbers)
        message = Incoming(
            wamid=wire.real_wamid(self.number, 1_000_000 + number),
            sender=Sender(phone=self.phone, user_id=self.user_id, profile_name="Test"),
            kind=kind,
            timestamp=clock.now(),
            text=neutralise(text) if text else text,
            token=token,
        )
        with transaction() as s:
            inbox.receive(s, message)
        self.answer = []
        assert self._is_answered(), "the message is not in the inbox"

    def catch_up(self) -> None:
        """The assistant reads what a person has left to it."""
        self.answer = []
        while self._is_answered():
            pass

    def _is_answered(self) -> bool:
        self._world.reached.begin_turn()
        begin = time.perf_counter()
        turn = self._world.run(self._world.runner.run_next, self.contact_id)
        if turn is None:
            return False
        self.turn = turn
        self._world.reached.note(turn.tracker, time.perf_counter() - begin)
        said = turn.output.contents
        self.answer += said
        for content in said:
            self.said.append(("practice", _as_text(content)))
            if isinstance(content, Choice):
                self.choices.append(content)
        return True

    def _token(self, payload: str) -> str:
        """What stands on the wire for an option on the patient's screen: the latest issued with that payload."""
        with transaction() as s:
            issued = s.scalars(
                select(IssuedReply)
                .where(IssuedReply.contact_id == self.contact_id)
                .order_by(IssuedReply.issued_at.desc())
            )
            return next(reply.token for reply in issued if reply.payload == payload)

    @property
    def text(self) -> str:
        """Everything the assistant answered last, options included."""
        return "\n".join(_as_text(content) for content in self.answer)

    @property
    def responses(self) -> list[str]:
        """Names of the responses said in the last turn."""
        return self._world.reached.said_last

    @property
    def intent(self) -> str | None:
        """What the patient's last message was understood as."""
        message = self.turn and self.turn.tracker and self.turn.tracker.latest_message
        return str(message.intent.get("name")) if message else None

    @property
    def question(self) -> str:
        """The last thing the assistant said."""
        return _as_text(self.answer[-1]) if self.answer else ""

    def wait(self, **amount: float) -> None:
        """Time passes."""
        clock.freeze(clock.now() + timedelta(**amount))

    def slot(self, name: str) -> Any:
        """A slot's value after the last turn."""
        assert self.turn is not None
        assert self.turn.tracker is not None
        return self.turn.tracker.get_slot(name)

    def __str__(self) -> str:
        return "\n".join(bubbles(self.said))


def _as_text(content: Any) -> str:
    if isinstance(content, Text):
        return content.body
    if isinstance(content, Choice):
        options = "\n".join(
            f"   [{o.title}]" + (f" {o.description}" if o.description else "") for o in content.options
        )
        return f"{content.body}\n{options}"
    if isinstance(content, Document):
        return f"📄 {content.filename}"
    return repr(content)


def at(text: str) -> datetime:
    """A moment in the demo clinic's zone."""
    from zoneinfo import ZoneInfo

    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))
