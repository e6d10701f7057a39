"""Spelling and typos: aliases, compounds, words that typos may have meant, words near those that mean themselves."""

from __future__ import annotations

from itertools import product

from sprechstunde.dates.german import borrowed
from sprechstunde.dates.german.dialect import DIALECT
from sprechstunde.dates.german.time_words import COUNTS, MONTH, WEEKDAY_NAMES, WEEKDAYS
from sprechstunde.dates.tables import listed, phrases

ALIASES = (
    phrases(
        """
    hälfte der woche: wochenhälfte
    gegen: jejen | umara | umera | geegn
    anfang der woche: wochenanfang | wochenbeginn
    mitte der woche: wochenmitte
    anfang des monats: monatsanfang
    mitte des monats: monatsmitte
    ende des monats: monatsende
    anfang des jahres: jahresanfang | jahresbeginn
    ende des jahres: jahresende
    asap: ehestmöglich | ehestmöglichst | ehestens | raschestmöglich | ehestmöglichen | nächstmöglichst
    asap: asap | baldmöglichst | schnellstmöglich | schnellstmöglichst | frühestmöglich | schnellstens
    asap: frühstmöglich | baldmöglichster | schnellstmöglichen | frühestmöglichen | nächstmöglich
    asap: nächstmöglichen | nächstmögliche | nächstmöglicher | frühstmöglichen | schnellstmögliche | sofort
    asap: umgehend
    nächste: nexte | nä | nechste | näschte | näxte | neste | nähste | nägste
    nächsten: nexten | nechsten | näschten | näxten | nesten | nähsten
    nächster: nexter
    morgen: morgn | morjen
    moin: moin
    übermorgen: übermorn
    heute: heut
    übernächste: übernexte
    nachmittag: nachmittach
    mittwoch: mittw
    donnerstag: donn
    freitag: freit
    vormittag: vormittach
    halb vier: halbvier
    uhr: h | uhrh | urh | ur | uhrr
    früh: fruh | frueh
    samstags: sonnabends
    wochenende: wochende | wochenede | weekend
    nächst: nögst
    dreiviertel: dreiviertel
    vormittags: vormittgs
    montag früh: montagfrüh
    spätestens: allerspätestens | aller spätestens
    frühestens: allerfrühestens
    nicht: nich | nichd | nisch | net | ned | nid | nöd | nit
    woche: woch | wochn | wocha
    circa: zirka | zirca
    guten: gudn | gudde | guude | jutn
    in der: inne | inner | inna | ide
    ist: isch | is | iss
    """
    )
    | phrases(DIALECT)
    | phrases(borrowed.WORDS)
)
_PARTS_IN_ONE = listed(
    """
    früh | morgen | morgens | vormittag | vormittags | mittag | mittags | nachmittag | nachmittags | abend |
    abends | nacht
    """
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
ALIASES |= {
    f"{month}{days}": ("tage", "im", month)
    for month in MONTH
    if len(month) > 3 and " " not in month
    for days in ("tage", "tagen")
}
ALIASES |= {f"{month}termin": (month, "termin") for month in MONTH if len(month) > 2 and " " not in month}
ALIASES |= {f"halb{COUNTS[hour]}": ("halb", COUNTS[hour]) for hour in range(1, 13)}

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
    [
        "mögen",
        "magen",
        "morden",
        "sorgen",
        "wochentag",
        "wochentags",
        "monate",
        "monaten",
        "monat",
        "montage",
        "mittel",
        "mitteln",
        "mitte",
        "bitte",
        "heiter",
        "haute",
        "heuer",
        "heuter",
        "abend",
        "aber",
        "haben",
        "wache",
        "wachen",
        "kochen",
        "wolle",
        "wollen",
        "wohne",
        "wohnen",
        "machen",
        "wachsen",
        "suchen",
        "kommend",
        "kommen",
        "komme",
        "kommenda",
        "marine",
        "mutter",
        "oster",
        "osten",
        "posten",
        "besten",
        "letzte",
        "letzten",
        "letzter",
        "nachts",
        "nacht",
        "mittag",
        "moments",
        "moment",
        "freitod",
        "frist",
        "freitags",
        "samtag",
        "sonst",
        "sommer",
        "sonntagsdienst",
        "praxis",
        "termin",
        "termine",
        "vormittagstermin",
        "augen",
        "auge",
        "augst",
        "agust",
        "dienst",
        "dienste",
        "dienstlich",
        "dienstplan",
        "früher",
        "früheste",
        "frühesten",
        "später",
        "spätere",
        "späteren",
        "späteste",
        "nächstes",
        "nächstens",
        "tagen",
        "woanders",
        "wochenlang",
        "zwischendurch",
        "zwischenzeit",
        "viele",
        "vierte",
        "vierten",
        "viertes",
        "vierter",
        "heuet",
        "meinten",
        "morgends",
        "oktoberfest",
        "augustin",
        "martin",
        "nachtdienst",
        "junge",
        "jungen",
        "julia",
        "juliane",
        "aprilia",
        "mittlere",
        "mittleren",
        "macht",
        "machts",
        "nachher",
        "vorher",
        "hüfte",
        "heult",
        "herzlich",
        "heften",
        "weihnachtsfeier",
        "osteopath",
        "osteopathie",
        "ostend",
        "woher",
        "wobei",
        "wofür",
        "wochenbett",
        "wochenfluss",
        "wochenpille",
        "monatlich",
        "täglich",
        "freundin",
        "freund",
        "freundlich",
        "samstagabend",
        "nachsten",
        "wichtig",
    ]
)
