"""German words of time, by class. Every spelling is folded on loading, so "nächste" also reads "naechste"."""

from __future__ import annotations

from sprechstunde.dates.atoms import Op
from sprechstunde.dates.tables import grouped, listed

WEEKDAY_NAMES = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_SHORT = {"mo": 0, "di": 1, "mi": 2, "mit": 2, "do": 3, "don": 3, "fr": 4, "frei": 4, "sa": 5}
WEEKDAY = {name: index for index, name in enumerate(WEEKDAY_NAMES)} | {"sonnabend": 5}
WEEKDAY_SHORT = {
    f"{word}{dot}": index
    for word, index in _SHORT.items()
    if word not in ("mit", "don", "frei")
    for dot in ("", " .")
}
WEEKDAYS = {f"{name}s": index for name, index in WEEKDAY.items()} | {
    "mittwochs": 2,
    "montage": 0,
    "dienstage": 1,
    "freitage": 4,
}

MONTH = {
    name: index
    for index, names in enumerate(
        (
            "januar jänner jan",
            "februar feber feb",
            "märz mär mrz",
            "april apr",
            "mai",
            "juni jun",
            "juli jul",
            "august aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "dezember dez",
        ),
        1,
    )
    for name in names.split()
}
MONTH |= {
    f"{name} .": index
    for name, index in list(MONTH.items())
    if len(name) <= 4 and name not in ("mai", "juni", "juli")
}

_MORNING, _FORENOON, _NOON, _AFTERNOON, _EVENING = (
    "06:00-10:00",
    "08:00-12:00",
    "12:00-14:00",
    "12:00-18:00",
    "17:00-21:00",
)
PART = grouped(
    """
    06:00-10:00: früh | morgens | frühs | in der früh | in der frühe | am morgen | früh am tag | morgen früh
    06:00-09:00: früh morgens | frühmorgens | früh am morgen | am frühen morgen | in aller frühe | ganz früh
    06:00-09:00: sehr früh
    06:00-10:00: morgenstunden | frühen morgenstunden | in aller früh | in den morgenstunden
    08:00-12:00: vormittagsstunden | vormittagstermin
    12:00-18:00: nachmittagsstunden | nachmittagstermin
    15:00-18:00: später am tag | später am nachmittag
    17:00-21:00: abendstunden | abendtermin | abendsprechstunde | in den abendstunden
    08:00-12:00: vormittag | vormittags | vorm . | vormittagszeit
    10:00-12:00: am späten vormittag | später vormittag | späten vormittag | spätvormittags | spätvormittag
    10:00-12:00: spätvormittagstermin
    06:00-10:00: frühtermin | morgentermin | jeden morgen
    08:00-12:00: jeden vormittag
    12:00-18:00: jeden nachmittag
    17:00-21:00: jeden abend
    12:00-14:00: mittagstermin
    15:00-20:00: spättermin
    08:00-10:00: am frühen vormittag | früher vormittag | frühen vormittag
    12:00-14:00: mittag | mittags | mittagszeit | mittagspause | um die mittagszeit
    12:00-18:00: nachmittag | nachmittags | nachm | nachm . | nm | nachmittagszeit
    16:00-18:00: am späten nachmittag | später nachmittag | späten nachmittag | spätnachmittag | spätnachmittags
    16:00-18:00: spät nachmittags | später am nachmittag | spät am nachmittag
    12:00-15:00: am frühen nachmittag | früher nachmittag | frühen nachmittag | früh am nachmittag
    17:00-21:00: abend | abends | abds | feierabend | vorabend | vorabends | auf die nacht | auf d nacht
    17:00-19:00: am frühen abend | früher abend | frühen abend
    19:00-22:00: am späten abend | spätabends | spät abends | spät am abend
    21:00-24:00: nacht | nachts
    """
)
# "Am späten Donnerstagnachmittag".
LATE_PART = {"vormittag": "10:00-12:00", "nachmittag": "16:00-18:00", "abend": "19:00-22:00"}
EARLY_PART = {
    "vormittag": "08:00-10:00",
    "nachmittag": "12:00-15:00",
    "abend": "17:00-19:00",
    "morgen": "06:00-09:00",
}
# "morgen" after a weekday or "heute" is the part of the day, alone it is tomorrow.
PART_AFTER_DAY = {"morgen": _MORNING}

