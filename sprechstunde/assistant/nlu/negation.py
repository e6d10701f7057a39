"""Is something said to be unwanted: "nicht bei Dr. Weiß", "anyone but Dr Weiss", "Dr. Weiß bitte nicht"."""

from __future__ import annotations

from collections.abc import Sequence

from sprechstunde.assistant.nlu.text import Word, fold, folded_words

_REACH = 3


_NEGATORS = folded_words(
    "nicht nich net ned nimmer kein keine keinen keinem keiner außer ohne statt anstatt nie niemals bloß not no never "
    "except without don't dont doesn't instead"
)
# Spelled alike once doubled letters are one: "ned" is Bavarian for "nicht".
_LOOK_ALIKES = frozenset({"need", "nett", "nette"})
# "anyone but Dr Weiss" excludes; "not today but Dr Weiss" does not
_ANYONE = folded_words("anyone anybody everyone everybody any all jeder jeden jedem alle")
_TURNS = folded_words("sondern aber but lieber dafür rather")
_NOT_ONLY = folded_words("nur only unbedingt necessarily")
_AFTERTHOUGHTS = folded_words("bitte lieber please auf gar keinen wirklich aber")


def is_excluded(spoken: Sequence[Word], first: int, end: int) -> bool:
    """Whether the words `first` up to `end` are excluded by a negation before, or right after, in their clause."""
    return _negated_before(spoken, first) or _negated_after(spoken, first, end)


def _negated_before(spoken: Sequence[Word], first: int) -> bool:
    following = ""
    for i in range(first - 1, max(-1, first - 1 - _REACH), -1):
        word = spoken[i]
        if word.clause != spoken[first].clause and not _is_abbreviation(spoken, i):
            return False
        if word.folded == "but" and i and spoken[i - 1].folded in _ANYONE:
            return True
        if word.folded in _TURNS:
            return False
        if word.folded in _NEGATORS and word.text.lower() not in _LOOK_ALIKES:
            return following not in _NOT_ONLY
        following = word.folded
    return False


def _negated_after(spoken: Sequence[Word], first: int, end: int) -> bool:
    rest = [word for word in spoken[end : end + _REACH] if word.clause == spoken[end - 1].clause]
    while rest and rest[0].folded in _AFTERTHOUGHTS:
        rest.pop(0)
    return len(rest) == 1 and rest[0].folded in (fold("nicht"), fold("nich"), fold("fall"))


def _is_abbreviation(spoken: Sequence[Word], i: int) -> bool:
    # the full stop of "Dr. Weiß" ends no clause
    return spoken[i].folded in ("dr", "prof", "med")
