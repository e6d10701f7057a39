"""What a wish means for a search: which days, in which order, and which starts on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sprechstunde.dates import TimeWish

# A start this close to the hour asked for is worth offering when that hour is gone.
_NEAR_MINUTES = 120
_DAY = timedelta(days=1)


def wished_days(wish: TimeWish | None, first: date, last: date) -> list[date]:
    """The days from `first` to `last` that `wish` allows, ascending."""
    if wish is None:
        return _span(first, last)
    if wish.exact is not None:
        return _span(max(first, wish.exact.date()), min(last, wish.exact.date()))
    days: Iterable[date]
    if wish.windows:
        inside: set[date] = set()
        for start, end in wish.windows:
            inside.update(
                _span(max(first, start.date()), min(last, (end - timedelta(microseconds=1)).date()))
            )
        days = sorted(inside)
    else:
        days = _span(first, last)
    return [
        day
        for day in days
        if day not in wish.days_excluded
        and day.weekday() not in wish.weekdays_excluded
        and (wish.weekdays is None or day.weekday() in wish.weekdays)
    ]


def _span(first: date, last: date) -> list[date]:
    return [first + offset * _DAY for offset in range((last - first).days + 1)]


def days_around(days: Iterable[date], first: date, last: date, reach: int) -> list[date]:
    """Days up to `reach` days away from `days`, without these, nearest first (the later one of two equally near)."""
    wished = sorted(set(days))
    if not wished:
        return []
    near = _span(max(first, wished[0] - reach * _DAY), min(last, wished[-1] + reach * _DAY))
    distance = {
        day: min(abs((day - other).days) for other in wished) for day in near if day not in set(wished)
    }
    return sorted(
        (day for day in distance if distance[day] <= reach), key=lambda day: (distance[day], -day.toordinal())
    )


class Fit:
    """How well a start fits: 0 = as wished, else minutes from the hour asked for, None = not at all."""

    def __init__(self, wish: TimeWish | None) -> None:
        self._wish = wish
        self._known: dict[datetime, int | None] = {}

    def __call__(self, local: datetime) -> int | None:
        """`local`: naive wall clock of the clinic."""
        if self._wish is None:
            return 0
        if local not in self._known:
            self._known[local] = self._judge(self._wish, local)
        return self._known[local]

    @staticmethod
    def _judge(wish: TimeWish, local: datetime) -> int | None:
        if wish.covers(local):
            return 0
        target = wish.exact or (datetime.combine(local.date(), wish.clock) if wish.clock else None)
        if target is None or target.date() != local.date():
            return None
        minutes = int(abs(local - target).total_seconds() // 60)
        return minutes if minutes <= _NEAR_MINUTES else None
