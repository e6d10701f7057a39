"""The emulator's heart: chats between patients' phones and the business, and the statuses of what was sent."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from sprechstunde.emulator import ids, inbound, outgoing, templates
from sprechstunde.emulator.config import Config
from sprechstunde.emulator.demo_clock import DemoClock
from sprechstunde.emulator.faults import Faults
from sprechstunde.emulator.graph_errors import GraphError, invalid, malformed
from sprechstunde.emulator.hub import Hub
from sprechstunde.emulator.media_rules import check_use
from sprechstunde.emulator.model import BUSINESS, PATIENT, RANK, Message, Phone
from sprechstunde.emulator.phones import demo_phones
from sprechstunde.emulator.rates import Rates
from sprechstunde.emulator.store import Store
from sprechstunde.emulator.webhooks import Webhooks

Json = dict[str, Any]

WINDOW = 24 * 3600.0
TYPING = 25.0


class Desk:
    """One business number and its patients. All calls from the event loop's thread."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.clock = DemoClock(config.clock_file)
        self.hub = Hub()
        self.faults = Faults()
        self.rates = Rates(config)
        self.store = Store(config.data_dir / "emulator")
        self.webhooks = Webhooks(config, self.store, self.hub, self.faults, self.clock)
        self.webhooks.on_delivered = self._taken
        self.requests: deque[Json] = deque(maxlen=200)
        self._tasks: set[asyncio.Task[None]] = set()
        self._fill()

    def _fill(self) -> None:
        if not self.store.phones:
            for phone in demo_phones():
                self.store.save_phone(phone)
        for template in templates.bundled():
            if template["id"] not in self.store.templates:
                self.store.save_template(template)

    async def start(self) -> None:
        """Go on where an earlier run stopped."""
        await self.webhooks.start()
        for message in list(self.store.messages.values()):
            if message.author == BUSINESS and message.status in ("pending", "sent"):
                self._spawn(message)

    async def stop(self) -> None:
        """Put everything down."""
        self.hub.close()
        for task in self._tasks:
            task.cancel()
        await self.webhooks.stop()
        self.store.close()

    def reset(self) -> None:
        """The first morning again: demo phones, no chats, real time, nothing on order."""
        for task in self._tasks:
            task.cancel()
        self.faults.clear()
        self.rates.forget()
        self.webhooks.forget()
        self.requests.clear()
        self.store.wipe()
        self.clock.reset()
        self._fill()
        self.hub.publish("reset")

    # What the business does

    def find(self, phone: str | None, user_id: str | None) -> Phone:
        """The phone behind an address. Raises GraphError 131026."""
        for candidate in self.store.phones.values():
            if (phone and candidate.phone == phone) or (user_id and candidate.user_id == user_id):
                return candidate
        raise GraphError(131026)

    def accept(self, body: Json) -> Message:
        """A checked message of the business: deliver it. Raises GraphError."""
        kind = body.get("type", "text")
        phone = self.find(*outgoing.address(body))
        if kind != "template" and not self.window_open(phone):
            raise GraphError(131047)
        media = self._media(kind, body)
        content = body[kind] if kind != "contacts" else {"contacts": body["contacts"]}
        if kind == "template":
            content = templates.render(self.store.templates.values(), content)
        context = (body.get("context") or {}).get("message_id")
        if kind == "reaction":
            self._known(content["message_id"], phone)
        self.rates.spend(phone.id)
        message = Message(
            id=ids.wamid(phone.contact, from_patient=False),
            seq=self.store.next_seq(),
            phone=phone.id,
            author=BUSINESS,
            kind=kind,
            at=self.clock.timestamp(),
            content=content,
            context=context if context in self.store.messages else None,
            callback=body.get("biz_opaque_callback_data"),
            media=media,
        )
        self.store.save_message(message)
        return message

    def deliver(self, message: Message, error: GraphError | None = None) -> None:
        """Send it on its way to the phone; with `error` it will fail there."""
        if error is not None:
            message.error = error.as_status_error()
        self._spawn(message)

    def mark_read(self, message_id: str, *, typing: bool) -> None:
        """The business has read up to this message. Raises GraphError."""
        message = self.store.messages.get(message_id)
        if message is None or message.author != PATIENT:
            raise malformed("Param message_id is not a valid whatsapp message id.")
        for other in self.store.chat(message.phone):
            if other.author == PATIENT and other.seq <= message.seq and other.status != "read":
                self._set_status(other, "read")
        if typing:
            self.hub.publish("typing", phone=message.phone, seconds=TYPING)

    def window_open(self, phone: Phone) -> bool:
        """True while less than 24 h have passed since the patient last wrote."""
        return phone.last_inbound is not None and self.clock.timestamp() - phone.last_inbound < WINDOW

    def _media(self, kind: str, body: Json) -> Json | None:
        """The file that the message carries (or its header). Raises GraphError for an unknown or unfit one."""
        part, what = body.get(kind), kind
        if kind == "interactive" and (header := body["interactive"].get("header")):
            what = header["type"]
            part = header.get(what)
        if what not in inbound.MEDIA_KINDS or not isinstance(part, dict):
            return None
        if part.get("link"):
            return {"link": part["link"], "filename": part.get("filename"), "mime_type": None, "size": None}
        record = self.store.media.get(str(part["id"]))
        if record is None or record["owner"] != BUSINESS:
            raise invalid(f"{what}['id'] is not a valid whatsapp business account media attachment ID")
        check_use(what, record["mime_type"], record["size"])
        return {**record, "filename": part.get("filename") or record["filename"]}

    def _known(self, message_id: str, phone: Phone) -> Message:
        message = self.store.messages.get(message_id)
        if message is None or message.phone != phone.id:
            raise invalid("reaction['message_id'] is not a message of this chat")
        return message

    def _spawn(self, message: Message) -> None:
        task = asyncio.get_running_loop().create_task(self._travel(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _travel(self, message: Message) -> None:
        """sent, then delivered when the phone is online, then read when the chat is open."""
        phone = self.store.phones[message.phone]
        if message.status == "pending":
            await asyncio.sleep(self.config.status_delay)
            if message.error or phone.blocked:
                message.error = message.error or GraphError(131026).as_status_error()
                self._report(phone, message, "failed")
                return
            self._report(phone, message, "sent")
        if not phone.online:
            return  # `set_online` goes on from here
        await asyncio.sleep(self.config.status_delay)
        self._arrive(phone, message)

    def _arrive(self, phone: Phone, message: Message) -> None:
        if message.status != "sent":
            return
        if message.kind == "reaction" and (target := self.store.messages.get(message.content["message_id"])):
            _react(target, BUSINESS, message.content["emoji"])
            self._changed(target)
        self._report(phone, message, "delivered")
        if phone.open:
            self._report(phone, message, "read")

    def _report(self, phone: Phone, message: Message, status: str) -> None:
        self._set_status(message, status)
        parts: Json = {
            "statuses": [inbound.status_object(self.config, phone, message, status, self.clock.timestamp())]
        }
        if status in ("delivered", "read"):
            parts = {"contacts": [inbound.contact(phone)], **parts}
        self.webhooks.send(f"{phone.id}/statuses", inbound.value(self.config, **parts), [])

    # What the patient does

    def put(self, phone: Phone, kind: str, content: Json, **more: Any) -> Message:
        """A message from the phone; goes to the business as a webhook. Returns it."""
        message = Message(
            id=ids.wamid(phone.contact, from_patient=True),
            seq=self.store.next_seq(),
            phone=phone.id,
            author=PATIENT,
            kind=kind,
            at=self.clock.timestamp(),
            content=content,
            **more,
        )
        self.store.save_message(message)
        if phone.online:
            self.announce(phone, message)
        else:
            self._changed(message)  # it waits on the phone until the flight is over
        return message

    def announce(self, phone: Phone, message: Message) -> None:
        """Queue the webhook of a patient's message and show it on the page."""
        parts = {"messages": [inbound.message_object(self.config, phone, message)]}
        value = inbound.value(self.config, contacts=[inbound.contact(phone)], **parts)
        phone.last_inbound = self.clock.timestamp()
        self.store.save_phone(phone)
        self._set_status(message, "sent")
        self.webhooks.send(f"{phone.id}/messages", value, [message.id])
        self.hub.publish("phone", phone=self.phone_json(phone))

    def change_number(self, phone: Phone, new: str) -> None:
        """The patient moves to number `new` (digits), and with it gets a new business-scoped user id."""
        old, old_user = phone.phone, phone.user_id
        phone.user_id = ids.user_id(phone.user_id[:2])
        system = {
            "body": f"User {phone.name} changed from {old or old_user} to {new}",
            "wa_id": new,
            "user_id": phone.user_id,
            "type": "user_changed_number",
        }
        message = Message(
            id=ids.wamid(new, from_patient=True),
            seq=self.store.next_seq(),
            phone=phone.id,
            author=PATIENT,
            kind="system",
            at=self.clock.timestamp(),
            content=system,
        )
        sender = {"from": old} if old else {}
        update: Json = {
            **sender,
            "from_user_id": old_user,
            "id": message.id,
            "timestamp": str(int(message.at)),
        }
        update |= {"type": "system", "system": system}
        phone.previous_numbers.append(old or old_user)
        phone.phone = new
        self.store.save_phone(phone)
        self.store.save_message(message)
        self._set_status(message, "sent")
        self.webhooks.send(
            f"{phone.id}/messages", inbound.value(self.config, messages=[update]), [message.id]
        )
        self.hub.publish("phone", phone=self.phone_json(phone))

    def react(self, phone: Phone, target: Message, emoji: str) -> Message:
        """A reaction of the patient; an empty `emoji` takes it back."""
        _react(target, PATIENT, emoji)
        self._changed(target)
        return self.put(phone, "reaction", {"message_id": target.id, "emoji": emoji})

    def edit(self, phone: Phone, target: Message, text: str) -> Message:
        """The patient words a message anew."""
        field = "body" if target.kind == "text" else "caption"
        target.content = {**target.content, field: text}
        target.edited = True
        self._changed(target)
        return self.put(phone, "edit", inbound.edited_object(target))

    def delete(self, phone: Phone, target: Message) -> Message:
        """The patient deletes a message for everyone."""
        target.deleted = True
        self._changed(target)
        return self.put(phone, "revoke", {"original_message_id": target.id})

    def read(self, phone: Phone, up_to: int | None = None) -> None:
        """The patient has the messages on screen, up to number `up_to`."""
        for message in list(self.store.chat(phone.id)):
            fits = up_to is None or message.seq <= up_to
            if message.author == BUSINESS and message.status == "delivered" and fits:
                self._report(phone, message, "read")

    def set_phone(self, phone: Phone, **changes: Any) -> None:
        """Change what the patient may change: open, online, blocked, name, language."""
        was_online = phone.online
        for name, value in changes.items():
            setattr(phone, name, value)
        self.store.save_phone(phone)
        if phone.online and not was_online:
            for message in list(self.store.chat(phone.id)):
                if message.author == BUSINESS:
                    self._arrive(phone, message)
                elif message.status == "pending":
                    self.announce(phone, message)
        if phone.open:
            self.read(phone)
        self.hub.publish("phone", phone=self.phone_json(phone))

    def phone_json(self, phone: Phone) -> Json:
        """The phone with what the page shows beside it."""
        closes = phone.last_inbound + WINDOW if phone.last_inbound is not None else None
        return {**phone.as_json(), "window_closes": closes}

    # Bookkeeping

    def _taken(self, message_ids: list[str]) -> None:
        for message_id in message_ids:
            message = self.store.messages.get(message_id)
            if message is not None:
                self._set_status(message, "delivered")

    def _set_status(self, message: Message, status: str) -> None:
        if status != "failed" and RANK.get(status, 0) < RANK.get(message.status, 9):
            return  # statuses only rank up
        message.status = status
        self._changed(message)

    def _changed(self, message: Message) -> None:
        if message.id in self.store.messages:
            self.store.save_message(message)
            self.hub.publish("message", message=message.as_json())


def _react(target: Message, author: str, emoji: str) -> None:
    if emoji:
        target.reactions[author] = emoji
    else:
        target.reactions.pop(author, None)
