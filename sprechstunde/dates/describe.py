"""Saying a wish back in short good words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sprechstunde.dates import calendar
from sprechstunde.dates.clocks import shifted
from sprechstunde.dates.formats import format_day, format_day_long, format_time, month_name, weekday_name
from sprechstunde.dates.model import END_OF_DAY, ONE_DAY, Hours, Window
from sprechstunde.dates.wish import TimeWish
from sprechstunde.languages import languages, spoken

_LONG = timedelta(days=120)
"""A window longer than this is open at its end."""

_WORDS = {
    "de": {
        "today": "heute",
        "tomorrow": "morgen",
        "overmorrow": "übermorgen",
        "this_week": "diese Woche",
        "next_week": "nächste Woche",
        "week_after": "übernächste Woche",
        "weekend": "am Wochenende",
        "next_weekend": "nächstes Wochenende",
        "or": " oder ",
        "from": "ab {}",
        "until": "bis {}",
        "between": "{} bis {}",
        "at": "um {} Uhr",
        "hours": "zwischen {} und {} Uhr",
        "after": "ab {} Uhr",
        "before": "vor {} Uhr",
        "not": "nicht {}",
        "asap": "so bald wie möglich",
        "any": "egal wann",
        "any_day": "egal an welchem Tag",
        "any_time": "egal um welche Uhrzeit",
        "month": "im {}",
        "on": "am {}",
    },
    "en": {
        "today": "today",
        "tomorrow": "tomorrow",
        "overmorrow": "the day after tomorrow",
        "this_week": "this week",
        "next_week": "next week",
        "week_after": "the week after next",
        "weekend": "at the weekend",
        "next_weekend": "next weekend",
        "or": " or ",
        "from": "from {}",
        "until": "until {}",
        "between": "{} to {}",
        "at": "at {}",
        "hours": "between {} and {}",
        "after": "from {}",
        "before": "before {}",
        "not": "not {}",
        "asap": "as soon as possible",
        "any": "any time",
        "any_day": "any day",
        "any_time": "any time of day",
        "month": "in {}",
        "on": "on {}",
    },
}
_PARTS = {
    "de": {
        ("06:00", "10:00"): "früh",
        ("06:00", "09:00"): "früh am Morgen",
        ("08:00", "12:00"): "vormittags",
        ("06:00", "12:00"): "vormittags",
        ("12:00", "14:00"): "mittags",
        ("12:00", "18:00"): "nachmittags",
        ("16:00", "18:00"): "am späten Nachmittag",
        ("12:00", "15:00"): "am frühen Nachmittag",
        ("17:00", "21:00"): "abends",
        ("10:00", "12:00"): "zwischen 10 und 12 Uhr",
    },
    "en": {
        ("06:00", "10:00"): "early",
        ("06:00", "09:00"): "early in the morning",
        ("08:00", "12:00"): "in the morning",
        ("06:00", "12:00"): "in the morning",
        ("12:00", "14:00"): "around lunchtime",
        ("12:00", "18:00"): "in the afternoon",
        ("16:00", "18:00"): "late in the afternoon",
        ("12:00", "15:00"): "early in the afternoon",
        ("17:00", "21:00"): "in the evening",
    },
}


@lru_cache(maxsize=8)
def _words(lang: str) -> dict[str, str]:
    """English ones stand in where a third language lacks its own."""
    return _WORDS.get(lang) or {**_WORDS["en"], **languages()[lang].times}


def describe_wish(wish: TimeWish, lang: str, now: datetime | None) -> str:
    """As in "nächste Woche nachmittags", "Thursday 26 November at 2:30 pm"; without `now` no relative words."""
    lang = spoken(lang)
    words = _words(lang)
    if wish.any_day and wish.any_time:
        return words["any"]
    parts = [_day_words(wish, lang, now), _time_words(wish, lang)]
    if wish.asap:
        parts.insert(0, words["asap"])
    text = " ".join(part for part in parts if part)
    excluded = _excluded_words(wish, lang)
    return ", ".join(part for part in (text, excluded) if part)


def _day_words(wish: TimeWish, lang: str, now: datetime | None) -> str:
    words = _words(lang)
    if wish.exact is not None:
        return _window_words((wish.exact, wish.exact), lang, now)
    named = [_window_words(window, lang, now) for window in wish.windows[:4]]
    weekdays = [_weekly(day, lang) for day in sorted(wish.weekdays or ())]
    if wish.weekdays is not None and len(weekdays) > 4:
        weekdays = [words["between"].format(weekdays[0], weekdays[-1])]
    if wish.any_day and not named:
        named = [words["any_day"]]
    texts = [words["or"].join(part) for part in (dict.fromkeys(named), weekdays) if part]
    return " ".join(texts)


def _weekly(weekday: int, lang: str) -> str:
    name = weekday_name(weekday, lang)
    return {"de": f"{name.lower()}s", "en": f"{name}s"}.get(lang, name)


def _window_words(window: Window, lang: str, now: datetime | None) -> str:
    begin, end = window
    words = _words(lang)
    if end - begin > _LONG:
        return words["from"].format(_date_words(begin.date(), lang, now))
    if end - begin <= ONE_DAY:
        day = _date_words(begin.date(), lang, now)
        if (begin.time() == time() and end - begin == ONE_DAY) or begin == end:
            return day
        return f"{day} {_hours_words((begin.time(), end.time()), lang)}"
    if now is not None:
        named = _named_stretch(begin.date(), end.date(), lang, now.date())
        if named:
            return named
    last = (end - timedelta(microseconds=1)).date()
    return words["between"].format(format_day(begin, lang), format_day(last, lang))


def _date_words(day: date, lang: str, now: datetime | None) -> str:
    words = _words(lang)
    if now is not None:
        ahead = (day - now.date()).days
        if 0 <= ahead <= 2:
            return words[("today", "tomorrow", "overmorrow")[ahead]]
    return format_day_long(day, lang)


def _named_stretch(start: date, end: date, lang: str, today: date) -> str | None:
    words = _words(lang)
    for offset, name in ((0, "this_week"), (1, "next_week"), (2, "week_after")):
        week_start, week_end = calendar.week(today, offset)
        if end == week_end and (start == week_start or (offset == 0 and start == today)):
            return words[name]
    first, month_end = calendar.month(start.year, start.month)
    if end == month_end and start in (first, today):
        return words["month"].format(month_name(start.month, lang))
    if (start, end) == calendar.weekend(today, 0):
        return words["weekend"]
    return words["next_weekend"] if (start, end) == calendar.weekend(today, 1) else None


def _time_words(wish: TimeWish, lang: str) -> str:
    words = _words(lang)
    clock = wish.exact.time() if wish.exact else wish.clock
    if clock is not None:
        return words["at"].format(_clock_words(clock, lang))
    if wish.any_time:
        return words["any_time"]
    return words["or"].join(_hours_words(hours, lang) for hours in wish.daytimes)


def _clock_words(clock: time, lang: str) -> str:
    text = format_time(datetime.combine(date.min, clock), lang)
    return text.replace(":00", "") if clock.minute == 0 else text


def _hours_words(hours: Hours, lang: str) -> str:
    words, (start, end) = _words(lang), hours
    key = (start.isoformat("minutes"), end.isoformat("minutes"))
    parts = _PARTS.get(lang) or {}
    if key in parts:
        return parts[key]
    if shifted(start, 30) == end:
        return words["at"].format(_clock_words(start, lang))
    if end == END_OF_DAY:
        return words["after"].format(_clock_words(start, lang))
    if start == time():
        return words["before"].format(_clock_words(end, lang))
    return words["hours"].format(_clock_words(start, lang), _clock_words(end, lang))


def _excluded_words(wish: TimeWish, lang: str) -> str:
    words = _words(lang)
    gone = [_weekly(day, lang) for day in sorted(wish.weekdays_excluded)]
    gone += [format_day(day, lang) for day in wish.days_excluded[:3]]
    gone += [_hours_words(hours, lang) for hours in wish.daytimes_excluded]
    return words["not"].format(words["or"].join(gone)) if gone else ""
