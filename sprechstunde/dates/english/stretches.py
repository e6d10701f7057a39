"""Weeks, months, seasons, holidays, and what is counted in them."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.language import Rule

STRETCHES = [
    Rule("half_of_month", r"<in> <the> {order} half of {month}", build.month_half),
    Rule(
        "weekday_of_month",
        r"<on> <the> {order} {weekday_any} (in|of) ({month}|<the|this|every|each> month|{rel} month)",
        build.weekday_of_month,
    ),
    Rule("season", r"(in|during|this|next|in the) {season}", build.season),
    Rule("in_new_year", r"in the new {span}", build.unit_span(1)),
    Rule("relative_span", r"<in|during> {rel} {span}", build.unit_span()),
    Rule("week_after_next", r"<the|of|of the> week after next( week)?", build.week_after_next),
    Rule("span_after_next", r"<the> (month after next)", build.month_after_next),
    Rule("weekend_after_next", r"<the> weekend after next", build.weekend_after_next),
    Rule(
        "week_after_that",
        r"<to|into|for> (the week after|the following week|the week after that)(?! {weekday}| {holiday})",
        build.week_after_next,
    ),
    Rule("rest_of_week", r"(the )?rest of (the|this) week", build.rest_of_week),
    Rule("the_span", r"(?<!\d )<the|of|of the> {span}", build.unit_span(0), weak=True),
    Rule(
        "the_weekend",
        r"(at|on|over|during|for|toward|towards) <the> (weekend|wknd|wkend)",
        build.this_weekend,
    ),
    Rule(
        "week_of",
        r"(the )?(week (of|commencing|beginning|starting)|w / c|wc|w c|week c) <the|monday|mon|on> "
        r"({month} {d}( (st|nd|rd|"
        r"th))?|{d}( (st|nd|rd|th))? (of )?{month})",
        build.week_of_date,
    ),
    Rule("calendar_week", r"(calendar week|cw|kw|week|week number|wk) {kw}(?! {unit})", build.calendar_week),
    Rule("month_sometime", r"(sometime in) {month_sure}( {yyyy})?", build.month_name),
    Rule("month_or_name", r"{month_or_name}( {yyyy})?", build.month_name, weak=True),
    Rule("month", r"{month_plain}( {yyyy})?", build.month_name),
    Rule(
        "month_in",
        r"(in|during|for|of) {month}( {yyyy})?(?! (i|we|you|be))",
        build.month_name,
    ),
    Rule("month_edge", r"<in|around|at> <the> {edge} {month}( {yyyy})?", build.month_edge),
    Rule("this_or_next_week", r"<either> this (week )?(or|and) next week", build.two_weeks),
    Rule("relative_month", r"{rel} {month}", build.month_name),
    Rule("week_in_month", r"<the> {order} week (of|in) {month}", build.month_weeks),
    Rule("in_units", r"in <about|around|roughly|like|another> {n} {unit}( time)?", build.in_units),
    Rule("in_units_range", r"in {n} (to|or|-) {n} {unit}", build.in_units_range),
    Rule("in_units_range_glued", r"in {n}-{n} {unit}", build.in_units_range),
    Rule("in_hour_and_half", r"in an hour and a half", build.fixed_ahead(90, "minute")),
    Rule("after_holiday", r"{n} {unit} after {holiday}", build.units_from_holiday(1)),
    Rule("before_holiday", r"{n} {unit} before {holiday}", build.units_from_holiday(-1)),
    Rule("weekend_after_holiday", r"<the> weekend after {holiday}", build.weekend_beside_holiday(1)),
    Rule("weekend_before_holiday", r"<the> weekend before {holiday}", build.weekend_beside_holiday(-1)),
    Rule("weekend_in_weeks", r"<the> weekend in {n} weeks", build.weekend_in_weeks),
    Rule("quarter", r"<in> <the> ({order} quarter|q [1-4])", build.quarter),
    Rule("month_edges", r"<in> {edge} (to|or|/|-|and) {edge} {month}", build.month_edges),
    Rule(
        "week_of_day",
        r"<in> <the> week (of|commencing|beginning|starting) the {d}( (st|nd|rd|th))?",
        build.week_of_day,
    ),
    Rule(
        "in_week_and_half",
        r"in (a week and a half|one and a half weeks|1\.5 weeks)",
        build.few_days(9, 13, "week"),
    ),
    Rule("week_before_holiday", r"<in> <the> week before {holiday}", build.week_before_holiday),
    Rule("day_after_holiday", r"<on> <the|a> day after {holiday}", build.days_from_holiday(1)),
    Rule("day_before_holiday", r"<on> <the|a> day before {holiday}", build.days_from_holiday(-1)),
    Rule(
        "between_holidays", r"<in> <the> <week|days> between {holiday} and {holiday}", build.between_holidays
    ),
    Rule("week_after_holiday", r"<in> <the> week after {holiday}", build.week_after_holiday),
    Rule("first_week_of_year", r"<the> {order} week (of|in) the new {span}", build.first_weeks_of_year),
    Rule("elliptic", r"<the|maybe> {rel_alone}(?= [,.!?)]|$| {after_ellipsis})", build.elliptic(1)),
    Rule("units_from_now", r"{n} {unit} (from now|from today|hence|out|time)", build.in_units),
    Rule(
        "fortnight",
        r"(in a fortnight|in a fortnights time|a fortnight from now|in fortnight|a fortnight today)",
        build.fixed_ahead(14, "day"),
    ),
    Rule("half_hour", r"in (half an hour|half hour|a half hour|30 minutes)", build.fixed_ahead(30, "minute")),
    Rule("in_three_quarters", r"in three quarters of an hour", build.fixed_ahead(45, "minute")),
    Rule("in_two_and_half", r"in (two and a half|2\.5) hours", build.fixed_ahead(150, "minute")),
    Rule("first_days_of_month", r"<the> first (few |couple of )?days (of|in) {month}", build.month_start),
    Rule("half_year", r"(in (half a year|six months)|half a year from now)", build.fixed_ahead(6, "month")),
    Rule("few_days", r"in (a few|few|several|a couple) days( time)?", build.few_days(2, 6)),
    Rule("few_weeks", r"in (a few|few|several) weeks( time)?", build.few_days(14, 36, "week")),
    Rule(
        "next_days",
        r"<in|over|within> the (next|coming) (few |couple of |couple )?days?",
        build.few_days(0, 8),
    ),
    Rule(
        "next_weeks",
        r"<in|over|within|sometime in> the (next|coming) (few |couple of |couple )?weeks",
        build.few_days(0, 22, "week"),
    ),
    Rule("within_sure", r"(within|inside|inside of) <the next|the coming> {n} {unit}", build.within_units),
    Rule("within_next", r"<in|over|within> the (next|coming) {n} {unit}", build.within_units),
    Rule("within_unit", r"within (the|this|a) {unit}", build.within_units),
    Rule("holiday", r"<on|at|over|around> {holiday}", build.named_holiday),
    Rule("holiday_week", r"<in|during> {holiday_week}", build.holiday_week),
]
