"""Dates of birth in words: "dreizehnter Mai neunzehnhundertsechzig", "the thirteenth of may nineteen sixty"."""

from __future__ import annotations

import re
from datetime import date

from sprechstunde.dates.calendar import valid
from sprechstunde.dates.english.time_words import MONTH as ENGLISH_MONTH
from sprechstunde.dates.english.time_words import ORDINAL as ENGLISH_ORDINAL
from sprechstunde.dates.german.time_words import MONTH as GERMAN_MONTH
from sprechstunde.dates.german.time_words import ORDINAL as GERMAN_ORDINAL
from sprechstunde.dates.text import fold

OLDEST = 120
"""Years; nobody older than this books an appointment."""
_LAST_HOUR = 26
"""Up to here two digits behind a date may be an hour: "dritter Dezember zehn (Uhr)"."""
_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset({"of", "the", "im", "in", "jahr", "jahre", "year", "and", "der", "den", "am"})
_AN_HOUR = frozenset({"uhr", "oclock", "am", "pm", "clock", "o", "h"})


def _cardinals() -> dict[str, int]:
    german = """
    null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn
    achtzehn neunzehn
    """
    english = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
    """
    german_tens = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
    english_tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    found = {fold(word): n for line in (german, english) for n, word in enumerate(line.split())}
    found |= {"eins": 1, "zwo": 2, "dreissig": 30, "fourty": 40}
    for words, joint in ((german_tens, "und"), (english_tens, "")):
        units = (german if joint else english).split()
        for tens, word in enumerate(words, 2):
            found[fold(word)] = tens * 10
            for unit in range(1, 10):
                one = units[unit] + joint + word if joint else word + units[unit]
                found[fold(one)] = tens * 10 + unit
    return found


_CARDINAL = _cardinals()
_DAY = {
    fold(word).replace(" ", "").replace("-", ""): n
    for table in (GERMAN_ORDINAL, ENGLISH_ORDINAL)
    for word, n in table.items()
}
_MONTH = {fold(word).rstrip(" ."): n for table in (GERMAN_MONTH, ENGLISH_MONTH) for word, n in table.items()}
_HUNDREDS = {"neunzehnhundert": 1900, "nineteenhundred": 1900, "zweitausend": 2000, "twothousand": 2000}
_CENTURIES = {"neunzehn": 1900, "zwanzig": 2000, "nineteen": 1900, "twenty": 2000}
_DIGITS_DAY = re.compile(r"(\d{1,2})(?:ter|ten|te|st|nd|rd|th)?")


def find_spoken(text: str, today: date) -> tuple[date, int, int, bool] | None:
    """The date of birth with its range of characters, and whether it can't be a date and an hour; None where there
    is none. At least one of day, month and year is a word; the year is needed."""
    tokens = [(fold(match.group()), match.start(), match.end()) for match in _WORD.finditer(text[:4096])]
    words = [word for word, _, _ in tokens]
    for first in range(len(words)):
        found = _day_first(words, first) or _month_first(words, first)
        if found is None:
            continue
        day, month, (year, behind) = found
        if behind < len(words) and words[behind] in _AN_HOUR:
            continue
        born = valid(_full(year, today), month, day)
        if born and born <= today and today.year - born.year <= OLDEST:
            return born, tokens[first][1], tokens[behind - 1][2], year > _LAST_HOUR
    return None


def _day_first(words: list[str], at: int) -> tuple[int, int, tuple[int, int]] | None:
    for day, behind in _days(words, at):
        behind = _skip(words, behind)
        months = [(_MONTH[word], behind + 1) for word in words[behind : behind + 1] if word in _MONTH]
        # "der dreizehnte fünfte neunzehnhundertsechzig"
        months += [(n, end) for n, end in _days(words, behind) if n <= 12]
        for month, end in months:
            year = _year(words, _skip(words, end))
            if year:
                return day, month, year
    return None


def _month_first(words: list[str], at: int) -> tuple[int, int, tuple[int, int]] | None:
    if words[at] not in _MONTH:
        return None
    for day, behind in _days(words, _skip(words, at + 1)):
        year = _year(words, _skip(words, behind))
        if year:
            return day, _MONTH[words[at]], year
    return None


def _days(words: list[str], at: int) -> list[tuple[int, int]]:
    """Readings of an ordinal at `at`, longest first: (number, index behind it)."""
    found = []
    for length in (4, 3, 2, 1):
        joined = "".join(words[at : at + length])
        number = _DAY.get(joined)
        if number is None and length == 1 and (digits := _DIGITS_DAY.fullmatch(joined)):
            number = int(digits[1])
        if number and at + length <= len(words):
            found.append((number, at + length))
    return found


def _year(words: list[str], at: int) -> tuple[int, int] | None:
    """The year at `at` as (four or two digits, index behind it), the longest reading there is."""
    for length in range(6, 0, -1):
        if at + length > len(words):
            continue
        joined = "".join(words[at : at + length])
        if length == 1 and joined.isdigit() and len(joined) in (2, 4):
            return int(joined), at + 1
        year = _in_words(joined)
        if year is not None:
            return year, at + length
    return None


def _in_words(joined: str) -> int | None:
    for word, hundreds in _HUNDREDS.items():
        if joined.startswith(word):
            rest = joined[len(word) :]
            for tail in (rest, re.sub(r"^(?:und|and)", "", rest)):
                if not tail or tail in _CARDINAL:
                    return hundreds + _CARDINAL.get(tail, 0)
    for word, century in _CENTURIES.items():
        if joined.startswith(word):
            rest = re.sub(r"^(?:null|oh?|zero)(?=\w)", "", joined[len(word) :])
            if rest in _CARDINAL and (_CARDINAL[rest] > 9 or rest != joined[len(word) :]):
                return century + _CARDINAL[rest]
    return _CARDINAL.get(joined)


def _skip(words: list[str], at: int) -> int:
    while at < len(words) and words[at] in _FILLERS:
        at += 1
    return at


def _full(year: int, today: date) -> int:
    if year > 99:
        return year
    full = today.year // 100 * 100 + year
    return full if full <= today.year else full - 100
