"""Insurance that the patient can't name: insured through somebody else, or not known at the moment."""

from __future__ import annotations

import re

from .turn import Turn

FAMILY = "family"  # through a relative; the insurer's name tells which kind
UNKNOWN = "unknown"  # told at the desk
OPEN = frozenset({FAMILY, UNKNOWN})

_RELATIVE = (
    r"(?:elter\w*|mutter|mutti|mama|mami|vater|vati|papa|papi|mann\w*|frau|ehemann\w*|ehefrau|partner\w*|familie|"
    r"parent\w*|mother\w*|mum\w*|mom\w*|father\w*|dad\w*|husband\w*|wife\w*|spouse\w*|famil\w*)"
)
_INSURED = re.compile(
    rf"\b(?:mit|familien)versicher\w*|\b(?:über|bei|durch|via|through|under|on|with|by)\b[^.!?]{{0,15}}\b{_RELATIVE}\b|"
    rf"\b{_RELATIVE}\b'?s?\W+(?:health )?"
    r"(?:insur\w*|\w*versicher\w*|\w*kasse|plan|policy|cover\w*)|"
    r"\bco-?insured\b|\binsured as a dependen[tc]\w*|\bdependen[tc]\w* (?:cover\w*|insur\w*)",
    re.IGNORECASE,
)
_A_RELATIVE = re.compile(rf"\b{_RELATIVE}\b", re.IGNORECASE)
_FOR = re.compile(r"\b(?:für|fuer|for)\b", re.IGNORECASE)
_SPEAKS_OF_IT = re.compile(r"versicher|kasse|insur|\bplan\b|policy|cover", re.IGNORECASE)
_NOT_KNOWN = re.compile(
    r"\b(?:wei(?:ß|ss|s)|wees|woas)\w*\b[^.!?]{0,20}\b(?:nich\w*|net|ned|nit|nix)\b|"
    r"\b(?:keine?n?|null) (?:ahnung|plan|schimmer|idee)\b|^\W*(?:k\.? ?a\.?|kp|ka|idk|dunno)\W*$|"
    r"\b(?:un|nicht (?:so |ganz )?)sicher\b|\bkann ich\b[^.!?]{0,20}\bnicht sagen\b|\bfällt mir\b[^.!?]{0,20}\bnicht\b|"
    r"\b(?:muss|müsste)\b[^.!?]{0,30}\b(?:nachschauen|nachsehen|nachgucken|schauen|gucken|fragen|klären)\b|"
    r"\bkarte\b[^.!?]{0,30}\b(?:nicht|mit|vor ort|dann)\b|\b(?:vor ort|am empfang|in der praxis)\b|\bvergessen\b|"
    r"\b(?:don'?t|dont|do not|didn'?t) (?:really |actually )?(?:know|remember|have (?:my|the) card)\b|"
    r"\bno (?:idea|clue)\b|"
    r"\b(?:not|un) ?sure\b|\b(?:can'?t|cant|cannot) (?:remember|tell|say)\b|\bi (?:forgot|forget)\b|\bnot a clue\b|"
    r"\bdunno\b|\bhow (?:would|should|do|am) i (?:supposed to )?know\b|\bwoher soll ich\b[^.!?]{0,10}\bwissen\b|"
    r"\b(?:have|need) to (?:check|ask|look)\b|\bbring (?:my|the) card\b|\bat the (?:desk|reception|practice)\b",
    re.IGNORECASE,
)
_LONGEST = 14  # words: whoever writes more tells something else as well


def through_family(turn: Turn, asked: str | None = None) -> bool:
    """Whether she is insured through a relative ("bei meinen Eltern mitversichert", "my husband's plan")."""
    if turn.is_tap:
        return False
    if asked == "insurance_kind" and len(turn.text.split()) <= _LONGEST and _A_RELATIVE.search(turn.text):
        return not _FOR.search(turn.text)
    return bool(_INSURED.search(turn.text) and (asked == "insurance_kind" or _SPEAKS_OF_IT.search(turn.text)))


def is_not_known(turn: Turn) -> bool:
    """Whether these words say that she can't tell."""
    short = len(turn.text.split()) <= _LONGEST
    return not turn.is_tap and short and bool(_NOT_KNOWN.search(turn.text))


def answers(turn: Turn, asked: str | None) -> bool:
    """Whether the message answers the question for the insurance without naming one."""
    return asked in {"insurance_kind", "insurer"} and (through_family(turn, asked) or is_not_known(turn))


def known(value: str | None) -> str | None:
    """What is written into the patient's record: None for what nobody knows yet."""
    return None if value in OPEN else value
