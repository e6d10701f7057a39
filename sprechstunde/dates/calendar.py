"""Arithmetic on days: weeks, months, holidays by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from sprechstunde.dates.atoms import Op
from sprechstunde.dates.model import ONE_DAY

Range = tuple[date, date]
WEEK = timedelta(days=7)


def single(day: date) -> Range:
    return day, day + ONE_DAY


def coming(today: date, weekday: int) -> date:
    """The next such weekday after today: "Montag" said on a Monday is the one in a week, else one says "heute"."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def week(today: date, offset: int) -> Range:
    """Monday to Monday; offset 0 is the week of `today`."""
    monday = today - timedelta(days=today.weekday()) + offset * WEEK
    return monday, monday + WEEK


def weekend(today: date, offset: int) -> Range:
    """Saturday to Monday; on a Sunday "this weekend" is what is left of it."""
    saturday = week(today, offset)[0] + timedelta(days=5)
    return saturday, saturday + 2 * ONE_DAY


def iso_week(today: date, number: int, year: int | None = None) -> Range | None:
    """Calendar week by ISO 8601, the next one with that number; None where the year has no such week."""
    for candidate in (year,) if year else (today.isocalendar()[0], today.isocalendar()[0] + 1):
        try:
            monday = date.fromisocalendar(candidate, number, 1)
        except ValueError:
            continue
        if year or monday + WEEK > today:
            return monday, monday + WEEK
    return None


def month(year: int, number: int) -> Range:
    first = date(year, number, 1)
    return first, first + relativedelta(months=1)


def month_from(today: date, offset: int) -> Range:
    first = today.replace(day=1) + relativedelta(months=offset)
    return first, first + relativedelta(months=1)


def named_month(today: date, number: int, offset: int = 0) -> Range:
    """The coming month of that name, the running one included; `offset` years later."""
    return month(today.year + (number < today.month) + offset, number)


def valid(year: int, number: int, day: int) -> date | None:
    try:
        return date(year, number, day)
    except ValueError:
        return None


def day_in_month(today: date, number: int, day: int) -> date | None:
    """The coming such date (29 February: the next leap year)."""
    for year in range(today.year, today.year + 9):
        found = valid(year, number, day)
        if found and found >= today:
            return found
    return None


def day_of_month(today: date, day: int) -> date | None:
    """The coming day with that number, today included."""
    for offset in range(13):
        first, _ = month_from(today, offset)
        found = valid(first.year, first.month, day)
        if found and found >= today:
            return found
    return None


def agreeing(day: date, weekday: int) -> date:
    """That day of a month, or of one of the next three where only there it falls on the weekday: "Freitag der 13."."""
    for offset in range(4):
        first, _ = month_from(day, offset)
        found = valid(first.year, first.month, day.day)
        if found and found.weekday() == weekday:
            return found
    return day


def full_year(digits: str, today: date) -> int:
    """As in "26" → 2026; four digits as they are."""
    return int(digits) if len(digits) == 4 else today.year // 100 * 100 + int(digits)


def edge(span: Range, grain: str, which: Op) -> Range:
    """Beginning, middle or end: of a week Mon-Tue, Tue-Thu, Thu-Fri; of a month thirds; of a year 1-3, 5-8, 10-12."""
    start, end = span
    if grain == "week":
        first, last = {Op.BEGIN: (0, 2), Op.MIDDLE: (1, 4), Op.END: (3, 5)}[which]
        return start + first * ONE_DAY, start + last * ONE_DAY
    if grain == "weekend":
        return {Op.BEGIN: single(start), Op.MIDDLE: span, Op.END: single(start + ONE_DAY)}[which]
    if grain == "year":
        first_month, last_month = {Op.BEGIN: (1, 3), Op.MIDDLE: (5, 8), Op.END: (10, 12)}[which]
        return month(start.year, first_month)[0], month(start.year, last_month)[1]
    tenth, twentieth = start + 10 * ONE_DAY, start + 20 * ONE_DAY
    return {Op.BEGIN: (start, tenth), Op.MIDDLE: (tenth, twentieth), Op.END: (twentieth, end)}[which]


def _fixed(number: int, day: int, length: int = 1) -> tuple[int, int, int]:
    return number, day, length


