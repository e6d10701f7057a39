"""What patients send besides words can be read in the chat: where they are, whom to call, what a file is."""

from __future__ import annotations

import pytest

from sprechstunde import clock
from sprechstunde.db import transaction
from sprechstunde.whatsapp import inbox
from sprechstunde.whatsapp.updates import Incoming, Sender
from tests.integration import results_desk as desk

HOME = {"latitude": 52.51627, "longitude": 13.3777, "name": "Zuhause", "address": "Pariser Platz 1, Berlin"}
GRANNY = {"name": {"formatted_name": "Oma <Erna>"}, "phones": [{"phone": "+49 (30) 1234567"}]}


@pytest.fixture
def chat(sign_in, contact_id):
    """What a nurse sees of a message of this kind; `language` is hers."""

    def shown(kind, meta, language="de"):
        sender = Sender(phone=desk.PHONE, user_id=None, profile_name="Sabine")
        message = Incoming(
            wamid="wamid.1", sender=sender, kind=kind, timestamp=clock.now(), text=None, meta=meta
        )
        with transaction() as s:
            inbox.receive(s, message)
        nurse = sign_in("nurse", language)
        return nurse.get(f"/conversations/{contact_id}").text, nurse.get("/?show=all").text

    return shown


def test_a_place_can_be_read_and_found(chat):
    page, listed = chat("location", {"location": HOME})
    assert "Ort: Zuhause, Pariser Platz 1, Berlin, 52.51627, 13.37770" in page
    assert "https://www.openstreetmap.org/?mlat=52.51627&amp;mlon=13.3777#" in page
    assert "Zuhause, Pariser Platz 1" in listed


def test_a_contact_card_has_a_name_and_a_number_to_dial(chat):
    page, listed = chat("contacts", {"contacts": [GRANNY]})
    assert "Oma &lt;Erna&gt;" in page
    assert '<a href="tel:+49301234567">+49 (30) 1234567</a>' in page
    assert "Oma &lt;Erna&gt; +49 (30) 1234567" in listed


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        ("audio", "de", "[Sprachnachricht]"),
        ("audio", "en", "[Voice message]"),
        ("sticker", "de", "[Sticker]"),
        ("video", "en", "[Film]"),
    ],
)
def test_what_has_no_words_is_named_in_the_readers_language(chat, kind, language, said):
    page, listed = chat(kind, {}, language)
    assert said in page
    assert said in listed


@pytest.mark.parametrize(
    "meta",
    [
        {"location": None},
        {"location": {"latitude": "x", "longitude": [1]}},
        {"location": {"latitude": float("inf"), "longitude": 1}},
        {"contacts": "x"},
        {"contacts": [None, {"name": 1, "phones": [2, {"phone": 3}]}]},
    ],
)
def test_whatever_meta_sends_breaks_no_page(chat, meta):
    page, listed = chat("location" if "location" in meta else "contacts", meta)
    assert "[Ort]" in page or "[Kontakt]" in page
    assert "[Ort]" in listed or "[Kontakt]" in listed