COUNTS = listed(
    """
    null | ein | zwei | drei | vier | fünf | sechs | sieben | acht | neun | zehn | elf | zwölf | dreizehn |
    vierzehn | fünfzehn | sechzehn | siebzehn | achtzehn | neunzehn | zwanzig | einundzwanzig |
    zweiundzwanzig | dreiundzwanzig | vierundzwanzig
    """
)
_SWISS = grouped(
    """
    2: zwöi
    3: drüü
    4: vieri
    5: füfi | fünfi
    6: sächsi | sechsi
    7: sibni | siebni | sibeni
    8: achti
    9: nüni | nüüni
    10: zäni | zähni | zehni
    11: elfi | ölfi
    12: zwölfi
    """
)
# "Am nüüni" is nine o'clock where the ending tells it from "am neunten".
SWISS_HOUR = {word: int(hour) for word, hour in _SWISS.items()}
COUNT = {word: index for index, word in enumerate(COUNTS) if index} | {
    "einer": 1,
    "einem": 1,
    "eine": 1,
    "einen": 1,
    "ner": 1,
    "nem": 1,
    "zwo": 2,
    "1er": 1,
}
# "Um viere", "um fünfi": hours with an ending, as they are spoken in the south.
_SPOKEN_HOURS = grouped(
    """
    1: oans | oas | eens | eis | ois | oins
    2: zweie | zwoa | zwee | zwoi | zwöi | zwei e | zwoie
    3: dreie | drüü | droi | dree | drei e
    4: viere | vieri | vier e | veer
    5: fünfe | fünfi | fümfe | fimfe | fömf | füfi | feife | fief
    6: sechse | sechsi | sexe | söchsi | sechsä | söss
    7: siebene | siebne | sibni | siebni | sieme | siebme | simne | sibne | säbni | söven
    8: achte | achti | ochte | achde | ochti
    9: neune | nüni | neine | nüüni | neini | naine | neinä | negen
    10: zehne | zähni | zäni | zehni | zeni | zähne | zehna | teihn | zeene
    11: elfe | elfi | ölfe | ölfi | elwe | ölven
    12: zwölfe | zwölfi | zwöife | zwöufi | zwelfe | twölf
    """
)
HOUR = (
    {word: index for index, word in enumerate(COUNTS)}
    | {"eins": 1, "zwo": 2}
    | {word: int(hour) for word, hour in _SPOKEN_HOURS.items()}
)
MINUTE = {
    "fünf": 5,
    "zehn": 10,
    "fünfzehn": 15,
    "zwanzig": 20,
    "fünfundzwanzig": 25,
    "dreißig": 30,
    "fünfunddreißig": 35,
    "vierzig": 40,
    "fünfundvierzig": 45,
    "fünfzig": 50,
    "fünfundfünfzig": 55,
}

_ORDINALS = listed(
    """
    erste | zweite | dritte | vierte | fünfte | sechste | siebte | achte | neunte | zehnte | elfte | zwölfte
    | dreizehnte | vierzehnte | fünfzehnte | sechzehnte | siebzehnte | achtzehnte | neunzehnte | zwanzigste
    | einundzwanzigste | zweiundzwanzigste | dreiundzwanzigste | vierundzwanzigste | fünfundzwanzigste |
    sechsundzwanzigste | siebenundzwanzigste | achtundzwanzigste | neunundzwanzigste | dreißigste |
    einunddreißigste
    """
)
ORDINAL = {
    f"{spelt}{ending}": index
    for index, word in enumerate(_ORDINALS, 1)
    for spelt in {word, word.replace("undzwanzig", " und zwanzig").replace("unddreißig", " und dreißig")}
    for ending in ("", "n", "r", "m", "s")
}
ORDER = {
    f"{word}{ending}": value
    for word, value in (
        ("erste", 1),
        ("zweite", 2),
        ("dritte", 3),
        ("vierte", 4),
        ("fünfte", 5),
        ("letzte", -1),
        ("allerletzte", -1),
        ("vorletzte", -2),
    )
    for ending in ("", "n", "r", "s", "m")
} | {f"{value}{ending}": value for value in range(1, 6) for ending in (".", " te", " ter", " ten", " tes")}
# "In zweieinhalb Stunden": what stands before the half.
AND_HALF = {"anderthalb": 1, "eineinhalb": 1, "einundhalb": 1, "1,5": 1, "2,5": 2, "3,5": 3} | {
    f"{word}{gap}einhalb": value
    for value, word in enumerate(("zwei", "drei", "vier", "fünf", "sechs"), 2)
    for gap in ("", " ")
}