# Fixed holidays: month, day, number of days.
FIXED = {
    "new_year": _fixed(1, 1),
    "epiphany": _fixed(1, 6),
    "burns_night": _fixed(1, 25),
    "candlemas": _fixed(2, 2),
    "st_patrick": _fixed(3, 17),
    "st_joseph": _fixed(3, 19),
    "midsummer": _fixed(6, 24),
    "michaelmas": _fixed(9, 29),
    "bonfire_night": _fixed(11, 5),
    "valentine": _fixed(2, 14),
    "womens_day": _fixed(3, 8),
    "labour_day": _fixed(5, 1),
    "german_unity": _fixed(10, 3),
    "assumption": _fixed(8, 15),
    "national_day_at": _fixed(10, 26),
    "immaculate_conception": _fixed(12, 8),
    "halloween": _fixed(10, 31),
    "reformation": _fixed(10, 31),
    "all_saints": _fixed(11, 1),
    "st_martin": _fixed(11, 11),
    "st_nicholas": _fixed(12, 6),
    "christmas_eve": _fixed(12, 24),
    "christmas_day": _fixed(12, 25),
    "boxing_day": _fixed(12, 26),
    "christmas": _fixed(12, 24, 3),
    "new_years_eve": _fixed(12, 31),
    "between_years": _fixed(12, 27, 5),
}
# Movable ones: days from Easter Sunday, number of days.
MOVABLE = {
    "fat_thursday": (-52, 1),
    "rose_monday": (-48, 1),
    "shrove_tuesday": (-47, 1),
    "ash_wednesday": (-46, 1),
    "palm_sunday": (-7, 1),
    "maundy_thursday": (-3, 1),
    "good_friday": (-2, 1),
    "holy_saturday": (-1, 1),
    "easter": (-2, 4),
    "easter_sunday": (0, 1),
    "easter_monday": (1, 1),
    "easter_tuesday": (2, 1),
    "ascension": (39, 1),
    "whitsun": (49, 2),
    "whit_sunday": (49, 1),
    "whit_monday": (50, 1),
    "whit_tuesday": (51, 1),
    "trinity_sunday": (56, 1),
    "corpus_christi": (60, 1),
}


def _weekday_from(first: date, weekday: int) -> date:
    return first + timedelta(days=(weekday - first.weekday()) % 7)


# Holidays on a weekday counted from a date: the first of Advent is the Sunday from 27 November on, and so forth.
COUNTED: dict[str, Callable[[int], date]] = {
    "advent": lambda year: _weekday_from(date(year, 11, 27), 6),
    "advent_2": lambda year: _weekday_from(date(year, 12, 4), 6),
    "advent_3": lambda year: _weekday_from(date(year, 12, 11), 6),
    "advent_4": lambda year: _weekday_from(date(year, 12, 18), 6),
    "sunday_of_the_dead": lambda year: _weekday_from(date(year, 11, 20), 6),
    "mourning_day": lambda year: _weekday_from(date(year, 11, 13), 6),
    "thanksgiving_de": lambda year: _weekday_from(date(year, 10, 1), 6),
    "repentance": lambda year: _weekday_from(date(year, 11, 16), 2),
    "mothers_day": lambda year: _weekday_from(date(year, 5, 8), 6),
    "thanksgiving": lambda year: _weekday_from(date(year, 11, 22), 3),
}


def holiday(today: date, name: str) -> Range:
    """The coming holiday of that name, as the days it lasts; "holidays" are the next of the long ones."""
    if name == "holidays":
        return min(holiday(today, long) for long in ("christmas", "easter", "whitsun"))
    for year in (today.year, today.year + 1):
        if name in FIXED:
            number, day, length = FIXED[name]
            start = date(year, number, day)
        elif name in COUNTED:
            start, length = COUNTED[name](year), 1
        else:
            offset, length = MOVABLE[name]
            start = easter(year) + timedelta(days=offset)
        if start + length * ONE_DAY > today:
            break
    return start, start + length * ONE_DAY


def week_after(today: date, name: str) -> Range:
    """The week from the Monday that follows the holiday; after Easter and Whitsun the one with the free Monday."""
    last = holiday(today, {"easter": "easter_sunday", "whitsun": "whit_sunday"}.get(name, name))[1] - ONE_DAY
    return week(last, 1)


def advent_sunday(today: date, number: int) -> Range:
    """The coming first to fourth Sunday of Advent; the fourth is the last Sunday before 25 December."""
    for year in (today.year, today.year + 1):
        fourth = date(year, 12, 24) - timedelta(days=date(year, 12, 24).isoweekday() % 7)
        start = fourth - (4 - number) * WEEK
        if start >= today:
            break
    return start, start + ONE_DAY


def season(today: date, first_month: int) -> Range:
    """Three months from that month on, the coming or running ones."""
    for year in (today.year - 1, today.year, today.year + 1):
        start = date(year, first_month, 1)
        end = start + relativedelta(months=3)
        if end > today:
            break
    return max(start, today), end
