"""Meta's limits, in Unicode code points, and how text is made to fit them.

Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages (v23.0).
"""

from __future__ import annotations

import re

TEXT = 4096
BUTTONS = 3
BUTTON_TITLE = 20
BUTTON_ID = 256
INTERACTIVE_BODY = 1024
LIST_ROWS = 10
ROW_TITLE = 24
ROW_DESCRIPTION = 72
ROW_ID = 200
LIST_BUTTON = 20
HEADER = 60
FOOTER = 60
CAPTION = 1024
FILENAME = 240

MB = 1024 * 1024
MEDIA_BYTES = {
    "image": 5 * MB,
    "sticker": 500 * 1024,
    "audio": 16 * MB,
    "video": 16 * MB,
    "document": 100 * MB,
}

# What we keep of patients' files: more than a scanned letter needs, little enough to be encrypted in memory.
KEPT_BYTES = 32 * MB

ELLIPSIS = "…"
# Where a text may be cut, best first: between paragraphs, lines, sentences, words.
_SEAMS = (r"\n\s*\n", r"\n", r"(?<=[.!?…])\s+", r"\s+")


def clip(text: str, limit: int) -> str:
    """`text` in at most `limit` code points; what was cut is marked by an ellipsis."""
    text = text.strip()
    return text if len(text) <= limit else text[: _safe_cut(text, limit - 1)].rstrip() + ELLIPSIS


def split(text: str, limit: int = TEXT) -> list[str]:
    """`text` in pieces of at most `limit` code points, cut at the best seam in the second half of each piece.

    Only white space at the seams is lost. Blank text gives no piece.
    """
    rest, pieces = text.strip(), []
    while len(rest) > limit:
        end, start = _seam(rest, limit)
        pieces.append(rest[:end].rstrip())
        rest = rest[start:].lstrip()
    return [piece for piece in (*pieces, rest) if piece]


def _seam(text: str, limit: int) -> tuple[int, int]:
    """Where the first piece ends and the next begins."""
    for pattern in _SEAMS:
        seams = [m for m in re.finditer(pattern, text[: limit + 1]) if limit // 2 <= m.start() <= limit]
        if seams:
            return seams[-1].start(), seams[-1].end()
    cut = _safe_cut(text, limit)
    return cut, cut


def _safe_cut(text: str, limit: int) -> int:
    """A place at or before `limit` that splits no emoji sequence or combining character, if one is near."""
    for cut in range(limit, max(limit - 16, 0), -1):
        if cut >= len(text) or not (_joins(text[cut]) or text[cut - 1] == "\u200d"):
            return cut
    return limit


def _joins(char: str) -> bool:
    """True for what belongs to the character before it: joiners, variation selectors, skin tones, accents."""
    return (
        char in "\u200d\ufe0e\ufe0f\u20e3"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\u0300" <= char <= "\u036f"
    )
