"""German words of time, by class. Every spelling is folded on loading, so "nächste" also reads "naechste"."""

from __future__ import annotations

from itertools import product

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
PART = {
    "früh": _MORNING,
    "morgens": _MORNING,
    "frühs": _MORNING,
    "in der früh": _MORNING,
    "in der frühe": _MORNING,
    "am morgen": _MORNING,
    "früh morgens": "06:00-09:00",
    "frühmorgens": "06:00-09:00",
    "früh am morgen": "06:00-09:00",
    "am frühen morgen": "06:00-09:00",
    "früh am tag": _MORNING,
    "in aller frühe": "06:00-09:00",
    "morgen früh": _MORNING,
    "ganz früh": "06:00-09:00",
    "sehr früh": "06:00-09:00",
    "vormittag": _FORENOON,
    "vormittags": _FORENOON,
    "vorm": _FORENOON,
    "vorm .": _FORENOON,
    "vormittagszeit": _FORENOON,
    "am späten vormittag": "10:00-12:00",
    "später vormittag": "10:00-12:00",
    "späten vormittag": "10:00-12:00",
    "spätvormittags": "10:00-12:00",
    "am frühen vormittag": "08:00-10:00",
    "früher vormittag": "08:00-10:00",
    "frühen vormittag": "08:00-10:00",
    "mittag": _NOON,
    "mittags": _NOON,
    "mittagszeit": _NOON,
    "mittagspause": _NOON,
    "um die mittagszeit": _NOON,
    "nachmittag": _AFTERNOON,
    "nachmittags": _AFTERNOON,
    "nachm": _AFTERNOON,
    "nachm .": _AFTERNOON,
    "nm": _AFTERNOON,
    "nachmittagszeit": _AFTERNOON,
    "am späten nachmittag": "16:00-18:00",
    "später nachmittag": "16:00-18:00",
    "späten nachmittag": "16:00-18:00",
    "spätnachmittag": "16:00-18:00",
    "spätnachmittags": "16:00-18:00",
    "spät nachmittags": "16:00-18:00",
    "später am nachmittag": "16:00-18:00",
    "spät am nachmittag": "16:00-18:00",
    "am frühen nachmittag": "12:00-15:00",
    "früher nachmittag": "12:00-15:00",
    "frühen nachmittag": "12:00-15:00",
    "früh am nachmittag": "12:00-15:00",
    "abend": _EVENING,
    "abends": _EVENING,
    "abds": _EVENING,
    "feierabend": _EVENING,
    "am frühen abend": "17:00-19:00",
    "früher abend": "17:00-19:00",
    "frühen abend": "17:00-19:00",
    "am späten abend": "19:00-22:00",
    "spätabends": "19:00-22:00",
    "spät abends": "19:00-22:00",
    "spät am abend": "19:00-22:00",
    "vorabend": _EVENING,
    "vorabends": _EVENING,
    "nacht": "21:00-24:00",
    "nachts": "21:00-24:00",
}
# "morgen" after a weekday or "heute" is the part of the day, alone it is tomorrow.
PART_AFTER_DAY = {"morgen": _MORNING}

_COUNTS = (
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
    "zwanzig",
    "einundzwanzig",
    "zweiundzwanzig",
    "dreiundzwanzig",
    "vierundzwanzig",
)
COUNT = {word: index for index, word in enumerate(_COUNTS) if index} | {
    "einer": 1,
    "einem": 1,
    "eine": 1,
    "einen": 1,
    "ner": 1,
    "nem": 1,
    "zwo": 2,
    "1er": 1,
}
HOUR = {word: index for index, word in enumerate(_COUNTS)} | {"eins": 1, "zwo": 2}
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

