"""Whom a message is about, where it names several: "einen Termin für mich und meine Tochter" is two wishes."""

from __future__ import annotations

import re
from collections.abc import Collection

from sprechstunde.assistant.nlu.known_phrases import phrase_value

_ME = r"(?:mich|mir|ich|me|myself|i)(?: selbst| selber)?"
_WORD = r"[^\W\d_]+"
# "meine (kleine) Tochter", "my wife"; which of these are people, the phrases of the NLU know
_MINE = (
    rf"(?:mein\w{{0,2}}|unser\w{{0,2}}|my|our) "
    rf"(?:(?:klein|groß|jüngst|ältest|little|older|younger|big)\w* )?{_WORD}"
)
_AND = re.compile(
    r"\s*(?:,\s*)?(?:,|\+|&|\bund\b|\band\b|\bplus\b|\bsowie\b|\bas well as\b)\s*"
    r"(?:(?:auch|gleich|noch|dann|also|then)\s)*"
    r"(?:(?:einen?|einer|nen|one|another)\s)?(?:(?:termin|appointment)\s)?(?:(?:für|von|bei|mit|for|of)\s)?",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\bund\b|\band\b|\bplus\b|\bsowie\b|\bas well as\b|[&+]", re.IGNORECASE)
_PERSON = tuple(re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE) for words in (_MINE, _ME, _WORD))
_AT = r"(?:bei|beim|zum|zur|fürs?|with|for|at)\b"
_TWO_VISITS = re.compile(
    rf"\b(?P<one>einen|einmal|nen|one)\s+(?P<first>{_AT}.+?),?\s+(?:und|and|sowie|plus)\s+(?:auch |noch |then )?"
    rf"(?P<other>einen|einmal|nen|one|another)\s+(?P<second>{_AT}.+)",
    re.IGNORECASE,
)
_START = re.compile(r"(?<!\w)\w")
_SUBJECT = re.compile(r"^(?:ich|i)\b", re.IGNORECASE)
_SELF = re.compile(
    r"\b(?:ich auch|für mich|fuer mich|mir|meine?n?(?= (?:termin|auch|auf|am|bitte|verschieb|absag))|me too|for me|"
    r"for myself|mine|my (?:own|appointment))\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:mein(?:e[nmrs]?|s)?|mir|mine|my|me)\b", re.IGNORECASE)


def each_person(text: str, names: Collection[str] = ()) -> list[str]:
    """The message once for each of the people it names side by side; `[text]` where it names no two.

    `names`: first names of those known, who need no "meine Tochter" to be recognised.
    """
    for start in _START.finditer(text):
        people, end = _chain(text, start.start(), names)
        if len(people) > 1 and _JOINED.search(text[start.start() : end]):
            return [_about(text[: start.start()], who, text[end:]) for who in people]
    return [text]


def each_visit(text: str) -> list[str]:
    """ "Zwei Termine, einen beim Hautarzt und einen beim Orthopäden": the message once for each; else `[text]`."""
    found = _TWO_VISITS.search(text)
    if not found:
        return [text]
    return [f"{found['one']} {found['first']}", f"{found['other']} {found['second']}"]


def _chain(text: str, start: int, names: Collection[str]) -> tuple[list[str], int]:
    """The people who stand side by side from `start` on, and where they end."""
    people: list[str] = []
    end = at = start
    while True:
        read = [
            (m.end(), who)
            for p in _PERSON
            if (m := p.match(text, at)) and (who := _person(m.group(), names, people))
        ]
        if not read:
            return people, end
        end = read[0][0]
        people.append(read[0][1])
        joint = _AND.match(text, end)
        if joint is None:
            return people, end
        at = joint.end()


def _person(words: str, names: Collection[str], before: list[str]) -> str | None:
    """The words, if they mean a person; "daughter" in "my son and daughter" is "my daughter"."""
    if re.fullmatch(_ME, words, re.IGNORECASE) or words.casefold() in {name.casefold() for name in names}:
        return words
    if phrase_value("relationship", words) not in (None, "self"):
        return words
    owner = re.match(r"(?:mein|unser|my|our)\w{0,2}(?= )", before[-1] if before else "", re.IGNORECASE)
    with_owner = f"{owner.group()} {words}" if owner else ""
    return with_owner if owner and phrase_value("relationship", with_owner) else None


def _about(before: str, who: str, after: str) -> str:
    """A subject ("my wife and I need …") says for whom as well."""
    text = f"{before}{who}{after}"
    if not _SUBJECT.match(who):
        return text
    return f"{text} {'für mich' if who[:2].lower() == 'ic' else 'for me'}"


def person_in(text: str, relationship: str | None) -> str | None:
    """The relationship that the message names, `self` for "meinen auf Montag", None for nobody."""
    return relationship or ("self" if _SELF.search(text) else None)


def owner_in(text: str, relationship: str | None, names: Collection[str] = ()) -> str | None:
    """Whose appointment the message means: a first name of `names`, a relationship, `self` for "meinen"; else None."""
    spoken = {word.casefold().removesuffix("s") for word in re.findall(_WORD, text)}
    named = next((name for name in names if name.casefold().removesuffix("s") in spoken), None)
    return named or relationship or ("self" if _OWN.search(text) else None)
