"""What a matched pattern means: the functions that the languages' tables name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from sprechstunde.dates import calendar, clocks
from sprechstunde.dates.atoms import Atom, Context, Op
from sprechstunde.dates.language import Builder, Found, Grammar
from sprechstunde.dates.model import ONE_DAY, Clock, Days


def day(
    value: date, *, floating: str | None = None, around: int = 0, other: tuple[calendar.Range, ...] = ()
) -> Atom:
    return Atom(days=Days((calendar.single(value),), floating=floating, around=around, other=other))


def span(value: calendar.Range | None, grain: str) -> Atom | None:
    return Atom(days=Days((value,), grain)) if value else None


def op(which: Op) -> Builder:
    return lambda found, context: Atom(op=which)


def in_days(offset: int) -> Builder:
    """ "heute", "übermorgen"."""
    return lambda found, context: day(context.today + offset * ONE_DAY)


def part_of_day(found: Found, context: Context) -> Atom:
    start, end = (found["part"] if "part" in found else found["part_short"]).split("-")
    return Atom(clocks=(clocks.part(start, end),))


def day_with_part(offset: int, hours: str) -> Builder:
    """ "tonight": a day and a part of it in one word."""
    clock = clocks.part(*hours.split("-"))
    return lambda found, context: Atom(
        days=Days((calendar.single(context.today + offset * ONE_DAY),)), clocks=(clock,)
    )


def fixed_hours(hours: str, bound: str | None = None) -> Builder:
    """ "nach der Arbeit", "lunchtime", "end of day"."""
    clock = clocks.part(*hours.split("-"))
    if bound:
        clock = Clock(clock.start, clock.end, bound=bound)
    return lambda found, context: Atom(clocks=(clock,))


def _weekday(found: Found) -> int:
    names = ("weekday", "weekdays", "weekday_any", "weekday_weak")
    return int(found[next(name for name in names if name in found)])


def weekday(found: Found, context: Context) -> Atom:
    value = _weekday(found)
    return Atom(
        days=Days(
            (calendar.single(calendar.coming(context.today, value)),),
            weekdays=frozenset({value}),
            floating="weekday",
        )
    )


def weekday_with_part(hours: str) -> Builder:
    """ "Montag morgen": the part of the day, not tomorrow."""

    def build(found: Found, context: Context) -> Atom:
        return replace(weekday(found, context), clocks=(clocks.part(*hours.split("-")),))

    return build


def recurring_weekday(found: Found, context: Context) -> Atom:
    """ "dienstags", "on Tuesdays", "immer dienstags"."""
    value = _weekday(found)
    first = calendar.single(calendar.coming(context.today, value))
    return Atom(days=Days((first,), weekdays=frozenset({value}), recurring=True))


def weekday_range(found: Found, context: Context) -> Atom:
    """ "Mo-Do": these days of any week."""
    first, last = _weekday(found), found["weekday_2"]
    if last < first:
        last += 7
    every = frozenset(value % 7 for value in range(first, last + 1))
    day_ahead = context.today + ONE_DAY
    while day_ahead.weekday() not in every:
        day_ahead += ONE_DAY
    return Atom(days=Days((calendar.single(day_ahead),), weekdays=every, recurring=True))


def workdays(found: Found, context: Context) -> Atom:
    """ "unter der Woche", "on a weekday"."""
    first = context.today + ONE_DAY
    while first.weekday() > 4:
        first += ONE_DAY
    return Atom(days=Days((calendar.single(first),), weekdays=frozenset(range(5)), recurring=True))


def weekends(found: Found, context: Context) -> Atom:
    """ "am Wochenende" in general: "at weekends"."""
    first = calendar.weekend(context.today, 0)
    return Atom(days=Days((first,), "weekend", weekdays=frozenset({5, 6}), recurring=True))


def sunday(found: Found, context: Context) -> Atom:
    """ "So" as a weekday."""
    return Atom(
        days=Days(
            (calendar.single(calendar.coming(context.today, 6)),), weekdays=frozenset({6}), floating="weekday"
        )
    )


def this_weekend(found: Found, context: Context) -> Atom:
    return Atom(days=Days((calendar.weekend(context.today, 0),), "weekend"))


def week_after_next(found: Found, context: Context) -> Atom | None:
    return span(calendar.week(context.today, 2), "week")


def month_after_next(found: Found, context: Context) -> Atom | None:
    return span(calendar.month_from(context.today, 2), "month")


def weekend_after_next(found: Found, context: Context) -> Atom | None:
    near = calendar.weekend(context.today, 0 if context.today.weekday() < 5 else 1)
    return span(calendar.weekend(near[0], 1), "weekend")


def rest_of_week(found: Found, context: Context) -> Atom | None:
    return span((context.today, calendar.week(context.today, 0)[1]), "week")


def week_of_date(found: Found, context: Context) -> Atom | None:
    """ "the week of December 7th"."""
    names = [name for name in ("d", "d_2") if name in found]
    months = [name for name in ("month", "month_2") if name in found]
    value = calendar.day_in_month(context.today, found[months[0]], found[names[0]])
    return span(calendar.week(value, 0), "week") if value else None


def ordinal_date(found: Found, context: Context) -> Atom | None:
    """ "der dritte zwölfte"."""
    number = found["ordinal_2"]
    return _dated(context, number, found["ordinal"], None) if number <= 12 else None


def relative_weekday(found: Found, context: Context) -> Atom:
    """ "nächsten Freitag": the coming one; where that still lies in this week, next week's is the other reading.

    "diesen" and "kommenden" are the coming one without doubt, "übernächsten" a week after it.
    """
    value, rel = _weekday(found), found["rel"]
    near = calendar.coming(context.today, value)
    if rel == "this":
        return day(context.today if value == context.today.weekday() else near)
    if rel == "coming":
        return day(near)
    if rel == "after_next":
        return day(near + calendar.WEEK)
    in_this_week = near < calendar.week(context.today, 1)[0]
    other = (calendar.single(near + calendar.WEEK),) if in_this_week else ()
    return day(near, other=other)


def weekday_in_weeks(offset: int | None = None) -> Builder:
    """ "Freitag in einer Woche", "Monday week", "Dienstag in 14 Tagen": counted from the coming one."""

    def build(found: Found, context: Context) -> Atom:
        weeks = offset if offset is not None else found["n"]
        near = calendar.coming(context.today, _weekday(found))
        return day(near + weeks * calendar.WEEK)

    return build


def weekday_of_week(offset: int) -> Builder:
    """ "a week on Monday", with the week counted from the running one."""

    def build(found: Found, context: Context) -> Atom:
        return day(calendar.week(context.today, offset)[0] + _weekday(found) * ONE_DAY)

    return build


def in_units(found: Found, context: Context) -> Atom | None:
    """ "in drei Tagen", "in 2 weeks": the day; weeks and months leave some days around it open."""
    return ahead(found["n"], found["unit"], context)


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


def fixed_ahead(count: int, unit: str) -> Builder:
    return lambda found, context: ahead(count, unit, context)


def within_units(found: Found, context: Context) -> Atom | None:
    """ "in den nächsten drei Tagen", "innerhalb von zwei Wochen": from now on until then."""
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
    """ "in ein paar Tagen", "die nächsten Tage"."""
    return lambda found, context: span((context.today + low * ONE_DAY, context.today + high * ONE_DAY), grain)


def unit_span(offset: int | None = None) -> Builder:
    """ "nächste Woche", "this month", "übernächstes Wochenende"; without `offset` the word of class `rel` gives it."""

    def build(found: Found, context: Context) -> Atom | None:
        steps = (
            offset
            if offset is not None
            else {"this": 0, "coming": 1, "next": 1, "after_next": 2}[found["rel"]]
        )
        unit = found["span"]
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
    return span(calendar.iso_week(context.today, found["kw"], found.get("yyyy", None)), "week")


def _month(found: Found) -> int:
    names = ("month", "month_sure", "week_of_month")
    return int(found[next(name for name in names if name in found)])


def month_name(found: Found, context: Context) -> Atom | None:
    if "yyyy" in found:
        return span(calendar.month(found["yyyy"], _month(found)), "month")
    later = "rel" in found and found["rel"] == "next" and _month(found) == context.today.month
    return span(calendar.named_month(context.today, _month(found), int(later)), "month")


def month_edge(found: Found, context: Context) -> Atom | None:
    """ "early May", where the month alone would be another word."""
    whole = month_name(found, context)
    if whole is None or whole.days is None:
        return None
    return span(calendar.edge(whole.days.ranges[0], "month", found["edge"]), "month")


def month_half(found: Found, context: Context) -> Atom | None:
    """ "erste Dezemberhälfte": up to the 15th, or from the 16th."""
    number = found["half_of_month"] if "half_of_month" in found else _month(found)
    start, end = calendar.named_month(context.today, number)
    middle = start + 15 * ONE_DAY
    return span((start, middle) if found["order"] == 1 else (middle, end), "month")


def season(found: Found, context: Context) -> Atom | None:
    return span(calendar.season(context.today, found["season"]), "month")


def weekday_of_month(found: Found, context: Context) -> Atom | None:
    """ "the first Monday in December", "letzter Freitag im Monat"."""
    if "month" in found:
        start, end = calendar.named_month(context.today, found["month"])
    else:
        start, end = calendar.month_from(context.today, 1 if found.get("rel", "this") == "next" else 0)
    every = [start + offset * ONE_DAY for offset in range((end - start).days)]
    every = [value for value in every if value.weekday() == _weekday(found)]
    order = found["order"]
    value = every[order - 1 if order > 0 else order]
    return day(value) if value >= context.today else None


def month_weeks(found: Found, context: Context) -> Atom | None:
    """ "erste Dezemberwoche": days 1-7, 8-14, 15-21, 22-28; the last seven days."""
    start, end = calendar.named_month(context.today, _month(found))
    order = found["order"]
    first = end - calendar.WEEK if order == -1 else start + (order - 1) * calendar.WEEK
    return span((first, first + calendar.WEEK), "week")


SOON = 100
"""Days ahead in which most appointments are asked for."""

LATEST = 3
"""Years ahead; a later date is a date of birth with two digits ("3.4.88") or a slip."""


def _ahead_of(value: date, context: Context) -> Atom:
    """A dated day if it can be wished for; else it is known to be none, and must not be read in part."""
    if context.today <= value <= context.today + relativedelta(years=LATEST):
        return day(value)
    return Atom(op=Op.SKIP)


def _dated(context: Context, number: int, value: int, year: str | None) -> Atom | None:
    if year:
        found = calendar.valid(calendar.full_year(year, context.today), number, value)
        return _ahead_of(found, context) if found else None
    found = calendar.day_in_month(context.today, number, value)
    return day(found) if found else None


def full_date(found: Found, context: Context) -> Atom | None:
    """A day and a month, by number or name; a date that is over is no wish."""
    number = found["month"] if "month" in found else found["mo"]
    value = found["ordinal"] if "ordinal" in found else found["d"]
    year = next((found.text(name) for name in ("y", "yyyy", "yy") if name in found), None)
    return _dated(context, number, value, year)


def slash_date(found: Found, context: Context) -> Atom | None:
    """Day first as in Europe ("4/12"); month first where only that makes a date, or one that is much nearer."""
    first, second = found["d"], found["d_2"]
    year = found.text("y") if "y" in found else None
    european = _dated(context, second, first, year) if second <= 12 else None
    american = _dated(context, first, second, year) if first <= 12 else None
    if european is None or american is None or first == second:
        return european or american
    if european.days is None or american.days is None:
        return european
    day_first, month_first = european.days.ranges[0], american.days.ranges[0]
    soon = context.today + timedelta(days=SOON)
    if month_first[0] <= soon < day_first[0]:
        return replace(american, days=replace(american.days, other=(day_first,)))
    return european


def month_day(found: Found, context: Context) -> Atom | None:
    """ "am 3.", "the 3rd": the coming one."""
    value = found["ordinal"] if "ordinal" in found else found["d"]
    coming = calendar.day_of_month(context.today, value)
    return day(coming, floating="day_of_month") if coming else None


def month_days(found: Found, context: Context) -> Atom | None:
    """ "3.-5.12.", "between the 3rd and the 5th": both days included."""
    if "mo" in found or "month" in found:
        number = found["mo"] if "mo" in found else found["month"]
        last = calendar.day_in_month(context.today, number, found["d_2"])
        first = calendar.valid(last.year, number, found["d"]) if last else None
    else:
        last = calendar.day_of_month(context.today, found["d_2"])
        first = calendar.valid(last.year, last.month, found["d"]) if last else None
    if not first or not last or first > last:
        return None
    return span((max(first, context.today), last + ONE_DAY), "day")


def _both_dates(found: Found, context: Context) -> tuple[date, date] | None:
    """Two dates of which the first may leave its month to the second."""
    number = found["mo_2"] if "mo_2" in found else found["mo"]
    last = calendar.day_in_month(context.today, number, found["d_2"])
    first = calendar.day_in_month(context.today, found["mo"], found["d"])
    return (first, last) if first and last and first < last else None


def dates_either(found: Found, context: Context) -> Atom | None:
    """ "7.12./8.12."."""
    both = _both_dates(found, context)
    return Atom(days=Days(tuple(map(calendar.single, both)))) if both else None


def dates_between(found: Found, context: Context) -> Atom | None:
    """ "3.12.-5.12."."""
    both = _both_dates(found, context)
    return span((both[0], both[1] + ONE_DAY), "day") if both else None


def iso_date(found: Found, context: Context) -> Atom | None:
    value = calendar.valid(found["yyyy"], found["mo"], found["d"])
    return _ahead_of(value, context) if value else None


def named_holiday(found: Found, context: Context) -> Atom | None:
    return span(calendar.holiday(context.today, found["holiday"]), "day")


def numbered_holiday(found: Found, context: Context) -> Atom | None:
    text = found.text("")
    name = {"1. advent": "advent", "1. weihnachtstag": "christmas_day", "2. weihnachtstag": "boxing_day"}
    key = next((key for key in name if text.endswith(key)), None)
    return span(calendar.holiday(context.today, name[key]), "day") if key else None


def holiday_week(found: Found, context: Context) -> Atom | None:
    return span(calendar.week(calendar.holiday(context.today, found["holiday"])[0], 0), "week")


def same_time(weeks: int | None, days: int = 0) -> Builder:
    """ "same time next week", against the appointment in question; without one, only the day or week is known."""

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
    """ "eine Woche später": counted from the appointment in question, else from today."""

    def build(found: Found, context: Context) -> Atom | None:
        base = context.anchor.date() if context.anchor else context.today
        value = base + sign * unit_days * ONE_DAY
        return (
            day(value, around=3 if unit_days == 7 and not context.anchor else 0)
            if value >= context.today
            else None
        )

    return build


class ClockReader:
    """Reads the text of `{t}` (any hour) and `{ts}` (one that needs no context) again through the clock forms."""

    GROUPS = ("t", "t_2", "ts", "ts_2")

    def __init__(
        self,
        grammar: Grammar,
        strong: Mapping[str, Callable[[Found], Clock | None]],
        bare: Mapping[str, Callable[[Found], Clock | None]],
    ) -> None:
        self._classes = grammar.classes
        self._forms = [(grammar.compile(pattern), build) for pattern, build in {**strong, **bare}.items()]
        grammar.define("t", [*strong, *bare])
        grammar.define("ts", list(strong))

    def _read(self, text: str) -> Clock | None:
        for compiled, build in self._forms:
            match = compiled.fullmatch(text)
            if match:
                clock = build(Found(match, self._classes))
                if clock:
                    return clock
        return None

    def _all(self, found: Found) -> list[Clock]:
        read = [self._read(found.text(name)) for name in found.in_order(*self.GROUPS)]
        return [clock for clock in read if clock]

    def one(self, bound: str | None = None) -> Builder:
        """One hour; `bound` after or before, or about for "gegen 3"."""

        def build(found: Found, context: Context) -> Atom | None:
            read = self._all(found)
            if not read:
                return None
            clock = read[0]
            if bound == "about":
                clock = replace(clock, bound="about")
            elif bound:
                clock = clocks.bounded(clock, bound)
            return Atom(clocks=(clock,))

        return build

    def both(self, found: Found, context: Context) -> Atom | None:
        """ "zwischen 10 und 12", "10-12 Uhr"."""
        read = self._all(found)
        return Atom(clocks=(clocks.between(*read),)) if len(read) == 2 else None

    def both_with_half(self, found: Found, context: Context) -> Atom | None:
        """ "2-4 pm": the half of the day said at the end."""
        read = [self._read(found.text("t")), self._read(f"{found.text('t_2')} {found.text('ampm')}")]
        return Atom(clocks=(clocks.between(read[0], read[1]),)) if read[0] and read[1] else None

    def either(self, found: Found, context: Context) -> Atom | None:
        """ "um 10 oder 11"."""
        read = self._all(found)
        return Atom(clocks=tuple(read)) if len(read) == 2 else None
