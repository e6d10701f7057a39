"""Copy examples without looking into their texts.

Training merges all examples three times over, and each time copies every one with Python's general means: a tenth
of a training. The copies are exactly as deep.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from rasa.shared.nlu.training_data.message import Message

_UNCHANGEABLE = frozenset({str, int, float, bool, type(None)})


def copied(self: Message, memo: dict[int, Any]) -> Message:
    """As `copy.deepcopy` would."""
    other = Message.__new__(Message)
    memo[id(self)] = other
    other.__dict__.update({name: _copied(value, memo) for name, value in self.__dict__.items()})
    return other


def _copied(value: Any, memo: dict[int, Any]) -> Any:
    kind = type(value)
    if kind in _UNCHANGEABLE:
        return value
    if kind is dict:
        return {key: _copied(member, memo) for key, member in value.items()}
    if kind is set:
        return {_copied(member, memo) for member in value}
    if kind is list:
        return [_copied(member, memo) for member in value]
    return deepcopy(value, memo)


def install() -> None:
    """Use this for every message of this process. Idempotent."""
    Message.__deepcopy__ = copied
