"""One patient message as an action sees it."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from sprechstunde.languages import spoken
from sprechstunde.patients import service as patients
from sprechstunde.patients.service import PatientView

Buttons = list[dict[str, str]]


class Turn:
    """The latest message, the slots and the patient's phone; `say` answers in the patient's language."""

    def __init__(self, tracker: Tracker, dispatcher: CollectingDispatcher) -> None:
        self._tracker = tracker
        self._dispatcher = dispatcher
        message: dict[str, Any] = tracker.latest_message or {}
        self.text: str = message.get("text") or ""
        self.intent: str = (message.get("intent") or {}).get("name") or ""
        self.confidence: float = (message.get("intent") or {}).get("confidence") or 0.0
        self.message_id: str = message.get("message_id") or ""
        self._entities: list[dict[str, Any]] = message.get("entities") or []

    @property
    def contact_id(self) -> UUID:
        """The conversation partner: Rasa's sender id is our contact's id."""
        return UUID(self._tracker.sender_id)

    @cached_property
    def patients(self) -> list[PatientView]:
        """Everyone this contact acts for, as of the beginning of this action."""
        return patients.patients_of(self.contact_id)

    @property
    def language(self) -> str:
        """A code of `data/languages.yml`; the first one there until the patient shows otherwise."""
        return spoken(self.slot("language"))

    @property
    def active_form(self) -> str | None:
        """Name of the form that is under way."""
        return self._tracker.active_loop_name

    @property
    def is_tap(self) -> bool:
        """True when the patient tapped a button or a row: the text is a payload, not her words."""
        return self.text.startswith("/")

    def slot(self, name: str) -> Any:
        """Value of a slot, `None` when empty."""
        return self._tracker.get_slot(name)

    def entities(self, name: str, role: str | None = None) -> list[Any]:
        """Values of the message's entities of that name and role, in the order of the text."""
        return [e.get("value") for e in self._entities if e.get("entity") == name and e.get("role") == role]

    def entity(self, name: str, role: str | None = None) -> Any:
        """The first such value or `None`."""
        return next(iter(self.entities(name, role)), None)

    def has_entity(self, name: str) -> bool:
        """Whether the message names such a thing in any role."""
        return any(e.get("entity") == name for e in self._entities)

    def is_complaint(self, name: str) -> bool:
        """Whether only a complaint speaks for such a thing: "krank" for the acute visit."""
        return all(e.get("source") == "symptom" for e in self._entities if e.get("entity") == name)

    def drop_entity(self, name: str) -> None:
        """Take the message as if it had not named such a thing in any role."""
        self._entities = [e for e in self._entities if e.get("entity") != name]

    def add_entity(self, name: str, value: Any) -> None:
        """Take the message as if it had named this."""
        self._entities = [*self._entities, {"entity": name, "value": value}]

    def understood(self, start: int, end: int) -> bool:
        """Whether the NLU made something of the words at that place of the text."""
        spans = [
            (e.get("start", 0), e.get("end", 0)) for e in self._entities if e.get("entity") != "language"
        ]
        return any(a < end and start < b for a, b in spans)

    @property
    def time(self) -> dict[str, Any] | None:
        """The time in the message as a wish, also where the words might mean an appointment that there is."""
        found = self.entity("time") or self.entity("time", role="source")
        return found if isinstance(found, dict) else None

    @property
    def is_time_only(self) -> bool:
        """True when hardly anything but a time is said ("Sonntag um 12", "sunday at noon")."""
        spans = [e for e in self._entities if e.get("entity") == "time" and "start" in e]
        said = max((e["end"] - e["start"] for e in spans), default=0)
        return said >= 0.7 * len(self.text.strip()) > 0

    @property
    def has_details(self) -> bool:
        """True when the message carries something that a form can use."""
        return any(e.get("entity") not in {"language"} for e in self._entities)

    @property
    def details(self) -> set[str]:
        """Names of the entities in the message, without its language."""
        return {str(e.get("entity")) for e in self._entities} - {"language"}

    def spans(self, names: frozenset[str]) -> list[tuple[int, int]]:
        """Where entities of these names stand in the text."""
        return [(e["start"], e["end"]) for e in self._entities if e.get("entity") in names and "start" in e]

    def key(self, step: str) -> str:
        """Idempotency key of an effect of this message: the same message again, the same effect once."""
        return f"{self.message_id or self._tracker.sender_id}:{step}"

    def say(self, response: str, buttons: Buttons | None = None, **values: Any) -> None:
        """Queue a response of the domain, with rows or buttons added to those it has."""
        self._dispatcher.utter_message(response=response, buttons=buttons, **values)

    def say_if_silent(self, response: str) -> None:
        """Queue a response unless this action has said something already."""
        if not self._dispatcher.messages:
            self.say(response)

    def send_document(self, content_base64: str, filename: str, mime_type: str, caption: str) -> None:
        """Queue a document; the channel's output buffer turns it into a WhatsApp document."""
        self._dispatcher.utter_message(
            json_message={
                "document": {
                    "content": content_base64,
                    "filename": filename,
                    "mime_type": mime_type,
                    "caption": caption,
                }
            }
        )
