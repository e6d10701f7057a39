"""Typed text that Rasa would take for a command (`/restart`, `/book{"doctor": "x"}`) becomes harmless text."""

from __future__ import annotations

import unicodedata

# A slash in other clothes is left alone: Rasa looks for U+002F only, but normalisation (NFKC) anywhere in a
# pipeline would turn these into it.
_SLASHES = "/\uff0f\u2215\u2044"


def neutralise(text: str) -> str:
    """`text` without slashes at its beginning, be they behind blanks, zero-width or control characters.

    Text without such a beginning is returned stripped of blanks only.
    """
    text = text.strip()
    index = 0
    slash_at = None
    while index < len(text) and (text[index] in _SLASHES or invisible(text[index])):
        if text[index] in _SLASHES:
            slash_at = index
        index += 1
    return text if slash_at is None else text[index:]


def invisible(char: str) -> bool:
    """True for a character that shows nothing."""
    # Z*: separators; Cc, Cf: control and format characters (zero-width space and joiner, BOM, bidi marks).
    # U+3164, U+115F, U+1160, U+2800: letters and a symbol that show nothing.
    return unicodedata.category(char)[0] == "Z" or unicodedata.category(char) in ("Cc", "Cf") or char in "ㅤᅟᅠ⠀"
