"""Hand rules and stories to the policies in the order of their names.

Rasa 3.6 unrolls them in the order of random ids, anew at each training: its cache never knows them again, and
the policies learn all over though only an example changed.
"""

from __future__ import annotations

from rasa.shared.core.generator import TrackerWithCachedStates, TrainingDataGenerator

_rasas = TrainingDataGenerator.generate


def in_order(self: TrainingDataGenerator) -> list[TrackerWithCachedStates]:
    """The trackers that Rasa makes of all rules and stories, sorted by name; same in every process."""
    trackers: list[TrackerWithCachedStates] = _rasas(self)
    return sorted(trackers, key=lambda tracker: (str(tracker.sender_id), tracker.fingerprint()))


def install() -> None:
    """Use this for every training of this process. Idempotent."""
    TrainingDataGenerator.generate = in_order
