"""Dates with a number."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.english.vocabulary import NOT_COUNTING
from sprechstunde.dates.language import Rule

# "The 2nd" is a day where nothing is counted by it: "my 2nd wisdom tooth".
NOT_COUNTED = (
    r"(?=$| (?:[,.!?;:)(&/+-]|(?:and|or|at|in|around|about|is|isnt|was|works?|would|wont|will|suits?|please|pls|if|to|"
    r"be|til|until|till|of|from|after|before|between|then|instead|maybe|should|could|can|cant|doesnt|dosnt|also|for|any|looks|"
    r"sounds|ok|okay|fine|good|great|bad|i|im|we|you|as|but|so|by|on|with|say|early|late|first|half|quarter|not|though|"
    r"through|thru|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"morning|afternoon|evening|noon|midday|lunchtime|lunch|am|pm|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday|onwards|onward|upwards|or|does|did|do|because|since|please|when|where|who|plus|free|available|preferably|ideally|latest|earliest|sharp|only|still|has|have|there|anytime|sometime|same|like|instead|evening|if|my|the|our|this|that|he|she|they|youre|im|its|thats|has|already|anyway|possible|work|need|was|mon|tue|wed|thu|fri|lunchtime|late|now|than|unless|except|rather|otherwise|just|via|both|all|via|unfortunately|\d\S*)(?!\S)))"
)
NUMBERED = [
    Rule(
        "date_month_first",
        r"<on> <the> {month} <the> ({d}( (st|nd|rd|th))?|{ordinal})(( ,)? ({yyyy}|{yy}))?",
        build.full_date,
    ),
    Rule(
        "date_day_first",
        r"<on> <the> ({d}( (st|nd|rd|th))?\.?|{ordinal}) <of> {month}(( ,)? ({yyyy}|{yy}))?",
        build.full_date,
    ),
    Rule("date_ordinals", r"<on> <the> {ordinal} of <the> {ordinal}(?! (month|{unit}))", build.ordinal_date),
    Rule("date_slash", r"<on> <the> {d}/{d}(/{y})?", build.slash_date),
    Rule("date_dots", r"<on> <the> {d}\.{mo}\.({y})?(?! (am|pm))", build.full_date),
    Rule("date_dots_year", r"<on> <the> {d}\.{mo}\.{y}", build.full_date),
    Rule("date_dashes", r"<on> <the> {d}-{mo}-{y}", build.full_date),
    Rule("date_iso", r"{yyyy}[-/]{mo}[-/]{d}", build.iso_date),
    Rule("month_day", r"<on> <the> {d} (st|nd|rd|th)( of (this|the) month)?" + NOT_COUNTED, build.month_day),
    Rule(
        "weekday_numbered",
        r"{weekday_any}( ,)? (the )?{d} (st|nd|rd|th)(?! ((of )?{month}|thing))",
        build.month_day,
    ),
    Rule(
        "month_day_behind",
        r"(?:(?<=from the )|(?<=by the )|(?<=until the )|(?<=before the )|(?<=after the )|(?<=to the )|(?<=for the )|"
        r"(?<=starting the ))({d} (st|nd|rd|th)|{ordinal})(?! (of|day|week|month|year|time|try|attempt|visit|dose|jab|"
        r"vaccination|shot|child|floor|avenue|ave|street|st|road|rd|one|half|option|slot|appointment|opinion|"
        r"{weekday_any}|{span}|trimester|part|operation|op|surgery)(?!\S))",
        build.month_day,
        weak=True,
    ),
    Rule("date_dots_on", r"on {d}\.{mo}(?! ?(am|pm|uhr|oclock)(?!\S))", build.full_date),
    Rule(
        "date_dots_morning",
        r"(?=(1[3-9]|2\d|3[01])\.){d}\.{mo}(?= (in the |early )?morning)",
        build.full_date,
    ),
    Rule("date_dots_late", r"(?=(2[4-9]|3[01])\.){d}\.{mo}", build.full_date),
    Rule("date_dots_odd", r"(?=(1[3-9]|2\d)\.(0[1-46-9]|11)){d}\.{mo}", build.full_date),
    Rule(
        "month_day_on",
        r"on <the> {d} (st|nd|rd|th)(?! (day|week|time|try|attempt|visit|dose|jab|child|floor|avenue|ave|street|st|"
        r"road|rd)(?!\S))",
        build.month_day,
    ),
    Rule(
        "month_day_word", r"on the {ordinal}(?! (one|option|appointment|slot|floor|{span}))", build.month_day
    ),
    Rule(
        "month_day_high", r"(on )?the {ordinal_high}(?! (one|floor|time|birthday|{span}|of))", build.month_day
    ),
    Rule("month_day_dot", r"on the {d}\.?" + NOT_COUNTING, build.month_day),
    Rule(
        "days_between_of_month",
        r"between <the> {d}( (st|nd|rd|th))? and <the> {d}( (st|nd|rd|th))? <of> {month}",
        build.month_days,
    ),
    Rule(
        "days_of_month",
        r"<from> <the> {d}( (st|nd|rd|th))? (to|-|until|till|through|thru) <the> {d}( (st|nd|rd|th))? <of> {month}",
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
        r"<from> <the> {d} (st|nd|rd|th) (to|-|until|till|through|thru) <the> {d} (st|nd|rd|th)",
        build.month_days,
    ),
    Rule(
        "days_between",
        r"(between|btw) <the> {d}( (st|nd|rd|th))? and <the> {d} (st|nd|rd|th)",
        build.month_days,
    ),
]
