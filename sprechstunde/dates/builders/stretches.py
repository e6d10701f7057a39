"""Weeks, weekends, months, seasons and holidays."""

from __future__ import annotations

import re
from datetime import date

from sprechstunde.dates import calendar
from sprechstunde.dates.atoms import Atom, Context, Op
from sprechstunde.dates.builders.basic import day, span
from sprechstunde.dates.builders.in_months import month_of
from sprechstunde.dates.language import Builder, Found
from sprechstunde.dates.model import ONE_DAY, Days


def this_weekend(found: Found, context: Context) -> Atom:
    return Atom(days=Days((calendar.weekend(context.today, 0),), "weekend"))


def week_after_next(found: Found, context: Context) -> Atom | None:
    return span(calendar.week(context.today, 2), "week")


def two_weeks(found: Found, context: Context) -> Atom | None:
    """As in "diese oder nächste Woche"."""
    return span((calendar.week(context.today, 0)[0], calendar.week(context.today, 1)[1]), "week")


def month_after_next(found: Found, context: Context) -> Atom | None:
    return span(calendar.month_from(context.today, 2), "month")


def weekend_after_next(found: Found, context: Context) -> Atom | None:
    near = calendar.weekend(context.today, 0 if context.today.weekday() < 5 else 1)
    return span(calendar.weekend(near[0], 1), "weekend")


def later_this(found: Found, context: Context) -> Atom | None:
    """As in "later this week", "später diesen Monat": from tomorrow to its end."""
    whole = {"week": calendar.week(context.today, 0), "month": calendar.month_from(context.today, 0)}
    end = whole[found["span"]][1] if found["span"] in whole else context.today
    start = context.today + ONE_DAY
    return span((start, end), str(found["span"])) if start < end else None


def towards_weekend(found: Found, context: Context) -> Atom | None:
    """As in "zum Wochenende hin": Thursday and Friday, or what is left of them."""
    end_of_week = calendar.edge(calendar.week(context.today, 0), "week", Op.END)
    if end_of_week[1] <= context.today:
        end_of_week = calendar.edge(calendar.week(context.today, 1), "week", Op.END)
    return span((max(end_of_week[0], context.today), end_of_week[1]), "day")


def rest_of_week(found: Found, context: Context) -> Atom | None:
    return span((context.today, calendar.week(context.today, 0)[1]), "week")


def week_of_date(found: Found, context: Context) -> Atom | None:
    """As in "the week of December 7th"."""
    names = [name for name in ("d", "d_2") if name in found]
    months = [name for name in ("month", "month_2", "mo") if name in found]
    value = calendar.day_in_month(context.today, found[months[0]], found[names[0]])
    return span(calendar.week(value, 0), "week") if value else None


def unit_span(offset: int | None = None) -> Builder:
    """As in "nächste Woche", "this month"; without `offset` the word of class `rel` gives it."""

    def build(found: Found, context: Context) -> Atom | None:
        steps = (
            offset
            if offset is not None
            else {"this": 0, "coming": 1, "next": 1, "after_next": 2}[found["rel"]]
        )
        unit = found["span"]
        if unit == "quarter":
            first = calendar.month_from(context.today, -((context.today.month - 1) % 3) + 3 * steps)[0]
            return span((first, calendar.month_from(first, 2)[1]), "month")
        if unit == "week":
            return span(calendar.week(context.today, steps), "week")
        if unit == "month":
            return span(calendar.month_from(context.today, steps), "month")
        if unit == "year":
            return span(
                (date(context.today.year + steps, 1, 1), date(context.today.year + steps + 1, 1, 1)), "year"
            )
        return _weekend(found, context, steps)

    return build


def _weekend(found: Found, context: Context, steps: int) -> Atom:
    """The coming weekend is this week's; "nächstes" may mean that one or the one after."""
    near = calendar.weekend(context.today, 0 if context.today.weekday() < 5 else 1)
    rel = found.get("rel", "this")
    if rel == "this":
        near = calendar.weekend(context.today, 0)
    if rel == "after_next":
        near = calendar.weekend(near[0], 1)
    other = (calendar.weekend(near[0], 1),) if rel == "next" and context.today.weekday() < 5 else ()
    return Atom(days=Days((near,), "weekend", other=other))


def calendar_week(found: Found, context: Context) -> Atom | None:
    number = found["kw"] if "kw" in found else found["n"]
    return span(calendar.iso_week(context.today, number, found.get("yyyy", None)), "week")


def month_name(found: Found, context: Context) -> Atom | None:
    if "yyyy" in found:
        return span(calendar.month(found["yyyy"], month_of(found)), "month")
    later = "rel" in found and found["rel"] == "next" and month_of(found) == context.today.month
    return span(calendar.named_month(context.today, month_of(found), int(later)), "month")


def month_edge(found: Found, context: Context) -> Atom | None:
    """As in "early May", where the month alone would be another word."""
    whole = month_name(found, context)
    if whole is None or whole.days is None:
        return None
    return span(calendar.edge(whole.days.ranges[0], "month", found["edge"]), "month")


def month_start(found: Found, context: Context) -> Atom | None:
    """As in "die ersten Tage im Dezember": its first ten."""
    return span(
        calendar.edge(calendar.named_month(context.today, month_of(found)), "month", Op.BEGIN), "month"
    )


