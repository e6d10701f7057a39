"""Parts of the day and hours."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.german.vocabulary import CLOCK, NOT_COUNTING
from sprechstunde.dates.language import Rule

FROM = (
    r"(<frühestens|erst|aber|immer|jeweils|so> ab|frühestens|nicht vor|nicht früher als|"
    r"nicht eher als|von|erst nach|ab frühestens)"
)
AFTER = r"(<erst|irgendwann|aber> nach|später als)"
UNTIL = (
    r"(bis spätestens|bis maximal|bis ca|bis etwa|bis|spätestens|nicht später als|nicht nach|"
    r"bis einschließlich|bis inklusive)"
)
BEFORE = r"(<noch> vor|früher als|eher als)"
ABOUT = (
    r"(gegen|ca \.|ca|circa|etwa|ungefähr|um ca \.|ca|um circa|um etwa|so gegen|so um|so|um die|"
    r"um rum|um ungefähr)"
)
# "Freitag um 9 - ich meine 10": what is said behind one of these is an hour like the one before.
MEANT = (
    r"(?:(?<=ich meine )|(?<=ich meinte )|(?<=meinte )|(?<=mein )|(?<=äh )|(?<=ähm )|(?<=doch lieber )|(?<=sorry )|"
    r"(?<=quatsch )|(?<=quatsch , )|(?<=stopp )|(?<=sondern ))"
)


HOURS = [
    Rule("part", r"<am|gegen|zum|im|in der|zur|über|im laufe des|im laufe vom> {part}", build.part_of_day),
    Rule("part_glued", r"vorm(?! ({span}|{holiday}|{weekday}))", build.fixed_hours("08:00-12:00"), weak=True),
    Rule("late_in_part", r"<am> (späten|später) {weekday} {late_part}", build.weekday_and_part),
    Rule("early_in_part", r"<am> (frühen|früher) {weekday} {early_part}", build.weekday_and_part),
    Rule("part_borrowed_glued", r"{part_borrowed}", build.part_of_day, weak=True),
    Rule("part_morning", r"(am|gegen) morgen", build.fixed_hours("06:00-10:00")),
    Rule(
        "after_work",
        r"(nach|ab) <der|dem|meiner> (arbeit|feierabend|dienst|schicht|dienstschluss|büro)",
        build.fixed_hours("16:00-24:00", "after"),
    ),
    Rule(
        "before_work",
        r"vor <der|dem|meiner> (arbeit|dienst|schicht|büro)",
        build.fixed_hours("00:00-09:00", "before"),
    ),
    Rule(
        "busy_working_until",
        r"(arbeite|arbeiten|muss arbeiten|bin arbeiten|arbeit|schule|dienst|bin auf arbeit|unterricht|"
        r"habe schule|arbeitet) (noch |immer |meist |meistens )?bis {t}",
        CLOCK.one("after"),
    ),
    Rule(
        "busy_until_work_ends",
        r"bis {t} <in der|in die|auf|im|auf der> (arbeit|arbeiten|schule|dienst|unterricht|uni|kita|schicht|büro)",
        CLOCK.one("after"),
    ),
    Rule(
        "busy_work_ends",
        r"(feierabend|dienstschluss|schulschluss|schluss|schule aus|schulaus|frei) <habe ich|hab ich|ist|"
        r"ist immer|immer|"
        r"meistens> (um|gegen|ab) {t}",
        CLOCK.one("after"),
    ),
    Rule(
        "busy_work_ends_at",
        r"(um|gegen|ab|erst um|immer um) {t} <habe ich|hab ich|ist|dann> "
        r"(feierabend|dienstschluss|schulschluss|schluss|schule aus|aus der schule|von der arbeit|arbeitsschluss)",
        CLOCK.one("after"),
    ),
    Rule(
        "busy_shift_ends",
        r"(arbeit|schule|schicht|frühschicht|dienst|unterricht|kurs|uni|kita|vorlesung|training) "
        r"(endet|ist|geht|dauert) <immer|meist|erst> (um|gegen|bis) {t}( aus| fertig| rum| vorbei| zu ende)?",
        CLOCK.one("after"),
    ),
    Rule(
        "very_early_in_part",
        r"(möglichst|recht|sehr|ganz|so) früh (morgens|am morgen|am vormittag|in der früh)",
        build.fixed_hours("06:00-09:00"),
    ),
    Rule(
        "after_school",
        r"(nach|ab) <der|dem> (schule|kita|kindergarten|unterricht|schulschluss|uni)",
        build.fixed_hours("13:00-24:00", "after"),
    ),
    Rule(
        "before_school",
        r"vor <der|dem> (schule|kita|kindergarten|unterricht|uni)",
        build.fixed_hours("00:00-08:00", "before"),
    ),
    Rule("hour_not", r"(?<=nicht ){t}(?=$| (und|oder|aber|bitte|,|\.))", CLOCK.one()),
    Rule(
        "not_early",
        r"nicht (so|zu|ganz so|allzu|gar so) früh( am (tag|morgen))?",
        build.fixed_hours("10:00-24:00", "after"),
    ),
    Rule(
        "not_late",
        r"nicht (so|zu|ganz so|allzu|gar so) spät( am (tag|abend))?",
        build.fixed_hours("00:00-16:00", "before"),
    ),
    Rule(
        "after_lunch",
        r"nach <dem|der> (mittag|mittagessen|mittagspause)",
        build.fixed_hours("13:00-24:00", "after"),
    ),
    Rule(
        "before_lunch",
        r"<noch> vor <dem|der> (mittag|mittagessen|mittagspause)",
        build.fixed_hours("00:00-12:00", "before"),
    ),
    Rule(
        "late",
        r"(so spät wie möglich|möglichst spät|eher spät|eher später am tag|ganz spät)",
        build.fixed_hours("15:00-20:00"),
    ),
    Rule(
        "early",
        r"(gleich früh|möglichst früh am (tag|morgen)|eher früh|gleich in der früh|gleich morgens)",
        build.fixed_hours("06:00-10:00"),
    ),
    Rule(
        "first_thing",
        r"(gleich|direkt) (zu beginn|als erstes|zur öffnung|wenn sie aufmachen|bei öffnung)",
        build.fixed_hours("06:00-09:00"),
    ),
    Rule("clock", r"<um|gegen|so|jeweils|genau|punkt|schlag> {ts}", CLOCK.one()),
    Rule("clock_at", r"(um|um punkt|genau um|punkt|pünktlich um|schlag) {t}\.?" + NOT_COUNTING, CLOCK.one()),
    Rule("clock_swiss", r"am (?={swiss_hour}(?!\S)){t}", CLOCK.one()),
    Rule("clock_compact", r"um {compact}" + NOT_COUNTING, build.compact_clock),
    Rule("clock_corrected", MEANT + r"{t}" + NOT_COUNTING, CLOCK.one()),
    Rule("clock_only_at", r"erst um {t}\.?" + NOT_COUNTING, CLOCK.one()),
    Rule("clock_about", ABOUT + r" {t}\.?", CLOCK.one("about")),
    Rule("clock_about_strong", ABOUT + r" {ts}", CLOCK.one("about")),
    Rule("clock_round", r"(um )?{t} (rum|herum)", CLOCK.one("about")),
    Rule("clock_short_after", r"kurz nach {t}", CLOCK.one("about")),
    Rule("clock_short_before", r"kurz vor {t}", CLOCK.one("about")),
    Rule("clock_from", FROM + r" {t}", CLOCK.one("after")),
    Rule("clock_after", AFTER + r" {t}", CLOCK.one("after")),
    Rule("clock_until", UNTIL + r" {t}", CLOCK.one("before")),
    Rule("clock_before", BEFORE + r" {t}", CLOCK.one("before")),
    Rule("clock_from_on", r"{ts} (\+|aufwärts|oder später|und später|an)", CLOCK.one("after")),
    Rule("clock_or_earlier", r"{ts} oder früher", CLOCK.one("before")),
    Rule(
        "clock_between",
        r"(zwischen|zw|zw \.|von|so zwischen) {t} (und|u|u \.|&|\+|bis|-) {t}\.?( uhr)?",
        CLOCK.both,
    ),
    Rule("clock_between_glued", r"<zwischen|von> {t}-{t}( uhr)", CLOCK.both),
    Rule("clock_between_long", r"(zwischen|von) {t} (und|bis|-|bis um) {t}", CLOCK.both),
    Rule("clock_to", r"{t} (bis|-) {ts}", CLOCK.both),
    Rule("clock_to_strong", r"{ts} (bis|-) {t}", CLOCK.both),
    Rule("clock_range", r"{t}-{t}", CLOCK.both, weak=True),
    Rule("clock_range_spaced", r"{t} (bis|-) {t}", CLOCK.both, weak=True),
    Rule("clock_or", r"<um|gegen> {t} oder {ts}", CLOCK.either),
    Rule("clock_or_bare", r"(um|gegen) {t} oder {t}", CLOCK.either),
    Rule("clock_dotted", r"{t}(?<=\d\.\d\d)", CLOCK.one(), weak=True),
    Rule("hhmm_alone", r"(?=(0[7-9]|1[0-8])[0-5][05](?!\S)){t}", CLOCK.one(), weak=True),
    Rule(
        "clock_approved",
        r"(?!ein|eins){t}(?= (wäre|wär|waere|ginge|geht|passt|ist) (mir |auch |noch |sehr |uns )?"
        r"(gut|super|ok|okay|besser|perfekt|prima|ideal|möglich|lieber|recht|am besten)(?!\S))",
        CLOCK.one(),
    ),
    Rule(
        "clock_moved_to",
        r"auf {t}(?= (\S+ )?(verschieben|verlegen|vorziehen|vorverlegen|legen|umbuchen|ändern|gehen|schieben|setzen|"
        r"verlegt|verschoben)(?!\S))",
        CLOCK.one(),
    ),
    Rule("clock_given_for", r"{t}(?= (statt|anstatt|anstelle von) {t})", CLOCK.one()),
    Rule(
        "clock_before_part",
        r"{t}(?= (heute|morgen|übermorgen) (abend|früh|nachmittag|vormittag|mittag))",
        CLOCK.one(),
    ),
    Rule("late_glued", r"spät", build.fixed_hours("16:00-20:00"), weak=True),
    Rule("clock_bare", r"{t}", CLOCK.one(), weak=True),
    Rule("midnight", r"mitternacht", build.fixed_hours("00:00-00:01")),
]
