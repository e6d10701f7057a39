"""Small PDFs for tests, with words that can be searched for."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)


def report(*lines: str, pages: int = 1, size: tuple[int, int] = (595, 842)) -> bytes:
    """A PDF that shows `lines` on each page, its content left uncompressed."""
    drawn = "BT /F1 18 Tf 60 780 Td 24 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    stream = drawn.encode("latin-1")
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n in range(pages):
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _assembled(parts)


def with_script(pdf: bytes) -> bytes:
    """The same PDF, with JavaScript that runs when it is opened."""
    return _changed(pdf, lambda writer: writer.add_open_action(JavaScript("app.alert('hello');")))


def locked(pdf: bytes) -> bytes:
    """The same PDF behind a password."""
    return _changed(pdf, lambda writer: writer.encrypt("secret", algorithm="RC4-128"))


def with_attachment(pdf: bytes) -> bytes:
    """The same PDF with a file inside."""
    return _changed(pdf, lambda writer: writer.add_attachment("run.exe", b"MZ"))


def with_pinned_file(pdf: bytes) -> bytes:
    """The same PDF with a file behind a paper clip on its page; its stream does not say what it is (it need not)."""
    return _changed(pdf, _pin)


def _pin(writer):
    stream = StreamObject()
    stream.set_data(b"MZ")
    name = NameObject
    held = DictionaryObject({name("/F"): writer._add_object(stream)})
    file = DictionaryObject({name("/F"): TextStringObject("run.exe"), name("/EF"): held})
    clip = DictionaryObject(
        {
            name("/Subtype"): name("/FileAttachment"),
            name("/Rect"): ArrayObject([NumberObject(0), NumberObject(0), NumberObject(9), NumberObject(9)]),
            name("/FS"): file,
        }
    )
    writer.pages[0][name("/Annots")] = ArrayObject([clip])


def that_claims(pages: int) -> bytes:
    """A PDF of one page that says it had more."""
    return report("Cholesterin").replace(b"/Count 1 ", b"/Count %d " % pages)


def without_a_root() -> bytes:
    """A PDF that pypdf mends in silence and PDFium, which has to draw it, can't open."""
    return report("Cholesterin").replace(b"/Root 1 0 R", b"")


def with_entry(pdf: bytes, where: str, entry: str) -> bytes:
    """The same PDF with `entry` in its /Catalog or its first /Page; offsets are mended by whoever reads it."""
    parts = pdf.split(b"endobj")
    for number, part in enumerate(parts):
        if f"/Type {where} ".encode() in part:
            parts[number] = part.replace(f"/Type {where} ".encode(), f"/Type {where} {entry} ".encode(), 1)
            break
    bodies = [part.split(b" obj\n", 1)[1].rstrip(b"\n") for part in parts if b" obj\n" in part]
    return _assembled(bodies)


def _changed(pdf, change):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _assembled(parts: list[bytes]) -> bytes:
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, part in enumerate(parts, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start))
    return out.getvalue()