_ORDINALS = (
    "erste",
    "zweite",
    "dritte",
    "vierte",
    "fünfte",
    "sechste",
    "siebte",
    "achte",
    "neunte",
    "zehnte",
    "elfte",
    "zwölfte",
    "dreizehnte",
    "vierzehnte",
    "fünfzehnte",
    "sechzehnte",
    "siebzehnte",
    "achtzehnte",
    "neunzehnte",
    "zwanzigste",
    "einundzwanzigste",
    "zweiundzwanzigste",
    "dreiundzwanzigste",
    "vierundzwanzigste",
    "fünfundzwanzigste",
    "sechsundzwanzigste",
    "siebenundzwanzigste",
    "achtundzwanzigste",
    "neunundzwanzigste",
    "dreißigste",
    "einunddreißigste",
)
ORDINAL = {
    f"{word}{ending}": index for index, word in enumerate(_ORDINALS, 1) for ending in ("", "n", "r", "m", "s")
}
ORDER = {
    f"{word}{ending}": value
    for word, value in (("erste", 1), ("zweite", 2), ("dritte", 3), ("vierte", 4), ("letzte", -1))
    for ending in ("", "n", "r", "s")
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
} | {"nächst": "next", "näxte": "next", "näxten": "next", "näxter": "next", "nä": "next"}
SPAN = {
    "woche": "week",
    "wo": "week",
    "wochenende": "weekend",
    "wochenendes": "weekend",
    "we": "weekend",
    "monat": "month",
    "monats": "month",
    "monates": "month",
    "jahr": "year",
    "jahres": "year",
    "wochen": "week",
}
UNIT = {
    "tag": "day",
    "tage": "day",
    "tagen": "day",
    "woche": "week",
    "wochen": "week",
    "monat": "month",
    "monate": "month",
    "monaten": "month",
    "jahr": "year",
    "jahre": "year",
    "jahren": "year",
    "stunde": "hour",
    "stunden": "hour",
    "std": "hour",
    "minute": "minute",
    "minuten": "minute",
    "min": "minute",
    "werktag": "workday",
    "werktage": "workday",
    "werktagen": "workday",
    "arbeitstage": "workday",
    "arbeitstagen": "workday",
}
HOLIDAY = {
    "neujahr": "new_year",
    "neujahrstag": "new_year",
    "heilige drei könige": "epiphany",
    "dreikönig": "epiphany",
    "dreikönigstag": "epiphany",
    "valentinstag": "valentine",
    "rosenmontag": "rose_monday",
    "faschingsdienstag": "shrove_tuesday",
    "aschermittwoch": "ash_wednesday",
    "karfreitag": "good_friday",
    "ostern": "easter",
    "osterwochenende": "easter",
    "ostersonntag": "easter_sunday",
    "ostermontag": "easter_monday",
    "tag der arbeit": "labour_day",
    "erster mai": "labour_day",
    "himmelfahrt": "ascension",
    "christi himmelfahrt": "ascension",
    "vatertag": "ascension",
    "pfingsten": "whitsun",
    "pfingstsonntag": "whit_sunday",
    "pfingstmontag": "whit_monday",
    "fronleichnam": "corpus_christi",
    "tag der deutschen einheit": "german_unity",
    "halloween": "halloween",
    "reformationstag": "reformation",
    "allerheiligen": "all_saints",
    "martinstag": "st_martin",
    "nikolaus": "st_nicholas",
    "nikolaustag": "st_nicholas",
    "heiligabend": "christmas_eve",
    "heilig abend": "christmas_eve",
    "heiliger abend": "christmas_eve",
    "weihnachten": "christmas",
    "weihnachtstage": "christmas",
    "weihnachtstagen": "christmas",
    "weihnachtsfeiertage": "christmas",
    "weihnachtsfeiertagen": "christmas",
    "feiertage": "christmas",
    "feiertagen": "christmas",
    "erster weihnachtstag": "christmas_day",
    "ersten weihnachtstag": "christmas_day",
    "1. weihnachtstag": "christmas_day",
    "zweiter weihnachtstag": "boxing_day",
    "zweiten weihnachtstag": "boxing_day",
    "2. weihnachtstag": "boxing_day",
    "silvester": "new_years_eve",
    "sylvester": "new_years_eve",
    "zwischen den jahren": "between_years",
    "jahreswechsel": "new_years_eve",
    "erster advent": "advent",
    "ersten advent": "advent",
    "1. advent": "advent",
}
HOLIDAY_WEEK = {
    "osterwoche": "easter",
    "weihnachtswoche": "christmas",
    "pfingstwoche": "whitsun",
    "karwoche": "good_friday",
}
WEEK_OF_MONTH = {
    f"{name}woche": MONTH[name] for name in MONTH if len(name) > 4 or name in ("märz", "mai", "juni", "juli")
}

