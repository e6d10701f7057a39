"""A result as pictures: phones show no PDF inside a page, and a picture runs nothing."""

from __future__ import annotations

import io
import threading

import pypdfium2

WIDTH = 1400  # pixels: sharp on a phone, light enough for a slow line
LONGEST = 6000
# PDFium is not safe to call from several threads.
_one_at_a_time = threading.Lock()


def page_count(content: bytes, mime_type: str) -> int:
    """How many pages the file has (a picture: 1)."""
    if mime_type != "application/pdf":
        return 1
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(content)
        try:
            return len(document)
        finally:
            document.close()


def page(content: bytes, mime_type: str, number: int) -> tuple[bytes, str]:
    """(bytes, media type) of page `number`, from 1. Raises IndexError when there is no such page."""
    if mime_type != "application/pdf":
        if number != 1:
            raise IndexError(number)
        return content, mime_type
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(content)
        try:
            if not 1 <= number <= len(document):
                raise IndexError(number)
            sheet = document[number - 1]
            width, height = sheet.get_size()
            # A strip of paper, one point wide and metres long, must not fill the memory.
            scale = min(WIDTH / width, LONGEST / height)
            image = sheet.render(scale=scale).to_pil()
        finally:
            document.close()
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue(), "image/png"
