"""Parts of the day and hours."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.english.vocabulary import CLOCK, NOT_COUNTING
from sprechstunde.dates.language import Rule

FROM = (
    r"(<starting|only|anytime|any time|sometime|available|earliest> (from|at)|from|starting|"
    r"starting from|not before|no earlier than|not earlier than|at the earliest|earliest|"
    r"any time from|anytime from|from about|from around)"
)
AFTER = (
    r"(<only|anytime|any time|sometime|some time|just|right|shortly|but|preferably> (after|past|"
    r"later than))"
)
UNTIL = r"(until|till|by|up to|no later than|not later than|at the latest|latest|not after|up until)"
BEFORE = (
    r"(<any time|anytime|sometime|some time|just|right|shortly|preferably> (before|earlier than|prior to))"
)
ABOUT = (
    r"(around|about|round|roughly|approximately|approx|approx \.|circa|ish|at around|at about|"
    r"at roughly|near|close to|somewhere around|sometime around|say)"
)
# "Fri 9 - I mean 10": what is said behind one of these is an hour like the one before.
MEANT = (
    r"(?:(?<=i mean )|(?<=i meant )|(?<=make that )|(?<=sorry )|(?<=actually )|(?<=correction )|(?<=correction : )|"
    r"(?<=better )|(?<=scratch that , ))"
)


HOURS = [
    Rule("part", r"<in the|at|during the|during|in|over|the|around> {part}", build.part_of_day),
    Rule("late_in_part", r"<on> late <on> {weekday_any} {late_part}", build.weekday_and_part),
    Rule("early_in_part", r"<on> early <on> {weekday_any} {early_part}", build.weekday_and_part),
    Rule("part_glued", r"{part_short}", build.part_of_day, weak=True),
    Rule(
        "after_work",
        r"(after|straight after|right after) <i finish|my> (work|office hours|my shift|the office|"
        r"shift|hours)",
        build.fixed_hours("16:00-24:00", "after"),
    ),
    Rule(
        "before_work",
        r"before (work|i go to work|going to work|the office|my shift|office hours)",
        build.fixed_hours("00:00-09:00", "before"),
    ),
    Rule(
        "busy_working_until",
        r"(work|working|busy|at work|occupied|at school|teaching|uni|school|class|"
        r"classes|lectures|meeting|shift) (until|till|til) {t}",
        CLOCK.one("after"),
    ),
    Rule(
        "busy_work_ends",
        r"(finish|get off|knock off|clock off|get out of|am off|am done|done|off) "
        r"<work|school|uni|my shift|with work|from work|the office|for the day> (at|around|about) {t}",
        CLOCK.one("after"),
    ),
    Rule(
        "busy_shift_ends",
        r"(work|job|shift|school|class|classes|lecture|lectures|uni|course|nursery|meeting|training) "
        r"(ends|finishes|is over|is out|lets out|is done|is finished) (at|around|about) {t}",
        CLOCK.one("after"),
    ),
    Rule(
        "before_noon",
        r"<any time|sometime|just|up> (before|until|till) (lunch|lunchtime|noon|midday|12 noon)",
        build.fixed_hours("00:00-12:00", "before"),
    ),
    Rule(
        "after_lunch",
        r"<any time|sometime|just> (after|from) (lunch|lunchtime)",
        build.fixed_hours("13:00-24:00", "after"),
    ),
    Rule("hour_not", r"(?<=not ){t}(?=$| (and|or|but|please|,|\.))", CLOCK.one()),
    Rule(
        "not_early",
        r"not (too|so|that|very) early( in the (day|morning))?",
        build.fixed_hours("10:00-24:00", "after"),
    ),
    Rule(
        "not_late",
        r"not (too|so|that|very) late( in the (day|evening))?",
        build.fixed_hours("00:00-16:00", "before"),
    ),
    Rule(
        "after_school",
        r"(after school|after kindergarten|after class|after classes|after the school run|after nursery)",
        build.fixed_hours("13:00-24:00", "after"),
    ),
    Rule(
        "before_school",
        r"before (school|class|kindergarten|nursery)",
        build.fixed_hours("00:00-08:00", "before"),
    ),
    Rule(
        "late",
        r"(as late as possible|late as possible|towards the end of the day|toward the end of the day)",
        build.fixed_hours("15:00-20:00"),
    ),
    Rule(
        "first_slot",
        r"(when you open|as soon as you open|at opening( time)?|right when you open)",
        build.fixed_hours("06:00-09:00"),
    ),
    Rule("clock", r"<at|for|exactly|sharp|sharp at> {ts}( sharp| exactly)?", CLOCK.one()),
    Rule("clock_at", r"(at|at exactly) {t}\.?" + NOT_COUNTING, CLOCK.one()),
    Rule("clock_compact", r"(at|around|about) {compact}" + NOT_COUNTING, build.compact_clock),
    Rule("clock_corrected", MEANT + r"{t}" + NOT_COUNTING, CLOCK.one()),
    Rule("clock_sharp", r"<at> {t} (sharp|exactly|on the dot|precisely)", CLOCK.one()),
    Rule("clock_behind_comma", r"(?<=, )(?=\d{1,2}\.\d\d(?!\S)){t}(?=$| [.!?])", CLOCK.one()),
    Rule(
        "clock_proposed",
        r"(make it|how about|what about|lets say|lets do|rather|say|like|prefer) {t}\.?" + NOT_COUNTING,
        CLOCK.one(),
    ),
    Rule("clock_about", ABOUT + r" {t}\.?", CLOCK.one("about")),
    Rule("clock_about_strong", ABOUT + r" {ts}", CLOCK.one("about")),
    Rule("clock_ish", r"<at|around> {t} <-> ish", CLOCK.one("about")),
    Rule("clock_or_so", r"<at|around> {t} or (so|thereabouts)", CLOCK.one("about")),
    Rule("clock_from", FROM + r" {t}", CLOCK.one("after")),
    Rule("clock_after", AFTER + r" {t}", CLOCK.one("after")),
    Rule("clock_until", UNTIL + r" {t}", CLOCK.one("before")),
    Rule("clock_before", BEFORE + r" {t}", CLOCK.one("before")),
    Rule(
        "clock_onwards",
        r"<from|at> {t} (onwards?|on(?! (the|my|our|that|this|any|a|{month}|\d))|"
        r"or later|and later|or after|and after|at the earliest|"
        r"\+)(?! {weekday_any})",
        CLOCK.one("after"),
    ),
    Rule("clock_or_earlier", r"<at|by> {t} (or earlier|or before|at the latest|latest)", CLOCK.one("before")),
    Rule("clock_between", r"(between|from|btw) {t} (and|n|&|\+|to|until|till|-|til) {t}", CLOCK.both),
    Rule("clock_between_glued", r"<between|from> {t}-{t}( {ampm})", CLOCK.both_with_half),
    Rule("clock_between_sure", r"(between|from) {t}-{t}", CLOCK.both),
    Rule("clock_to", r"{t} (to|-|until|till|til) {ts}", CLOCK.both),
    Rule("clock_to_strong", r"{ts} (to|-|until|till|til) {t}", CLOCK.both),
    Rule("clock_range", r"{t}-{t}", CLOCK.both, weak=True),
    Rule("clock_range_spaced", r"{t} (to|-|until|till) {t}", CLOCK.both, weak=True),
    Rule("clock_or", r"<at|around> {t} or {ts}", CLOCK.either),
    Rule("clock_or_on_day", r"(?=\d){t} or {t}(?= (tomorrow|today|on ({weekday_any}|the \d)))", CLOCK.either),
    Rule("clock_or_bare", r"(at|around) {t} or {t}", CLOCK.either),
    Rule("clock_dotted", r"{t}(?<=\d\.\d\d)", CLOCK.one(), weak=True),
    Rule("hhmm_alone", r"(?=(0[7-9]|1[0-8])[0-5][05](?!\S)){t}", CLOCK.one(), weak=True),
    Rule("clock_on_day", r"(?=\d){t}(?= on (the \d|{month}|{weekday_any}))", CLOCK.one()),
    Rule("clock_given_for", r"{t}(?= (instead of|rather than) {t})", CLOCK.one()),
    Rule(
        "clock_before_part",
        r"{t}(?= (tonight|this (evening|afternoon|morning)|tomorrow (morning|afternoon|evening)))",
        CLOCK.one(),
    ),
    Rule(
        "clock_approved",
        r"{t}(?= (would|should|could|might|is|will|works|suits|does) (also |even |still )?(be )?"
        r"(ok|okay|fine|good|great|better|perfect|nice|possible|best|for me|well|work|do|ideal|lovely)(?!\S))",
        CLOCK.one(),
    ),
    Rule("clock_possible", r"(?=\d){t}(?= (possible|available|doable))", CLOCK.one()),
    Rule("clock_bare", r"{t}", CLOCK.one(), weak=True),
    Rule("midnight", r"midnight", build.fixed_hours("00:00-00:01")),
]
