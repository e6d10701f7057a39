"""Weeks, months, seasons, holidays, and what is counted in them."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.language import Rule

# March and May are verbs too, but not behind these.
BEHIND = (
    r"(?:(?<=until )|(?<=before )|(?<=after )|(?<=from )|(?<=by )|(?<=to )|(?<=since )|(?<=early )|(?<=late )|"
    r"(?<=mid )|(?<=mid - )|(?<=end )|(?<=of )|(?<=beginning )|(?<=starting ))"
)
OF_MONTH = r"(<in|of|in the|of the> ({rel} month|{month_sure})|(in|of) ({month}|<the|this|every|each> month))"

STRETCHES = [
    Rule("half_of_month", r"<in> <the> {order} half " + OF_MONTH, build.month_half),
    Rule("half_year", r"<in> <the> {order} half of (the|this) year", build.year_half),
    Rule("weekday_of_month", r"<on> <the> {order} {weekday_any} " + OF_MONTH, build.weekday_of_month),
    Rule(
        "weekday_of_new_year",
        r"<on> <the> {order} <working> {weekday_any} (of|in) the new year",
        build.weekday_of_new_year,
    ),
    Rule(
        "weekday_in_new_year",
        r"(in|of) the new year( ,)? <on|maybe|please> <the> {order} <working> {weekday_any}",
        build.weekday_of_new_year,
    ),
    Rule("weekend_of_month", r"<on|at> <the> {order} (weekend|wknd) " + OF_MONTH, build.weekend_of_month),
    Rule("day_by_order", r"<on> <the> {order} day " + OF_MONTH, build.day_by_order),
    Rule(
        "workday_by_order",
        r"<on> <the> {order} (working day|workday|business day|weekday) " + OF_MONTH,
        build.workday_by_order,
    ),
    Rule("days_at_edge", r"<in|during> <the> {order} {n} days " + OF_MONTH, build.days_at_edge),
    Rule("later_this", r"(later|later on|later in) (this|the) {span}", build.later_this),
    Rule("towards_weekend", r"(towards|toward|just before) the (weekend|wknd)", build.towards_weekend),
    Rule("season", r"(in|during|this|next|in the) {season}", build.season),
    Rule("in_new_year", r"in the new {span}", build.unit_span(1)),
    Rule("relative_span", r"<in|during> {rel} {span}", build.unit_span()),
    Rule("week_after_next", r"<the|of|of the> week after next( week)?", build.week_after_next),
    Rule("span_after_next", r"<the> (month after next)", build.month_after_next),
    Rule(
        "weekend_after_next",
        r"<the> (weekend|wknd|wkend) after (next|this one|this|that|this coming one|the coming one)",
        build.weekend_after_next,
    ),
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
        r"(the )?(week (of|commencing|beginning|starting)|w / c|wc|w c|week c|w / b|wb|w b) <the|monday|mon|on> "
        r"({month} {d}( (st|nd|rd|"
        r"th))?|{d}( (st|nd|rd|th))? (of )?{month})",
        build.week_of_date,
    ),
    Rule(
        "calendar_week",
        r"<in|during> <the> (calendar week|cw|kw|week|week number|week no|"
        r"week no \.|wk|week nr) \.? ?{kw}\.?( {yyyy}|/{yyyy})?(?! {unit})",
        build.calendar_week,
    ),
    Rule(
        "calendar_week_words",
        r"<in|during> <the> (calendar week|cw|week number|week no) {n}",
        build.calendar_week,
    ),
    Rule("month_sometime", r"(sometime in) {month_sure}( {yyyy})?", build.month_name),
    Rule("month_or_name", r"{month_or_name}( {yyyy})?", build.month_name, weak=True),
    Rule("month", r"{month_plain}( {yyyy})?", build.month_name),
    Rule(
        "month_in",
        r"(in|during|for|of) {month}( {yyyy})?(?! (i|we|you|be))",
        build.month_name,
    ),
    Rule(
        "month_behind",
        BEHIND + r"{month}( {yyyy})?(?! (i|we|you|be|the|not|have|my|on|every|around|up|with)(?!\S))",
        build.month_name,
    ),
    Rule(
        "month_before_appointment",
        r"{month}(?= (appointment|appt|apt|slot|checkup|visit|booking)(?!\S))",
        build.month_name,
    ),
    Rule("month_edge", r"<in|around|at> <the> {edge} {month}( {yyyy})?", build.month_edge),
    Rule("this_or_next_week", r"<either> this (week )?(or|and) next week", build.two_weeks),
    Rule("relative_month", r"{rel} {month}", build.month_name),
    Rule("week_in_month", r"<the> {order} week (of|in) {month}", build.month_weeks),
    Rule(
        "in_units",
        r"in <about|around|roughly|like|another|exactly|precisely|just> {n} {unit}( time)?",
        build.in_units,
    ),
    Rule("in_units_range", r"in {n} (to|or|-) {n} {unit}", build.in_units_range),
    Rule("in_units_range_glued", r"in {n}-{n} {unit}", build.in_units_range),
    Rule(
        "in_hour_and_half",
        r"(in an hour and a half|an hour and a half from now)",
        build.fixed_ahead(90, "minute"),
    ),
    Rule("in_and_half", r"in <about|around|roughly> {n_and_half} {unit}( time)?", build.in_units_and_half),
    Rule(
        "in_and_half_digits", r"in <about|around|roughly> {n} (1/2|½) {unit}( time)?", build.in_units_and_half
    ),
    Rule("and_half_from_now", r"({n_and_half}|{n} (1/2|½)) {unit} (from now|hence)", build.in_units_and_half),
    Rule(
        "in_quarter_hour",
        r"(in (a )?quarter of an hour|in a quarter hour|(a )?quarter of an hour (from now|hence))",
        build.fixed_ahead(15, "minute"),
    ),
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
    Rule(
        "day_after_holiday",
        r"<on> <the|a> (day|bridge day|bridging day) after {holiday}",
        build.days_from_holiday(1),
    ),
    Rule(
        "day_before_holiday",
        r"<on> <the|a> (day|bridge day|bridging day) before {holiday}",
        build.days_from_holiday(-1),
    ),
    Rule(
        "between_holidays",
        r"<in> <the> <week|days> (between|btw|betw|b/w) {holiday} (and|&) {holiday}",
        build.between_holidays,
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
    Rule(
        "half_hour",
        r"(in (about |around |roughly |like )?(half an hour|half hour|a half hour|30 minutes|1/2 hour|"
        r"1/2 an hour|½ an hour)|half an hour (from now|hence))",
        build.fixed_ahead(30, "minute"),
    ),
    Rule("in_three_quarters", r"in three quarters of an hour", build.fixed_ahead(45, "minute")),
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
    Rule(
        "within_fortnight", r"(within|in|over) <the next|a|the coming|the> fortnight", build.few_days(0, 15)
    ),
    Rule(
        "week_of_slashed",
        r"(week (of|commencing|beginning|starting)|w / c|wc|w c|"
        r"week c) <the> {d}[/.]{mo}\.?",
        build.week_of_date,
    ),
    Rule("this_time_next_week", r"<about|at> this time next week", build.now_in_days(7)),
    Rule("this_time_tomorrow", r"<about|at> this time tomorrow", build.now_in_days(1)),
    Rule("same_day_next_week", r"(the )?same day next week", build.later_than(7)),
    Rule(
        "workday_before_holiday",
        r"<the> last (working day|workday|"
        r"business day) before <the> {holiday}",
        build.workday_beside_holiday(-1),
    ),
    Rule(
        "workday_after_holiday",
        r"<the> first (working day|workday|"
        r"business day) after <the> {holiday}",
        build.workday_beside_holiday(1),
    ),
    Rule("within_sure", r"(within|inside|inside of) <the next|the coming> {n} {unit}", build.within_units),
    Rule("within_next", r"<in|over|within> the (next|coming) {n} {unit}", build.within_units),
    Rule("within_unit", r"within (the|this|a) {unit}", build.within_units),
    Rule("holiday", r"<on|at|over|around|in> <the> {holiday}", build.named_holiday),
    Rule(
        "holiday_numbered",
        r"<on> <the> (1 st|2 nd|3 rd|4 th|1\.|2\.|3\.|4\.) advent( sunday)?",
        build.numbered_holiday,
    ),
    Rule(
        "weekend_of_advent", r"<on|at> <the> ({order}|1\.|2\.|3\.|4\.) advent weekend", build.advent_weekend
    ),
    Rule("holiday_week", r"<in|during> {holiday_week}", build.holiday_week),
]
