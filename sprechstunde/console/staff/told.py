"""What the clinic file's check says, in the reader's language where its texts know the sentence (`file_says`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# "bring: en: `x` …": the key of the file and the language ahead of what is wrong.
_AHEAD = re.compile(r"(?:(?P<key>[a-z_]{3,}): )?(?:(?P<language>[a-z]{2}): )?(?P<rest>.+)", re.DOTALL)


def told(message: str, t: Mapping[str, Any]) -> str:
    """`message` said with the words `t`; as it is where they have none for it."""
    ahead = _AHEAD.fullmatch(message)
    if ahead is None:
        return message
    for sentence, said in t["file_says"].items():
        found = _pattern(sentence).fullmatch(ahead["rest"])
        if found:
            where = filter(None, (_named(ahead["key"], t), ahead["language"]))
            return ": ".join([*where, said.format(*(_named(group, t) for group in found.groups()))])
    return message


@lru_cache(maxsize=64)
def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, sentence.split("{}"))))


def _named(key: str | None, t: Mapping[str, Any]) -> str | None:
    """A key of the file as the page calls it."""
    return t["file_keys"].get(key, key) if key else None
