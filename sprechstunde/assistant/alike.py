"""Several people named with one word: "Termine für meine drei Kinder" is three wishes."""

from __future__ import annotations

import re

MOST = 5
_NUMBERS = {
    "zwei": 2, "zwo": 2, "beide": 2, "beiden": 2, "two": 2, "both": 2, "2": 2,
    "drei": 3, "three": 3, "3": 3,
    "vier": 4, "four": 4, "4": 4,
    "fünf": 5, "five": 5, "5": 5,
}  # fmt: skip
_AT_BIRTH = {"zwillinge": 2, "zwillingen": 2, "twins": 2, "drillinge": 3, "drillingen": 3, "triplets": 3}
_MANY = "|".join(_NUMBERS)
_OWN = r"(?:mein\w{0,2}|unser\w{0,2}|my|our)"
_CHILDREN = r"kindern?|kids|kiddos|children|kleinen|little ones"
_SONS = r"söhnen?|jungs|jungen|buben|sons|boys"
_DAUGHTERS = r"töchtern?|mädchen|mädels?|daughters|girls"
_SEVERAL = re.compile(
    rf"\b(?P<before>(?:(?:alle|all|both)\W+)?(?:(?:{_MANY})\W+)?(?:of\W+)?)(?P<own>{_OWN}|die|the)?\W*"
    rf"(?:(?P<many>{_MANY})\W+)?(?:(?:klein|groß|little|small|younger|older)\w*\W+)?"
    rf"(?:(?P<children>{_CHILDREN})|(?P<sons>{_SONS})|(?P<daughters>{_DAUGHTERS})|"
    rf"(?P<twins>{'|'.join(_AT_BIRTH)}))\b(?!['’])"
    rf"(?:\W+(?:alle )?(?P<last>{_MANY})\b(?! (?:uhr|o'?clock|pm|am)))?",
    re.IGNORECASE,
)
_ONE = {
    "children": {"de": "mein Kind", "en": "my child"},
    "twins": {"de": "mein Kind", "en": "my child"},
    "sons": {"de": "mein Sohn", "en": "my son"},
    "daughters": {"de": "meine Tochter", "en": "my daughter"},
}
_PLURAL = frozenset({"meine", "unsere", "meiner", "unserer", "meinen", "unseren", "my", "our"})
# Uncounted these may be one person's: "meinen Kleinen", "my daughters eye".
_ONE_PERSONS = re.compile(r"kleinen|jungen|sons|daughters|boys|girls|mädel|mädchen", re.IGNORECASE)
_FOR_ME = {"de": "für mich", "en": "for me"}
_ME = r"(?:mich|ich|me|myself|i)(?: selbst)?"
_ME_BEFORE = re.compile(
    rf"(?:\b(?:für|for) )?\b{_ME}\s*(?:und|and|&|\+|,|plus)\s*(?:für |for )?$", re.IGNORECASE
)
_ME_BEHIND = re.compile(
    rf"\s*(?:und|and|&|\+|plus)\s*(?:für |for )?{_ME}\b(?!\s+(?:\w+e|need|want)\b)", re.IGNORECASE
)
_FOR = re.compile(r"\b(?:für|for)\s*$", re.IGNORECASE)
_ENGLISH = re.compile(
    r"kids|kiddos|children|little ones|sons|boys|daughters|girls|twins|triplets", re.IGNORECASE
)


def each_of_several(text: str) -> list[str]:
    """The message once for each of the children it counts, as if said of one; `[text]` where it names no several.

    The patient's own comes first, where she names herself beside them. Uncounted ("my kids need flu jabs") they are at
    least two.
    """
    for found in _SEVERAL.finditer(text):
        count = _count(found)
        if count < 2:
            continue
        return _told(text, found, min(count, MOST))
    return [text]


def _told(text: str, found: re.Match[str], count: int) -> list[str]:
    """The message for each of them, and for the patient herself where she stands beside ("ich und meine Kinder")."""
    kind = next(name for name in _ONE if found[name])
    language = "en" if _ENGLISH.fullmatch(found[kind]) else "de"
    before, behind = _ME_BEFORE.search(text[: found.start()]), _ME_BEHIND.match(text[found.end() :])
    head = text[: before.start() if before else found.start()]
    tail = text[found.end() + (behind.end() if behind else 0) :]
    space = " " if found.group()[:1].isspace() and not before else ""
    children = [f"{head}{space}{_ONE[kind][language]}{tail}"] * count
    me = _FOR_ME[language].split()[-1] if _FOR.search(head) else _FOR_ME[language]
    own = [f"{head}{space}{me}{tail}"] if before or behind else []
    return [*own, *children]


def _count(found: re.Match[str]) -> int:
    said = re.findall(
        r"\w+", f"{found['before'] or ''} {found['many'] or ''} {found['last'] or ''}".casefold()
    )
    numbers = [_NUMBERS[word] for word in said if word in _NUMBERS]
    if numbers:
        return max(numbers)
    if found["twins"]:
        return _AT_BIRTH[found["twins"].casefold()]
    return 2 if (found["own"] or "").casefold() in _PLURAL and not _ONE_PERSONS.match(_who(found)) else 1


def _who(found: re.Match[str]) -> str:
    return next(found[name] for name in _ONE if found[name])