ALIASES: dict[str, tuple[str, ...]] = {
    "wochenanfang": ("anfang", "der", "woche"),
    "wochenbeginn": ("anfang", "der", "woche"),
    "wochenmitte": ("mitte", "der", "woche"),
    "monatsanfang": ("anfang", "des", "monats"),
    "monatsmitte": ("mitte", "des", "monats"),
    "monatsende": ("ende", "des", "monats"),
    "jahresanfang": ("anfang", "des", "jahres"),
    "jahresende": ("ende", "des", "jahres"),
    "jahresbeginn": ("anfang", "des", "jahres"),
    "asap": ("asap",),
    "nexte": ("nächste",),
    "nexten": ("nächsten",),
    "nexter": ("nächster",),
    "nä": ("nächste",),
    "morgn": ("morgen",),
    "moin": ("moin",),
    "übermorn": ("übermorgen",),
    "morjen": ("morgen",),
    "heut": ("heute",),
    "übernexte": ("übernächste",),
    "nachmittach": ("nachmittag",),
    "mittw": ("mittwoch",),
    "donn": ("donnerstag",),
    "freit": ("freitag",),
    "vormittach": ("vormittag",),
    "halbvier": ("halb", "vier"),
    "h": ("uhr",),
    "uhrh": ("uhr",),
    "urh": ("uhr",),
    "ur": ("uhr",),
    "uhrr": ("uhr",),
    "fruh": ("früh",),
    "frueh": ("früh",),
    "sonnabends": ("samstags",),
    "wochende": ("wochenende",),
    "wochenede": ("wochenende",),
    "weekend": ("wochenende",),
    "nechste": ("nächste",),
    "nechsten": ("nächsten",),
    "nögst": ("nächst",),
    "baldmöglichst": ("asap",),
    "schnellstmöglich": ("asap",),
    "schnellstmöglichst": ("asap",),
    "frühestmöglich": ("asap",),
    "schnellstens": ("asap",),
    "frühstmöglich": ("asap",),
    "baldmöglichster": ("asap",),
    "schnellstmöglichen": ("asap",),
    "frühestmöglichen": ("asap",),
    "nächstmöglich": ("asap",),
    "nächstmöglichen": ("asap",),
    "nächstmögliche": ("asap",),
    "nächstmöglicher": ("asap",),
    "frühstmöglichen": ("asap",),
    "schnellstmögliche": ("asap",),
    "sofort": ("asap",),
    "umgehend": ("asap",),
    "dreiviertel": ("dreiviertel",),
    "vormittgs": ("vormittags",),
    "montagfrüh": ("montag", "früh"),
}
_PARTS_IN_ONE = (
    "früh",
    "morgen",
    "morgens",
    "vormittag",
    "vormittags",
    "mittag",
    "mittags",
    "nachmittag",
    "nachmittags",
    "abend",
    "abends",
    "nacht",
)
ALIASES |= {
    f"{name}{part}": (name, part)
    for name, part in product(
        [*WEEKDAY_NAMES, "sonnabend", "mo", "di", "mi", "do", "fr", "sa"], _PARTS_IN_ONE
    )
}
ALIASES |= {
    f"{month}{edge}": (edge, month)
    for month in MONTH
    if len(month) > 3 and " " not in month
    for edge in ("anfang", "mitte", "ende")
}
ALIASES |= {f"halb{_COUNTS[hour]}": ("halb", _COUNTS[hour]) for hour in range(1, 13)}

# Words that a typo may have meant, long enough to be told apart.
TARGETS = (
    *WEEKDAY_NAMES,
    *WEEKDAYS,
    "sonnabend",
    "januar",
    "februar",
    "april",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "übermorgen",
    "heute",
    "morgen",
    "morgens",
    "vormittag",
    "vormittags",
    "mittags",
    "nachmittag",
    "nachmittags",
    "abends",
    "nächste",
    "nächsten",
    "nächster",
    "nächstes",
    "nächsten",
    "übernächste",
    "übernächsten",
    "übernächster",
    "kommende",
    "kommenden",
    "kommender",
    "woche",
    "wochen",
    "wochenende",
    "viertel",
    "zwischen",
    "weihnachten",
    "spätestens",
    "frühestens",
    "baldmöglichst",
    "schnellstmöglich",
    "ostern",
    "pfingsten",
    "dreiviertel",
    "silvester",
    "heiligabend",
    *(f"{name}{part}" for name, part in product(WEEKDAY_NAMES, _PARTS_IN_ONE)),
)
# Words near those that mean themselves.
KNOWN = frozenset(
    "mögen magen morden sorgen wochentag wochentags monate monaten monat montage mittel mitteln mitte bitte heiter haute heuer heuter abend aber haben wachen kochen wolle wollen wohne "
    "wohnen machen wachsen suchen kommend kommen komme kommenda marine mutter oster osten posten besten letzte letzten letzter nachts nacht mittag moments moment freitod frist "
    "freitags samtag sonst sommer sonntagsdienst praxis termin termine vormittagstermin augen auge augst agust dienst dienste dienstlich dienstplan früher früheste frühesten später spätere "
    "späteren späteste nächstes nächstens tagen woanders wochenlang zwischendurch zwischenzeit viele vierte vierten viertes vierter heuet meinten morgends oktoberfest "
    "augustin martin nachtdienst junge jungen julia juliane aprilia mittlere mittleren macht machts nachher vorher hüfte heult herzlich heften weihnachtsfeier osteopath osteopathie ostend "
    "woher wobei wofür wochenbett wochenfluss wochenpille monatlich täglich freundin freund freundlich samstagabend nachsten wichtig".split()
)
