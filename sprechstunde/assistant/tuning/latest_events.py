"""Tell custom actions of the latest message and what came of it, not of the whole session.

Rasa 3.6 sends every event of the session, parse data included, with each of the four or five calls of a turn: written
as JSON, read, and made into a copy. Slots, the active loop and the latest message are sent beside them; what an action
may want of the events (slots to validate, the input channel) stands in those since the patient's last message.
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

_call_format = RemoteAction._action_call_format


class _LatestTurn:
    """A tracker whose state holds the events since the patient's last message only."""

    def __init__(self, tracker: DialogueStateTracker) -> None:
        self._tracker = tracker

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tracker, name)

    def current_state(self, _verbosity: EventVerbosity) -> dict[str, Any]:
        """As the tracker's own, whatever is asked for."""
        latest: list[Event] = []
        for event in reversed(self._tracker.events):
            latest.append(event)
            if isinstance(event, UserUttered):
                break
        events = [event.as_dict() for event in reversed(latest)]
        return {**self._tracker.current_state(EventVerbosity.NONE), "events": events}


def _action_call_format(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """What is sent to the action server."""
    call: dict[str, Any] = _call_format(self, _LatestTurn(tracker), domain)
    return call


def install() -> None:
    """Use this for every `RemoteAction` of this process. Idempotent."""
    name = _call_format.__name__
    setattr(RemoteAction, name, _action_call_format)
