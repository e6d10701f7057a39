""" "Lieber eine Ärztin", "a male doctor please": whether the words ask for a doctor of one gender."""

from __future__ import annotations

import re

_IF_POSSIBLE = r"wenn'?s? (?:es )?(?:geht|möglich ist)"
_PREFERS = rf"(?:lieber|am liebsten|bevorzug\w*|möglichst|nur|gern\w*|{_IF_POSSIBLE}|unbedingt|bitte)"
_MEDIC = r"(?:\w*[äa]e?rzt\w*|doktor\w*|\w*login|person)"
_DOCTOR = r"(?:doctors?|docs?|dr|gps?|physician|dermatologist|specialist|practitioner|clinician|one)"
_WANTS = r"(?:prefer\w*|rather|like|want|only|ideally|preferably|by|with|see|get)"
# The indefinite article tells a wish ("bei einer Ärztin") from somebody spoken of ("die Ärztin meinte").
CLEARLY = {
    "female": re.compile(
        rf"\bweibliche[nrs]? {_MEDIC}"
        r"|\b(?:von|bei|zu|mit|an) (?:einer|'?ner|na) (?:ärztin|aerztin|doktorin|frau)\b(?! dr)"
        rf"|\b{_PREFERS} (?:\w+ ){{0,4}}?(?<!für )(?:eine[rn]?|'?ner?|die andere) (?:\w*ärztin|doktorin|frau)\b"
        r"|\bkeine[nm]? (?:mann|männer|männliche\w*)\b|\bnicht (?:von|bei|zu) (?:einem |nem )?(?:mann|männern)\b"
        rf"|\b(?:female|wom[ae]n|lady) {_DOCTOR}\b|\b(?:female|women) only\b|\bonly (?:female|women)\b"
        rf"|\b{_WANTS} (?:\w+ ){{0,3}}?an? (?:woman|female|lady)\b(?! (?:patient|friend|colleague))"
        r"|\b(?:not|no|don'?t want) (?:(?:by |with )?an? )?(?:man|men|male|guy)\b",
        re.IGNORECASE,
    ),
    "male": re.compile(
        rf"\bmännliche[nrs]? {_MEDIC}|\b(?:von|bei|zu|mit|an) (?:einem|'?nem) mann\b"
        rf"|\b{_PREFERS} (?:\w+ ){{0,4}}?(?<!für )(?:ein(?:e[mn])?|'?nen?) mann\b"
        r"|\bkeiner? (?:frau|ärztin)\b|\bnicht (?:von|bei|zu) (?:einer |ner )?(?:frau|ärztin)\b"
        rf"|\bmale {_DOCTOR}\b|\b{_WANTS} (?:\w+ ){{0,3}}?a (?:man|male|guy)\b(?! (?:patient|friend|colleague))"
        r"|\b(?:not|no|don'?t want) (?:(?:by |with )?an? )?(?:woman|women|female|lady)\b",
        re.IGNORECASE,
    ),
}
# Enough where a doctor was asked for or a list of times names several.
IN_SHORT = {
    "female": re.compile(
        r"\b(?:ärztin|aerztin|doktorin|frau|weiblich\w*|female|wom[ae]n|lady|gynäkologin|she)\b",
        re.IGNORECASE,
    ),
    "male": re.compile(r"\b(?:mann|männlich\w*|herrn?|male|man|guy|he)\b", re.IGNORECASE),
}
A_DOCTOR = re.compile(r"\barzt\b", re.IGNORECASE)  # beside an "Ärztin" on the list, a man


def wanted(text: str) -> str | None:
    """`female` or `male` where a message clearly asks for such a doctor, else None."""
    return _only(CLEARLY, text)


def meant(text: str) -> str | None:
    """The same for an answer in few words: "die Frau", "she"."""
    return wanted(text) or _only(IN_SHORT, text)


def _only(patterns: dict[str, re.Pattern[str]], text: str) -> str | None:
    found = [gender for gender, words in patterns.items() if words.search(text)]
    return found[0] if len(found) == 1 else None
