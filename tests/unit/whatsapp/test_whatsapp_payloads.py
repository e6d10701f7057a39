"""What the practice says fits into what WhatsApp can show."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprechstunde.conversations.views import Address
from sprechstunde.whatsapp import limits
from sprechstunde.whatsapp.content import Choice, Content, Document, Option, Reaction, Text
from sprechstunde.whatsapp.payloads import ContentError, addressed, mark_read, plain, render

words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=300)
titles = words.filter(lambda t: bool(t.strip()))


def tokens():
    numbers = itertools.count()
    return lambda option: f"token-{next(numbers)}"


def bodies(content: Content) -> list[dict]:
    return render(content, tokens())


def choice(*names: str, body: str = "Wann passt es?") -> Choice:
    return Choice(body, tuple(Option(name, f"/{name}") for name in names), list_button="Zeiten")


def test_three_short_options_become_buttons() -> None:
    (message,) = bodies(choice("Buchen", "Ändern", "Abbrechen"))
    assert message["interactive"]["type"] == "button"
    assert [b["reply"]["title"] for b in message["interactive"]["action"]["buttons"]] == [
        "Buchen",
        "Ändern",
        "Abbrechen",
    ]


def test_four_options_become_a_list_with_its_button() -> None:
    (message,) = bodies(choice("Mo 9:00", "Di 9:00", "Mi 9:00", "Do 9:00"))
    assert message["interactive"]["type"] == "list"
    assert message["interactive"]["action"]["button"] == "Zeiten"
    assert len(message["interactive"]["action"]["sections"][0]["rows"]) == 4


def test_descriptions_make_a_list_of_two() -> None:
    content = Choice("Wann?", (Option("Mo 9:00", "a", "Dr. Weiß"), Option("Di 9:00", "b", "Dr. Weiß")))
    (message,) = bodies(content)
    assert [row["description"] for row in message["interactive"]["action"]["sections"][0]["rows"]] == [
        "Dr. Weiß"
    ] * 2


def test_eleven_options_become_numbered_text() -> None:
    (message,) = bodies(choice(*(f"Option {n}" for n in range(11))))
    assert message["type"] == "text"
    assert "11. Option 10" in message["text"]["body"]


def test_options_that_would_look_alike_become_numbered_text() -> None:
    same = "Dr. Müller-Lüdenscheidt, Praxis am Marktplatz"
    (message,) = bodies(
        Choice("Bei wem?", (Option(same, "a", "x" * 80 + "1"), Option(same, "b", "x" * 80 + "2")))
    )
    assert message["type"] == "text"


def test_a_long_option_title_is_readable_in_the_row_below() -> None:
    title = "Hautkrebs-Screening mit Dermatoskopie"
    (message,) = bodies(choice("Impfung", title))
    row = message["interactive"]["action"]["sections"][0]["rows"][1]
    assert row["title"].endswith("…")
    assert row["description"] == title


def test_payloads_never_stand_on_the_wire() -> None:
    (message,) = bodies(choice("Buchen", "Abbrechen"))
    assert "/Buchen" not in str(message)


def test_a_long_question_goes_ahead_and_the_options_come_last() -> None:
    body = " ".join(f"Satz Nummer {n} ist auch noch da." for n in range(60))
    messages = bodies(choice("Ja", "Nein", body=body))
    assert [m["type"] for m in messages] == ["text", "interactive"]
    said = messages[0]["text"]["body"] + " " + messages[1]["interactive"]["body"]["text"]
    assert said.split() == body.split()


def test_long_text_is_cut_between_sentences() -> None:
    text = " ".join(f"Das ist Satz {n}." for n in range(500))
    pieces = [m["text"]["body"] for m in bodies(Text(text))]
    assert len(pieces) == 3
    assert all(piece.endswith(".") for piece in pieces)
    assert " ".join(pieces) == text


def test_4096_characters_go_in_one_message_and_4097_in_two() -> None:
    assert len(bodies(Text("ä" * 4096))) == 1
    assert len(bodies(Text("ä" * 4097))) == 2


def test_a_family_emoji_is_not_cut_apart() -> None:
    family = "👨‍👩‍👧‍👦"
    pieces = limits.split("x" * 4094 + family + "y" * 20)
    assert pieces == ["x" * 4094, family + "y" * 20]


def test_blank_text_is_no_message() -> None:
    assert bodies(Text(" \n ")) == []


def test_a_choice_without_words_is_refused() -> None:
    with pytest.raises(ContentError):
        bodies(choice("Ja", body="  "))
    with pytest.raises(ContentError):
        bodies(choice("Ja", " "))


def test_a_document_carries_name_caption_and_bytes_as_a_type_that_meta_takes() -> None:
    (message,) = bodies(Document(b"BEGIN:VCALENDAR", "termin.ics", "text/calendar", "Ihr Termin"))
    assert message["document"] == {"filename": "termin.ics", "caption": "Ihr Termin"}
    assert message["upload"] == {"content": "QkVHSU46VkNBTEVOREFS", "mime_type": "text/plain"}


def test_a_reaction_names_its_message() -> None:
    assert bodies(Reaction("wamid.1", "👍"))[0]["reaction"] == {"message_id": "wamid.1", "emoji": "👍"}


def test_a_phone_number_goes_into_to_and_a_user_id_into_recipient() -> None:
    text = {"type": "text", "text": {"body": "Hallo"}}
    by_phone = addressed(text, Address("4915112345678", "DE.abc"), "id-1")
    by_id = addressed(text, Address(None, "DE.abc"), "id-1")
    assert by_phone["to"] == "4915112345678"
    assert "recipient" not in by_phone
    assert by_id["recipient"] == "DE.abc"
    assert "to" not in by_id
    assert by_id["biz_opaque_callback_data"] == "id-1"
    with pytest.raises(ContentError):
        addressed(text, Address(None, None), "id-1")


def test_the_read_mark_brings_the_typing_indicator() -> None:
    assert mark_read("wamid.1")["typing_indicator"] == {"type": "text"}
    assert "typing_indicator" not in mark_read("wamid.1", typing=False)


@given(st.text(max_size=9000))
def test_split_text_fits_and_loses_nothing_but_white_space(text: str) -> None:
    pieces = limits.split(text, 100)
    assert all(0 < len(piece) <= 100 for piece in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)


@given(
    st.builds(
        Choice,
        body=titles,
        options=st.lists(
            st.builds(Option, title=titles, payload=words, description=st.none() | words),
            min_size=1,
            max_size=12,
        ).map(tuple),
        header=st.none() | words,
        footer=st.none() | words,
        list_button=st.none() | words,
    )
)
def test_every_choice_fits_metas_limits_and_offers_every_option(content: Choice) -> None:
    messages = bodies(content)
    for message in messages[:-1]:
        assert len(message["text"]["body"]) <= 4096
    last = messages[-1]
    if last["type"] == "text":
        assert len(last["text"]["body"]) <= 4096
        assert plain(content).split()[-1] in last["text"]["body"]
        return
    interactive = last["interactive"]
    assert len(interactive["body"]["text"]) <= 1024
    assert len(interactive.get("header", {}).get("text", "")) <= 60
    assert len(interactive.get("footer", {}).get("text", "")) <= 60
    if interactive["type"] == "button":
        shown = [button["reply"] for button in interactive["action"]["buttons"]]
        assert len(shown) <= 3
        assert all(1 <= len(reply["title"]) <= 20 for reply in shown)
    else:
        shown = interactive["action"]["sections"][0]["rows"]
        assert len(shown) <= 10
        assert 1 <= len(interactive["action"]["button"]) <= 20
        assert all(1 <= len(row["title"]) <= 24 and len(row.get("description", "")) <= 72 for row in shown)
    assert len(shown) == len(content.options)
    assert len({entry["id"] for entry in shown}) == len(shown)
