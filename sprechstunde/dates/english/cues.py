"""What stands between and around expressions: fillers, corrections, refusals, words of the past."""

from __future__ import annotations

from sprechstunde.dates.language import cue
from sprechstunde.dates.text import fold

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
        "@",
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
        "um",
    ]
)
CORRECTIONS = cue(
    r"(?<!\S)(no|nope|sorry|actually|rather|instead|i mean|i meant|make that|make it|wait|"
    r"scratch that|but rather|better|correction|oops|change that|id prefer|"
    r"on second thoughts?|just joking|joking|just kidding|kidding|never mind|forget that|lets take|ill take|"
    r"lets go with|ill go with|go for)(?!\S)"
)
REFUSALS = cue(
    r"( (is|are|was|will|would|im|i|am|that|which|it|this|for|me|my|we|they|just|really|"
    r"unfortunately|sadly|though|also|both|be|not|so))*"
    r" (dosnt (work|suit)|dont (work|suit)|does not (work|suit)|dos not (work|suit)|do not (work|"
    r"suit)|wont (work|do)|not (work|working|possible|good|great|an option|available|free|ideal|"
    r"convenient)|isnt (good|possible|great|an option|ideal)|"
    r"arent (good|possible|great)|no good|cant|cannot|bad|out|impossible|difficult|busy|tricky|"
    r"away|unavailable|off the table|dont think so|never|terrible|no go)(?!\S)"
    r"(?! (wait|do|make)\b)"
)
APPROVALS = cue(
    r"( (it|that|which|all|both))*( (would|should|could|will|might|is|are))?( (be|also|all|both|just))*"
    r" (good|fine|ok|okay|great|better|best|perfect|possible|work|works|do|does|suit|suits|instead|rather)(?!\S)"
)
OWNED = cue(
    r"(?<!\S)(my|our|the|this|his|her|that|moms|dads) ((?!earliest|first|next|soonest|latest|"
    r"last)\S+ )?(appointment|appt|apt|appointments|"
    r"visit|booking|checkup|slot)( (is|was|that|which|i|have|i have|at|on|for|from|of|the|"
    r"scheduled|booked|made|set|currently|in|this|ive|got|with|dr|doctor))*$"
    r"|(?<!\S)(?<!you )(?<!they )(?<!dr )(?<!you still )(?<!could i )(?<!can i )(?<!may i )"
    r"(?<!could we )(?<!can we )(?<!to )(?<!could )(?<!can )(?<!may )(have|ive got|had|got|have got|i have) (an|"
    r"a|my) (\S+ )?(appointment|appt|apt|"
    r"booking|checkup|slot)( (at|on|for|booked|scheduled|the|this|with you|in))*$"
    r"|(?<!\S)(rather|better|prefer) .*than( on)?$|(?<!\S)(results|sick note|sicknote|sick leave|invoice|bill|"
    r"fit note|prescription|tests|test|bloods|"
    r"letter|referral|script|x ray|scan|surgery|operation) (from|of|on|dated)( the)?$|"
    r"(?<!\S)(instead of|rather than|in place of)( (on|the|at))*$"
    r"|(?<!\S)(im|i am) (booked|scheduled)( in)?( (for|on|at))*$"
    r"|(?<!\S)(my|our)$"
    r"|(?<!\S)(has|have|had) (appointment|appt|termin)( (at|on|for))*$"
    r"|(?<!\S)(we|you) (had |have |ve )?(said|agreed|arranged|scheduled|gave me|booked me|put me down)"
    r"( (me|in|on|for|at))*$"
    r"|(?<!\S)(currently|at the moment)( (its|is|on|for|at|booked|scheduled|down|in))*$|(?<!\S)its currently$"
)
OWNED_AROUND = cue(
    r"(?<!\S)(its|it is|is) @ (at the moment|currently|right now|as it stands)(?!\S)|"
    r"(?<!\S)(have to|need to|must|got to|gotta|should) (be(?! (seen|examined|treated|checked|vaccinated|booked|"
    r"there|done|tested)(?!\S))( (?!,)\S+){1,5}|leave( (?!,)\S+){0,5}) @|"
    r"(?<!\S)(cancel|move|reschedule|change|postpone|about|miss|make|for) ((my|our|the|"
    r"this) )?@( \S+)? (appointment|appt|apt|booking)(?!\S)|(?<!\S)(my|our|the) ((on|"
    r"at) )?@( \S+)? (appointment|appt|apt|booking)(?!\S)"
)
PAST = cue(
    r"(?<!\S)(i took|she took|he took|swallowed|fell|(hurt|burn|burnt|burned|bumped|knocked|strained|pulled|"
    r"tore|bruised|injured|scratched) (my|"
    r"his|her|a|the)|"
    r"tripped|threw up|vomited|collapsed|fainted|passed away|(hardly|barely|cant|cannot) (sleep|breathe|walk|"
    r"eat|stand|swallow)|"
    r"(was|were) (a|great|good|fun|awful|terrible|ill|sick)|"
    r"had (covid|fever|a fever|pain|flu|surgery|an op|an accident)|died|lost \d+|already asked|"
    r"already wrote|wrote to you|was vaccinated|last period|"
    r"i had (?!an? \S*(?:appoint|appt|slot|booking|question)|to|hoped|wanted|thought|my|the)\S+|"
    r"hurt myself|twisted|sprained|broke|started|happened|was operated|had surgery|"
    r"got bitten|was bitten|missed|was there|was in|(?<!if i )(?<!if we )came in(?! (an?|\d+|half|two|"
    r"three) \S+)|visited|born|birthday|dob|birthdate|"
    r"date of birth|birth date|was seen|began|injured|got stung|slipped|was discharged|cut myself|"
    r"had an?(?! \S*(appoint|appt|apt|slot|booking|check))|"
    r"gave blood|blood taken|blood drawn|was tested|got tested|got vaccinated)(?!\S)"
)
MOVING = cue(
    r"(?<!\S)(prepone|preponed|preponing|preponement|brought forward|"
    r"move|moved|moving|reschedule|rescheduled|rescheduling|change|changed|switch|shift|"
    r"push|postpone|swap|bring forward|rebook|pushed|bring|brought)(?!\S)"
)
# A part of the day beside these tells of what one has or takes, not of when one would like to come ...
HABITS = cue(
    r"(?<!\S)(pain|pains|painful|hurts?|hurting|aches?|aching|ached|cough\w*|fever|nausea|dizzy|itch\w*|burns|heartburn|"
    r"cramps?|sweats?|sweating|wake up|sleep|slept|asleep|inject|insulin|chills|wine|beer|drink|smoke|"
    r"headaches?|migraines?|bp|blood pressure|measure|pulse|"
    r"sugars?|waking|worse|worst|tablets?|pills?|drops|capsules?|symptoms|stiff|swollen|usually|normally|dinner|"
    r"supper|get up|go to bed|bedtime|wakes?|woke|keeps me|"
    r"insomnia|dose|mg|spray|puffs?|breakfast|"
    r"i take|i always take|taking)(?!\S)"
)
# ... unless the clause asks for something.
WANTS = cue(
    r"(?<!\S)(appointment\w*|appt|apt|slot|come|coming|free|available|would|could|can|id|need|needs|want|wants|like|"
    r"must|should|have to|has to|please|pls|works?|suits?|possible|see|seen|book|visit|anything|prefer|rather)(?!\S)"
)
# Where a clause may end without a comma, if what follows asks for something.
CONJUNCTIONS = frozenset({"and", "but", "so"})
CONTRASTS = frozenset({"not", "no", "cant", "doesnt", "dosnt", "isnt", "wont", "instead", "but", "bad"})
CLOSED_AROUND = cue(
    r"(?<!\S)(you|youre|you are|they|theyre)( \S+)? (close|closed|shut)( on)?( the)? @ [,.;]|"
    r"@ (youre|you are) (\S+ )?(closed|shut) [,.;]"
)
