"""What we send, checked by a description of the API that is not ours.

Where Meta's file is at hand each message is held against it; the checks of `own_reading` are made everywhere.
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprechstunde.conversations.views import Address
from sprechstunde.whatsapp.content import Choice, Content, Document, Image, Option, Reaction, Template, Text
from sprechstunde.whatsapp.payloads import addressed, mark_read, render
from tests.integration.meta_schema import description_path, problems

BY_PHONE = Address("4915112345678", None)
BY_ID = Address(None, "DE.13491208655302741918")
OPTIONS = tuple(
    Option(f"Mi 2.12. {hour}:00", f"/choose{hour}", "Dr. Weiß, Praxis Mitte") for hour in range(8, 18)
)
CONTENTS: dict[str, Content] = {
    "text": Text("Guten Tag, hier ist die Praxis. 👩‍⚕️"),
    "long text": Text("Ein Satz. " * 1000),
    "buttons": Choice(
        "Soll ich buchen?", (Option("Buchen", "a"), Option("Ändern", "b"), Option("Abbrechen", "c"))
    ),
    "list": Choice("Diese Zeiten sind frei:", OPTIONS, "Termine", "Alle Zeiten in Berlin", "Zeiten ansehen"),
    "too long in every part": Choice(
        "Satz. " * 300,
        tuple(Option("T" * 40 + str(n), "p" * 999, "D" * 99 + str(n)) for n in range(3)),
        "H" * 99,
        "F" * 99,
    ),
    "numbered": Choice("Wählen Sie:", tuple(Option(f"Möglichkeit {n}", str(n)) for n in range(15))),
    "document": Document(b"x", "termin.ics", "text/calendar", "Ihr Termin"),
    "picture": Image(b"x", "image/png", "So sieht der Verband aus"),
    "template": Template(
        "message_ready",
        "de",
        ("Praxis am Markt",),
        (Option("Nachricht öffnen", "/open_messages"),),
        "Guten Tag",
    ),
    "reaction": Reaction("wamid.1", "👍"),
}


def on_the_wire(content: Content, address: Address) -> list[dict[str, Any]]:
    numbers = itertools.count()
    bodies = []
    for payload in render(content, lambda option: f"token-{next(numbers)}"):
        if payload.pop("upload", None):
            payload[payload["type"]]["id"] = "media-1"
        bodies.append(addressed(payload, address, "4f8d2c1e-0000-4000-8000-000000000000"))
    return bodies


def own_reading(body: dict[str, Any]) -> list[str]:
    """The limits of Meta's prose documentation, in code points."""
    found = []
    if ("to" in body) == ("recipient" in body):
        found.append("exactly one of to and recipient")
    if body["messaging_product"] != "whatsapp" or body["recipient_type"] != "individual":
        found.append("head")
    if body["type"] == "text" and not 1 <= len(body["text"]["body"]) <= 4096:
        found.append("text")
    if body["type"] == "interactive":
        interactive = body["interactive"]
        if not 1 <= len(interactive["body"]["text"]) <= 1024:
            found.append("body")
        rows = [row for section in interactive["action"].get("sections", []) for row in section["rows"]]
        if len(rows) > 10 or any(
            len(row["title"]) > 24 or len(row.get("description", "")) > 72 for row in rows
        ):
            found.append("rows")
        if any(len(button["reply"]["title"]) > 20 for button in interactive["action"].get("buttons", [])):
            found.append("buttons")
    return found


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize("address", [BY_PHONE, BY_ID], ids=["by phone", "by user id"])
def test_meta_would_take_it(name: str, address: Address) -> None:
    bodies = on_the_wire(CONTENTS[name], address)
    assert bodies
    for body in bodies:
        assert own_reading(body) == []
        assert problems(body) == []


@pytest.mark.parametrize("typing", [True, False])
def test_meta_would_take_the_read_mark(typing: bool) -> None:
    body = mark_read("wamid.1", typing=typing)
    assert problems(body) == []
    assert body["status"] == "read"


words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=120)
titles = words.filter(lambda t: bool(t.strip()))
options = st.builds(Option, title=titles, payload=words, description=st.none() | words)
choices = st.builds(
    Choice,
    body=titles,
    options=st.lists(options, min_size=1, max_size=11).map(tuple),
    header=st.none() | words,
    footer=st.none() | words,
    list_button=st.none() | words,
)


@given(choices | st.builds(Text, titles))
def test_meta_would_take_anything_an_assistant_may_say(content: Content) -> None:
    for body in on_the_wire(content, BY_PHONE):
        assert own_reading(body) == []
        assert problems(body) == []


BAD: dict[str, dict[str, Any]] = {
    "no addressee": {"to": None},
    "text too long": {"text": {"body": "x" * 4097, "preview_url": False}},
    "invented field": {"priority": "high"},
    "user id in to": {"to": None, "recipient": "4915112345678"},
}


@pytest.mark.parametrize("name", BAD)
def test_the_check_itself_finds_faults(name: str) -> None:
    (good,) = on_the_wire(Text("Hallo"), BY_PHONE)
    bad = {field: value for field, value in {**good, **BAD[name]}.items() if value is not None}
    # Without Meta's file there is nothing to find with, and the check says so by finding nothing.
    assert bool(problems(bad)) == (description_path() is not None)
