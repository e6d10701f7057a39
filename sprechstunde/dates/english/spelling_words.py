"""Spelling and typos: aliases, words that typos may have meant, words near those that mean themselves."""

from __future__ import annotations

from sprechstunde.dates.english import borrowed
from sprechstunde.dates.english.time_words import HOUR, WEEKDAY_NAMES, WEEKDAYS
from sprechstunde.dates.tables import phrases

ALIASES = phrases(
    """
    tomorrow: tmrw | tmr | tmrrw | tomoz | tomo | 2morrow | 2moro | 2mrw | tomoro | tommorow | tomorow | tommorrow
    tonight: 2nite | 2night
    end of the week: eow
    end of the month: eom
    end of the year: eoy
    at: @
    tomorrow: tmw | tmro | tomorrows
    today: todays | 2day
    tonight: tonite
    night: nite
    weekend: wkend
    weekends: wkends
    oclock: oclock
    clock: clock
    asap: asap
    afternoon: avo | arvy | arvo | aftnoon | afternoonish
    next: nxt | nex
    wednesday: wendsday | wensday | wednsday | weds
    thursday: thurs | thrusday
    tuesday: tues
    friday: fryday | firday
    monday: mon
    morning: mornin
    early morning: earlyish
    lunchtime: lunchtimeish
    week: wk
    fortnight: fortnights
    end of day: eod
    evening: evng
    evenings: eves
    weekday mornings: weekdaymornings
    any time: anytime
    any day: anyday
    whenever: whenever
    cant: cannot
    middle of the week: midweek
    midday: midday
    until: til | till
    before: b4
    between: btwn | betw
    noonish: noonish
    q: q
    """
) | phrases(borrowed.WORDS)

TARGETS = (
    *WEEKDAY_NAMES,
    *WEEKDAYS,
    "january",
    "february",
    "april",
    "august",
    "september",
    "october",
    "november",
    "december",
    "tomorrow",
    "tonight",
    "morning",
    "mornings",
    "afternoon",
    "afternoons",
    "evening",
    "evenings",
    "weekend",
    "fortnight",
    "quarter",
    "lunchtime",
    "christmas",
    "midday",
    "between",
    "today",
    "earliest",
    "possible",
    "around",
    "before",
    "until",
)
KNOWN = frozenset(
    [
        "money",
        "month",
        "months",
        "mouth",
        "moth",
        "moody",
        "monkey",
        "monty",
        "sundae",
        "sundry",
        "friend",
        "fridge",
        "fries",
        "tuesdays",
        "mourning",
        "moving",
        "evens",
        "evening",
        "even",
        "event",
        "events",
        "thirsty",
        "weekly",
        "weekday",
        "weekdays",
        "week",
        "weeks",
        "todays",
        "toady",
        "tonite",
        "possibly",
        "posible",
        "round",
        "ground",
        "bound",
        "beyond",
        "become",
        "befor",
        "begin",
        "fortnight",
        "quarterly",
        "quartet",
        "quarters",
        "march",
        "marches",
        "augusta",
        "quitter",
        "midways",
        "middle",
        "misday",
        "surgery",
        "thursdays",
        "october's",
        "octopus",
        "decembers",
        "remember",
        "november's",
        "member",
        "afterwards",
        "afternoon",
        "aftercare",
        "after",
        "sooner",
        "later",
        "latest",
        "early",
        "earlier",
        "until",
        "unwell",
        "untill",
        "untilt",
        "saturate",
        "satisfied",
        "wedding",
        "wednesday",
        "april's",
        "aprils",
        "apply",
        "appt",
        "latter",
        "letter",
        "better",
        "matter",
        "monthly",
        "turning",
        "warning",
        "having",
        "giving",
        "given",
        "turn",
        "total",
        "today",
        "toddler",
        "tooth",
        "mother",
        "another",
        "arrange",
        "aroused",
        "doctor",
        "moaning",
        "mooring",
        "tomatoes",
        "boarding",
    ]
)

ALIASES |= {f"{word}ish": (word, "ish") for word in HOUR}
