"""Choosing a few of many free slots, so that the list is a real choice: days, parts of the day, doctors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

# What one more of the same costs, against a day later (per day in the order searched).
_SAME_DAY, _SAME_PART, _SAME_HOUR, _SAME_PERSON, _SAME_START = 4.0, 4.0, 1.0, 2.0, 6.0
_LATER_DAY, _LATER_DAY_ASAP = 0.5, 5.0
# A quarter of an hour off weighs more than two doctors at the hour asked for.
_MINUTES_AMISS = 2.0
_KEPT_OF_A_PART = 16


class Candidate(NamedTuple):
    """A free start: `local` is naive wall clock; `day_rank` the place of its day in the search; `off` minutes amiss."""

    minutes: int
    local: datetime
    practitioner: str
    location: str
    day_rank: int
    off: int = 0

    @property
    def part(self) -> int:
        """0 = morning, 1 = around noon and afternoon, 2 = evening."""
        return (self.local.hour >= 12) + (self.local.hour >= 17)


def earliest(pool: Iterable[Candidate], limit: int) -> list[Candidate]:
    """The first ones: best fitting, then by day as searched, then by time."""
    return sorted(pool, key=lambda c: (c.off, c.day_rank, c.minutes, c.practitioner))[:limit]


def varied(pool: Iterable[Candidate], limit: int, *, asap: bool = False) -> list[Candidate]:
    """A varied choice: the first one first, then whatever adds most.

    In order of time: those as wished, then the near misses.
    """
    left = _thinned(pool)
    later = _LATER_DAY_ASAP if asap else _LATER_DAY
    days: Counter[int] = Counter()
    parts: Counter[tuple[int, int]] = Counter()
    hours: Counter[int] = Counter()
    people: Counter[str] = Counter()
    times: Counter[int] = Counter()
    chosen: list[Candidate] = []
    while left and len(chosen) < limit:
        best = min(
            left,
            key=lambda c: (
                c.off / _MINUTES_AMISS
                + _SAME_DAY * days[c.day_rank]
                + _SAME_PART * parts[c.day_rank, c.part]
                + _SAME_HOUR * hours[c.local.hour]
                + _SAME_PERSON * people[c.practitioner]
                + _SAME_START * times[c.minutes]
                + later * c.day_rank,
                c.minutes,
                c.practitioner,
            ),
        )
        left.remove(best)
        chosen.append(best)
        days[best.day_rank] += 1
        parts[best.day_rank, best.part] += 1
        hours[best.local.hour] += 1
        people[best.practitioner] += 1
        times[best.minutes] += 1
    return sorted(chosen, key=lambda c: (c.off > 0, c.minutes, c.practitioner))


def _thinned(pool: Iterable[Candidate]) -> list[Candidate]:
    """Few enough to compare all: of each part of a day the best, first one for each person, then the next ones."""
    parts: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in pool:
        parts.setdefault((candidate.day_rank, candidate.part), []).append(candidate)
    kept: list[Candidate] = []
    for members in parts.values():
        if len(members) > _KEPT_OF_A_PART:
            members.sort(key=lambda c: (c.off, c.minutes, c.practitioner))
            seen: Counter[str] = Counter()
            ranked = []
            for place, member in enumerate(members):
                ranked.append((seen[member.practitioner], place))
                seen[member.practitioner] += 1
            members = [members[place] for _, place in sorted(ranked)[:_KEPT_OF_A_PART]]
        kept += members
    return kept
