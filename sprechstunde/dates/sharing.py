"""What one of two linked expressions says for both: "Montag oder Dienstag früh", "am 1. oder 2. Februar"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sprechstunde.dates.agreement import in_month_of, picked
from sprechstunde.dates.groups import Group
from sprechstunde.dates.model import Days


def shared(groups: list[Group]) -> Iterator[Group]:
    """Linked groups share what only one of them says: "Montag oder Dienstag früh", "nächste Woche Mo oder Di"."""
    _framed_from_behind(groups)
    for index, group in enumerate(groups):
        before = groups[index - 1] if index else None
        after = groups[index + 1] if index + 1 < len(groups) and groups[index + 1].linked else None
        if before and before.days and group.days and _later_day(before.days, group.days):
            group.days = in_month_of(group.days, before.days)
        if group.linked and before and not group.op and not before.op:
            if (
                group.days
                and before.days
                and group.days.floating
                and before.days.frame
                and not before.days.bound
            ):
                group.days = picked(group.days, before.days.frame) or group.days
            elif group.days and before.days:
                group.days = in_month_of(group.days, before.days)
            if not group.days and before.days and group.clocks:
                group.days = before.days
            if group.days and not group.clocks and before.hours_first:
                group.clocks, group.hours_first = before.clocks, True
        if after and group.days and after.days and not after.op:
            if group.days.floating and after.days.frame and not group.days.frame:
                group.days = picked(group.days, after.days.frame) or group.days
            group.days = in_month_of(group.days, after.days)
            if not group.clocks and after.clocks and not after.hours_first:
                group.clocks = after.clocks
        yield group


def _framed_from_behind(groups: list[Group]) -> None:
    """As in "mon, wed or fri next week": the week that the last one names holds for all."""
    for group, after in reversed(list(pairwise(groups))):
        if not (after.linked and not after.op and group.days and after.days and after.days.frame):
            continue
        if group.days.floating and not group.days.frame and not group.negated and not after.days.bound:
            group.days = picked(group.days, after.days.frame) or group.days


def _later_day(dated: Days, loose: Days) -> bool:
    """As in "am 24.12. geht nicht, am 28. schon": the number goes on in that month."""
    return loose.floating == "day_of_month" and loose.ranges[0][0].day > dated.ranges[0][0].day
