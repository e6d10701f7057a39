"""A result as pictures: phones show no PDF inside a page, and a picture runs nothing."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
from PIL import Image

WIDTH = 1400  # pixels: sharp on a phone, light enough for a slow line
LONGEST = 6000
MOST_PAGES = 200
MOST_PIXELS = 100_000_000  # a sheet of A3 as fine as scanners go
# PDFium is not safe to call from several threads.
_one_at_a_time = threading.Lock()


class NotShowable(ValueError):
    """The file, or this page of it, is damaged: it can't be made a picture."""


class TooMuch(NotShowable):
    """More pages or pixels than a phone can show."""


def check(content: bytes, mime_type: str) -> None:
    """See that every page can be shown. Raises NotShowable, TooMuch.

    Each page is loaded but not drawn: what is wrong within a page is left white by PDFium and stops nothing.
    """
    if mime_type != "application/pdf":
        _check_picture(content)
        return
    with _opened(content) as document:
        # The number is the file's own claim, and no page need stand behind it.
        if len(document) > MOST_PAGES:
            raise TooMuch(f"more than {MOST_PAGES} pages")
        if not len(document):
            raise NotShowable("no pages")
        for number in range(len(document)):
            _scale(document[number])


def page_count(content: bytes, mime_type: str) -> int:
    """How many pages can be shown (a picture: 1); none of a file that can't be opened."""
    if mime_type != "application/pdf":
        return 1
    try:
        with _opened(content) as document:
            return min(len(document), MOST_PAGES)
    except NotShowable:
        return 0


def page(content: bytes, mime_type: str, number: int) -> tuple[bytes, str]:
    """(bytes, media type) of page `number`, from 1. Raises IndexError when there is no such page, NotShowable."""
    if mime_type != "application/pdf":
        if number != 1:
            raise IndexError(number)
        return content, mime_type
    with _opened(content) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        sheet = document[number - 1]
        image = sheet.render(scale=_scale(sheet)).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue(), "image/png"


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as problem:
            raise NotShowable("the PDF can't be opened") from problem
        try:
            yield document
        except pypdfium2.PdfiumError as problem:
            raise NotShowable("a page of the PDF can't be read") from problem
        finally:
            document.close()


def _scale(sheet: Any) -> float:
    """A strip of paper, one point wide and metres long, must not fill the memory."""
    width, height = sheet.get_size()
    if width <= 0 or height <= 0:
        raise NotShowable("a page has no size")
    return float(min(WIDTH / width, LONGEST / height))


def _check_picture(content: bytes) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise TooMuch(f"more than {MOST_PIXELS // 1_000_000} million pixels")
                if image.format == "JPEG":
                    image.draft("L", (64, 64))  # read to its end, at a fraction of the work
                    image.load()
                else:
                    image.verify()
    except Image.DecompressionBombError as problem:
        raise TooMuch(f"more than {MOST_PIXELS // 1_000_000} million pixels") from problem
    except (OSError, SyntaxError, ValueError, TypeError, LookupError) as problem:
        if isinstance(problem, TooMuch):
            raise
        raise NotShowable("the picture is damaged") from problem
