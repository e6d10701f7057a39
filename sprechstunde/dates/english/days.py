"""Days by name: today, weekdays, days counted from now."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.language import Rule

DAYS = [
    Rule("today", r"<later|earlier> today", build.in_days(0)),
    Rule("later_today", r"(later today|later on today)", build.in_days(0)),
    Rule("tonight", r"(tonight|this evening|this eve)", build.day_with_part(0, "17:00-21:00")),
    Rule("this_morning", r"this morning", build.day_with_part(0, "06:00-12:00")),
    Rule("this_afternoon", r"this (afternoon|aft)", build.day_with_part(0, "12:00-18:00")),
    Rule("this_lunch", r"this (lunchtime|lunch)", build.day_with_part(0, "12:00-14:00")),
    Rule("tomorrow", r"tomorrow", build.in_days(1)),
    Rule("tomorrow_or_after", r"tomorrow or the (day after|next day)", build.few_days(1, 3)),
    Rule("overmorrow", r"<the> day after tomorrow", build.in_days(2)),
    Rule("overmorrow_short", r"overmorrow", build.in_days(2)),
    Rule(
        "tomorrow_week",
        r"(tomorrow week|a week tomorrow|a week from tomorrow|tomorrow in a week)",
        build.in_days(8),
    ),
    Rule(
        "today_week",
        r"(today week|a week today|a week from today|one week today|1 week today|one week from today|a week from now|"
        r"1 week from (now|today))",
        build.in_days(7),
    ),
    Rule(
        "this_day_week",
        r"(this day week|in a sennight|a sennight (today|hence)|week today)",
        build.in_days(7),
    ),
    Rule("this_day_fortnight", r"(this day|today) fortnight", build.in_days(14)),
    Rule("fortnight_today", r"(a )?fortnight (today|from today|from now)", build.in_days(14)),
    Rule(
        "weekday_after_holiday", r"<the> {weekday_any} after <the> {holiday}", build.weekday_beside_holiday(1)
    ),
    Rule(
        "weekday_before_holiday",
        r"<the> {weekday_any} before <the> {holiday}",
        build.weekday_beside_holiday(-1),
    ),
    Rule(
        "fortnight_tomorrow",
        r"((a )?fortnight (tomorrow|from tomorrow)|tomorrow fortnight)",
        build.in_days(15),
    ),
    Rule("today_in_units", r"today in {n} {unit}", build.in_units_from(0)),
    Rule("units_from_today", r"{n} {unit} <from> today", build.in_units_from(0)),
    Rule("tomorrow_in_units", r"tomorrow in {n} {unit}", build.in_units_from(1)),
    Rule("units_from_tomorrow", r"{n} {unit} <from> tomorrow", build.in_units_from(1)),
    Rule("weekday", r"{weekday}", build.weekday),
    Rule("weekday_after_or", r"(?<=or ){weekday_weak}", build.weekday),
    Rule("weekday_after_and", r"(?<=and ){weekday_weak}", build.weekday),
    Rule("weekday_weak", r"{weekday_weak}", build.weekday, weak=True),
    Rule("weekday_on", r"(on|this|for|until|by) {weekday_weak}", build.weekday),
    Rule("weekdays", r"<on> {weekdays}", build.recurring_weekday),
    Rule("every_weekday", r"(every|each|any|always|on any|on a) {weekday_any}", build.recurring_weekday),
    Rule("relative_weekday", r"<on> {rel} {weekday_any}", build.relative_weekday),
    Rule("weekday_next_week", r"{weekday_any} (of )?next week", build.weekday_of_week(1)),
    Rule("weekday_after_next", r"<the> {weekday_any} after next", build.weekday_in_weeks(1)),
    Rule("weekday_week", r"{weekday} week", build.weekday_in_weeks(1)),
    Rule(
        "week_on_weekday",
        r"(<a|one|1> week (on|from|after)( this| next)?|a week) {weekday_any}",
        build.weekday_in_weeks(1),
    ),
    Rule(
        "weeks_from_weekday", r"{n} weeks <from|on|after> <this|next> {weekday_any}", build.weekday_in_weeks()
    ),
    Rule("weekday_in_weeks", r"{weekday_any} in {n} weeks?( time)?", build.weekday_in_weeks()),
    Rule(
        "weekday_fortnight",
        r"({weekday} fortnight|(a )?fortnight (on|from) {weekday})",
        build.weekday_in_weeks(2),
    ),
    Rule(
        "workdays",
        r"(on weekdays|on a weekday|during the week|any weekday|on any weekday|weekdays|week days|working days|"
        r"on working days|m - f|mon - fri|monday - (fri|friday))",
        build.workdays,
    ),
    Rule("weekends", r"((at|on) weekends|weekends|on the weekends)", build.weekends),
]
