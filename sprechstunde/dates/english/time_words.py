"""English words of time, by class."""

from __future__ import annotations

from sprechstunde.dates.atoms import Op
from sprechstunde.dates.tables import grouped, listed

WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = {name: index for index, name in enumerate(WEEKDAY_NAMES)}
_SHORT = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "weds": 2,
    "wednes": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
}
WEEKDAY_SHORT = {f"{word}{dot}": index for word, index in _SHORT.items() for dot in ("", " .")}
# Words of their own besides: only where something of time stands beside them.
WEEKDAY_WEAK = {"sat": 5, "sun": 6, "sat .": 5, "sun .": 6}
WEEKDAYS = {f"{name}s": index for index, name in enumerate(WEEKDAY_NAMES)} | {
    "mondays": 0,
    "thursdays": 3,
    "fridays": 4,
}

MONTH = {
    name: index
    for index, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
MONTH |= {
    f"{name} .": index
    for name, index in list(MONTH.items())
    if len(name) <= 4 and name not in ("may", "june", "july")
}
# Also verbs and names: these need "in", "next", a day or a year.
MONTH_SURE = {
    name: index
    for name, index in MONTH.items()
    if name not in ("may", "march", "mar", "mar .", "jan", "jun", "sep")
}

_MORNING, _AFTERNOON, _EVENING, _NOON = "06:00-12:00", "12:00-18:00", "17:00-21:00", "12:00-14:00"
PART = grouped(
    """
    06:00-12:00: morning | mornings
    08:00-12:00: forenoon | forenoons
    06:00-09:00: early morning | early in the morning | early mornings | very early | 1 st thing | first thing in the morning
    06:00-09:00: first thing | crack of dawn | bright and early
    10:00-12:00: late morning | late in the morning | later in the morning
    09:00-11:00: mid morning | midmorning | mid - morning
    12:00-14:00: noon time | midday | mid day | mid - day | noonish | lunchtime | lunchtimes | lunch time
    06:00-12:00: in the am | morning hours
    12:00-18:00: in the pm | afternoon hours
    17:00-21:00: evening hours
    12:00-14:00: at lunch | around lunch | during lunch | over lunch | lunch break | lunch hour | around noon
    12:00-18:00: afternoon | afternoons | arvo | aftn | afternoonish
    12:00-15:00: early afternoon | early in the afternoon | early afternoons
    16:00-18:00: late afternoon | late in the afternoon | later in the afternoon | late afternoons
    16:00-18:00: end of the day | end of day | eod | close of business | cob | late in the day | late in the workday
    14:00-16:00: mid afternoon | midafternoon | mid - afternoon
    17:00-21:00: evening | evenings
    17:00-19:00: early evening | early in the evening
    19:00-22:00: late evening
    18:00-24:00: night | nights
    15:00-18:00: later in the day
    06:00-10:00: early in the day | start of the day | beginning of the day
    """
)

# "Late Thursday afternoon", "early on Friday morning".
LATE_PART = {"morning": "10:00-12:00", "afternoon": "16:00-18:00", "evening": "19:00-22:00"}
EARLY_PART = {"morning": "06:00-09:00", "afternoon": "12:00-15:00", "evening": "17:00-19:00"}

# Only right behind a day: "tues pm", but never "I am".
PART_SHORT = grouped(
    """
    06:00-12:00: am | a.m. | morn
    12:00-18:00: pm | p.m. | aft
    12:00-14:00: lunch
    17:00-21:00: eve | night
    """
)
EDGE: dict[str, Op] = {
    word: edge
    for edge, phrases_ in (
        (Op.BEGIN, "start|beginning|early|the beginning of|beginning of|the start of|start of|early in"),
        (Op.MIDDLE, "mid|mid -|the middle of|middle of"),
        (Op.END, "end|late|the end of|end of|late in"),
    )
    for word in phrases_.split("|")
}

_COUNTS = listed(
    """
    zero | one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve | thirteen |
    fourteen | fifteen | sixteen | seventeen | eighteen | nineteen | twenty
    """
)
COUNT = {word: index for index, word in enumerate(_COUNTS) if index} | {
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "couple of": 2,
    "couple": 2,
    "a couple": 2,
    "another": 1,
}
HOUR = {word: index for index, word in enumerate(_COUNTS) if 1 <= index <= 12}
MINUTE = {
    "five": 5,
    "oh five": 5,
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "twenty five": 25,
    "five and twenty": 25,
    "thirty": 30,
    "thirty five": 35,
    "forty": 40,
    "forty five": 45,
    "fifty": 50,
    "fifty five": 55,
}
MINUTE_PAST = MINUTE | {"quarter": 15, "a quarter": 15, "half": 30}
AMPM = grouped(
    """
    am: am | a.m. | a . m . | a . m | a m | in the morning | this morning
    pm: pm | p.m. | p . m . | p . m | p m | p | in the afternoon | in the evening | at night
    """
)

_ORDINALS = listed(
    """
    first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth | eleventh | twelfth
    | thirteenth | fourteenth | fifteenth | sixteenth | seventeenth | eighteenth | nineteenth | twentieth |
    twenty first | twenty second | twenty third | twenty fourth | twenty fifth | twenty sixth |
    twenty seventh | twenty eighth | twenty ninth | thirtieth | thirty first
    """
)
ORDINAL = {
    spelt: index
    for index, word in enumerate(_ORDINALS, 1)
    for spelt in {word, word.replace(" ", " - "), word.replace(" ", "")}
}
ORDER = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "1 st": 1,
    "2 nd": 2,
    "3 rd": 3,
    "4 th": 4,
    "5 th": 5,
    "last": -1,
    "very last": -1,
    "final": -1,
    "second to last": -2,
    "penultimate": -2,
}
# "In two and a half hours": what stands before the half.
AND_HALF = {"1.5": 1, "2.5": 2, "3.5": 3} | {
    f"{word} and a half": value
    for value, words in enumerate(("a one 1", "two 2", "three 3", "four 4", "five 5", "six 6"), 1)
    for word in words.split()
}

