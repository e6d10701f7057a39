"""Opening hours in words: weekly lines, single days with the reason they differ, now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from babel.dates import get_day_names

from sprechstunde import clock, dates
from sprechstunde.clinic import hours as clinic_hours
from sprechstunde.clinic import service as clinic_service
from sprechstunde.clinic.view import Location, Practitioner, TimeRange, WeeklyHours
from sprechstunde.dates import TimeWish

from .turn import Turn
from .words import word

# Days that people name and no calendar knows.
BETWEEN_THE_YEARS = re.compile(
    r"zwischen den (?:jahren|feiertagen)|between (?:christmas|the holidays)", re.IGNORECASE
)
CHRISTMAS_EVE = (12, 24)
NEW_YEARS_EVE = (12, 31)
MANY_DAYS = 8
A_MONTH = timedelta(days=31)
SHORT_BREAK = 30  # minutes
LOOK_AHEAD = timedelta(days=21)
EVERY_DAY = frozenset(range(7))


def today() -> date:
    """The clinic's day."""
    return clock.now().astimezone(clinic_service.clinic().zone).date()


def clock_time(at: time, language: str) -> str:
    """ "8:00" or "8:00 am"."""
    return dates.format_time(datetime.combine(date.min, at), language)


def ranges_in_words(ranges: tuple[TimeRange, ...], language: str) -> str:
    """ "8:00–12:30, 14:00–18:00", or "closed"."""
    if not ranges:
        return word("closed", language)
    return ", ".join(f"{clock_time(a, language)}–{clock_time(b, language)}" for a, b in ranges)


def weekly_lines(
    hours: WeeklyHours, language: str, weekdays: frozenset[int] = EVERY_DAY, *, closed_days: bool = True
) -> list[str]:
    """One line for each run of weekdays with the same hours: "Mo–Do: 8:00–18:00"; of some weekdays, one for each."""
    names = get_day_names("abbreviated", locale=language)
    if weekdays != EVERY_DAY:
        return [
            f"{names[day].replace('.', '')}: {ranges_in_words(tuple(hours.get(day, ())), language)}"
            for day in sorted(weekdays)
            if closed_days or hours.get(day)
        ]
    groups: list[tuple[int, int, tuple[TimeRange, ...]]] = []
    for weekday in range(7):
        ranges = tuple(hours.get(weekday, ()))
        if groups and groups[-1][2] == ranges:
            groups[-1] = (groups[-1][0], weekday, ranges)
        elif ranges or (weekday < 5 and closed_days) or groups:
            groups.append((weekday, weekday, ranges))
    lines = []
    for first, last, ranges in groups:
        if not ranges and (first >= 5 or not closed_days):
            continue
        last = min(last, 4) if not ranges else last
        days = names[first] if first == last else f"{names[first]}–{names[last]}"
        lines.append(f"{days.replace('.', '')}: {ranges_in_words(ranges, language)}")
    return lines


def days_asked(turn: Turn) -> list[date]:
    """The days a question is about: none (the week as such), one, or a stretch of up to a few weeks."""
    if BETWEEN_THE_YEARS.search(turn.text):
        year = today().year
        return _stretch(date(year, *CHRISTMAS_EVE), date(year, *NEW_YEARS_EVE))
    if turn.time is None:
        return []
    wish = TimeWish.from_dict(turn.time)
    if wish.exact is not None:
        return [wish.exact.date()]
    days: list[date] = []
    for start, end in wish.windows:
        days += _stretch(start.date(), min((end - timedelta(seconds=1)).date(), start.date() + A_MONTH))
    days = sorted({day for day in days if wish.weekdays is None or day.weekday() in wish.weekdays})
    return days if len(days) <= 3 * MANY_DAYS else []


def weekdays_asked(turn: Turn) -> frozenset[int]:
    """The weekdays as such that a question is about ("freitags"); 0 is Monday, all where it names none."""
    wish = TimeWish.from_dict(turn.time) if turn.time else None
    return wish.weekdays if wish and wish.weekdays and not wish.windows else EVERY_DAY


