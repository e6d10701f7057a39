"""Describe a conversation to the policies step by step.

For each of several predictions a turn Rasa 3.6 plays the whole session from its start to describe every state in it.
A session mostly grows at its end: what was described stays described, and only what is new is played.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker

_past_states = DialogueStateTracker.past_states
_KEPT = "_played_so_far"


@dataclass
class _Played:
    """`tracker` after `events`, and the state before each action among them."""

    domain: Domain
    tracker: DialogueStateTracker
    events: list[Event]
    states: list[State]

    def begins(self, events: list[Event]) -> bool:
        """Whether `events` begin with these."""
        return len(self.events) <= len(events) and all(
            ours is theirs for ours, theirs in zip(self.events, events, strict=False)
        )

    def play(self, events: list[Event]) -> None:
        """Go on to the end of `events`."""
        for event in events[len(self.events) :]:
            if type(event) is ActionExecuted:
                self.states.append(self.domain.get_active_state(self.tracker))
            self.tracker.update(event)
        self.events = events


def past_states(
    self: DialogueStateTracker,
    domain: Domain,
    omit_unset_slots: bool = False,
    ignore_rule_only_turns: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[State]:
    """The state before each action, and the present one."""
    if omit_unset_slots or ignore_rule_only_turns:
        found: list[State] = _past_states(
            self, domain, omit_unset_slots, ignore_rule_only_turns, rule_only_data
        )
        return found
    events = self.applied_events()
    played: _Played | None = self.__dict__.get(_KEPT)
    if played is None or played.domain is not domain or not played.begins(events):
        played = self.__dict__[_KEPT] = _Played(domain, self.init_copy(), [], [])
    played.play(events)
    # The policies take out of a state what they don't compare.
    return [_copied(state) for state in (*played.states, domain.get_active_state(played.tracker))]


def _copied(state: State) -> State:
    return {kind: dict(part) if isinstance(part, dict) else part for kind, part in state.items()}


def install() -> None:
    """Use this in every tracker of this process. Idempotent."""
    name = past_states.__name__
    setattr(DialogueStateTracker, name, past_states)