REL = grouped(
    """
    this: this | this current
    coming: this coming | coming | this upcoming | upcoming | the coming | the following | following | this next
    next: next | nxt | the next | nex
    after_next: overnext | over next | the overnext
    """
)
# "Not this week, next": the word is left unsaid.
REL_ALONE = {"next": "next", "the next": "next", "next one": "next"}
AFTER_ELLIPSIS = dict.fromkeys(
    (
        "is",
        "would",
        "works",
        "maybe",
        "please",
        "pls",
        "will",
        "then",
        "instead",
        "should",
        "could",
        "if",
        "suits",
        "for",
        "with",
        "at",
        "in",
    ),
    "",
)
SPAN = grouped(
    """
    week: week | wk | week's | weeks
    weekend: weekend | wknd | wkend
    month: month | mth
    year: year
    quarter: quarter
    """
)
UNIT = grouped(
    """
    day: day | days
    week: week | weeks | wk | wks | fortnights
    month: month | months
    year: year | years
    hour: hour | hours | hr | hrs | h
    minute: minute | minutes | min | mins
    workday: working day | working days | business day | business days | weekdays
    """
)
HOLIDAY = grouped(
    """
    new_year: new years day | new year | new years | the new year
    epiphany: epiphany | three kings day | three kings | the epiphany
    rose_monday: rose monday | carnival monday | shrove monday
    womens_day: womens day | international womens day
    mothers_day: mothers day
    repentance: repentance day | day of repentance
    assumption: assumption day | assumption
    valentine: valentines day | valentines
    burns_night: burns night
    candlemas: candlemas
    st_patrick: st patricks day | st patricks | saint patricks day | paddys day | st paddys day
    midsummer: midsummer day | midsummers day
    michaelmas: michaelmas
    bonfire_night: bonfire night | guy fawkes night | guy fawkes
    palm_sunday: palm sunday
    whit_tuesday: whit tuesday | whitsun tuesday | pentecost tuesday
    trinity_sunday: trinity sunday
    shrove_tuesday: shrove tuesday | pancake day | fat tuesday | mardi gras | pancake tuesday
    ash_wednesday: ash wednesday
    good_friday: good friday | good fri | holy friday
    easter: easter | easter weekend
    easter_sunday: easter sunday
    maundy_thursday: maundy thursday | holy thursday
    holy_saturday: easter saturday | holy saturday
    easter_monday: easter monday
    easter_tuesday: easter tuesday
    labour_day: labour day | labor day | may day
    ascension: ascension day | fathers day
    whitsun: pentecost | whitsun
    whit_sunday: whit sunday
    whit_monday: whit monday | pentecost monday | whitsun monday | whitmonday
    corpus_christi: corpus christi
    german_unity: german unity day | day of german unity | unity day | reunification day | german unity
    halloween: halloween
    thanksgiving: thanksgiving | thanksgiving day
    all_saints: all saints day | all saints
    st_nicholas: st nicholas day | st nicholas | saint nicholas | st . nicholas | st nicks day
    christmas_eve: christmas eve | xmas eve
    christmas_day: christmas day | xmas day
    boxing_day: boxing day | st stephens day | second day of christmas
    between_years: between the years | between the holidays | twixmas
    advent: first advent | first sunday of advent | first sunday in advent | first advent sunday
    advent_2: second advent | second sunday of advent | second sunday in advent | second advent sunday
    advent_3: third advent | third sunday of advent | third sunday in advent | third advent sunday
    advent_4: fourth advent | fourth sunday of advent | fourth sunday in advent | fourth advent sunday
    christmas: holidays | christmas | xmas | the holidays
    new_years_eve: new years eve | nye | hogmanay | new year eve | silvester
    st_martin: st martins day | martinmas | st martins
    reformation: reformation day
    """
)
HOLIDAY_WEEK = {"easter week": "easter", "christmas week": "christmas", "xmas week": "christmas"}

# Months that people are called.
FIRST_NAMES = frozenset({"april", "june", "august"})

SEASON = {"spring": 3, "springtime": 3, "summer": 6, "autumn": 9, "winter": 12}
