"""What may come in as a result: a PDF or a picture, of a bearable size, without anything that runs.

A file is only ever in memory while it is looked at; the scanner gets it through a pipe.
"""

from __future__ import annotations

import io
import shlex
import subprocess
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from sprechstunde.settings import get_settings

MOST_BYTES = 20 * 1024 * 1024
SCAN_SECONDS = 60
# What makes a PDF act by itself (ISO 32000-1, 12.6 and 7.11.4): a laboratory's report needs none of it.
ACTIVE = frozenset(
    {
        "/JavaScript",
        "/JS",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/RichMedia",
        "/RichMediaExecute",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        # The stream of a file need not say that it is one; what points at it always does (7.11.3, table 44).
        "/EF",
        "/FileAttachment",
        "/XFA",
        "/GoToE",
        "/GoToR",
        "/Rendition",
        "/Movie",
        "/Sound",
    }
)
MOST_OBJECTS = 50_000
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
    _scan(content)
    return kind


def _check_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise FileRefused("encrypted", "the PDF is locked with a password")
        if not len(reader.pages):
            raise FileRefused("empty", "the PDF has no pages")
        found = next((name for name in _names(reader) if name in ACTIVE), None)
    except FileRefused:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as problem:
        raise FileRefused("damaged", "the PDF is damaged") from problem
    if found:
        raise FileRefused("active", f"the PDF holds something that runs by itself ({found[1:]})")


def _names(reader: PdfReader) -> Iterator[str]:
    """Every key, and every name that is a value, in whatever can be reached from the PDF's trailer."""
    waiting: list[Any] = [reader.trailer]
    seen: set[int] = set()
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            if len(seen) > MOST_OBJECTS:
                raise FileRefused("damaged", "the PDF has too many parts")
            thing = thing.get_object()
        if isinstance(thing, NameObject):
            yield str(thing)
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)
        elif isinstance(thing, (DictionaryObject, StreamObject)):
            yield from (str(key) for key in thing)
            waiting.extend(dict.values(thing))


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
