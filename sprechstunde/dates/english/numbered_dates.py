"""Dates with a number."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.english.vocabulary import NOT_COUNTING
from sprechstunde.dates.language import Rule

NUMBERED = [
    Rule(
        "date_month_first",
        r"<on> <the> {month} <the> ({d}( (st|nd|rd|th))?|{ordinal})( ,)?( ({yyyy}|{yy}))?(?! (am|pm|"
        r"oclock|o clock))",
        build.full_date,
    ),
    Rule(
        "date_day_first",
        r"<on> <the> ({d}( (st|nd|rd|th))?\.?|{ordinal}) <of> {month}( ,)?( ({yyyy}|{yy}))?",
        build.full_date,
    ),
    Rule("date_slash", r"<on> <the> {d}/{d}(/{y})?", build.slash_date),
    Rule("date_dots", r"<on> <the> {d}\.{mo}\.({y})?(?! (am|pm))", build.full_date),
    Rule("date_dots_year", r"<on> <the> {d}\.{mo}\.{y}", build.full_date),
    Rule("date_dashes", r"<on> <the> {d}-{mo}-{y}", build.full_date),
    Rule("date_iso", r"{yyyy}[-/]{mo}[-/]{d}", build.iso_date),
    Rule(
        "month_day",
        r"<on> <the> {d} (st|nd|rd|th)( of (this|the) month)?(?! (one|option|appointment|slot|time|"
        r"of (them|those)|floor|{span}))",
        build.month_day,
    ),
    Rule(
        "month_day_word", r"on the {ordinal}(?! (one|option|appointment|slot|floor|{span}))", build.month_day
    ),
    Rule("month_day_dot", r"on the {d}\.?" + NOT_COUNTING, build.month_day),
    Rule(
        "days_of_month",
        r"<from|between> <the> {d}( (st|nd|rd|th))? (to|and|-|until|till|through|thru) <the> {d}( (st|nd|rd|"
        r"th))? <of> {month}",
        build.month_days,
    ),
    Rule(
        "days_month_first",
        r"<from|between> {month} {d}( (st|nd|rd|th))? (to|and|-|until|till|through|thru) <the> {d}( (st|nd|rd|th))?",
        build.month_days,
    ),
    Rule("days_month_glued", r"{month} {d}-{d}", build.month_days),
    Rule("days_glued_month", r"{d}-{d} {month}", build.month_days),
    Rule(
        "days_plain",
        r"<from|between> <the> {d} (st|nd|rd|th) (to|and|-|until|till|through|thru) <the> {d} (st|nd|rd|th)",
        build.month_days,
    ),
]
