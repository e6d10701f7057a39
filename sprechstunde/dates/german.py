"""The German grammar: patterns and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sprechstunde.dates import builders as build
from sprechstunde.dates import clocks
from sprechstunde.dates import german_words as words
from sprechstunde.dates.atoms import Op
from sprechstunde.dates.language import Found, Grammar, Language, Rule, Scanner, cue
from sprechstunde.dates.model import Clock
from sprechstunde.dates.text import Spelling, fold

CLASSES: dict[str, Mapping[str, Any]] = {
    "weekday": words.WEEKDAY | words.WEEKDAY_SHORT,
    "weekday_long": words.WEEKDAY,
    "weekdays": words.WEEKDAYS,
    "month": words.MONTH,
    "part": words.PART,
    "part_after": words.PART_AFTER_DAY | words.PART,
    "n": words.COUNT,
    "h": words.HOUR,
    "m": words.MINUTE,
    "ordinal": words.ORDINAL,
    "order": words.ORDER,
    "rel": words.REL,
    "span": words.SPAN,
    "unit": words.UNIT,
    "holiday": words.HOLIDAY,
    "holiday_week": words.HOLIDAY_WEEK,
    "week_of_month": words.WEEK_OF_MONTH,
    "half_of_month": words.HALF_OF_MONTH,
    "season": words.SEASON,
}


def _spelling() -> Spelling:
    aliases = {fold(word): tuple(fold(part) for part in parts) for word, parts in words.ALIASES.items()}
    vocabulary = {fold(part) for table in CLASSES.values() for word in table for part in word.split()}
    targets = tuple(dict.fromkeys(fold(word) for word in words.TARGETS))
    return Spelling(
        aliases, targets, frozenset(vocabulary | set(targets) | {fold(word) for word in words.KNOWN})
    )


def _instant(found: Found, minutes: int, *, hour_grain: bool = False) -> Clock:
    literal = "h" in found and found.text("h").startswith("0") and found.text("h") != "0"
    return clocks.instant(minutes, literal=literal, grain_hour=hour_grain)


def _before(found: Found, minutes: int) -> Clock:
    return _instant(found, (found["h"] or 24) * 60 - minutes)


def _after(found: Found, minutes: int) -> Clock:
    return _instant(found, found["h"] * 60 + minutes)


# No hour where a number counts something else.
NOT_COUNTING = (
    r"(?! (?:%|€|x|mal|tage?n?|wochen?|monate?n?|jahre?n?|stunden?|std|minuten?|min|mg|g|kg|ml|cm|mm|km|euro|grad|personen|leute|kinder|"
    r"kindern|tabletten|tropfen|mm|prozent|operationen|sitzungen|termine|terminen|{month})(?!\S))"
)
STRONG_CLOCK = {
    r"{h}[:.]{m} uhr": lambda found: _after(found, found["m"]),
    r"{h}:{m}\.?": lambda found: _after(found, found["m"]),
    r"{h}\.? uhr {m}(?! ?[.:-])": lambda found: _after(found, found["m"]),
    r"{h}\.? uhr": lambda found: _instant(found, found["h"] * 60, hour_grain=True),
    r"halb {h}\.?( uhr)?": lambda found: _before(found, 30),
    r"viertel (nach|ab) {h}\.?( uhr)?": lambda found: _after(found, 15),
    r"viertel vor {h}\.?( uhr)?": lambda found: _before(found, 15),
    r"(dreiviertel|drei viertel|3/4) {h}\.?( uhr)?": lambda found: _before(found, 15),
    r"viertel {h}\.?( uhr)?": lambda found: _before(found, 45),
    r"{n} <minuten|min> nach {h}\.?( uhr)?": lambda found: _after(found, found["n"]),
    r"{n} <minuten|min> vor {h}\.?( uhr)?": lambda found: _before(found, found["n"]),
    r"{n} <minuten|min> vor halb {h}\.?( uhr)?": lambda found: _before(found, 30 + found["n"]),
    r"{n} <minuten|min> nach halb {h}\.?( uhr)?": lambda found: _before(found, 30 - found["n"]),
}
BARE_CLOCK = {
    r"{hhmm}": lambda found: _instant(found, found["hhmm"] // 100 * 60 + found["hhmm"] % 100),
    r"{h}[.]{m}": lambda found: _after(found, found["m"]),
    r"{h}" + NOT_COUNTING: lambda found: _instant(found, found["h"] * 60, hour_grain=True),
}

SPELLING = _spelling()
GRAMMAR = Grammar(CLASSES, SPELLING)
CLOCK = build.ClockReader(GRAMMAR, STRONG_CLOCK, BARE_CLOCK)

FROM = r"(<frühestens|erst|aber|immer|jeweils|so> ab|frühestens|nicht vor|nicht früher als|nicht eher als|von|erst nach|ab frühestens)"
AFTER = r"(<erst|irgendwann|aber> nach|später als)"
UNTIL = r"(bis spätestens|bis maximal|bis ca|bis etwa|bis|spätestens|nicht später als|nicht nach|bis einschließlich|bis inklusive)"
BEFORE = r"(<noch> vor|früher als|eher als)"
ABOUT = r"(gegen|ca \.|ca|circa|etwa|ungefähr|um ca \.|ca|um circa|um etwa|so gegen|so um|so|um die|um rum|um ungefähr)"

RULES = [
    # what looks like a time and is none
    Rule(
        "greeting",
        r"(guten|gutn|schönen|schoenen|n schönen) (morgen|tag|abend|mittag|nachmittag|nacht|vormittag|montag|freitag|sonntag)",
        build.op(Op.SKIP),
    ),
    Rule("wish", r"(schönes|erholsames) (wochenende|we)( noch)?", build.op(Op.SKIP)),
    Rule(
        "goodbye",
        r"(danke|tschüss|tschüs|ok|gut|ciao|super)( ,| !| \.)? (dann )?bis (morgen|{weekday}|dann|später|nächste woche)",
        build.op(Op.SKIP),
    ),
    Rule("festive", r"(frohe|schöne|gesegnete) (weihnachten|ostern|feiertage|pfingsten)", build.op(Op.SKIP)),
    Rule(
        "dose",
        r"{n} (x|mal|mg|ml|g|kg|cm|tabletten|tropfen|stück)( {unit}| täglich| am tag| pro tag| die woche| in der woche)?( morgens| abends| mittags)*",
        build.op(Op.SKIP),
    ),
    Rule(
        "long_measure",
        r"(24|48|72) (uhr|stunden) (- )?(blutdruck|ekg|blutdruckmessung|messung|urin|gerät|bereitschaft|dienst)",
        build.op(Op.SKIP),
    ),
    Rule("scale", r"<skala> von (0|1|eins|null) bis (10|zehn)", build.op(Op.SKIP)),
    Rule("dose_scheme", r"\d-\d-\d(-\d)?", build.op(Op.SKIP)),
    Rule(
        "daily",
        r"(täglich|jeden tag|pro tag|am tag|jede woche|jeden monat|pro woche|die ganze nacht|die ganze zeit|nachts (aufwachen|wach))",
        build.op(Op.SKIP),
    ),
    Rule("age", r"{n} (jahre?|monate|wochen) (alt|alte|alter|altes)", build.op(Op.SKIP)),
    Rule(
        "doctor_place",
        r"(praxis|raum|zimmer|haus|nr|nummer|str|straße|weg|platz|hausnummer|telefon|tel|etage) \.? ?\d+\.?",
        build.op(Op.SKIP),
    ),
    Rule(
        "since",
        r"seit <dem|der|den|einem|einer|etwa|ca|ungefähr|über|circa|fast|gut|mehr als|ungefähr|knapp> ({n}|paar|einigen|ein paar|vielen|mehreren) {unit}",
        build.op(Op.PAST),
    ),
    Rule(
        "since_when",
        r"seit( (dem|der|den|letztem|letzter|letzten|vorigem|voriger|anfang|mitte|ende))?",
        build.op(Op.PAST),
    ),
    Rule(
        "ago",
        r"vor <etwa|ca|ungefähr|gut|fast|knapp|über|circa> ({n}|paar|einigen|ein paar|vielen|mehreren|wenigen) {unit}",
        build.op(Op.PAST),
    ),
    Rule("past_day", r"(gestern|vorgestern|neulich|letztens|kürzlich)", build.op(Op.PAST)),
    Rule(
        "last",
        r"(letzte[nrsm]?|letztes|vorige[nrsm]?|vergangene[nrsm]?|vorletzte[nrsm]?) ({span}|{weekday}|{month}|{part}|mal|sommer|winter|herbst|frühjahr|nacht|{unit})",
        build.op(Op.PAST),
    ),
    Rule("lasting", r"(dauert|dauern|dauer) <etwa|ca|circa|ungefähr> {n} {unit}", build.op(Op.SKIP)),
    Rule(
        "for_long",
        r"{n} {unit} (lang|gedauert|dauern|krank|krankgeschrieben|zeit|vorher|davor|danach)",
        build.op(Op.SKIP),
    ),
    # days
    Rule("today", r"heute", build.in_days(0)),
    Rule("todays", r"(heutigen|heutiger|heutige|heutiges)", build.in_days(0)),
    Rule("tomorrows", r"(morgigen|morgiger|morgige|morgiges)", build.in_days(1)),
    Rule("this_morning", r"heute (morgen|früh)", build.day_with_part(0, "06:00-10:00")),
    Rule("tomorrow", r"<gleich> morgen", build.in_days(1)),
    Rule(
        "tomorrow_early",
        r"morgen <in der|in aller|ganz> (früh|frühe|morgen)",
        build.day_with_part(1, "06:00-10:00"),
    ),
    Rule("overmorrow", r"(übermorgen|über morgen)", build.in_days(2)),
    Rule("overmorrow_early", r"übermorgen früh", build.day_with_part(2, "06:00-10:00")),
    Rule("overovermorrow", r"überübermorgen", build.in_days(3)),
    Rule("today_in_weeks", r"heute in {n} {unit}", build.in_units),
    Rule("tomorrow_in_week", r"morgen in (einer|1) woche", build.fixed_ahead(8, "day")),
    Rule("weekday", r"{weekday}", build.weekday),
    Rule("weekday_morning", r"{weekday} morgen", build.weekday_with_part("06:00-10:00")),
    Rule(
        "weekday_range",
        r"{weekday} (-|bis) {weekday}(?= (ab|nach|vor|vormittags|nachmittags|immer))",
        build.weekday_range,
    ),
    Rule("weekday_range_dash", r"{weekday} - {weekday}", build.weekday_range),
    Rule("weekend", r"wochenende", build.this_weekend),
    Rule("weekdays", r"<immer> {weekdays}", build.recurring_weekday),
    Rule("every_weekday", r"(immer|jeden|jeweils) <am> {weekday}", build.recurring_weekday),
    Rule(
        "a_weekday", r"(an einem|irgendeinen|irgendeinem|an irgendeinem) {weekday}", build.recurring_weekday
    ),
    Rule("relative_weekday", r"{rel} {weekday}", build.relative_weekday),
    Rule("weekday_after_next", r"{weekday} in {n} wochen?", build.weekday_in_weeks()),
    Rule("weekday_fortnight", r"{weekday} in (14|vierzehn) tagen", build.weekday_in_weeks(2)),
    Rule("weekday_week", r"{weekday} in (8|acht) tagen", build.weekday_in_weeks(1)),
    Rule(
        "workdays",
        r"(unter der woche|wochentags|werktags|an einem wochentag|an wochentagen|an werktagen|innerhalb der woche)",
        build.workdays,
    ),
    Rule("weekends", r"(an wochenenden|wochenends|am wochenende immer)", build.weekends),
    Rule(
        "sunday_short",
        r"so(?= (\d|früh|vormittag|nachmittag|mittag|abend|oder (mo|sa|di)(?!\S)))",
        build.sunday,
        weak=True,
    ),
    # stretches
    Rule("season", r"<im|in|nächsten|kommenden|diesen|nächstes> {season}", build.season),
    Rule("new_year_on", r"im neuen {span}", build.unit_span(1)),
    Rule("half_of_month", r"<in> <der> {order} {half_of_month}", build.month_half),
    Rule("half_month", r"<in> <der> {order} hälfte <im|des|von|vom> {month}", build.month_half),
    Rule(
        "weekday_of_month",
        r"<am|den> {order} {weekday} (im|in|des) ({month}|monats?|{rel} monats?)",
        build.weekday_of_month,
    ),
    Rule("relative_span", r"{rel}( \.)? {span}", build.unit_span()),
    Rule("next_week_after", r"(nä|die) (kommende|nächste|folgende) {span}", build.unit_span(1)),
    Rule("this_span", r"(der|diese|des) {span}", build.unit_span(0), weak=True),
    Rule("the_week", r"<noch> diese {span}", build.unit_span(0)),
    Rule("this_weekend", r"(am|übers|über das|fürs|für das) (wochenende|we)", build.this_weekend),
    Rule("week_after_next", r"(die )?woche (darauf|danach|drauf)", build.week_after_next),
    Rule("calendar_week", r"<der|in der|in> (kw|kalenderwoche) {kw}\.?( {yyyy})?", build.calendar_week),
    Rule("calendar_week_ordinal", r"{kw}\. (kw|kalenderwoche)", build.calendar_week),
    Rule("month", r"<im|in|für|den ganzen> {month}( {yyyy})?", build.month_name),
    Rule("relative_month", r"{rel} {month}", build.month_name),
    Rule("week_of_month", r"{order} {week_of_month}", build.month_weeks),
    Rule("week_in_month", r"{order} woche <im|in|vom|des|von> {month}", build.month_weeks),
    Rule("in_units", r"in <etwa|ca|ungefähr|so|circa|rund|genau> {n}( \.)? {unit}", build.in_units),
    Rule("in_half_year", r"in (einem|nem) halben jahr", build.fixed_ahead(6, "month")),
    Rule("in_half_hour", r"in (einer|ner) halben stunde", build.fixed_ahead(30, "minute")),
    Rule("in_quarter", r"in (einem|nem) vierteljahr", build.fixed_ahead(3, "month")),
    Rule("in_few_days", r"in (ein|n)? ?(paar|einigen|wenigen) tagen", build.few_days(2, 6)),
    Rule("in_few_weeks", r"in (ein|n)? ?(paar|einigen|wenigen) wochen", build.few_days(14, 36, "week")),
    Rule(
        "next_days", r"<in|innerhalb> (den|die|der) (nächsten|kommenden) <paar> tagen?", build.few_days(0, 8)
    ),
    Rule("coming_days", r"(die tage|dieser tage)", build.few_days(0, 8)),
    Rule(
        "soon_weeks",
        r"<in|innerhalb> (den|die|der) (nächsten|kommenden) <paar> wochen",
        build.few_days(0, 29, "week"),
    ),
    Rule(
        "within", r"(innerhalb|binnen) <von|der|des|eines|einer|nächsten> ({n} )?{unit}", build.within_units
    ),
    Rule("within_next", r"<in|innerhalb> (den|die|der) (nächsten|kommenden) {n} {unit}", build.within_units),
    Rule("holiday", r"<an|zu|am|der|den> {holiday}", build.named_holiday),
    Rule("holiday_numbered", r"<am|zum|der> (1\.|2\.) (advent|weihnachtstag)", build.numbered_holiday),
    Rule("holiday_week", r"<der|in der> {holiday_week}", build.holiday_week),
    # dates
    Rule("date", r"<den|der|am|dem> {d}\.{mo}\.?(\.?{y})?(?! uhr)", build.full_date),
    Rule("date_spaced", r"<den|der|am|dem> {d}\. {mo}\.( {y}(?! uhr))?", build.full_date),
    Rule("date_named", r"<den|der|am|dem> ({d}\.?|{ordinal}) {month}( ({yyyy}|{yy}))?", build.full_date),
    Rule("date_ordinal", r"<den|der|am|dem> {ordinal} {ordinal}", build.ordinal_date),
    Rule("date_slash", r"<am|den> {d}/{d}(/{y})?", build.slash_date),
    Rule("date_iso", r"{yyyy}-{mo}-{d}", build.iso_date),
    Rule(
        "month_day",
        r"(am|der|den|dem|zum) {d}\.(?! ({month}|{span}|{unit}|option|termin|stock|etage|klasse|mal|schwangerschaftswoche|ssw|lebensjahr|impfung|tag))",
        build.month_day,
    ),
    Rule("month_day_after_operator", r"{d}\.", build.month_day, weak=True),
    Rule("month_day_bare", r"am {d}" + NOT_COUNTING, build.month_day),
    Rule(
        "month_day_word",
        r"(am|dem|zum|vom) {ordinal}(?! (termin|mal|stelle|tag|{span}))",
        build.month_day,
    ),
    Rule("month_day_ten", r"(am|der|den|dem|zum) {d} (ten|te|ter)", build.month_day),
    Rule(
        "days_of_month",
        r"<vom|zwischen|zwischen dem> {d}\.? (bis|und|-|bis zum|und dem|auf den) {d}\.{mo}\.?",
        build.month_days,
    ),
    Rule(
        "days_of_month_spaced",
        r"<vom|zwischen|zwischen dem> {d}\. (bis|und|-|bis zum|und dem) {d}\.{mo}\.?",
        build.month_days,
    ),
    Rule("days_of_month_glued", r"{d}\.?-{d}\.{mo}\.?", build.month_days),
    Rule(
        "days_of_named_month",
        r"<vom|zwischen|zwischen dem> {d}\.? ?(bis|und|-|bis zum|und dem) {d}\.? {month}",
        build.month_days,
    ),
    Rule("days_named_glued", r"{d}\.?-{d}\.? {month}", build.month_days),
    Rule("dates_either", r"{d}\.({mo}\.?)?/{d}\.{mo}\.?", build.dates_either),
    Rule("dates_between", r"{d}\.{mo}\.?-{d}\.{mo}\.?", build.dates_between),
    Rule("days_of_this_month", r"(vom|zwischen dem) {d}\. (bis|und|bis zum|und dem) {d}\.", build.month_days),
    # parts of the day and hours
    Rule("part", r"<am|gegen|zum|im|in der|zur|über> {part}", build.part_of_day),
    Rule("part_glued", r"vorm(?! ({span}|{holiday}|{weekday}))", build.fixed_hours("08:00-12:00"), weak=True),
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
        "working_until",
        r"(arbeite|arbeiten|muss arbeiten|bin arbeiten|arbeit|schule|dienst|bin auf arbeit|unterricht|habe schule|arbeitet) (noch |immer |meist |meistens )?bis {t}",
        CLOCK.one("after"),
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
        "after_lunch", r"nach <dem|der> (mittag|mittagessen|mittagspause)", build.fixed_hours("13:00-18:00")
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
    Rule("clock_at", r"(um|um punkt|genau um|punkt|pünktlich um) {t}\.?" + NOT_COUNTING, CLOCK.one()),
    Rule("clock_about", ABOUT + r" {t}\.?", CLOCK.one("about")),
    Rule("clock_about_strong", ABOUT + r" {ts}", CLOCK.one("about")),
    Rule("clock_round", r"(um )?{t} (rum|herum)", CLOCK.one("about")),
    Rule("clock_short_after", r"kurz nach {t}", CLOCK.one("about")),
    Rule("clock_short_before", r"kurz vor {t}", CLOCK.one("about")),
    Rule("clock_from", FROM + r" {t}", CLOCK.one("after")),
    Rule("clock_after", AFTER + r" {t}", CLOCK.one("after")),
    Rule("clock_until", UNTIL + r" {t}", CLOCK.one("before")),
    Rule("clock_before", BEFORE + r" {t}", CLOCK.one("before")),
    Rule("clock_from_on", r"{ts} (aufwärts|oder später|und später|an)", CLOCK.one("after")),
    Rule("clock_or_earlier", r"{ts} oder früher", CLOCK.one("before")),
    Rule("clock_between", r"(zwischen|von|so zwischen) {t} (und|bis|-) {t}( uhr)?", CLOCK.both),
    Rule("clock_between_glued", r"<zwischen|von> {t}-{t}( uhr)", CLOCK.both),
    Rule("clock_between_long", r"(zwischen|von) {t} (und|bis|-|bis um) {t}", CLOCK.both),
    Rule("clock_to", r"{t} (bis|-) {ts}", CLOCK.both),
    Rule("clock_to_strong", r"{ts} (bis|-) {t}", CLOCK.both),
    Rule("clock_range", r"{t}-{t}", CLOCK.both, weak=True),
    Rule("clock_range_spaced", r"{t} (bis|-) {t}", CLOCK.both, weak=True),
    Rule("clock_or", r"<um|gegen> {t} oder {ts}", CLOCK.either),
    Rule("clock_or_bare", r"(um|gegen) {t} oder {t}", CLOCK.either),
    Rule("clock_dotted", r"{t}(?<=\d\.\d\d)", CLOCK.one(), weak=True),
    Rule("late_glued", r"spät", build.fixed_hours("16:00-20:00"), weak=True),
    Rule("clock_bare", r"{t}", CLOCK.one(), weak=True),
    Rule("midnight", r"mitternacht", build.fixed_hours("00:00-00:01")),
    # operators
    Rule("out_of", r"(von|vom)( (dem|der))?", build.op(Op.OUT_OF)),
    Rule(
        "from",
        r"(ab|frühestens|erst ab|nicht vor|nicht vorm|nicht früher als|nicht eher als|erst|frühestens ab|erst wieder|erst wieder ab)( (dem|der|den|am))?",
        build.op(Op.FROM),
    ),
    Rule("after", r"(nach|erst nach|später als|irgendwann nach)( (dem|der|den))?", build.op(Op.AFTER)),
    Rule(
        "until",
        r"(bis|bis spätestens|spätestens|bis zum|bis zur|nicht später als|nicht nach|bis einschließlich|spätestens bis)( (dem|der|den|am|zum))?",
        build.op(Op.UNTIL),
    ),
    Rule("before", r"(vor|vorm|noch vor|früher als|eher als)( (dem|der|den))?", build.op(Op.BEFORE)),
    Rule("to", r"-", build.op(Op.TO)),
    Rule("between", r"zwischen( (dem|der))?", build.op(Op.BETWEEN)),
    Rule("nor", r"noch(?= (am )?({weekday}|{weekdays}|{part}))", build.op(Op.OR)),
    Rule(
        "not",
        r"(nichts|nix|weder|<bloß|nur|bitte|aber|auf keinen fall|möglichst> nicht|kein|keine|keinen|außer|ausser|ausgenommen|bis auf|auf keinen fall|ohne|keinesfalls|alles außer|jeden tag außer|immer außer|jederzeit außer|kann nicht|außer)"
        r"( (so gern|so gerne|gerade|unbedingt|grade|in|mehr))?( (am|im|in der|an|den|um|zu|zur|der|dem|die))?",
        build.op(Op.NOT),
    ),
    Rule(
        "or",
        r"(oder|und|bzw|beziehungsweise|sowie|/|&|oder auch|oder eben|und auch|oder sonst|alternativ|entweder|oder halt|wahlweise)",
        build.op(Op.OR),
    ),
    Rule("begin", r"<gleich|eher> (anfang|am anfang|zu beginn|beginn|zu anfang|anfangs)", build.op(Op.BEGIN)),
    Rule("middle", r"(mitte|in der mitte)", build.op(Op.MIDDLE)),
    Rule("end", r"<gegen> (ende|am ende|zum ende|ausgangs)", build.op(Op.END)),
    Rule(
        "asap",
        r"(asap|<ganz> (so|möglichst) (bald|schnell|rasch|früh|zeitnah)( (wie|als|wies) (möglich|geht|irgend möglich|nur möglich|es geht|irgendwie möglich|moglich))?|(nächste|nächsten|nächster|frühester|frühesten|früheste|erster|ersten|erste) (freie[nrs]?|mögliche[nrs]?|verfügbare[nrs]?)( termin| zeitpunkt)?|den frühesten( termin)?|am schnellsten|schnellster termin|je (früher|eher|schneller) (desto|umso) (besser|eher|lieber))",
        build.op(Op.ASAP),
    ),
    Rule(
        "asap_soon",
        r"(möglichst zeitnah|zeitnah|am liebsten sofort|jetzt gleich|am besten sofort|so zeitnah wie möglich|ganz schnell|kurzfristig)",
        build.op(Op.ASAP),
    ),
    Rule(
        "any",
        r"(egal wann|wann (ist|is) (mir |es )?(ganz |völlig )?egal|(mir )?(ist|is) (mir |es )?(ganz |völlig )?egal wann|jederzeit|immer zeit|kann immer|immer möglich|alles recht|alles passt|passt alles|geht alles|alles geht|zeitlich (flexibel|egal)|bin (da |zeitlich |ganz |völlig )*flexibel|wann es (ihnen )?passt|wann sie wollen|ganz egal wann)",
        build.op(Op.ANY),
    ),
    Rule("whenever_alone", r"irgendwann", build.op(Op.ANY), weak=True),
    Rule(
        "any_day",
        r"(egal (an )?(welcher|welchen|welchem) tag|(der )?tag (ist|is) (mir )?egal|an jedem tag|jeder tag (geht|passt)|(jeden|irgendeinen|an irgendeinem) tag|alle tage)",
        build.op(Op.ANY_DAY),
    ),
    Rule(
        "any_time",
        r"(egal (um )?(welche|wieviel|wie viel) (uhrzeit|uhr|zeit)|(die )?(uhrzeit|tageszeit|zeit) (ist|is) (mir )?(ganz )?egal|(uhrzeit|tageszeit) egal|zu jeder (uhrzeit|tageszeit|zeit)|den ganzen tag|ganztags|ganztägig)",
        build.op(Op.ANY_TIME),
    ),
    # against an appointment
    Rule(
        "same_time_next_week",
        r"(die |zur )?(gleiche|selbe|gleichen|selben) (zeit|uhrzeit)( eine)? (nächste|woche später)( woche)?",
        build.same_time(1),
    ),
    Rule("week_later", r"(eine|1|ne) woche später", build.later_than(7)),
    Rule("day_later", r"(einen|1|nen) tag später", build.later_than(1)),
    Rule("weeks_later", r"(zwei|2) wochen später", build.later_than(14)),
    Rule("week_earlier", r"(eine|1|ne) woche (früher|eher|vorher)", build.later_than(7, -1)),
    Rule("day_earlier", r"(einen|1|nen) tag (früher|eher|vorher)", build.later_than(1, -1)),
]

_FILLERS = [
    ",",
    "am",
    "an",
    "um",
    "den",
    "der",
    "die",
    "dem",
    "das",
    "im",
    "in",
    "ins",
    "so",
    "dann",
    "vielleicht",
    "gern",
    "gerne",
    "circa",
    "ca",
    "etwa",
    "gegen",
    "ungefähr",
    "uhr",
    "wäre",
    "ist",
    "passt",
    "geht",
    "ginge",
    "es",
    "mir",
    "nur",
    "am",
    "besten",
    "liebsten",
    "bevorzugt",
    "vorzugsweise",
    "irgendwann",
    "mal",
    "wenn",
    "dann",
    "zwar",
    "also",
    "eher",
    "gut",
    "jeweils",
    "auch",
    "zu",
    "zum",
    "zur",
    "ein",
    "eine",
    "einen",
    "einem",
    "noch",
    "(",
    ")",
    "-",
    ":",
    '"',
    "möglichst",
    "möglich",
    "nen",
    "n",
    "könnte",
    "ich",
    "kann",
    "komme",
    "kommen",
    "hätte",
    "habe",
    "zeit",
    "da",
    "frei",
    "genau",
    "eventuell",
    "evtl",
    "sehr",
]
FILLERS = frozenset(fold(word) for word in _FILLERS)


CORRECTIONS = cue(
    r"(?<!\S)(nein|nee|ne|doch|doch lieber|lieber|sondern|äh|ähm|sorry|quatsch|moment|besser|stattdessen|ich meine|ich meinte|meinte|vielmehr|nicht doch|halt|korrektur|statt)(?!\S)"
)
REFUSALS = cue(
    r"( (da|dann|leider|bei mir|aber|eher|wirklich|ist|wäre|habe|hab|hätte|bin|geht|ginge|passt|klappt|klappts|gehts|kann|könnte|schaffe|ich|es|mir|uns|wir|können|gar|überhaupt|"
    r"halt|auch|so|immer|da|dort|das|schon))* (nicht(?! schlecht)|keine zeit|schlecht|ungünstig|blöd|schwierig|unmöglich|nie|doof|nix|verhindert|unterwegs|im urlaub|weg|kein)(?!\S)"
)
OWNED = cue(
    r"(?<!\S)(mein|meinen|meinem|meines|meins|unser|unseren|unserem|den|dem|der|diesen|dieser|ihrem) (\S+ )?(termin|arzttermin|kontrolltermin|impftermin|vorsorgetermin|terminen|termine|besuch)"
    r"( (am|um|vom|von|für|ist|ist am|wäre|steht|war|habe ich|hab ich|,|der|den|ich|habe|hab|wäre|in|an|aus|diese|dieser|diesen|dem|im))*$"
    r"|(?<!\S)(habe|hab|hatte|haben|hätten) (ja |schon |bereits |bei ihnen |eigentlich |doch )*(einen|nen|n|schon einen) termin( \S+ \S+)?( (am|um|für|im|in|den|der))*$|(?<!\S)(lieber|besser|eher) .*als( (am|um|den))*$|(?<!\S)(ergebnis\w*|befund\w*|blutwerte|laborwerte|rezept|überweisung|untersuchung|blutabnahme|blutbild|op|röntgenbilder) (vom|von|am)( (der|dem))?$|(?<!\S)(statt|anstatt|anstelle)( (am|vom|von|um|des))*$"
)
OWNED_AROUND = cue(
    r"(?<!\S)(mein|meinen|meinem|unser|unseren|den|der|ihren) @ (\S+ )?termin(?!\S)|(?<!\S)(hab|habe|hätte eigentlich) (ich )?((schon|ja|doch|bereits) )?((am|um|für) )?(den )?@( (um|gegen) \S+( uhr)?)?( schon| bereits)? (einen|nen|n|meinen) (\S+ )?termin(?!\S)(?! frei)"
)
PAST = cue(
    r"(?<!\S)(gestürzt|gefallen|hingefallen|umgeknickt|verletzt|operiert|passiert|angefangen|verpasst|gebrochen|gestochen|gebissen|geschnitten|entlassen|begonnen|(war|waren) (ich|wir|er|sie|da|bei)|(ich|wir|er|sie) (war|waren)|abgegeben|abgenommen|untersucht worden|geröntgt|geboren|geb|geburtsdatum|geburtstag)(?!\S)"
)
MOVING = cue(
    r"(?<!\S)(verschieb\w*|verleg\w*|umbuch\w*|umleg\w*|tausch\w*|änder\w*|vorzieh\w*|vorverleg\w*|umzubuch\w*|verschob\w*)(?!\S)"
)

GERMAN = Language(
    "de", SPELLING, Scanner(GRAMMAR, RULES), FILLERS, CORRECTIONS, REFUSALS, OWNED, OWNED_AROUND, PAST, MOVING
)
