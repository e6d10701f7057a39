"""What can be written down and shown again: senders' words may hold half characters and invisible commands.

JSON can spell half of a character ("\\ud800"). It lies quietly in an encrypted column, and breaks every page that is to
show it.
"""

from __future__ import annotations

import re
import unicodedata

# Control characters and halves of characters. Joiners and the like (Cf) belong to names in some scripts.
_UNFIT = frozenset({"Cc", "Cs"})
_STAND_IN = "\N{REPLACEMENT CHARACTER}"


def is_fit(words: str) -> bool:
    """Whether a page and a database can hold these words of one line."""
    return not any(unicodedata.category(sign) in _UNFIT for sign in words)


def made_fit(words: str) -> str:
    """The same, a stand-in for each sign that can't be shown: for what was kept before it was looked at."""
    return "".join(_STAND_IN if unicodedata.category(sign) in _UNFIT else sign for sign in words)


def one_line(words: str) -> str:
    """Line ends and tabs, which FHIR allows in any string, as spaces."""
    return re.sub(r"[ \t\r\n]+", " ", words).strip()
