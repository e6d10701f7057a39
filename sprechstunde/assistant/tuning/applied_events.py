"""Find the events that still count once for each change, and without asking each what it is several times.

Rasa 3.6 asks for them dozens of times a turn, and every question is a walk through abstract base classes: a quarter of
a turn in a long session. Found are exactly the same events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    DefinePrevUserUtteredFeaturization,
    Event,
    LegacyForm,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

_LOOPS = (ActiveLoop, LegacyForm)
_START = (Restarted, SessionStarted)
_OF_A_TURN = (ActionExecuted, UserUttered, DefinePrevUserUtteredFeaturization)
_KEPT = "_applied_events"


@dataclass(frozen=True)
class _Found:
    """What `events` came to while they were `length` and ended with `last`: a tracker's events only grow."""

    events: Sequence[Event]
    length: int
    last: Event | None
    applied: list[Event]

    def holds_for(self, events: Sequence[Event]) -> bool:
        return (
            self.events is events
            and self.length == len(events)
            and self.last is (events[-1] if events else None)
        )


def applied_events(self: DialogueStateTracker) -> list[Event]:
    """The events applied to the tracker, without those that were taken back."""
    kept: _Found | None = self.__dict__.get(_KEPT)
    if kept is None or not kept.holds_for(self.events):
        last = self.events[-1] if self.events else None
        kept = _Found(self.events, len(self.events), last, _applied(self))
        self.__dict__[_KEPT] = kept
    return list(kept.applied)


def _applied(tracker: DialogueStateTracker) -> list[Event]:
    loops = {event.name for event in tracker.events if type(event) in _LOOPS and event.name}
    applied: list[Event] = []
    for event in tracker.events:
        kind = type(event)
        if kind is ActionExecuted:
            if event.action_name in loops and not _begins_loop(event.action_name, applied):
                _drop_last_run(event.action_name, applied)
                continue
        elif kind in _START:
            applied = []
            continue
        elif kind is ActionReverted:
            tracker._undo_till_previous(ActionExecuted, applied)
            continue
        elif kind is UserUtteranceReverted:
            tracker._undo_till_previous(UserUttered, applied)
            tracker._undo_till_previous(ActionExecuted, applied)
            continue
        applied.append(event)
    return applied


def _begins_loop(loop: str, applied: list[Event]) -> bool:
    """Whether a loop's action runs for the first time, or behind a digression."""
    following: str | None = None
    for event in reversed(applied):
        kind = type(event)
        if kind is ActionExecuted:
            if event.action_name == loop:
                return False
            following = event.action_name
        elif kind in _LOOPS:
            if event.name is None:
                return True
        elif kind is ActionExecutionRejected:
            if event.action_name == loop:
                return True
        elif kind is UserUttered and following is not None and following != loop:
            return True
    return True


def _drop_last_run(loop: str, applied: list[Event]) -> None:
    """Take out what was said and done since the loop's action ran last; what it brought about stays."""
    start = next(
        i
        for i in range(len(applied) - 1, -1, -1)
        if type(applied[i]) is ActionExecuted and applied[i].action_name == loop
    )
    applied[start + 1 :] = [event for event in applied[start + 1 :] if type(event) not in _OF_A_TURN]


def install() -> None:
    """Use this in every tracker of this process. Idempotent."""
    name = applied_events.__name__
    setattr(DialogueStateTracker, name, applied_events)
