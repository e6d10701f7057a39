"""Which of the rows just shown: "die zweite", "the last one", "2", "Nr. 3"."""

from __future__ import annotations

import re

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from sprechstunde.assistant.nlu.component import MessageComponent
from sprechstunde.assistant.nlu.negation import is_excluded
from sprechstunde.assistant.nlu.text import Word, fold, folded_words, words

_NAMES = {
    1: "erschte erste ersten erster erstes erstere erschten erstens first obere oberste obersten",
    2: "zwoite zweite zweiten zweiter zweites zwote zwoten zwoter zweeten zweitens second",
    3: "dritte dritten dritter drittes drittens third",
    4: "vierte vierten vierter viertes fourth",
    5: "fünfte fünften fünfter fünftes fifth",
    6: "sechste sechsten sechster sechstes sixth",
    7: "siebte siebten siebter siebtes siebente seventh",
    8: "achte achten achter achtes eighth",
    9: "neunte neunten neunter neuntes ninth",
    10: "zehnte zehnten zehnter zehntes tenth",
    -1: "letzte letzten letzter letztes letztere last unterste untersten untere",
    -2: "vorletzte vorletzten vorletzter vorletztes penultimate",
}
_ORDINALS = {fold(word): number for number, line in _NAMES.items() for word in line.split()}
_NUMBERS = (
    "eins one",
    "zwei zwo two",
    "drei three",
    "vier four",
    "fünf five",
    "sechs six",
    "sieben seven",
    "acht eight",
    "neun nine",
    "zehn ten",
)
_CARDINALS = {fold(word): number for number, line in enumerate(_NUMBERS, start=1) for word in line.split()}
# The word behind an ordinal decides: "die zweite Woche" and "das erste Mal" choose no row.
_COUNTED = folded_words(
    "woche wochen tag tage mal monat monate quartal hälfte stunde stunden impfung dosis untersuchung besuch "
    "schwangerschaft arzt ärztin kind sohn tochter name stock etage meinung teil frage seite reihe dezemberwoche "
    "week weeks day days time times month half hour dose jab vaccination visit pregnancy doctor child son daughter "
    "name floor opinion part question page thing available check montag dienstag mittwoch donnerstag freitag "
    "samstag sonntag monday tuesday wednesday thursday friday saturday sunday januar februar märz april mai juni "
    "juli august september oktober november dezember january february march may june july october december"
)
_TAKES = folded_words(
    "nehme nehm nehmen bitte please pls kindly passt works wäre is ist geht gut thanks thx ta cheers danke"
)
_SHORT_ANSWERS = folded_words("bitte please termin option one slot vorschlag suggestion then dann")
_MONTHS = folded_words(
    "january february march april may june july august september october november december"
)
_ARTICLES = folded_words(
    "der die das den dem s de the nummer nr number option variante termin vorschlag suggestion zeile row slot auswahl"
)
_BARE = re.compile(
    r"^\W*(?:(?:die|der|den|das|the|nr|nummer|no|number|option|slot|termin|nehme|ich nehme|i'?ll take|take|"
    r"bitte|#)[\s.:]*)*"
    r"(\d{1,2})(?:\ufe0f?\u20e3|[.)]*)(?:\s*(?:bitte|please|pls|nehme ich|passt|works|thanks|danke))*\W*$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:\bnr\.?|\bzeile|\brow|\bvorschlag|\bsuggestion|\bnummer|\bnumber|\boption|\bno\.|#)\s*(\d{1,2})\b",
    re.IGNORECASE,
)
_COUNTED_OFF = re.compile(
    r"(?:^\s*|\bthe\s+)(\d{1,2})(?:st|nd|rd|th)\s+(?:one|slot|option|time|row|suggestion)\b", re.IGNORECASE
)
_MAX_ROW = 10
_LONGEST_ANSWER = 6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Ordinals(MessageComponent):
    """Adds `ordinal`: 1-based position, -1 the last, -2 the last but one. At most one a message."""

    def read(self, message: Message, text: str) -> None:
        found = _by_number(text) or _by_name(words(text))
        if found:
            value, start, end = found
            self.add_entities(message, [{"entity": "ordinal", "value": value, "start": start, "end": end}])


def _by_number(text: str) -> tuple[int, int, int] | None:
    match = _BARE.match(text) or _LABELLED.search(text) or _COUNTED_OFF.search(text)
    if match is None or not 1 <= int(match.group(1)) <= _MAX_ROW:
        return None
    return int(match.group(1)), match.start(1), match.end(1)


def _by_name(spoken: list[Word]) -> tuple[int, int, int] | None:
    for i, word in enumerate(spoken):
        value = _ORDINALS.get(word.folded)
        if value is None:
            value = _cardinal(spoken, i)
        elif not _chooses(spoken, i):
            continue
        if value is not None:
            return value, word.start, word.end
    return None


def _chooses(spoken: list[Word], i: int) -> bool:
    following = spoken[i + 1] if i + 1 < len(spoken) else None
    article = i > 0 and spoken[i - 1].folded in _ARTICLES
    if is_excluded(spoken, i, i + 1) or not (article or i == 0):
        return False
    if following is None or following.clause != spoken[i].clause:
        return True
    if following.folded == "of" and i + 2 < len(spoken) and spoken[i + 2].folded in _MONTHS:
        return False
    if article:
        return following.folded not in _COUNTED
    # without an article only a short answer chooses: "erster Termin morgen" asks for the earliest
    rest = {word.folded for word in spoken[i + 2 :]}
    return following.folded in _SHORT_ANSWERS and rest <= _TAKES


def _cardinal(spoken: list[Word], i: int) -> int | None:
    """ "die drei", "Nummer zwei", or the number alone; "um drei" is a time."""
    value = _CARDINALS.get(spoken[i].folded)
    if value is None or len(spoken) > _LONGEST_ANSWER:
        return None
    alone = len(spoken) == 1
    labelled = (
        i > 0
        and spoken[i - 1].folded in _ARTICLES
        and (i + 1 == len(spoken) or spoken[i + 1].folded in _TAKES)
    )
    return value if alone or labelled else None
