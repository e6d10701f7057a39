"""What may come in as a result: a PDF or a picture, of a bearable size, without anything that runs.

A file is only ever in memory while it is looked at; the scanner gets it through a pipe.
"""

from __future__ import annotations

import io
import shlex
import subprocess

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from sprechstunde.results import pictures
from sprechstunde.results.pdf_actions import TooManyParts, active_part
from sprechstunde.settings import get_settings

MOST_BYTES = 20 * 1024 * 1024
SCAN_SECONDS = 60
# What pypdf may stumble over in a file that is none.
_DAMAGES = (
    PyPdfError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    OSError,
)
_STARTS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class FileRefused(ValueError):
    """The file can't be taken; `reason` is a word for programs, the message one for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def check(content: bytes) -> str:
    """The media type of an acceptable file, by its bytes and not by its name. Raises FileRefused."""
    if not content:
        raise FileRefused("empty", "the file is empty")
    if len(content) > MOST_BYTES:
        raise FileRefused("too_large", f"the file is larger than {MOST_BYTES // 1024 // 1024} MB")
    kind = next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)
    if kind is None:
        raise FileRefused("type", "only PDF, PNG and JPEG are taken")
    if kind == "application/pdf":
        _check_pdf(content)
    try:
        pictures.check(content, kind)
    except pictures.TooMuch as problem:
        raise FileRefused("too_many", f"the file has {problem}") from problem
    except pictures.NotShowable as problem:
        raise FileRefused("damaged", "the file is damaged: it can't be shown") from problem
    _scan(content)
    return kind


def _check_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise FileRefused("encrypted", "the PDF is locked with a password")
        if not len(reader.pages):
            raise FileRefused("empty", "the PDF has no pages")
        found = active_part(reader)
    except FileRefused:
        raise
    except TooManyParts as problem:
        raise FileRefused("damaged", "the PDF has too many parts") from problem
    except _DAMAGES as problem:
        raise FileRefused("damaged", "the PDF is damaged") from problem
    if found:
        raise FileRefused("active", f"the PDF holds something that runs by itself ({found[1:]})")


def _scan(content: bytes) -> None:
    """The clinic's own malware scanner (`SPRECHSTUNDE_SCANNER`), fed through a pipe: 0 clean, 1 infected."""
    command = get_settings().scanner
    if command is None:
        return
    try:
        done = subprocess.run(
            shlex.split(command), input=content, capture_output=True, timeout=SCAN_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise FileRefused("scanner", "the malware scanner does not answer") from problem
    if done.returncode == 1:
        raise FileRefused("infected", "the malware scanner found something")
    if done.returncode:
        raise FileRefused("scanner", f"the malware scanner failed ({done.returncode})")
