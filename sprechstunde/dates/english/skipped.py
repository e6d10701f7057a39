"""What looks like a time and is none: greetings, doses, the past, numbers of other things."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.atoms import Op
from sprechstunde.dates.language import Rule

SKIPPED = [
    Rule("greeting", r"good (morning|afternoon|evening|day|night)", build.op(Op.SKIP)),
    Rule(
        "greeting_short",
        r"(?<!\S )(morning|afternoon|evening)( ,)?(?= (all|there|everyone|team|doc|dr|doctor|hi|hello|can|could|do you|"
        r"have you|is there|any chance|anything|anythin|i need|i have)(?!\S))",
        build.op(Op.SKIP),
    ),
    Rule(
        "wish",
        r"(have a )(nice|good|great|lovely|wonderful) (day|weekend|evening|week|afternoon|one|{weekday}|"
        r"rest of (the|your) (day|week))",
        build.op(Op.SKIP),
    ),
    Rule("wish_short", r"(happy|merry) ({holiday})", build.op(Op.SKIP)),
    Rule(
        "goodbye",
        r"(see (you|u|ya)|thanks|thank you|bye|ok|okay)( ,| !| \.)? (see (you|u|ya) )?(tomorrow|then|"
        r"later|{weekday}|next week)(?= [.!]|$)",
        build.op(Op.SKIP),
    ),
    Rule(
        "dose",
        r"{n} ?(x|times|mg|ml|g|kg|cm|tablets|pills|tablet|pill|capsules|capsule|puffs|"
        r"drops|lbs|pounds)( a {unit}| daily| per {unit}|"
        r" every {unit})?(( ,| and)? ({n} )?(in the |at |with |before |after )?(morning|night|evening|lunch|bedtime|"
        r"noon|dinner|breakfast))*",
        build.op(Op.SKIP),
    ),
    Rule("sunshine", r"<by|in|from|of|under> (the|much|hot|full) sun", build.op(Op.SKIP)),
    Rule("french", r"monday (dieu|ami|cheri)", build.op(Op.SKIP)),
    Rule("in_a_moment", r"in (a|one) (minute|min|sec|second|moment|bit|mo)", build.op(Op.SKIP)),
    Rule("after_a_while", r"(after|within|for) (a|one) (year|while)", build.op(Op.SKIP)),
    Rule(
        "turning", r"(turns|turning) {n}( (in|this|next) ({month}|{span}|{weekday_any}))?", build.op(Op.SKIP)
    ),
    Rule("school_holidays", r"(summer|school|autumn|half term) (holidays|vacation)", build.op(Op.SKIP)),
    Rule("always_open", r"24/7", build.op(Op.SKIP)),
    Rule("scale", r"<scale> (of|from) (0|1|one|zero) to (10|ten)", build.op(Op.SKIP)),
    Rule("cant_wait", r"(cant|cannot|can not) wait (until|till|for|that long)", build.op(Op.SKIP)),
    Rule("dose_scheme", r"\d-\d-\d(-\d)?", build.op(Op.SKIP)),
    Rule(
        "daily",
        r"((twice|once|three times|every|each) (a |per )?({unit}|morning|night|evening)|per {unit}|"
        r"all (day|night|week|the time)|daily|day (and|or) night)",
        build.op(Op.SKIP),
    ),
    Rule(
        "name",
        r"(mr|mrs|ms|miss|dr|doctor|doc|prof|professor)( \.)? ({weekday}|{weekdays}|{month}|{season}|{part}|tomorrow)",
        build.op(Op.SKIP),
    ),
    Rule(
        "called", r"(name is|im called|called|names|this is) ({month}|{season}|{weekday})", build.op(Op.SKIP)
    ),
    Rule(
        "numbered_street",
        r"({d} (st|nd|rd|th)|{d} {month}) (avenue|ave|street|st|road|rd)( \d+)?",
        build.op(Op.SKIP),
    ),
    Rule(
        "after_an_event",
        r"{n} {unit} after (the|my|an?|our|his|her) (op|operation|surgery|birth|accident|jab|vaccination|delivery|"
        r"injection|fall)",
        build.op(Op.SKIP),
    ),
    Rule("german_street", r"strasse des {d}\.? {month}( \d+)?", build.op(Op.SKIP)),
    Rule("because", r"since(?= (i|we|it|he|she|they|you|im|ive|its|thats|were)(?!\S))", build.op(Op.SKIP)),
    Rule("by_units", r"by {n} {unit}", build.op(Op.SKIP)),
    Rule(
        "shift_kind",
        r"(on nights|working nights|work nights|on the night shift|night shifts?|day shifts?)",
        build.op(Op.SKIP),
    ),
    Rule(
        "turning_next",
        r"(ill be|hell be|shell be|will be) {n} (in|this|next) ({month}|{span})",
        build.op(Op.SKIP),
    ),
    Rule("come_by", r"(drop|stop|pop|come|swing|pass|nip|call) by", build.op(Op.SKIP)),
    Rule(
        "we_would",
        r"wed (like|love|prefer|rather|be|need|want|appreciate|also|both|all|have|take|come|go|really)",
        build.op(Op.SKIP),
    ),
    Rule("age", r"{n} (years?|months?|weeks?) (old|of age)", build.op(Op.SKIP)),
    Rule("pregnant", r"{n} (weeks?|months?) pregnant", build.op(Op.SKIP)),
    Rule(
        "numbered",
        r"(room|number|(?<!am )(?<!pm )no|practice|suite|floor|street|st|apt|phone|tel|unit|flat) \.? ?\d+\.?",
        build.op(Op.SKIP),
    ),
    Rule("may_verb", r"may (i|we|you|be|not|have|need|the|my|it|he|she|they|also|still)", build.op(Op.SKIP)),
    Rule(
        "since",
        r"(since|for <about|over|almost|nearly|more than|around|at least|roughly> <the> <past|"
        r"last> ({n}|some|several|many|a few|few) {unit}(?! (from|appointment|visit|slot)))",
        build.op(Op.PAST),
    ),
    Rule("ago", r"({n}|a few|few|some|several|many) {unit} (ago|back|earlier today)", build.op(Op.PAST)),
    Rule(
        "past_day",
        r"(yesterday|the day before yesterday|last night|recently|the other day|earlier today|"
        r"earlier this week)",
        build.op(Op.PAST),
    ),
    Rule(
        "last",
        r"(last|past|previous) ({span}|{weekday}|{month}|{part}|time|summer|winter|spring|autumn|fall|"
        r"{n} {unit}|few {unit}|couple of {unit}|{unit})",
        build.op(Op.PAST),
    ),
    Rule(
        "thanked",
        r"(thank you|thanks|thank u|thx|ta|cheers|grateful) (so much |very much |a lot |again )?for (?:\S+ ){0,4}"
        r"(this (morning|afternoon)|today)",
        build.op(Op.SKIP),
    ),
    Rule(
        "how_often",
        r"{n} (fits|seizures|infections|falls|attacks|migraines|colds|episodes|flare - ups|miscarriages|stone|kilos|"
        r"relapses|faints|utis) in <only|just|under|about> {n} {unit}",
        build.op(Op.SKIP),
    ),
    Rule("lasting", r"(takes?|lasts?|lasting|lasted) <about|around|for> {n} {unit}", build.op(Op.SKIP)),
    Rule("for_long", r"{n} {unit} (long|off|sick|later than|of pain|prior|beforehand)", build.op(Op.SKIP)),
]