def season(found: Found, context: Context) -> Atom | None:
    return span(calendar.season(context.today, found["season"]), "month")


def named_holiday(found: Found, context: Context) -> Atom | None:
    return span(calendar.holiday(context.today, found["holiday"]), "day")


def numbered_holiday(found: Found, context: Context) -> Atom | None:
    text = found.text("")
    number = int(next(character for character in text if character.isdigit()))
    if "advent" in text:
        return span(calendar.advent_sunday(context.today, number), "day") if number <= 4 else None
    name = {1: "christmas_day", 2: "boxing_day"}.get(number)
    return span(calendar.holiday(context.today, name), "day") if name else None


def advent_weekend(found: Found, context: Context) -> Atom | None:
    """As in "first Advent weekend": the Sunday and the day before it."""
    number = found["order"] if "order" in found else int(re.findall(r"[1-4]", found.text(""))[0])
    sunday, _ = calendar.advent_sunday(context.today, number) if 1 <= number <= 4 else (None, None)
    return span((sunday - ONE_DAY, sunday + ONE_DAY), "weekend") if sunday else None


def units_from_holiday(side: int) -> Builder:
    """As in "zwei Wochen nach Ostern", counted from its last day; "3 days before christmas" from its first."""

    def build(found: Found, context: Context) -> Atom | None:
        first, end = calendar.holiday(context.today, found["holiday"])
        length = {"day": ONE_DAY, "week": calendar.WEEK}.get(found["unit"])
        if length is None:
            return None
        value = (end - ONE_DAY if side > 0 else first) + side * found["n"] * length
        return day(value) if value >= context.today else None

    return build


def weekend_beside_holiday(side: int) -> Builder:
    """As in "das Wochenende vor Weihnachten": the last whole one before its first day, or the first after its last."""

    def build(found: Found, context: Context) -> Atom | None:
        first, end = calendar.holiday(context.today, found["holiday"])
        saturday = calendar.weekend(first, 0)[0]
        if side < 0 and saturday + ONE_DAY >= first:
            saturday -= calendar.WEEK
        while side > 0 and saturday < end:
            saturday += calendar.WEEK
        return span((saturday, saturday + 2 * ONE_DAY), "weekend")

    return build


def weekend_in_weeks(found: Found, context: Context) -> Atom | None:
    near = calendar.weekend(context.today, 0 if context.today.weekday() < 5 else 1)
    return span(calendar.weekend(near[0], found["n"]), "weekend")


def quarter(found: Found, context: Context) -> Atom | None:
    """As in "im ersten Quartal", "Q1": the coming or running one of that number."""
    number = found["order"] if "order" in found else int(found.text("")[-1])
    if not 1 <= number <= 4:
        return None
    start = calendar.month(context.today.year, 3 * number - 2)[0]
    _, end = calendar.month(context.today.year, 3 * number)
    if end <= context.today:
        start, end = start.replace(year=start.year + 1), end.replace(year=end.year + 1)
    return span((start, end), "month")


def month_edges(found: Found, context: Context) -> Atom | None:
    """As in "mid to late January"."""
    whole = month_name(found, context)
    if whole is None or whole.days is None:
        return None
    first, last = (calendar.edge(whole.days.ranges[0], "month", found[name]) for name in ("edge", "edge_2"))
    return span((first[0], last[1]), "month") if first[0] < last[1] else None


def week_of_day(found: Found, context: Context) -> Atom | None:
    """As in "the week of the 14th", "in der Woche vom 14."."""
    value = calendar.day_of_month(context.today, found["d"])
    return span(calendar.week(value, 0), "week") if value else None


def between_holidays(found: Found, context: Context) -> Atom | None:
    """As in "zwischen Weihnachten und Neujahr": the days that are neither."""
    _, start = calendar.holiday(context.today, found["holiday"])
    end, _ = calendar.holiday(start, found["holiday_2"])
    return span((start, end), "day") if start < end else None


def days_from_holiday(count: int) -> Builder:
    """As in "am Tag vor Heiligabend", "the day after Boxing Day"."""

    def build(found: Found, context: Context) -> Atom | None:
        first, end = calendar.holiday(context.today, found["holiday"])
        return day((end - ONE_DAY if count > 0 else first) + count * ONE_DAY)

    return build


def week_after_holiday(found: Found, context: Context) -> Atom | None:
    return span(calendar.week_after(context.today, found["holiday"]), "week")


def first_weeks_of_year(found: Found, context: Context) -> Atom | None:
    """As in "die erste Woche im neuen Jahr": days 1-7, 8-14 of January."""
    if found["span"] != "year" or found["order"] < 1:
        return None
    first = date(context.today.year + 1, 1, 1) + (found["order"] - 1) * calendar.WEEK
    return span((first, first + calendar.WEEK), "week")


def elliptic(steps: int) -> Builder:
    """As in "diese Woche nicht, nächste": so many of what was named before, which `leaning.py` puts in."""
    return lambda found, context: Atom(days=Days((calendar.single(context.today),), around=steps))


def week_before_holiday(found: Found, context: Context) -> Atom | None:
    first, _ = calendar.holiday(context.today, found["holiday"])
    return span(calendar.week(first, -1), "week")


def holiday_week(found: Found, context: Context) -> Atom | None:
    return span(calendar.week(calendar.holiday(context.today, found["holiday_week"])[0], 0), "week")
