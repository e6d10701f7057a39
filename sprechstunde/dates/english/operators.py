"""Words that open, turn and tie expressions, and wishes without a time."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.atoms import Op
from sprechstunde.dates.language import Rule

# "I need to be there by 10": no stretch goes on here.
VERB = r"(be|come|see|have|get|make|do|go|say|work|book|cancel|move|leave|take|start|bring|ask|know|change|catch)(?!\S)"

OPERATORS = [
    Rule("out_of", r"from( the)?", build.op(Op.OUT_OF)),
    Rule(
        "from",
        r"(starting|starting from|any day from|any day as of|"
        r"not before|no earlier than|not earlier than|no sooner than|"
        r"not until|as of|not any time before|not any earlier than|"
        r"(cant|cannot)( (do|make|come|manage))?( (anything|it|in))? (until|till|til)|"
        r"(dont have (any )?time|have no time|no time|wont be (back|free|here|home|in|available|around)|"
        r"not (back|free|here|available|around)|unavailable|cant make it|cannot make it) (before|until|till)|"
        r"earliest|as from|onwards from)( (the|on))?",
        build.op(Op.FROM),
    ),
    Rule(
        "after",
        r"(after|any day after|any day past|"
        r"any time past|anytime past|any time after|anytime after|"
        r"sometime after|later than|past|once its after)( the)?",
        build.op(Op.AFTER),
    ),
    Rule(
        "until",
        r"(until|till|by|any day until|any day by|any day up to|"
        r"up to|no later than|not later than|latest|not after|up until|"
        r"by the latest)( (the|on))?",
        build.op(Op.UNTIL),
    ),
    Rule(
        "before",
        r"(before|any day before|any time before|anytime before|sometime before|earlier than|prior to|ahead of)( the)?",
        build.op(Op.BEFORE),
    ),
    Rule("between_now", r"between now and( the)?", build.op(Op.UNTIL)),
    Rule("to", r"(to(?! " + VERB + r")|-|through|thru)( (the|on))?", build.op(Op.TO)),
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
        r"(neither|away|on a business trip|on a trip|on business|on leave|"
        r"out of town|on holiday|on vacation|traveling|travelling|not available|"
        r"unavailable|not free|not good|nothing|none|not around|not in town|<but|just|please|"
        r"definitely|preferably|maybe> not|no|no appointments?|no slots?|not have|"
        r"except|except for|excluding|excl|other than|"
        r"any ?day but|anything but|anytime but|any time but|all but|every day but|any day except|"
        r"any day other than|anything except|apart from|aside from|besides|"
        r"cant (do|make|come|get there|get here|be there|get in|attend|"
        r"manage)( it)?|cannot (do|make|come|manage)( it)?|cant|never|not available|unavailable|"
        r"dont want|not free|im busy|im not free|"
        r"i am busy|busy|skip|avoid|avoiding|without|anything other than|whenever but|whenever except|"
        r"not good)(?! (too|so|that|very) (early|late))( (on|in|the|in the|any|a|an|for|during|during the))?",
        build.op(Op.NOT),
    ),
    Rule(
        "no_but",
        r"(?:(?<=am )|(?<=pm )|(?<=day )|(?<=\d )|(?<=tomorrow ))no(?= (\d|{weekday_any}|tomorrow|"
        r"today))",
        build.op(Op.FILL),
    ),
    Rule(
        "or",
        r"(or|nor|and|/|&|or else|or maybe|or possibly|and also|or perhaps|either|or even|"
        r"alternatively|as well as)",
        build.op(Op.OR),
    ),
    Rule(
        "begin",
        r"<at|in|towards> <the> (beginning|start|early(?! (so|because|cos|as)(?!\S))|"
        r"early in|early on|first half|1 st half|first part|"
        r"top)( of| in)?( the)?",
        build.op(Op.BEGIN),
    ),
    Rule("all_but", r"(?:(?<=all next week )|(?<=all week ))but(?= {weekday_any})", build.op(Op.NOT)),
    Rule(
        "n_and",
        r"(?:(?<=\d )|(?<=am )|(?<=pm )|(?<=day )|(?<=mon )|(?<=tues )|(?<=thurs ))n(?= (\d|{weekday_any}))",
        build.op(Op.OR),
    ),
    Rule(
        "bar",
        r"(bar|barring|save|save for|minus)( (on|the))?(?= ({weekday_any}|{weekdays}|{month}|tomorrow|the {d} )(?!\S))",
        build.op(Op.NOT),
    ),
    Rule("middle", r"<in|around> <the> (middle|mid|midway)( of| -)?( the)?", build.op(Op.MIDDLE)),
    Rule(
        "end",
        r"<at|towards|toward> <the> (end|late|late in|later|later in|tail end|second half|2 nd half|latter half|"
        r"last part|back end|latter part)( of| in)?( the)?",
        build.op(Op.END),
    ),
    Rule(
        "asap",
        r"(asap|as soon as (possible|you can|u can|poss|humanly possible)|as early as (possible|"
        r"you can)|soonest( possible)?|(the )?(earliest|soonest|first|next|nearest) (possible|"
        r"available|free|open|opening|slot|appointment|one available|date|time slot)( slot|"
        r" appointment| one| date| time| opening)?|at (your|the) earliest( convenience| opportunity)?|"
        r""
        r"(the )?(earliest|first|soonest|next)( one| appointment| slot)? (you|u|youve|they)( have| got| can)?( got)?|"
        r"quickest you can( do)?|next avail|first avail|"
        r"(the )?(sooner|earlier|quicker) the better|right away|straight away|as (quickly|quick|"
        r"fast) as (possible|you can)|as fast as possible|immediately|right now|urgently)",
        build.op(Op.ASAP),
    ),
    Rule(
        "any",
        r"(any ?time|anything (works|goes|is fine|is ok)|can always come|always available|"
        r"(whenever|whenevers)( you (can|like|want)| suits( you)?|( is)? (good|fine|best|ok))?|"
        r"any ?(time|times) (works|good|fine|is fine|"
        r"is good|will do|is ok)|doesnt matter when|dont (mind|care) when|dont (mind|care) what (day|"
        r"time)|no preference( on| for)?( time| day)?|(im |i am )?(totally |completely |very |quite |"
        r"pretty )?flexible|any day any time|any time any day|when doesnt matter|dosnt matter when|"
        r"makes no difference when)",
        build.op(Op.ANY),
    ),
    Rule(
        "any_day",
        r"((any|whichever|whatever|every) day( works| is fine| is good| will do| of the week)?|"
        r"(the )?day (doesnt|does not) matter|all days|dont (mind|care) (which|what) day)",
        build.op(Op.ANY_DAY),
    ),
    Rule(
        "any_time",
        r"((the )?time (doesnt|does not) matter|(at )?any time of (the )?day|any hour|dont (mind|"
        r"care) (about|what) (the )?time|whatever time)",
        build.op(Op.ANY_TIME),
    ),
    # against an appointment in question
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
