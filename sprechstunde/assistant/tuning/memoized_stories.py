"""Leave out memories that can't come.

What no story begins with, Rasa 3.6's AugmentedMemoizationPolicy compares again and again with ever shorter
pasts: a third of a turn, and most turns belong to rules and forms. The latest actions and the intent are the same in
all these pasts, so when no remembered past ends with them there is nothing to find.
"""

from __future__ import annotations

import base64
import re
import weakref
import zlib
from typing import Any

from rasa.core.policies.memoization import AugmentedMemoizationPolicy
from rasa.shared.core.domain import State
from rasa.shared.core.events import ActionExecuted

# The action before the latest one (None: whatever it was), the latest one, and the intent behind it.
Ending = tuple[str | None, str | None, str | None]
_ACTION, _INTENT = re.compile(r"\baction_name: ([^,}\]]+)"), re.compile(r"\bintent: ([^,}\]]+)")
_recall = AugmentedMemoizationPolicy.recall
_endings: weakref.WeakKeyDictionary[Any, frozenset[Ending]] = weakref.WeakKeyDictionary()


def _ending_of_key(key: str, compressed: bool) -> Ending:
    text = zlib.decompress(base64.b64decode(key)).decode() if compressed else key
    # A list of states, written without quotes and with sorted keys: a state's user follows its prev_action.
    pieces = text.split("prev_action:")
    # A past may begin in the middle: what is first in it says nothing of what stood before.
    before = _first(_ACTION, pieces[-2]) if len(pieces) > 2 else None
    return before, _first(_ACTION, pieces[-1]), _first(_INTENT, pieces[-1])


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found.group(1) if found else None


def _known_endings(policy: AugmentedMemoizationPolicy) -> frozenset[Ending]:
    if policy not in _endings:
        compressed = bool(policy.config["enable_feature_string_compression"])
        _endings[policy] = frozenset(_ending_of_key(key, compressed) for key in policy.lookup)
    return _endings[policy]


def recall(
    self: AugmentedMemoizationPolicy, states: list[State], tracker: Any, domain: Any, rule_only_data: Any
) -> str | None:
    """The remembered action for these states or for a shorter past of them."""
    if states and _known_endings(self).isdisjoint(_possible_endings(states, tracker)):
        return None
    found: str | None = _recall(self, states, tracker, domain, rule_only_data)
    return found


def _possible_endings(states: list[State], tracker: Any) -> set[Ending]:
    """How this past and every shorter one may end. A shorter one may not know of a loop, and show its inside."""
    latest: dict[str, Any] = dict(states[-1])
    action = (latest.get("prev_action") or {}).get("action_name")
    intent = (latest.get("user") or {}).get("intent")
    befores = {None, _action_before(tracker)}
    if len(states) > 1:
        befores.add((dict(states[-2]).get("prev_action") or {}).get("action_name"))
    return {(before, action, one) for before in befores for one in (intent, None)}


def _action_before(tracker: Any) -> str | None:
    """The last action but one, as it was, loops or not."""
    done = (event.action_name for event in reversed(tracker.events) if type(event) is ActionExecuted)
    next(done, None)
    return next(done, None)


def install() -> None:
    """Use this in every AugmentedMemoizationPolicy of this process. Idempotent."""
    name = _recall.__name__
    setattr(AugmentedMemoizationPolicy, name, recall)
