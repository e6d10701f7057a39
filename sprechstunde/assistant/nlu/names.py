"""Where a person's name stands in a message: "ich heiße …", "for my daughter Mia Schmidt", "Anna Weiß, geb. …"."""

from __future__ import annotations

import re
from collections.abc import Callable

from sprechstunde.assistant.nlu.given_names import is_given_name
from sprechstunde.assistant.nlu.language_words import is_everyday
from sprechstunde.assistant.nlu.text import fold, folded_words

_KIN = (
    r"(?:tochter|sohn(?:es)?|kind|baby|frau|mann|ehemann|ehefrau|mutter|mama|vater|papa|oma|opa|partner(?:in)?|"
    r"freund(?:in)?|schwester|bruder|enkel(?:in)?|daughter|son|child|kid|wife|husband|mother|mum|mom|father|dad|"
    r"grandma|grandmother|grandfather|grandpa|sister|brother|girlfriend|boyfriend)"
)
_OWN = r"(?:mein|unser|ihr|sein)(?:e|en|em|er|es)?|my|our|his|her"
_IS = r"(?:\s+(?:ist|lautet|wäre|is|would\s+be)|'s|\s*[:=])"
# Behind these comes a name, whatever its spelling ("mein name ist anna schmidt").
_STRONG = re.compile(
    "(?:"
    + "|".join(
        (
            r"\b(?:ich|ick|i)\s+hei(?:ß|ss)e?",
            r"^\W*hei(?:ß|ss)e(?:\s+ich)?",
            r"\bhei(?:ß|ss)e\s+ich",
            rf"\b(?:sie|er|es|patient(?:in)?|{_KIN})\s+hei(?:ß|ss)t",
            r"\bnamens",
            r"\bauf\s+den\s+namen",
            r"\bunder\s+the\s+name(?:\s+of)?",
            rf"\b(?:my|full|his|her|their|patient(?:'?s)?|child's|son's|daughter's|mein|der|sein|ihr)?\s*name{_IS}",
            r"\bmein\s+name",
            r"\b(?:nach|familien|zu|sur|family\s+|last\s+)name(?:\s+(?:ist|is))?\s*:?",
            r"\bpatient(?:in)?(?:\s+name)?\s*:",
            rf"\b(?:he|she|i|patient|{_KIN})(?:'s|\s+is|\s+am|'m)\s+called",
        )
    )
    + r")\s*[:,]?\s*",
    re.IGNORECASE,
)
# Behind these a name is likely, if it is written like one ("ich bin Anna Schmidt", not "ich bin Krank").
_WEAK = re.compile(
    "|".join(
        (
            r"\b(?:ich\s+bin|bin|i\s+bin|hier\s+(?:ist|spricht|schreibt))\s+(?:(?:die|der|d'|s)\s*)?",
            r"\b(?:i\s+am|i'?m|this\s+is|it'?s)\s+",
            rf"\b(?:{_OWN})\s+{_KIN},?\s+",
            r"\b(?:frau|herrn?|mrs|mr|ms)\.?\s+",
            r"\b(?:gruß|grüße|grüßen|regards|best|lg|vg|mfg),?\s+",
        )
    ),
    re.IGNORECASE,
)
# Behind these a single name is enough.
_WEAK_SINGLE = re.compile(
    rf"\b(?:für|for|wegen|von)\s+(?:{_OWN})\s+(?:kleine[nr]?\s+|little\s+)?{_KIN}\s+"
    r"|\bhier\s+(?:ist|spricht|schreibt)\s+(?:die\s+|der\s+)?(?:frau|herr)\s+|\bthis\s+is\s+(?:mrs|mr|ms)\.?\s+",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
_PARTICLES = folded_words("von van de der den zu zur vom al el bin ben da dos di la le ter zum")
_TITLES = frozenset({"dr", "prof", "med"})
_STOP_WORDS = """
und and ich i geboren geb born bin am im in ist is hat has aus from mit with bei at versichert insured
gesetzlich privat private privately public hätte möchte brauche would need please bitte for für wegen about or
oder aber but the a an der die das mein meine my wir we sie er he she es it kommt komme was wann when who wer
noch schon neu new hier here auf on zum zur to of you ihr ihre her his danke thanks jahre years old alt dob date
geburtsdatum birthday termin appointment patient patientin nicht not kann can will wurde habe hab have had
frau herr herrn mrs mr ms miss speaking chef chefin vorname nachname
"""
# As they are spelled: folding makes "Imm" and "im" one, and a patient may be called Imm.
_STOP = frozenset(_STOP_WORDS.split()) | {
    word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    for word in _STOP_WORDS.split()
}
_MAX_WORDS = 5
IsStaff = Callable[[str], bool]
# What a noun of the waiting room ends in; no surname beside a given name ("Mia Halsschmerzen").
_NO_SURNAME = re.compile(
    r"(?:schmerz(?:en)?|itis|ose|weh|ausschlag|husten|fieber|impfung|termin|untersuchung|vorsorge|kontrolle|"
    r"beschwerden|probleme?|verletzung|allergie|check|pain|ache|rash|appointment|test|kasse|sprechstunde)$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"\s+(?:zum?|zur|zu der)\s+(?P<what>\S.*)$")
# Who is spoken of behind these is a doctor or whoever is greeted.
_OTHERS = re.compile(
    r"(?:\b(?:bei|beim|zu|zum|zur|mit|with|see|by|dr|doktor|doctor|prof|hallo|hello|hi|dear|liebe[rs]?)\b|@)\W*$",
    re.IGNORECASE,
)
_NAME_THEN_DATE = re.compile(
    r"\s*((?:[^\W\d_][\w'’.-]*\s+){1,4}[^\W\d_][\w'’-]*)\s*[,;(/*-]*\s*"
    r"(?:geb\w*\.?|born|\*|dob:?|\(|am|on|d\.o\.b\.?|date of birth:?)?\s*(?:am|on)?[\s:,.(]*$",
    re.IGNORECASE,
)


def _nobody(_name: str) -> bool:
    return False


def find_name(
    text: str, birth_start: int | None = None, is_staff: IsStaff = _nobody
) -> tuple[int, int] | None:
    """Character range of the first person's name in `text`, or None.

    `birth_start`: where a date of birth begins. `is_staff`: whether a name is one of the clinic's own people, who
    are no patients unless they say that this is their name.
    """
    for match in _STRONG.finditer(text):
        span = _name_at(text, match.end(), strict=False)
        if span:
            return _with_given_name_behind(text, span)
    for intro, fewest in ((_WEAK_SINGLE, 1), (_WEAK, 2)):
        for match in intro.finditer(text):
            span = _name_at(text, match.end(), strict=True)
            if span and _words_in(text, span) >= fewest:
                return span
    before = _before_birth_date(text, birth_start) if birth_start else None
    return before or _with_given_name(text, is_staff)


def _with_given_name(text: str, is_staff: IsStaff) -> tuple[int, int] | None:
    """ "… wegen Husten morgen, Anna Beispiel": a given name that we know, and a surname behind it."""
    for match in _NAME_WORD.finditer(text):
        if not is_given_name(match.group()) or _OTHERS.search(text[: match.start()]):
            continue
        capital = match.group()[0].isupper()
        span = _name_at(text, match.start(), strict=capital, loose_end=not capital)
        if span is None or _words_in(text, span) < 2:
            continue
        name = text[span[0] : span[1]].split()
        if is_staff(" ".join(name)):
            continue
        if any(_NO_SURNAME.search(word) or is_everyday(word) for word in name[1:]):
            continue
        if capital or re.match(r"\s*(?:$|[^\w\s])|\s+\d", text[span[1] :]):
            return span
    return None


def in_order(name: str) -> str:
    """ "Öztürk, Ali" → "Ali Öztürk", "Dr. Huber, Karl" → "Dr. Karl Huber"; other names as they are."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma:
        return name
    words = family.split()
    titles = [word for word in words if fold(word.strip(".")) in _TITLES]
    return " ".join([*titles, given, *(word for word in words if word not in titles)])


def _with_given_name_behind(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Lengthens "Öztürk" in "Name: Öztürk, Ali" to both parts."""
    behind = re.compile(r",\s*([^\W\d_]+(?:-[^\W\d_]+)?)\s*(?:[,;\n]|$)").match(text, span[1])
    if behind is None or not _is_name_word(behind.group(1), first=True, strict=True):
        return span
    return span[0], behind.end(1)


def _words_in(text: str, span: tuple[int, int]) -> int:
    return len([word for word in text[span[0] : span[1]].split() if fold(word.strip(".")) not in _TITLES])


def _name_at(text: str, position: int, *, strict: bool, loose_end: bool = False) -> tuple[int, int] | None:
    """A run of name words from `position`; `strict`: capitalised ones that are no everyday words at the start;
    `loose_end`: everyday words in small letters end it."""
    start, end, count = position, position, 0
    while count < _MAX_WORDS and (match := _NAME_WORD.match(text, end if not count else end + 1)):
        word = match.group().rstrip(".")
        if word.endswith(("'s", "’s")):  # "Mr Stein's wife" is not Mr Stein
            return None
        everyday = loose_end and count > 0 and is_everyday(word)
        if everyday or not _is_name_word(word, first=count == 0, strict=strict):
            break
        end, count = match.start() + len(word), count + 1
        if end >= len(text) or text[end] not in " .":
            break
        if text[end] == "." and not (fold(word) in _TITLES and text[end + 1 : end + 2] == " "):
            break
        if text[end] == ".":
            end += 1
    if strict and count and text[start:end].split()[0] in _PARTICLES:  # "mein Kind zur U7"
        return None
    purpose = _PURPOSE.search(text, start, end) if strict else None
    if purpose and any(map(_is_no_surname, purpose["what"].split())):
        end = purpose.start()  # "Frau Petrova zur Vorsorge"
        count = len(text[start:end].split())
    while count and (last := text[start:end].split()[-1]).lower() in _PARTICLES and not is_given_name(last):
        end, count = start + len(text[start:end].rsplit(maxsplit=1)[0]), count - 1
    return (start, end) if count else None


def _is_name_word(word: str, *, first: bool, strict: bool) -> bool:
    if word.lower() in _PARTICLES:
        return True
    if word.lower() in _STOP or not word[0].isalpha():
        return False
    return not strict or (word[0].isupper() and not (is_everyday(word) and first))


def _is_no_surname(word: str) -> bool:
    return len(word) == 1 or is_everyday(word) or bool(_NO_SURNAME.search(word))


def _before_birth_date(text: str, birth_start: int) -> tuple[int, int] | None:
    """ "Anna Schmidt, geb. 3.4.1988": two or more capitalised words at the start of the line, then the date."""
    line_start = text.rfind("\n", 0, birth_start) + 1
    head = text[line_start:birth_start]
    if not head.strip(" ,") and line_start:
        return _before_birth_date(text, line_start - 1)
    match = _NAME_THEN_DATE.match(head)
    if match is None:
        return None
    start = line_start + match.start(1)
    span = _name_at(text, start, strict=True)
    return span if span and _words_in(text, span) >= 2 else None