REL = {
    f"{stem}{ending}": value
    for stem, value in (
        ("dies", "this"),
        ("nächst", "next"),
        ("kommend", "coming"),
        ("übernächst", "after_next"),
        ("folgend", "coming"),
    )
    for ending in ("e", "en", "er", "es", "em")
} | {
    "nächst": "next",
    "nä .": "next",
    "übernä": "after_next",
    "übernä .": "after_next",
    "näxte": "next",
    "näxten": "next",
    "näxter": "next",
    "nä": "next",
}
GONE = {
    f"{stem}{ending}": "past"
    for stem in ("letzte", "vorige", "vergangene", "vorletzte")
    for ending in ("", "n", "r", "s", "m")
}
# "Diese Woche nicht, nächste": the week, the month or the day is left unsaid.
REL_ALONE = dict.fromkeys(("nächste", "nächster", "nächsten", "nächstes"), "next")
REL_LATER = {f"über{word}": "after_next" for word in REL_ALONE}
AFTER_ELLIPSIS = dict.fromkeys(
    (
        "schon",
        "dann",
        "wäre",
        "wär",
        "geht",
        "ginge",
        "passt",
        "gern",
        "gerne",
        "bitte",
        "wieder",
        "aber",
        "hab",
        "beim",
        "bei",
        "zur",
        "für",
        "mit",
        "um",
        "vielleicht",
        "lieber",
        "vormittags",
        "nachmittags",
    ),
    "",
)
SPAN = grouped(
    """
    week: woche | wo | wo . | wochen | kalenderwoche | kw
    weekend: wochenende | wochenendes | we
    month: monat | monats | monates
    year: jahr | jahres
    quarter: quartal | quartals
    """
)
UNIT = grouped(
    """
    day: tag | tage | tagen
    week: woche | wochen | wo | wo .
    month: monat | monate | monaten
    year: jahr | jahre | jahren
    hour: stunde | stunden | std | std . | stdn | stündchen
    minute: minute | minuten | min | min . | minütchen
    workday: werktag | werktage | werktagen | arbeitstage | arbeitstagen
    """
)
HOLIDAY = grouped(
    """
    new_year: neujahr | neujahrstag
    epiphany: heilige drei könige | dreikönig | dreikönigstag | hl . drei könige | heilige 3 könige | hl . 3 könige
    epiphany: heiligen drei könige | hl drei könige | heiligdreikönig | drei könige | dreikönige | hl 3 könige
    valentine: valentinstag
    rose_monday: rosenmontag | faschingsmontag | fasnachtsmontag | fastnachtsmontag | karnevalsmontag
    fat_thursday: weiberfastnacht | altweiber | schmotziger donnerstag
    womens_day: frauentag | weltfrauentag
    shrove_tuesday: faschingsdienstag | veilchendienstag | karnevalsdienstag | fasnachtsdienstag | fastnachtsdienstag
    ash_wednesday: aschermittwoch
    good_friday: karfreitag
    easter: ostern | osterwochenende | osterfeiertage | osterfeiertagen | ostertage | ostertagen
    easter_sunday: ostersonntag
    maundy_thursday: gründonnerstag
    holy_saturday: karsamstag | ostersamstag
    easter_monday: ostermontag
    easter_tuesday: osterdienstag
    labour_day: tag der arbeit | erster mai
    ascension: himmelfahrt | christi himmelfahrt | vatertag
    whitsun: pfingsten | pfingstfeiertage | pfingstfeiertagen
    whit_sunday: pfingstsonntag
    whit_monday: pfingstmontag
    corpus_christi: fronleichnam
    german_unity: tag der deutschen einheit | tag der dt . einheit | tag der dt einheit | tag d . dt . einheit
    german_unity: tag d dt einheit | tag d . deutschen einheit | deutschen einheit | einheitstag
    thanksgiving_de: erntedank | erntedankfest | erntedanksonntag
    sunday_of_the_dead: totensonntag | ewigkeitssonntag
    mourning_day: volkstrauertag
    halloween: halloween
    reformation: reformationstag
    assumption: mariä himmelfahrt
    mothers_day: muttertag
    repentance: buß - und bettag | buß und bettag | bettag | buß u . bettag | buß u bettag | buß & bettag
    immaculate_conception: mariä empfängnis
    national_day_at: nationalfeiertag
    boxing_day: stephanstag | stefanitag
    all_saints: allerheiligen
    st_martin: martinstag | martini | sankt martin | st . martin | st martin | martinsfest
    st_nicholas: nikolaus | nikolaustag | nikolausabend | sankt nikolaus | st . nikolaus | nikolo
    candlemas: lichtmess | maria lichtmess | mariä lichtmess
    st_joseph: josefitag | josefstag | josephstag | josefi
    midsummer: johannistag | johanni
    michaelmas: michaelistag | michaeli
    palm_sunday: palmsonntag
    whit_tuesday: pfingstdienstag
    trinity_sunday: trinitatis | dreifaltigkeitssonntag
    christmas_eve: heiligabend | heilig abend | heiliger abend
    christmas: weihnachten | weihnachtstage | weihnachtstagen | weihnachtsfeiertage | weihnachtsfeiertagen
    holidays: feiertage | feiertagen
    christmas_day: erster weihnachtstag | ersten weihnachtstag | ersten weihnachtsfeiertag | erster weihnachtsfeiertag
    boxing_day: zweiter weihnachtstag | zweiten weihnachtstag | zweiten weihnachtsfeiertag | zweiter weihnachtsfeiertag
    new_years_eve: silvester | sylvester | jahreswechsel
    between_years: zwischen den jahren | zwischen den feiertagen | zw . den jahren | zw den jahren | zwischen die jahre
    between_years: zw . den feiertagen | zw den feiertagen | zwischen den tagen
    advent: erster advent | ersten advent
    advent_2: zweiter advent | zweiten advent
    advent_3: dritter advent | dritten advent
    advent_4: vierter advent | vierten advent
    """
)
# "Anf. Feb", "mi. März": before a month only.
EDGE: dict[str, Op] = {
    f"{word}{dot}": edge
    for edge, words in (
        (Op.BEGIN, ("anf", "anfg")),
        (Op.MIDDLE, ("mi", "mit", "mtte")),
        (Op.END, ("en", "end")),
    )
    for word in words
    for dot in ("", " .")
    if (word, dot) != ("mit", "")
}
ROMAN = {
    numeral: index
    for index, numeral in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1
    )
}
SEASON = {"frühling": 3, "frühjahr": 3, "sommer": 6, "herbst": 9, "winter": 12}
HALF_OF_MONTH = {f"{name}hälfte": MONTH[name] for name in MONTH}
HOLIDAY_WEEK = {
    "osterwoche": "easter",
    "weihnachtswoche": "christmas",
    "pfingstwoche": "whitsun",
    "karwoche": "good_friday",
}
WEEK_OF_MONTH = {
    f"{name}woche": MONTH[name] for name in MONTH if len(name) > 4 or name in ("märz", "mai", "juni", "juli")
}

# Months that people are called.
FIRST_NAMES = frozenset({"april", "mai", "august", "juni", "juli"})
