"""One short question where a day has two readings: "nächsten Freitag", said on a Wednesday.

The two days stand in `offered` like free times do, so that a tap, "der zweite" and "den 4." find them; their keys begin
with `day:`. What was said of the hour stays.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sprechstunde import dates
from sprechstunde.dates import TimeWish

from .form import FormState
from .turn import Turn

_KEY = "day:"
_DAY = timedelta(days=1)
# Both are said of the days just asked for: "diesen", "the next one".
_NEAR = re.compile(r"\b(?:diese[nrsm]?|this|näher\w*|nearer|sooner|früher\w*|earlier)\b", re.IGNORECASE)
_FAR = re.compile(
    r"\b(?:(?:über)?nächste[nrsm]?|naechste[nrsm]?|darauf|danach|drauf|next|following|later|später\w*|after)\b",
    re.IGNORECASE,
)


def options(wish: TimeWish | None, language: str) -> list[dict[str, str]]:
    """The two days to choose from; empty where the wish is clear."""
    if wish is None or len(wish.windows) != 1 or len(wish.alternatives) != 1:
        return []
    days = sorted(window[0].date() for window in (*wish.windows, *wish.alternatives))
    whole = all(end - start <= _DAY for start, end in (*wish.windows, *wish.alternatives))
    if not whole or days[0] == days[1]:
        return []
    return [
        {
            "key": f"{_KEY}{day.isoformat()}",
            "title": dates.format_day(day, language),
            "description": "",
            "start": datetime.combine(day, datetime.min.time()).isoformat(),
            "practitioner": "",
        }
        for day in days
    ]


def spoken(option: dict[str, str], language: str) -> str:
    """The day of an option, in full."""
    return dates.format_day_long(_day(option["key"]), language)


def is_day(key: str) -> bool:
    return key.startswith(_KEY)


def is_asked(offered: list[dict[str, str]]) -> bool:
    return bool(offered) and all(is_day(option["key"]) for option in offered)


def settle(state: FormState, key: str) -> bool:
    """Take this day; the hours wished with it stay."""
    day, wish = _day(key), _wish(state["time_wish"])
    start = datetime.combine(day, datetime.min.time())
    exact = datetime.combine(day, wish.exact.time()) if wish.exact else None
    chosen = replace(wish, windows=((start, start + _DAY),), exact=exact, alternatives=(), floating=None)
    _keep(state, chosen)
    return True


def answer(turn: Turn, state: FormState, offered: list[dict[str, str]]) -> bool:
    """Read the message as an answer to the question. True when it was one."""
    said = _wish(turn.entity("time"))
    if said.names_days:
        fitting = [option for option in offered if _covers(said, _day(option["key"]))]
        if len(fitting) != 1:
            return False
        settle(state, fitting[0]["key"])
        hours = said.without_days()
        if hours.names_times:
            _keep(state, _wish(state["time_wish"]).merge(hours))
        return True
    numbered = _numbered(turn, offered)
    if numbered is not None:
        return settle(state, numbered["key"])
    if turn.intent == "no_preference":
        wish = _wish(state["time_wish"])
        both = tuple(dict.fromkeys((*wish.windows, *wish.alternatives)))
        _keep(state, replace(wish, windows=both, exact=None, alternatives=()))
        return True
    for pattern, option in ((_NEAR, offered[0]), (_FAR, offered[1])):
        if not turn.is_tap and not turn.time and pattern.search(turn.text):
            return settle(state, option["key"])
    return False


def _numbered(turn: Turn, offered: list[dict[str, str]]) -> dict[str, str] | None:
    """ "Der zweite", or "den 4." where that is the date of one of them."""
    ordinal = turn.entity("ordinal")
    if ordinal is None:
        return None
    dated = [option for option in offered if _day(option["key"]).day == int(ordinal)]
    if dated and any(character.isdigit() for character in turn.text):
        return dated[0]
    return {1: offered[0], 2: offered[1], -1: offered[1]}.get(int(ordinal))


def _keep(state: FormState, wish: TimeWish) -> None:
    state["time_wish"] = wish.to_dict()
    state.clear("offered", "shown", "alternatives")


def _covers(wish: TimeWish, day: date) -> bool:
    return any(
        start.date() <= day and datetime.combine(day, datetime.min.time()) < end
        for start, end in wish.windows
    )


def _day(key: str) -> date:
    return date.fromisoformat(key.removeprefix(_KEY))


def _wish(value: Any) -> TimeWish:
    return TimeWish.from_dict(value) if isinstance(value, dict) else TimeWish()
