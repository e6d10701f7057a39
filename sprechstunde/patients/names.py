"""Personal names as people write them: split into given and family name, and compared."""

from __future__ import annotations

import re
import unicodedata

from sprechstunde.patients.name_words import LEADING, PARTICLES, POINTED_TITLES, ROMAN, SUFFIXES, TITLES

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_DASHES = re.compile(r"\s*[\u2010-\u2015-]\s*")


def split_name(name: str) -> tuple[str, str]:
    """("Anna-Lena", "von Berg") for "Dr. Anna-Lena von Berg" and for "von Berg, Anna-Lena".

    A single word is a family name: ("", "Schmidt"). All small or all capital letters are put right.
    """
    clean = _clean(name)
    before, comma, after = clean.partition(",")
    if comma and not _is_suffix(after):
        family, given = _words(before), _words(after)
        # "Berg, Anna von": the particle is written behind the given name, and belongs to the family name.
        while len(given) > 1 and given[-1].casefold() in PARTICLES:
            family.insert(0, given.pop())
    else:
        given, family = _divide(_words(clean.replace(",", " ")))
    shouted = "".join([*given, *family])
    if shouted == shouted.lower() or (shouted == shouted.upper() and len(shouted) > 3):
        given, family = _capitals(given), _capitals(family)
    return " ".join(given), " ".join(family)


def spelled(name: str) -> str:
    """The name with its capitals where it was typed all small or all capital ("emre kaya"); otherwise as it is."""
    if name != name.lower() and not (name == name.upper() and len(name) > 3):
        return name
    return " ".join(_capitals(name.split()))


def comparable(given: str, family: str) -> frozenset[str]:
    """Equal for spellings of one person's name: order, case, accents, umlauts and hyphens don't count."""
    folded = f"{given} {family}".casefold().translate(_APOSTROPHES)
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        folded = unicodedata.normalize("NFC", folded).replace(umlaut, letters)
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return frozenset(re.findall(r"\w+", plain))


def _clean(name: str) -> str:
    text = unicodedata.normalize("NFC", name).translate(_APOSTROPHES)
    text = "".join(
        c if c.isalpha() or c.isspace() or c in "-'.,’‐‑–" or unicodedata.combining(c) else " " for c in text
    )
    text = _DASHES.sub("-", text)
    return re.sub(r"\s+", " ", text).strip(" ,-")


def _words(text: str) -> list[str]:
    # "Dr.med.Anna": a point ends a word, except in an initial of several letters such as "J.P."
    spaced = re.sub(r"\.(?=\w{2,})", ". ", text)
    return [word for word in spaced.split() if not _is_title(word)]


def _is_title(word: str) -> bool:
    bare = word.strip(".-'").casefold()
    return not bare or bare in TITLES or word.casefold() in POINTED_TITLES


def _is_suffix(text: str) -> bool:
    return text.strip(" .").casefold() in SUFFIXES


def _divide(words: list[str]) -> tuple[list[str], list[str]]:
    if not words:
        return [], []
    end = len(words) - 1
    while end > 1 and _is_suffix(words[end]):
        end -= 1
    start = end
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        start -= 1
    # "von Berg": no given name at all.
    if start == 1 and words[0].casefold() in LEADING:
        start = 0
    if start > 1 and words[start].casefold() == "y":
        start -= 1
    # Where two particles surround a name ("de la Cruz y Soto") the first one begins the family name.
    for index in range(1, start):
        if words[index].casefold() in PARTICLES - {"y"} and len(words[index]) > 1:
            start = index
            break
    return words[:start], words[start:]


def _capitals(words: list[str]) -> list[str]:
    return [_capital(word.lower()) for word in words]


def _capital(word: str) -> str:
    if word in PARTICLES and word not in {"st", "st.", "sankt", "saint", "san", "santa", "mac", "mc"}:
        return word
    if word in ROMAN:
        return word.upper()
    return re.sub(r"(^|[-'.])(\w)", lambda m: m[1] + m[2].upper(), word)
