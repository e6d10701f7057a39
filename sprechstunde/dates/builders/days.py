"""Days by name, and days counted from now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from sprechstunde.dates import calendar, clocks
from sprechstunde.dates.atoms import Atom, Context
from sprechstunde.dates.builders.basic import day, day_by_name, span
from sprechstunde.dates.language import Builder, Found
from sprechstunde.dates.model import ONE_DAY, Days

_SATURDAY = 5


def in_days(offset: int) -> Builder:
    """As in "heute", "übermorgen"."""
    return lambda found, context: day(context.today + offset * ONE_DAY)


def weekday_of(found: Found) -> int:
    return int(found[next(name for name in found.names if name.startswith("weekday"))])


def weekday(found: Found, context: Context) -> Atom:
    value = weekday_of(found)
    return Atom(
        days=Days(
            (calendar.single(calendar.coming(context.today, value)),),
            weekdays=frozenset({value}),
            floating="weekday",
        )
    )


def weekday_with_part(hours: str) -> Builder:
    """As in "Montag morgen": the part of the day, not tomorrow."""

    def build(found: Found, context: Context) -> Atom:
        return replace(weekday(found, context), clocks=(clocks.part(*hours.split("-")),))

    return build


def weekday_and_part(found: Found, context: Context) -> Atom:
    """As in "late Thursday afternoon"."""
    hours = found["late_part"] if "late_part" in found else found["early_part"]
    return weekday_with_part(hours)(found, context) or weekday(found, context)


def recurring_weekday(found: Found, context: Context) -> Atom:
    """As in "dienstags", "on Tuesdays", "immer dienstags"."""
    value = weekday_of(found)
    first = calendar.single(calendar.coming(context.today, value))
    return Atom(days=Days((first,), weekdays=frozenset({value}), recurring=True))


def weekday_range(found: Found, context: Context) -> Atom:
    """As in "Mo-Do": these days of any week."""
    first, last = weekday_of(found), found["weekday_2"]
    if last < first:
        last += 7
    every = frozenset(value % 7 for value in range(first, last + 1))
    start = context.today + ONE_DAY
    while start.weekday() not in every:
        start += ONE_DAY
    end = start + ONE_DAY
    while end.weekday() in every and end - start < calendar.WEEK:
        end += ONE_DAY
    return Atom(days=Days(((start, end),), weekdays=every, recurring=True))


def workdays(found: Found, context: Context) -> Atom:
    """As in "unter der Woche", "on a weekday"."""
    first = context.today + ONE_DAY
    while first.weekday() > 4:
        first += ONE_DAY
    return Atom(days=Days((calendar.single(first),), weekdays=frozenset(range(5)), recurring=True))


def weekends(found: Found, context: Context) -> Atom:
    """As in "am Wochenende" in general: "at weekends"."""
    first = calendar.weekend(context.today, 0)
    return Atom(days=Days((first,), "weekend", weekdays=frozenset({5, 6}), recurring=True))


def sunday(found: Found, context: Context) -> Atom:
    """As in "So" as a weekday."""
    return Atom(
        days=Days(
            (calendar.single(calendar.coming(context.today, 6)),), weekdays=frozenset({6}), floating="weekday"
        )
    )


def relative_weekday(found: Found, context: Context) -> Atom:
    """As in "nächsten Freitag": the coming one; where that still lies in this week, next week's is the other reading.

    "diesen" and "kommenden" are the coming one without doubt, "übernächsten" a week after it.
    """
    value, rel = weekday_of(found), found["rel"]
    near = calendar.coming(context.today, value)
    if rel == "this":
        return day_by_name(context.today if value == context.today.weekday() else near)
    if rel == "coming":
        return day_by_name(near)
    if rel == "after_next":
        return day_by_name(near + calendar.WEEK)
    in_this_week = near < calendar.week(context.today, 1)[0]
    other = (calendar.single(near + calendar.WEEK),) if in_this_week else ()
    return day_by_name(near, other)


def weekday_in_weeks(offset: int | None = None) -> Builder:
    """As in "Freitag in einer Woche", "Monday week", "Dienstag in 14 Tagen": counted from the coming one."""

    def build(found: Found, context: Context) -> Atom:
        weeks = offset if offset is not None else found["n"]
        near = calendar.coming(context.today, weekday_of(found))
        return day_by_name(near + weeks * calendar.WEEK)

    return build


def weekday_beside_holiday(side: int) -> Builder:
    """As in "Dienstag nach Ostern", "the Monday before Christmas": the nearest one on that side."""

    def build(found: Found, context: Context) -> Atom | None:
        first, end = calendar.holiday(context.today, found["holiday"])
        value = end if side > 0 else first - ONE_DAY
        while value.weekday() != weekday_of(found):
            value += side * ONE_DAY
        return day_by_name(value) if value >= context.today else None

    return build


def workday_beside_holiday(side: int) -> Builder:
    """As in "letzter Werktag vor Weihnachten"."""

    def build(found: Found, context: Context) -> Atom | None:
        first, end = calendar.holiday(context.today, found["holiday"])
        value = end if side > 0 else first - ONE_DAY
        while value.weekday() >= _SATURDAY:
            value += side * ONE_DAY
        return day(value) if value >= context.today else None

    return build


def first_of_month(found: Found, context: Context) -> Atom:
    """As in "zum nächsten Ersten"."""
    return day(calendar.month_from(context.today, 1)[0])


def now_in_days(offset: int) -> Builder:
    """As in "this time next week"."""
    return lambda found, context: Atom(
        days=Days((calendar.single(context.today + offset * ONE_DAY),)),
        clocks=(clocks.of_moment(context.now),),
    )


def weekday_of_week(offset: int) -> Builder:
    """As in "a week on Monday", with the week counted from the running one."""

    def build(found: Found, context: Context) -> Atom:
        return day_by_name(calendar.week(context.today, offset)[0] + weekday_of(found) * ONE_DAY)

    return build


def in_units(found: Found, context: Context) -> Atom | None:
    """As in "in drei Tagen", "in 2 weeks": the day; weeks and months leave some days around it open."""
    return ahead(found["n"], found["unit"], context)


def in_short_units(found: Found, context: Context) -> Atom | None:
    """As in "ich schaffe es erst in 20 Minuten": that moment, where "erst in drei Tagen" is from then on."""
    return in_units(found, context) if found["unit"] in ("hour", "minute") else None


def in_units_range(found: Found, context: Context) -> Atom | None:
    """As in "in 2-3 Wochen": from the nearer to the farther day."""
    near, far = (ahead(found[name], found["unit"], context) for name in ("n", "n_2"))
    if not (near and far and near.days and far.days) or found["unit"] in ("hour", "minute"):
        return None
    return span((near.days.ranges[0][0], far.days.ranges[0][1]), "day")


def ahead(count: int, unit: str, context: Context) -> Atom | None:
    if unit in ("hour", "minute"):
        moment = context.now + timedelta(minutes=count * (60 if unit == "hour" else 1))
        return Atom(days=Days((calendar.single(moment.date()),)), clocks=(clocks.of_moment(moment),))
    if unit == "day":
        return day(context.today + count * ONE_DAY, around=2 if count in (8, 14) else 0)
    if unit == "workday":
        value = context.today
        for _ in range(count):
            value += ONE_DAY * (3 if value.weekday() == 4 else 2 if value.weekday() == 5 else 1)
        return day(value)
    if unit == "week":
        return day(context.today + count * calendar.WEEK, around=3)
    if unit == "month":
        return day(context.today + relativedelta(months=count), around=7)
    if unit == "year":
        return day(context.today + relativedelta(years=count), around=15)
    return None


def in_units_from(offset: int) -> Builder:
    """As in "morgen in 14 Tagen", "two weeks tomorrow"."""

    def build(found: Found, context: Context) -> Atom | None:
        length = {"day": ONE_DAY, "week": calendar.WEEK}.get(found["unit"])
        if length is None:
            return None
        days = found["n"] * length
        if found["unit"] == "day" and found["n"] == 8:
            days = calendar.WEEK  # "heute in acht Tagen" is today in a week
        return day(context.today + offset * ONE_DAY + days)

    return build


def hours_ahead(found: Found, context: Context) -> Atom | None:
    """As in "in 3h"."""
    return ahead(found["n"], "hour", context)


def in_units_and_half(found: Found, context: Context) -> Atom | None:
    """As in "in zweieinhalb Stunden", "2 1/2 weeks from now"."""
    count, unit = found["n"] if "n" in found else found["n_and_half"], found["unit"]
    if unit == "hour":
        return ahead(60 * count + 30, "minute", context)
    if unit == "week":
        first = context.today + count * calendar.WEEK
        return span((first + 2 * ONE_DAY, first + 6 * ONE_DAY), "week")
    if unit == "month":
        return day(context.today + relativedelta(months=count, days=15), around=7)
    return ahead(12 * count + 6, "month", context) if unit == "year" else None


def fixed_ahead(count: int, unit: str) -> Builder:
    return lambda found, context: ahead(count, unit, context)


def within_units(found: Found, context: Context) -> Atom | None:
    """As in "in den nächsten drei Tagen", "innerhalb von zwei Wochen": from now on until then."""
    count, unit = found.get("n", 1), found["unit"]
    step = {
        "day": timedelta(days=count),
        "workday": timedelta(days=count),
        "week": count * calendar.WEEK,
    }.get(unit)
    end = context.today + (step or relativedelta(months=count if unit == "month" else 12 * count))
    if unit in ("hour", "minute"):
        return None
    return span((context.today, end + ONE_DAY), unit if unit != "workday" else "day")


def few_days(low: int, high: int, grain: str = "day") -> Builder:
    """As in "in ein paar Tagen", "die nächsten Tage"."""
    return lambda found, context: span((context.today + low * ONE_DAY, context.today + high * ONE_DAY), grain)


def same_time(weeks: int | None, days: int = 0) -> Builder:
    """As in "same time next week", against the appointment in question; without one, only the day or week is known."""

    def build(found: Found, context: Context) -> Atom | None:
        if context.anchor is None:
            return span(calendar.week(context.today, weeks), "week") if weeks else None
        if weeks == 1:
            start, _ = calendar.week(context.today, 1)
            value = start + context.anchor.weekday() * ONE_DAY
        else:
            value = context.anchor.date() + (weeks or 0) * calendar.WEEK + days * ONE_DAY
        return Atom(days=Days((calendar.single(value),)), clocks=(clocks.of_moment(context.anchor),))

    return build


def later_than(unit_days: int, sign: int = 1) -> Builder:
    """As in "eine Woche später": counted from the appointment in question, else from today."""

    def build(found: Found, context: Context) -> Atom | None:
        base = context.anchor.date() if context.anchor else context.today
        value = base + sign * unit_days * ONE_DAY
        return (
            day(value, around=3 if unit_days == 7 and not context.anchor else 0)
            if value >= context.today
            else None
        )

    return build
