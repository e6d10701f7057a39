"""The English grammar: patterns and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sprechstunde.dates import builders as build
from sprechstunde.dates import clocks
from sprechstunde.dates import english_words as words
from sprechstunde.dates.atoms import Op
from sprechstunde.dates.language import Found, Grammar, Language, Rule, Scanner, cue
from sprechstunde.dates.model import Clock
from sprechstunde.dates.text import Spelling, fold

CLASSES: dict[str, Mapping[str, Any]] = {
    "weekday": words.WEEKDAY | words.WEEKDAY_SHORT,
    "weekday_weak": words.WEEKDAY_WEAK,
    "weekday_any": words.WEEKDAY | words.WEEKDAY_SHORT | words.WEEKDAY_WEAK,
    "weekdays": words.WEEKDAYS,
    "month": words.MONTH,
    "month_sure": words.MONTH_SURE,
    "part": words.PART,
    "n": words.COUNT,
    "h": words.HOUR,
    "m": words.MINUTE,
    "hour_word": words.HOUR,
    "minute_word": {word: minutes for word, minutes in words.MINUTE.items() if minutes > 9},
    "season": words.SEASON,
    "past": words.MINUTE_PAST,
    "ampm": words.AMPM,
    "ordinal": words.ORDINAL,
    "order": words.ORDER,
    "edge": words.EDGE,
    "part_short": words.PART_SHORT,
    "rel": words.REL,
    "span": words.SPAN,
    "unit": words.UNIT,
    "holiday": words.HOLIDAY,
    "holiday_week": words.HOLIDAY_WEEK,
}


def _spelling() -> Spelling:
    aliases = {fold(word): tuple(fold(part) for part in parts) for word, parts in words.ALIASES.items()}
    vocabulary = {fold(part) for table in CLASSES.values() for word in table for part in word.split()}
    targets = tuple(dict.fromkeys(fold(word) for word in words.TARGETS))
    return Spelling(
        aliases, targets, frozenset(vocabulary | set(targets) | {fold(word) for word in words.KNOWN})
    )


def _instant(found: Found, minutes: int, *, hour_grain: bool = False) -> Clock | None:
    """am and pm settle the half of the day; 24-hour clocks and a leading zero do too."""
    if "ampm" in found:
        if minutes >= 13 * 60:
            return clocks.instant(minutes, literal=True, grain_hour=hour_grain)
        half = found["ampm"]
        minutes = minutes % (12 * 60) + (12 * 60 if half == "pm" else 0)
        return clocks.instant(minutes, literal=True, grain_hour=hour_grain)
    literal = "h" in found and found.text("h").startswith("0")
    return clocks.instant(minutes, literal=literal, grain_hour=hour_grain)


def _hour(found: Found) -> Clock | None:
    return _instant(found, found["h"] * 60, hour_grain=True)


def _and_minutes(found: Found) -> Clock | None:
    return _instant(found, found["h"] * 60 + found["m"])


def _past(found: Found) -> Clock | None:
    return _instant(found, found["h"] * 60 + found["past"])


def _to(found: Found) -> Clock | None:
    return _instant(found, (found["h"] or 12) * 60 - found["past"])


NOT_COUNTING = (
    r"(?! (?:%|€|x|times?|days?|weeks?|wks?|months?|years?|yrs?|hours?|hrs?|minutes?|mins?|mg|g|kg|ml|cm|mm|km|miles|euros?|pounds|degrees|people|persons|kids|children|"
    r"tablets|pills|drops|percent|operations|sessions|appointments|visits|of us|{month_sure}|years old|yo|st|nd|rd|th)(?!\S))"
)
STRONG_CLOCK = {
    r"{hour_word} {minute_word}( {ampm})?": lambda found: _instant(
        found, found["hour_word"] * 60 + found["minute_word"]
    ),
    r"{h}[:.]{m} {ampm}": _and_minutes,
    r"{h}:{m}\.?( hrs| hours| h)?": _and_minutes,
    r"{h} {ampm}": _hour,
    r"{h} (oclock|o clock)( {ampm})?": _hour,
    r"{h} {m} {ampm}": _and_minutes,
    r"half past {h}( {ampm})?": lambda found: _instant(found, found["h"] * 60 + 30),
    r"half {h}": lambda found: _instant(found, found["h"] * 60 + 30),
    r"{past} <minutes|mins> (past|after) {h}( {ampm})?": _past,
    r"{past} <minutes|mins> (to|before|till|til|of) {h}( {ampm})?": _to,
    r"<12|twelve> (noon)": lambda found: clocks.instant(12 * 60, literal=True, grain_hour=True),
    r"(12|twelve) midday": lambda found: clocks.instant(12 * 60, literal=True, grain_hour=True),
}
BARE_CLOCK = {
    r"{hhmm}": lambda found: _instant(found, found["hhmm"] // 100 * 60 + found["hhmm"] % 100),
    r"{h}[.]{m}": _and_minutes,
    r"{h} {m}(?= |$)": _and_minutes,
    r"{h}" + NOT_COUNTING: _hour,
}

SPELLING = _spelling()
GRAMMAR = Grammar(CLASSES, SPELLING)
CLOCK = build.ClockReader(GRAMMAR, STRONG_CLOCK, BARE_CLOCK)

FROM = r"(<starting|only|anytime|any time|sometime|available|earliest> (from|at)|from|starting|starting from|not before|no earlier than|not earlier than|at the earliest|earliest|any time from|anytime from|from about|from around)"
AFTER = r"(<only|anytime|any time|sometime|some time|just|right|shortly|but|preferably> (after|past|later than)|since)"
UNTIL = r"(until|till|by|up to|no later than|not later than|at the latest|latest|not after|up until)"
BEFORE = (
    r"(<any time|anytime|sometime|some time|just|right|shortly|preferably> (before|earlier than|prior to))"
)
ABOUT = r"(around|about|round|roughly|approximately|approx|approx \.|circa|ish|at around|at about|at roughly|near|close to|somewhere around|sometime around|say)"

RULES = [
    Rule("greeting", r"good (morning|afternoon|evening|day|night)", build.op(Op.SKIP)),
    Rule(
        "wish",
        r"(have a )(nice|good|great|lovely|wonderful) (day|weekend|evening|week|afternoon|one|rest of (the|your) (day|week))",
        build.op(Op.SKIP),
    ),
    Rule("wish_short", r"(happy|merry) ({holiday})", build.op(Op.SKIP)),
    Rule(
        "goodbye",
        r"(see (you|u|ya)|thanks|thank you|bye|ok|okay)( ,| !| \.)? (see (you|u|ya) )?(tomorrow|then|later|{weekday}|next week)(?= [.!]|$)",
        build.op(Op.SKIP),
    ),
    Rule(
        "dose",
        r"{n} ?(x|times|mg|ml|g|kg|cm|tablets|pills|drops|lbs|pounds)( a {unit}| daily| per {unit}| every {unit})?",
        build.op(Op.SKIP),
    ),
    Rule("scale", r"<scale> (of|from) (0|1|one|zero) to (10|ten)", build.op(Op.SKIP)),
    Rule("cant_wait", r"(cant|cannot|can not) wait (until|till|for|that long)", build.op(Op.SKIP)),
    Rule("dose_scheme", r"\d-\d-\d(-\d)?", build.op(Op.SKIP)),
    Rule(
        "daily",
        r"((twice|once|three times|every|each) (a |per )?({unit}|morning|night|evening)|per {unit}|all (day|night|week|the time)|daily|day (and|or) night)",
        build.op(Op.SKIP),
    ),
    Rule("age", r"{n} (years?|months?|weeks?) (old|of age)", build.op(Op.SKIP)),
    Rule("pregnant", r"{n} (weeks?|months?) pregnant", build.op(Op.SKIP)),
    Rule(
        "numbered",
        r"(room|number|no|practice|suite|floor|street|st|apt|phone|tel|unit|flat) \.? ?\d+\.?",
        build.op(Op.SKIP),
    ),
    Rule("may_verb", r"may (i|we|you|be|not|have|need|the|my|it|he|she|they|also|still)", build.op(Op.SKIP)),
    Rule(
        "since",
        r"(since|for <about|over|almost|nearly|more than|around|at least|roughly> <the> <past|last> ({n}|some|several|many|a few|few) {unit}(?! (from|appointment|visit|slot)))",
        build.op(Op.PAST),
    ),
    Rule("ago", r"({n}|a few|few|some|several|many) {unit} (ago|back|earlier today)", build.op(Op.PAST)),
    Rule(
        "past_day",
        r"(yesterday|the day before yesterday|last night|recently|the other day|earlier today|earlier this week)",
        build.op(Op.PAST),
    ),
    Rule(
        "last",
        r"(last|past|previous) ({span}|{weekday}|{month}|{part}|time|summer|winter|spring|autumn|fall|{n} {unit}|few {unit}|couple of {unit}|{unit})",
        build.op(Op.PAST),
    ),
    Rule("lasting", r"(takes?|lasts?|lasting|lasted) <about|around|for> {n} {unit}", build.op(Op.SKIP)),
    Rule("for_long", r"{n} {unit} (long|off|sick|later than|of pain|prior|beforehand)", build.op(Op.SKIP)),
    # days
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
        r"(today week|a week today|a week from today|one week from today|a week from now|1 week from (now|today))",
        build.in_days(7),
    ),
    Rule("two_weeks_today", r"(two|2) weeks (today|from today)", build.in_days(14)),
    Rule("two_weeks_tomorrow", r"(two|2) weeks (tomorrow|from tomorrow)", build.in_days(15)),
    Rule("weekday", r"{weekday}", build.weekday),
    Rule("weekday_weak", r"{weekday_weak}", build.weekday, weak=True),
    Rule("weekday_on", r"(on|this|for|until|by|or|and) {weekday_weak}", build.weekday),
    Rule("weekdays", r"<on> {weekdays}", build.recurring_weekday),
    Rule("every_weekday", r"(every|each|any|always|on any|on a) {weekday_any}", build.recurring_weekday),
    Rule("relative_weekday", r"<on> {rel} {weekday_any}", build.relative_weekday),
    Rule("weekday_next_week", r"{weekday_any} (of )?next week", build.weekday_of_week(1)),
    Rule("weekday_after_next", r"<the> {weekday_any} after next", build.weekday_in_weeks(1)),
    Rule("weekday_week", r"{weekday} week", build.weekday_in_weeks(1)),
    Rule(
        "week_on_weekday",
        r"<a|one|1> week (on|from|after) <this|next> {weekday_any}",
        build.weekday_in_weeks(1),
    ),
    Rule(
        "weeks_from_weekday", r"{n} weeks (from|on|after) <this|next> {weekday_any}", build.weekday_in_weeks()
    ),
    Rule("weekday_in_weeks", r"{weekday_any} in {n} weeks?( time)?", build.weekday_in_weeks()),
    Rule("weekday_fortnight", r"({weekday} fortnight|a fortnight on {weekday})", build.weekday_in_weeks(2)),
    Rule(
        "workdays",
        r"(on |during )?(weekdays|a weekday|the week|week days|any weekday|working days|workdays)",
        build.workdays,
        weak=True,
    ),
    Rule(
        "workdays_sure",
        r"(on weekdays|on a weekday|during the week|any weekday|weekdays|weekdays only|mon - fri|monday - friday)",
        build.workdays,
    ),
    Rule("weekends", r"((at|on) weekends|weekends|on the weekends)", build.weekends),
    # stretches
    Rule("half_of_month", r"<in> <the> {order} half of {month}", build.month_half),
    Rule(
        "weekday_of_month",
        r"<on> <the> {order} {weekday_any} (in|of) ({month}|<the|this> month|{rel} month)",
        build.weekday_of_month,
    ),
    Rule("season", r"<in|during|this|next|the> {season}", build.season),
    Rule("in_new_year", r"in the new {span}", build.unit_span(1)),
    Rule("relative_span", r"<in|during> {rel} {span}", build.unit_span()),
    Rule("week_after_next", r"<the|of|of the> week after next( week)?", build.week_after_next),
    Rule("span_after_next", r"<the> (month after next)", build.month_after_next),
    Rule("weekend_after_next", r"<the> weekend after next", build.weekend_after_next),
    Rule(
        "week_after_that",
        r"(the week after|the following week|the week after that)(?! {weekday}| {holiday})",
        build.week_after_next,
    ),
    Rule("rest_of_week", r"(the )?rest of (the|this) week", build.rest_of_week),
    Rule("the_span", r"<the|of|of the> {span}", build.unit_span(0), weak=True),
    Rule(
        "the_weekend",
        r"(at|on|over|during|for|toward|towards) <the> (weekend|wknd|wkend)",
        build.this_weekend,
    ),
    Rule(
        "week_of",
        r"(the )?week (of|commencing|beginning|starting) <the|monday|on> ({month} {d}( (st|nd|rd|th))?|{d}( (st|nd|rd|th))? (of )?{month})",
        build.week_of_date,
    ),
    Rule("calendar_week", r"(calendar week|cw|kw|week|week number|wk) {kw}(?! {unit})", build.calendar_week),
    Rule("month", r"<sometime in|in|during|for> {month_sure}( {yyyy})?", build.month_name),
    Rule(
        "month_in",
        r"(in|during|for|of) {month}( {yyyy})?(?! (i|we|you|be))",
        build.month_name,
    ),
    Rule("month_edge", r"<in|around|at> <the> {edge} {month}( {yyyy})?", build.month_edge),
    Rule("relative_month", r"{rel} {month}", build.month_name),
    Rule("week_in_month", r"<the> {order} week (of|in) {month}", build.month_weeks),
    Rule("in_units", r"in <about|around|roughly|like|another> {n} {unit}( time)?", build.in_units),
    Rule("units_from_now", r"{n} {unit} (from now|from today|hence|out|time)", build.in_units),
    Rule(
        "fortnight",
        r"(in a fortnight|in a fortnights time|a fortnight from now|in fortnight|a fortnight today)",
        build.fixed_ahead(14, "day"),
    ),
    Rule("half_hour", r"in (half an hour|half hour|a half hour|30 minutes)", build.fixed_ahead(30, "minute")),
    Rule("half_year", r"in (half a year|six months)", build.fixed_ahead(6, "month")),
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
    # dates
    Rule(
        "date_month_first",
        r"<on> <the> {month} <the> ({d}( (st|nd|rd|th))?|{ordinal})( ,)?( ({yyyy}|{yy}))?(?! (am|pm|oclock|o clock))",
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
    Rule("date_iso", r"{yyyy}-{mo}-{d}", build.iso_date),
    Rule(
        "month_day",
        r"<on> <the> {d} (st|nd|rd|th)( of (this|the) month)?(?! (one|option|appointment|slot|time|of (them|those)|floor|{span}))",
        build.month_day,
    ),
    Rule(
        "month_day_word", r"on the {ordinal}(?! (one|option|appointment|slot|floor|{span}))", build.month_day
    ),
    Rule("month_day_dot", r"on the {d}\.?" + NOT_COUNTING, build.month_day),
    Rule(
        "days_of_month",
        r"<from|between> <the> {d}( (st|nd|rd|th))? (to|and|-|until|till) <the> {d}( (st|nd|rd|th))? <of> {month}",
        build.month_days,
    ),
    Rule(
        "days_month_first",
        r"<from|between> {month} {d}( (st|nd|rd|th))? (to|and|-|until|till) {d}( (st|nd|rd|th))?",
        build.month_days,
    ),
    Rule("days_month_glued", r"{month} {d}-{d}", build.month_days),
    Rule("days_glued_month", r"{d}-{d} {month}", build.month_days),
    Rule(
        "days_plain",
        r"<from|between> <the> {d} (st|nd|rd|th) (to|and|-|until|till) <the> {d} (st|nd|rd|th)",
        build.month_days,
    ),
    # parts of the day and hours
    Rule("part", r"<in the|at|during the|during|in|over|the|around> {part}", build.part_of_day),
    Rule("part_glued", r"{part_short}", build.part_of_day, weak=True),
    Rule(
        "after_work",
        r"(after|straight after|right after) <i finish|my> (work|office hours|my shift|the office|shift|hours)",
        build.fixed_hours("16:00-24:00", "after"),
    ),
    Rule(
        "before_work",
        r"before (work|the office|my shift|office hours)",
        build.fixed_hours("00:00-09:00", "before"),
    ),
    Rule(
        "working_until",
        r"(work|working|busy|at work|occupied|at school|teaching) (until|till|til) {t}",
        CLOCK.one("after"),
    ),
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
    Rule("clock", r"<at|for|exactly|sharp at> {ts}( sharp| exactly)?", CLOCK.one()),
    Rule("clock_at", r"(at|at exactly) {t}\.?" + NOT_COUNTING, CLOCK.one()),
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
        r"<from|at> {t} (onwards?|on|or later|and later|or after|and after|at the earliest|\+)(?! {weekday_any})",
        CLOCK.one("after"),
    ),
    Rule("clock_or_earlier", r"<at|by> {t} (or earlier|or before|at the latest|latest)", CLOCK.one("before")),
    Rule("clock_between", r"(between|from|btw) {t} (and|to|until|till|-|til) {t}", CLOCK.both),
    Rule("clock_between_glued", r"<between|from> {t}-{t}( {ampm})", CLOCK.both_with_half),
    Rule("clock_between_sure", r"(between|from) {t}-{t}", CLOCK.both),
    Rule("clock_to", r"{t} (to|-|until|till|til) {ts}", CLOCK.both),
    Rule("clock_to_strong", r"{ts} (to|-|until|till|til) {t}", CLOCK.both),
    Rule("clock_range", r"{t}-{t}", CLOCK.both, weak=True),
    Rule("clock_range_spaced", r"{t} (to|-|until|till) {t}", CLOCK.both, weak=True),
    Rule("clock_or", r"<at|around> {t} or {ts}", CLOCK.either),
    Rule("clock_or_bare", r"(at|around) {t} or {t}", CLOCK.either),
    Rule("clock_dotted", r"{t}(?<=\d\.\d\d)", CLOCK.one(), weak=True),
    Rule("clock_bare", r"{t}", CLOCK.one(), weak=True),
    Rule("midnight", r"midnight", build.fixed_hours("00:00-00:01")),
    # operators
    Rule("out_of", r"from( the)?", build.op(Op.OUT_OF)),
    Rule(
        "from",
        r"(starting|starting from|not before|no earlier than|not earlier than|no sooner than|not until|as of|earliest|as from|onwards from)( (the|on))?",
        build.op(Op.FROM),
    ),
    Rule(
        "after",
        r"(after|any time after|anytime after|sometime after|later than|past|once its after)( the)?",
        build.op(Op.AFTER),
    ),
    Rule(
        "until",
        r"(until|till|by|up to|no later than|not later than|latest|not after|up until|by the latest)( (the|on))?",
        build.op(Op.UNTIL),
    ),
    Rule(
        "before",
        r"(before|any time before|anytime before|sometime before|earlier than|prior to|ahead of)( the)?",
        build.op(Op.BEFORE),
    ),
    Rule("to", r"(to|-|through|thru)( (the|on))?", build.op(Op.TO)),
    Rule(
        "at_the_latest",
        r"(at the latest|at latest|latest|tops|or before that|or earlier|or sooner)",
        build.op(Op.LATEST),
    ),
    Rule(
        "at_the_earliest", r"(at the earliest|at earliest|or later|onwards?|or after)", build.op(Op.EARLIEST)
    ),
    Rule("between", r"between( the)?", build.op(Op.BETWEEN)),
    Rule(
        "not",
        r"(neither|away|out of town|on holiday|on vacation|traveling|travelling|not available|unavailable|not free|not good|nothing|none|not around|not in town|<but|just|please|definitely|preferably|maybe> not|no|except|except for|excluding|excl|other than|any ?day but|anything but|anytime but|any time but|all but|every day but|any day except|"
        r"any day other than|anything except|apart from|aside from|besides|cant (do|make|come|manage)( it)?|cannot (do|make|come|manage)( it)?|cant|never|not available|unavailable|dont want|not free|im busy|im not free|"
        r"i am busy|busy|avoid|avoiding|without|anything other than|whenever but|whenever except|not good)( (on|in|the|in the|at|any|a|an|for|during|during the))?",
        build.op(Op.NOT),
    ),
    Rule(
        "or",
        r"(or|nor|and|/|&|or else|or maybe|or possibly|and also|or perhaps|either|or even|alternatively|as well as)",
        build.op(Op.OR),
    ),
    Rule(
        "begin",
        r"<at|in|towards> <the> (beginning|start|early|early in|early on|first half|first part|top)( of| in)?( the)?",
        build.op(Op.BEGIN),
    ),
    Rule("middle", r"<in|around> <the> (middle|mid|midway)( of| -)?( the)?", build.op(Op.MIDDLE)),
    Rule(
        "end",
        r"<at|towards|toward> <the> (end|late|late in|later|later in|tail end|second half|latter half|last part|back end|latter part)( of| in)?( the)?",
        build.op(Op.END),
    ),
    Rule(
        "asap",
        r"(asap|as soon as (possible|you can|u can|poss|humanly possible)|as early as (possible|you can)|soonest( possible)?|(the )?(earliest|soonest|first|next|nearest) (possible|available|free|open|opening|slot|appointment|one available|date|time slot)( slot| appointment| one| date| time| opening)?|at (your|the) earliest( convenience| opportunity)?|(the )?(sooner|earlier|quicker) the better|right away|straight away|as (quickly|quick|fast) as (possible|you can)|as fast as possible|immediately|right now|urgently)",
        build.op(Op.ASAP),
    ),
    Rule(
        "any",
        r"(any ?time|anything (works|goes|is fine|is ok)|can always come|always available|whenever( you (can|like|want)| suits( you)?| is (good|fine|best))?|any ?time (works|is fine|is good|will do|is ok)|doesnt matter when|dont (mind|care) when|dont (mind|care) what (day|time)|no preference( on| for)?( time| day)?|(im |i am )?(totally |completely |very |quite |pretty )?flexible|any day any time|any time any day|when doesnt matter|dosnt matter when|makes no difference when)",
        build.op(Op.ANY),
    ),
    Rule(
        "any_day",
        r"((any|whichever|whatever|every) day( works| is fine| is good| will do| of the week)?|(the )?day (doesnt|does not) matter|all days|dont (mind|care) (which|what) day)",
        build.op(Op.ANY_DAY),
    ),
    Rule(
        "any_time",
        r"((the )?time (doesnt|does not) matter|(at )?any time of (the )?day|any hour|dont (mind|care) (about|what) (the )?time|whatever time)",
        build.op(Op.ANY_TIME),
    ),
    # against an appointment
    Rule("same_time_next_week", r"<at> <the> same time( on)? next week", build.same_time(1)),
    Rule(
        "same_time_week_later",
        r"<at> <the> same time( the| a)? (following week|week later)",
        build.same_time(1),
    ),
    Rule("week_later", r"(a|one|1) week later", build.later_than(7)),
    Rule("day_later", r"(a|one|1) day later", build.later_than(1)),
    Rule("weeks_later", r"(two|2) weeks later", build.later_than(14)),
    Rule("week_earlier", r"(a|one|1) week (earlier|sooner)", build.later_than(7, -1)),
    Rule("day_earlier", r"(a|one|1) day (earlier|sooner)", build.later_than(1, -1)),
]

FILLERS = frozenset(
    fold(word)
    for word in [
        ",",
        "on",
        "at",
        "in",
        "the",
        "of",
        "for",
        "around",
        "about",
        "maybe",
        "perhaps",
        "please",
        "preferably",
        "ideally",
        "sometime",
        "some",
        "time",
        "then",
        "so",
        "is",
        "would",
        "be",
        "it",
        "works",
        "work",
        "suits",
        "best",
        "ish",
        "if",
        "possible",
        "like",
        "say",
        "possibly",
        "just",
        "only",
        "also",
        "good",
        "fine",
        "anytime",
        "(",
        ")",
        "-",
        ":",
        '"',
        "a",
        "an",
        "well",
        "actually",
        "during",
        "i",
        "can",
        "could",
        "do",
        "make",
        "and's",
        "either",
        "morningish",
        "appointment",
        "slot",
        "me",
    ]
)
CORRECTIONS = cue(
    r"(?<!\S)(no|nope|sorry|actually|rather|instead|i mean|i meant|make that|make it|wait|scratch that|but rather|better|correction|oops|change that|id prefer|on second thought)(?!\S)"
)
REFUSALS = cue(
    r"( (is|are|was|will|would|im|i|am|that|which|it|this|for|me|my|we|they|just|really|unfortunately|sadly|though|also|both|be|not|so))*"
    r" (dosnt (work|suit)|dont (work|suit)|does not (work|suit)|dos not (work|suit)|do not (work|suit)|wont (work|do)|not (work|working|possible|good|great|an option|available|free|ideal|convenient)|isnt (good|possible|great|an option|ideal)|"
    r"arent (good|possible|great)|no good|cant|cannot|bad|out|impossible|difficult|busy|tricky|away|unavailable|off the table|dont think so|never|terrible|no go)(?!\S)"
    r"(?! (wait|do|make)\b)"
)
OWNED = cue(
    r"(?<!\S)(my|our|the|this|his|her|that|moms|dads) (\S+ )?(appointment|appt|apt|appointments|visit|booking|checkup|slot)( (is|was|that|which|i|have|i have|at|on|for|from|of|the|scheduled|booked|made|set|currently|in|this|ive|got|with|dr|doctor))*$"
    r"|(?<!\S)(have|ive got|had|got|have got|i have) (an|a|my) (\S+ )?(appointment|appt|apt|booking|checkup|slot)( (at|on|for|booked|scheduled|the|this|with you|in))*$"
    r"|(?<!\S)(rather|better|prefer) .*than( on)?$|(?<!\S)(results|prescription|tests|test|bloods|letter|referral|script|x ray|scan|surgery|operation) (from|of|on|dated)( the)?$|(?<!\S)(instead of|rather than|in place of)( (on|the|at))*$"
    r"|(?<!\S)(im|i am) (booked|scheduled)( in)?( (for|on|at))*$"
)
OWNED_AROUND = cue(
    r"(?<!\S)(cancel|move|reschedule|change|postpone|about|miss|make|for) ((my|our|the|this) )?@( \S+)? (appointment|appt|apt|booking)(?!\S)|(?<!\S)(my|our|the) ((on|at) )?@( \S+)? (appointment|appt|apt|booking)(?!\S)"
)
PAST = cue(
    r"(?<!\S)(fell|hurt myself|twisted|sprained|broke|started|happened|was operated|had surgery|got bitten|was bitten|missed|was there|was in|came in|visited|born|birthday|dob|birthdate|date of birth|birth date|was seen|began|injured|got stung|slipped|was discharged|cut myself|gave blood|blood taken|blood drawn|was tested|got tested|got vaccinated)(?!\S)"
)
MOVING = cue(
    r"(?<!\S)(move|moved|moving|reschedule|rescheduled|rescheduling|change|changed|switch|shift|push|postpone|swap|bring forward|rebook|pushed|bring|brought)(?!\S)"
)

ENGLISH = Language(
    "en", SPELLING, Scanner(GRAMMAR, RULES), FILLERS, CORRECTIONS, REFUSALS, OWNED, OWNED_AROUND, PAST, MOVING
)
