"""What points back to a day that was named: "after that", "the day before", "the Monday after"."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.language import Rule, cue

REFERENCES = [
    Rule(
        "refer_from",
        r"<any time|anytime> (from then on|from then|from that day on|from that day)",
        build.reference,
    ),
    Rule(
        "refer_after",
        r"<any time|anytime|sometime|some time|any day|shortly|right|straight|soon> "
        r"(after (that|this)( date| day)?|after (then|it)|afterwards|afterward|thereafter)"
        r"(?! (week|month|one|appointment|{weekday_any}))",
        build.reference,
    ),
    Rule(
        "refer_before",
        r"<any time|anytime|sometime|some time|any day|shortly|right> (before (that|this)( date| day)?|"
        r"before (then|it)|beforehand|prior to that)"
        r"(?! (week|month|one|appointment|{weekday_any}))",
        build.reference,
    ),
    Rule(
        "refer_next_day",
        r"(the day after that|(the )?(day after|next day|following day))(?! that| {holiday}| tomorrow| the| my|"
        r" {weekday_any})",
        build.reference,
    ),
    Rule(
        "refer_previous_day",
        r"(the )?(day before|previous day|day before that)(?! {holiday}| yesterday| the| my| {weekday_any})",
        build.reference,
    ),
    Rule(
        "refer_same_day",
        r"<on> (the same|that same|that very|that|the very same|same) day",
        build.reference,
    ),
    Rule("refer_weekday_after", r"<on> the {weekday_any} (after|after that|following)", build.weekday),
    Rule("refer_weekday_after", r"<on> the following {weekday_any}", build.weekday),
    Rule("refer_weekday_before", r"<on> the {weekday_any} before( that)?", build.weekday),
    Rule(
        "refer_week_after",
        r"<to|into|for|in> the following (?=week){span}",
        build.unit_span(1),
    ),
    Rule(
        "refer_week_after",
        r"<to|into|for|in> the (week after|week after that)(?! {weekday_any}| {holiday}| next| the| my)",
        build.week_after_next,
    ),
    Rule(
        "refer_week_before",
        r"<to|into|for|in> the (previous week|week before|week before that)(?! {weekday_any}| {holiday}| the| my)",
        build.reference,
    ),
]
# "Anything after that is fine", but not "can I drive after that".
REFERRING = cue(
    r"(?<!\S)(any time|anytime|any day|anything|sometime|some time|only|from|so|but|or|be|come|seen|it|appointment|"
    r"slot|please|preferably|ideally|just|right|shortly|soon|possible|available|free|day|one|something|straight) @|"
    r"@ (is|would|works|work|please|pls|suits|if|should|any|anything|i can|im free|i am free|im available|only|will|"
    r"all|everything|whenever|preferably|id)(?!\S)|"
    r"(?<!\S)(need|want|like|book|get|have)(?: \S+){0,6} (vaccination|jab|appointment|checkup|slot|test|shot|done) @"
)
