"""What our own programs write on tasks, in the reader's language; a patient's words stay hers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sprechstunde.console.texts import words

# A message without words, as `transcript.told_in` names it.
_KIND = re.compile(r"^\[(\w+)\]$", re.MULTILINE)


def said(note: str, language: str) -> str:
    """The note with those sentences that the texts know (`notes_say`) and kinds of messages said in this language."""
    t = words(language, "staff")
    for sentence, instead in t["notes_say"].items():
        note = _pattern(sentence).sub(_filled(instead), note)
    return _KIND.sub(lambda found: f"[{_kind(found[1], t)}]", note)


def _kind(kind: str, t: Mapping[str, Any]) -> str:
    return str(t["sent"].get(kind, kind))


def _filled(instead: str) -> Any:
    return lambda found: instead.format(*found.groups())


@lru_cache(maxsize=64)
def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, sentence.split("{}"))))
