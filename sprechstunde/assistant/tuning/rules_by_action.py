"""Ask only those rules that are about the latest action.

For each prediction Rasa 3.6 holds every rule against every state of the session: a twentieth of a turn. A rule whose
last step follows another action can't apply, and no rule looks back further than it is long. Found are the same rules.
"""

from __future__ import annotations

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION
from rasa.shared.core.domain import State
from rasa.shared.nlu.constants import ACTION_NAME

_KEPT = "_rules_by_action"


def _get_possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """Keys of the rules that apply to the states."""
    by_action = _by_action(self, lookup)
    latest = (states[-1].get(PREVIOUS_ACTION) or {}).get(ACTION_NAME)
    keys = by_action[None] if latest is None else by_action[None] + by_action.get(latest, [])
    return {
        key
        for key in keys
        if all(
            self._is_rule_applicable(key, back, state)
            for back, state in zip(range(len(self._rule_key_to_state(key))), reversed(states), strict=False)
        )
    }


def _by_action(policy: RulePolicy, lookup: dict[str, str]) -> dict[str | None, list[str]]:
    """Rules by the action before their last step; None: those without one."""
    kept: dict[int, tuple[dict[str, str], int, dict[str | None, list[str]]]]
    kept = policy.__dict__.setdefault(_KEPT, {})
    known, size, found = kept.get(id(lookup), ({}, 0, {}))
    if known is not lookup or size != len(lookup):  # in training it is still being filled
        found = {None: []}
        for key in lookup:
            before = (policy._rule_key_to_state(key)[-1].get(PREVIOUS_ACTION) or {}).get(ACTION_NAME)
            found.setdefault(before, []).append(key)
        kept[id(lookup)] = lookup, len(lookup), found
    return found


def install() -> None:
    """Use this in every RulePolicy of this process. Idempotent."""
    name = _get_possible_keys.__name__
    setattr(RulePolicy, name, _get_possible_keys)
