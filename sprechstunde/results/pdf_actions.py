"""What makes a PDF act by itself (ISO 32000-1, 12.6 and 7.11.4): a laboratory's report needs none of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

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
        # A drawing in space brings a script of its own (13.6.3).
        "/3D",
        "/3DD",
        "/OnInstantiate",
    }
)
# Harmless under a finger: a link to the web. By itself it tells somebody that the report is being read.
_REACHING_OUT = frozenset({"/URI", "/Thread", "/GoTo3DView"})
MOST_OBJECTS = 50_000


class TooManyParts(ValueError):
    """More objects than anybody should look through."""


def active_part(reader: PdfReader) -> str | None:
    """Name of the first part that acts by itself; None for a plain report. Raises TooManyParts."""
    for thing in _things(reader):
        if isinstance(thing, NameObject) and thing in ACTIVE:
            return str(thing)
        if isinstance(thing, DictionaryObject):
            found = next((key for key in thing if key in ACTIVE), None) or _started(thing)
            if found:
                return str(found)
    return None


def _things(reader: PdfReader) -> Iterator[Any]:
    """Whatever can be reached from the PDF's trailer."""
    waiting: list[Any] = [reader.trailer]
    seen: set[int] = set()
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            if len(seen) > MOST_OBJECTS:
                raise TooManyParts
        thing = _resolved(thing)
        yield thing
        if isinstance(thing, ArrayObject):
            waiting.extend(thing)
        elif isinstance(thing, DictionaryObject):
            waiting.extend(dict.values(thing))


def _started(thing: DictionaryObject) -> str | None:
    """The kind of an action that starts when the document, a page or a field opens, and reaches out of the file."""
    triggers = _resolved(dict.get(thing, "/AA"))
    waiting = [dict.get(thing, "/OpenAction")]  # a list there is a place in the document
    waiting += dict.values(triggers) if isinstance(triggers, DictionaryObject) else []
    for _ in range(MOST_OBJECTS):
        if not waiting:
            return None
        action = _resolved(waiting.pop())
        if not isinstance(action, DictionaryObject):
            continue
        kind, following = _resolved(dict.get(action, "/S")), _resolved(dict.get(action, "/Next"))
        if kind in _REACHING_OUT:
            return str(kind)
        waiting += following if isinstance(following, ArrayObject) else [following]
    raise TooManyParts


def _resolved(thing: Any) -> Any:
    return thing.get_object() if isinstance(thing, IndirectObject) else thing
