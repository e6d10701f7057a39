"""Weeks, months, seasons, holidays, and what is counted in them."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.language import Rule

OF_MONTH = r"((im|in|des|vom|von) ({month}|monats?|{rel} monats?)|{rel} monats?|{month_sure})"

STRETCHES = [
    Rule("season", r"(im|nächsten|kommenden|diesen|nächstes) {season}", build.season),
    Rule("new_year_on", r"im neuen {span}", build.unit_span(1)),
    Rule("half_of_month", r"<in> <der> {order} {half_of_month}", build.month_half),
    Rule("half_month", r"<in> <der|die> {order} hälfte " + OF_MONTH, build.month_half),
    Rule("half_year", r"<im|in> <der|das> {order} (halbjahr|jahreshälfte|halbjahres)", build.year_half),
    Rule(
        "weekday_of_month",
        r"<am|der|den|jeden|immer am> {order} {weekday} " + OF_MONTH,
        build.weekday_of_month,
    ),
    Rule(
        "weekday_of_new_year",
        r"<am|der|den> {order} {weekday} (im|des|vom) neuen (jahr|jahres|jahrs)",
        build.weekday_of_new_year,
    ),
    Rule(
        "weekday_in_new_year",
        r"im neuen jahr(?: (?![.!?])\S+){0,5} (am|den|der) {order} {weekday}",
        build.weekday_of_new_year,
    ),
    Rule("weekend_of_month", r"<am|das> {order} (wochenende|we) " + OF_MONTH, build.weekend_of_month),
    Rule("day_by_order", r"<am|der|den> {order} tag " + OF_MONTH, build.day_by_order),
    Rule(
        "workday_by_order", r"<am|der|den> {order} (werktag|arbeitstag) " + OF_MONTH, build.workday_by_order
    ),
    Rule("days_at_edge", r"<in> <den|die> {order} {n} (tagen|tage) " + OF_MONTH, build.days_at_edge),
    Rule("later_this", r"später (in )?(diese|diesen|dieser|diesem) {span}", build.later_this),
    Rule("towards_weekend", r"(zum|gegen|aufs|auf das) (wochenende|we) (hin|zu)", build.towards_weekend),
    Rule("relative_span", r"{rel}( \.)? {span}", build.unit_span()),
    Rule("next_week_after", r"(nä|die) (kommende|nächste|folgende) {span}", build.unit_span(1)),
    Rule("this_span", r"(der|diese|des) {span}", build.unit_span(0), weak=True),
    Rule("the_week", r"<noch> diese {span}", build.unit_span(0)),
    Rule("this_weekend", r"(am|übers|über das|fürs|für das) (wochenende|we)", build.this_weekend),
    Rule("week_after_next", r"(die )?woche (darauf|danach|drauf)", build.week_after_next),
    Rule(
        "calendar_week",
        r"<der|in der|in> (kw|kalenderwoche|woche nr|woche nr \.|woche nummer) \.? ?{kw}\.?( {yyyy}|/{yyyy})?",
        build.calendar_week,
    ),
    Rule(
        "calendar_week_words",
        r"<der|in der|in> (kalenderwoche|kw|woche nummer|woche nr) {n}",
        build.calendar_week,
    ),
    Rule(
        "weekend_after_next",
        r"<am|das> (wochenende|we) (nach (diesem|dem kommenden|dem nächsten)|darauf|drauf)",
        build.weekend_after_next,
    ),
    Rule("calendar_week_ordinal", r"{kw}\. (kw|kalenderwoche)", build.calendar_week),
    Rule("month_edge", r"{edge} {month}( {yyyy})?", build.month_edge),
    Rule("month", r"(im|in|für|den ganzen) {month}( {yyyy})?", build.month_name),
    Rule("month_unprefixed", r"{month_sure}( {yyyy})?", build.month_name),
    Rule("month_or_name", r"{month_or_name}( {yyyy})?", build.month_name, weak=True),
    Rule(
        "this_or_next_week",
        r"(diese|dieser) (oder|und|/) (nächste|nächster|kommende|die nächste) woche",
        build.two_weeks,
    ),
    Rule("month_before_appointment", r"{month}(?= (- )?termin)", build.month_name),
    Rule("relative_month", r"{rel} {month}", build.month_name),
    Rule("week_of_month", r"{order} {week_of_month}", build.month_weeks),
    Rule("week_in_month", r"{order} woche <im|in|vom|des|von> {month}", build.month_weeks),
    Rule(
        "in_units",
        r"in <etwa|ca|ca \.|ungefähr|so|circa|rund|genau|exakt|punktgenau> {n}( \.)? {unit}",
        build.in_units,
    ),
    Rule("only_in_units", r"erst in <etwa|ca|ca \.|ungefähr|so> {n} {unit}", build.in_short_units),
    Rule("in_units_range", r"in {n} (bis|oder|-|,) {n} {unit}", build.in_units_range),
    Rule("in_units_range_glued", r"in {n}-{n} {unit}", build.in_units_range),
    Rule("in_and_half", r"in <etwa|ca|ca \.|ungefähr|so> {n_and_half} {unit}", build.in_units_and_half),
    Rule("in_and_half_digits", r"in <etwa|ca|ca \.|ungefähr|so> {n} (1/2|½) {unit}", build.in_units_and_half),
    Rule("in_hours_typed", r"in <etwa|ca|ca \.|ungefähr|so> {n} uhr(?! \d)", build.hours_ahead),
    Rule(
        "in_quarter_hour",
        r"in (einer|ner|er) (viertelstunde|viertel (stunde|std|std \.))",
        build.fixed_ahead(15, "minute"),
    ),
    Rule("week_before_holiday", r"<in|der|die> woche vor {holiday}", build.week_before_holiday),
    Rule(
        "in_week_and_half",
        r"in (anderthalb|eineinhalb|1,5|einundhalb) (wochen|wo)",
        build.few_days(9, 13, "week"),
    ),
    Rule("in_week_and_half_digits", r"in 1 (1/2|½) wochen", build.few_days(9, 13, "week")),
    Rule("after_holiday", r"{n} {unit} nach {holiday}", build.units_from_holiday(1)),
    Rule("before_holiday", r"{n} {unit} vor {holiday}", build.units_from_holiday(-1)),
    Rule("weekend_after_holiday", r"<am|das> wochenende nach {holiday}", build.weekend_beside_holiday(1)),
    Rule("weekend_before_holiday", r"<am|das> wochenende vor {holiday}", build.weekend_beside_holiday(-1)),
    Rule("weekend_in_weeks", r"<am|das> (wochenende|we) in {n} wochen", build.weekend_in_weeks),
    Rule("quarter", r"<im|in|das> ({order} (quartal|quartals|vierteljahr)|q [1-4])", build.quarter),
    Rule("week_of_day", r"<in> (der|die) woche (vom|ab|ab dem) {d}\.", build.week_of_day),
    Rule(
        "week_of_date",
        r"<in> (der|die) woche (vom|ab|ab dem) ({d}\.{mo}\.?|{d}\.? {month})",
        build.week_of_date,
    ),
    Rule(
        "day_after_holiday",
        r"<am|der|den|einen> (tag|brückentag) nach <dem|der> {holiday}",
        build.days_from_holiday(1),
    ),
    Rule(
        "day_before_holiday",
        r"<am|der|den|einen> (tag|brückentag) vor <dem|der> {holiday}",
        build.days_from_holiday(-1),
    ),
    Rule(
        "between_holidays", r"(zwischen|zw|zw \.) {holiday} (und|u|u \.|&) {holiday}", build.between_holidays
    ),
    Rule(
        "week_after_holiday", r"<in> (die|der) <ersten|erste> woche nach {holiday}", build.week_after_holiday
    ),
    Rule("first_week_of_year", r"{order} woche (im neuen|des neuen) {span}", build.first_weeks_of_year),
    Rule(
        "elliptic",
        r"<die|den|das|in der|auf|auf die> {rel_alone}(?= [,.!?)]|$| {after_ellipsis})",
        build.elliptic(1),
    ),
    Rule(
        "elliptic_later",
        r"<die|den|das|in der|auf|auf die> {rel_later}(?= [,.!?)]|$| {after_ellipsis})",
        build.elliptic(2),
    ),
    Rule(
        "in_three_quarters",
        r"in (einer|ner|er) (dreiviertelstunde|(dreiviertel|3/4) (stunde|std|std \.))",
        build.fixed_ahead(45, "minute"),
    ),
    Rule(
        "first_days_of_month",
        r"<die|den|in den> (ersten|erste) <paar> (tagen|tage) (im|des|vom|von) {month}",
        build.month_start,
    ),
    Rule("in_half_year", r"in (einem|nem|am) (halben|halbn|1/2|½) jahr", build.fixed_ahead(6, "month")),
    Rule(
        "in_half_hour",
        r"in (etwa |ca |ca \. |so |ungefähr )?(einer|ner|er|a)? ?(halben|halbn|halb|1/2|½) (stunde|std|std \.|"
        r"stündchen)",
        build.fixed_ahead(30, "minute"),
    ),
    Rule("in_quarter", r"in (einem|nem) vierteljahr", build.fixed_ahead(3, "month")),
    Rule("in_few_days", r"in (ein|n)? ?(paar|einigen|wenigen) tagen", build.few_days(2, 6)),
    Rule("in_few_weeks", r"in (ein|n)? ?(paar|einigen|wenigen) wochen", build.few_days(14, 36, "week")),
    Rule(
        "next_days", r"<in|innerhalb> (den|die|der) (nächsten|kommenden) <paar> tagen?", build.few_days(0, 8)
    ),
    Rule("coming_days", r"(die tage|dieser tage)", build.few_days(0, 8)),
    Rule(
        "soon_weeks",
        r"<in|innerhalb> (den|die|der) (nächsten|kommenden) <paar> wochen",
        build.few_days(0, 29, "week"),
    ),
    Rule(
        "within", r"(innerhalb|binnen) <von|der|des|eines|einer|nächsten> ({n} )?{unit}", build.within_units
    ),
    Rule(
        "workday_before_holiday",
        r"<am|der|den> letzten? (werktag|arbeitstag) vor <den|"
        r"dem> {holiday}",
        build.workday_beside_holiday(-1),
    ),
    Rule(
        "workday_after_holiday",
        r"<am|der|den> ersten? (werktag|arbeitstag) nach <den|"
        r"dem> {holiday}",
        build.workday_beside_holiday(1),
    ),
    Rule(
        "first_of_month",
        r"(zum|am|den) (monatsersten|ersten des monats|nächsten ersten|kommenden ersten)|"
        r"nächsten ersten",
        build.first_of_month,
    ),
    Rule("within_next", r"<in|innerhalb> (den|die|der) (nächsten|kommenden) {n} {unit}", build.within_units),
    Rule("holiday", r"<an|zu|am|der|den> {holiday}", build.named_holiday),
    Rule(
        "holiday_numbered",
        r"<am|zum|der|den> (1|2|3|4) ?(\.|ter|ten) (advent|adventssonntag|adventsonntag|"
        r"weihnachtstag|weihnachtsfeiertag)",
        build.numbered_holiday,
    ),
    Rule(
        "weekend_of_advent",
        r"<am> ({order}|1\.|2\.|3\.|4\.) (adventswochenende|adventwochenende)",
        build.advent_weekend,
    ),
    Rule("holiday_week", r"<der|in der> {holiday_week}", build.holiday_week),
]
