"""Find an event's class by name once.

Rasa 3.6 walks the tree of all event classes, and asks each whether it is abstract, for every event that it reads:
4 % of a turn.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.shared.core.events import Event

_search = Event.resolve_by_type


@lru_cache(maxsize=256)
def _resolve_by_type(type_name: str, default: Any = None) -> Any:
    """The class for `type_name`, `default` where there is none. Raises ValueError without either."""
    return _search(type_name, default)


def install() -> None:
    """Use the remembered classes in this process. Idempotent."""
    name = _search.__name__
    setattr(Event, name, staticmethod(_resolve_by_type))