def _stretch(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def day_line(location: Location, day: date, language: str) -> str:
    """ "Do 24.12.: geschlossen (Heiligabend)"."""
    ranges = clinic_service.opening_hours(location.code, day)
    reason = reason_of(location, day, language)
    behind = f" ({reason})" if reason else ""
    return f"{dates.format_day(day, language)}: {ranges_in_words(ranges, language)}{behind}"


def differs(location: Location, day: date) -> bool:
    """Whether that day is not like any other of its weekday."""
    return clinic_service.opening_hours(location.code, day) != tuple(location.hours.get(day.weekday(), ()))


def reason_of(location: Location, day: date, language: str) -> str | None:
    """Why a day differs: the holiday's name, or the closure's as the clinic wrote it."""
    if not differs(location, day):
        return None
    clinic = clinic_service.clinic()
    holiday = clinic_hours.holiday(clinic, day, language)
    if holiday:
        return holiday
    named = [closure.reason for closure in clinic.closures if closure.covers(day) and closure.reason]
    return named[0] if named and language == "de" else None


def unusual_days(location: Location, language: str, weekdays: frozenset[int] = EVERY_DAY) -> list[str]:
    """Lines for the days of the coming weeks that differ from the week's plan."""
    days = [day for day in _stretch(today(), today() + LOOK_AHEAD) if day.weekday() in weekdays]
    return [day_line(location, day, language) for day in days if differs(location, day)]


def now_line(location: Location, language: str) -> str:
    """Open until when, or when again."""
    status = clinic_service.opening_status(location.code, clock.now())
    if status.is_open and status.until:
        until = dates.format_time(status.until, language)
        return word("open_now", language, until=until)
    if status.next_opening is None:
        return word("closed", language)
    day = dates.format_day(status.next_opening.date(), language)
    at = dates.format_time(status.next_opening, language)
    if status.next_opening.date() == today():
        day = word("today", language)
    return word("opens_again", language, day=day, at=at)


def doctor_week(practitioner: Practitioner, location: str) -> WeeklyHours:
    """A doctor's weekly hours at one place; a short break is not worth telling."""
    week: dict[int, tuple[TimeRange, ...]] = {}
    for rule in sorted(practitioner.hours, key=lambda rule: (rule.weekday, rule.start)):
        if rule.location != location:
            continue
        before = week.get(rule.weekday, ())
        if before and _minutes(rule.start) - _minutes(before[-1][1]) <= SHORT_BREAK:
            week[rule.weekday] = (*before[:-1], (before[-1][0], rule.end))
        else:
            week[rule.weekday] = (*before, (rule.start, rule.end))
    return week


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def doctor_on(practitioner: Practitioner, day: date) -> Mapping[str, tuple[TimeRange, ...]]:
    """Where and when a doctor is in on that day: holidays, closures and absences taken off, openings added."""
    clinic = clinic_service.clinic()
    away = tuple(absence for absence in practitioner.absences if absence.covers(day))
    found: dict[str, tuple[TimeRange, ...]] = {}
    for location in clinic.locations:
        ranges = clinic_hours.on(clinic, doctor_week(practitioner, location.code), day)
        ranges = clinic_hours.cut(ranges, away)
        extra = [
            (o.start, o.end) for o in practitioner.openings if (o.location, o.day) == (location.code, day)
        ]
        if ranges or extra:
            found[location.code] = tuple(sorted({*ranges, *extra}))
    return found


def coming_absences(practitioner: Practitioner, language: str) -> list[str]:
    """The days of the coming weeks on which a doctor who works that weekday is not in."""
    lines = []
    for day in _stretch(today(), today() + LOOK_AHEAD):
        works = any(rule.weekday == day.weekday() for rule in practitioner.hours)
        if works and not doctor_on(practitioner, day):
            lines.append(dates.format_day(day, language))
    return lines
