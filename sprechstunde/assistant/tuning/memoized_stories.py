"""Leave out memories that can't come.

For every step Rasa 3.6's AugmentedMemoizationPolicy describes the whole session, and where no story begins with that it
compares again and again with ever shorter pasts: a third of a turn, and most turns belong to rules and forms. What
was done, what was wished and which loop is active show quickly which remembered pasts can come at all; where none can
there is nothing to find.
"""

from __future__ import annotations

import base64
import functools
import re
import weakref
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rasa.core.policies.memoization import AugmentedMemoizationPolicy
from rasa.shared.core.constants import RULE_ONLY_LOOPS
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, FollowupAction, UserUttered

_ACTION, _INTENT = re.compile(r"\baction_name: ([^,}\]]+)"), re.compile(r"\bintent: ([^,}\]]+)")
_LOOP = re.compile(r"\bactive_loop: \{name: ([^,}]+)\}, $")
_predict = AugmentedMemoizationPolicy.predict_action_probabilities


@dataclass(frozen=True)
class Past:
    """A remembered past: what was done in it, the intent behind each action, and the loop active at its end."""

    actions: tuple[str, ...]
    intents: tuple[str | None, ...]
    loop: str | None

    @property
    def latest(self) -> str | None:
        """The latest action."""
        return self.actions[-1] if self.actions else None


_known: weakref.WeakKeyDictionary[Any, tuple[Past, ...]] = weakref.WeakKeyDictionary()


def _past_of_key(key: str, compressed: bool) -> Past:
    text = zlib.decompress(base64.b64decode(key)).decode() if compressed else key
    # A list of states, written without quotes and with sorted keys: active_loop, prev_action, slots, user.
    first, *states = text.split("prev_action:")
    loop = _first(_LOOP, [first, *states][-2]) if states else None
    actions = tuple(_first(_ACTION, state) or "" for state in states)
    return Past(actions, tuple(_first(_INTENT, state) for state in states), loop)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found.group(1) if found else None


def _pasts(policy: AugmentedMemoizationPolicy) -> tuple[Past, ...]:
    if policy not in _known:
        compressed = bool(policy.config["enable_feature_string_compression"])
        _known[policy] = tuple(_past_of_key(key, compressed) for key in policy.lookup)
    return _known[policy]


@functools.wraps(_predict)  # Rasa reads the signature before it trains
def predict_action_probabilities(
    self: AugmentedMemoizationPolicy,
    tracker: Any,
    domain: Any,
    rule_only_data: dict[str, Any] | None = None,
    **others: Any,
) -> Any:
    """Rasa's prediction; without a look at the states where no remembered past can come."""
    if may_come(_pasts(self), tracker, rule_only_data):
        return _predict(self, tracker, domain, rule_only_data=rule_only_data, **others)
    return self._prediction(self._default_predictions(domain))


def may_come(pasts: Iterable[Past], tracker: Any, rule_only_data: dict[str, Any] | None) -> bool:
    """Whether one of these can be made of the conversation or, as Rasa shortens it, of its end.

    States leave out what rules alone do, so a past's actions need not follow each other closely.
    """
    events = tracker.applied_events()
    turned = max((i for i, event in enumerate(events) if type(event) is ActiveLoop), default=-1)
    loop = events[turned].name if turned >= 0 else None
    if loop in (rule_only_data or {}).get(RULE_ONLY_LOOPS, []):
        loop = None
    whole = _Done(events)
    # Shortened to what came later, the conversation knows of no loop.
    without_loop = whole if loop is None else _Done(events[turned + 1 :])
    latest = _Shown(events).latest
    if latest is None:
        return True
    return any(
        past.latest in latest
        and ((past.loop == loop and past in whole) or (past.loop is None and past in without_loop))
        for past in pasts
    )


class _Shown:
    """Which actions the states compared with stories may end with; see `Domain.states_for_tracker_history`.

    What rules alone did is hidden, and an action of a loop or one that another asked for is as hidden as the one
    before it: the latest shown is the last that is surely not hidden, or one behind it. `latest` is None where the
    present state itself may be hidden.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        self._names: set[str | None] = {None}
        self._may_hide = False
        self._done: str | None = None
        self._loop: str | None = None
        self._wanted: str | None = None
        for event in events:
            self._take(event)
        self.latest = None if self._may_hide and not self._decides() else self._names

    def _decides(self) -> bool:
        return not self._wanted and self._done != self._loop

    def _take(self, event: Event) -> None:
        kind = type(event)
        if kind is ActionExecuted:
            self._act(event.action_name or event.action_text, bool(event.hide_rule_turn))
        elif kind is UserUttered:
            self._wanted = None
        elif kind is ActiveLoop:
            self._loop = event.name
        elif kind is FollowupAction:
            self._wanted = event.action_name

    def _act(self, name: str | None, hidden: bool) -> None:
        self._may_hide = hidden or (self._may_hide and not self._decides())
        if not hidden and self._decides():
            self._names = set()
        self._names.add(name)
        self._done, self._wanted = name, None


class _Done:
    """What was done and wished in some events."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._actions = [event.action_name for event in events if type(event) is ActionExecuted]
        self._intents = {None} | {event.intent_name for event in events if type(event) is UserUttered}

    def __contains__(self, past: Past) -> bool:
        if not past.actions:
            return not self._actions
        left = iter(self._actions)
        return self._intents.issuperset(past.intents) and all(action in left for action in past.actions)


def install() -> None:
    """Use this in every AugmentedMemoizationPolicy of this process. Idempotent."""
    name = predict_action_probabilities.__name__
    setattr(AugmentedMemoizationPolicy, name, predict_action_probabilities)
