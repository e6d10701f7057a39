"""The emulator takes what Meta takes and refuses what Meta refuses, with Meta's codes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration import meta_schema
from tests.listening_bot import (
    ANNA,
    MIA,
    ListeningBot,
    bot_and_emulator,
    buttons,
    listing,
    section,
    text,
    to_anna,
)

ENGLISH = {"code": "en_US", "policy": "deterministic"}
GERMAN = "ä😀"  # 2 code points, 6 bytes: limits count neither bytes nor UTF-16 units


@pytest.fixture(scope="module")
def running() -> Iterator[ListeningBot]:
    with bot_and_emulator(strict_rates=False) as bot:
        yield bot


@pytest.fixture
def bot(running: ListeningBot) -> ListeningBot:
    """Empty chats, the 24 h window of Anna and Mia open."""
    running.emulator.reset()
    running.emulator.send("anna", text="Hallo")
    running.emulator.send("mia", text="Hallo")
    return running


def replies_of(title: str, **changes: Any) -> dict:
    message = buttons(title)
    message["interactive"]["action"]["buttons"][0]["reply"].update(changes)
    return message


ACCEPTED = {
    "4096 characters": text(GERMAN * 2048),
    "a link preview": {"type": "text", "text": {"body": "https://example.org", "preview_url": True}},
    "three buttons": buttons("x" * 20, GERMAN * 10, "Nein", body="b" * 1024, footer={"text": "f" * 60}),
    "a button with a header": buttons("Ja", header={"type": "text", "text": GERMAN * 30}),
    "a long button id": replies_of("Ja", id="i" * 256),
    "ten rows in two sections": listing(section(5, title="t" * 24), section(5, 5, title="Andere")),
    "one section without title": listing(section(10)),
    "a full row": listing({"rows": [{"id": "i" * 200, "title": "t" * 24, "description": "d" * 72}]}),
    "a reply": text("dazu", context={"message_id": "wamid.XYZ"}),
    "callback data": text("Hallo", biz_opaque_callback_data="outbound-17"),
    "a template": {"type": "template", "template": {"name": "hello_world", "language": ENGLISH}},
}

REFUSED = {
    "4097 characters": (text("x" * 4097), 100),
    "blank text": (text(" \n"), 100),
    "no text": ({"type": "text"}, 131008),
    "a text that is a number": ({"type": "text", "text": {"body": 7}}, 100),
    "an unknown type": ({"type": "carousel", "carousel": {}}, 100),
    "a stranger among the fields": (text("x", urgent=True), 100),
    "long callback data": (text("x", biz_opaque_callback_data="x" * 513), 131009),
    "four buttons": (buttons("1", "2", "3", "4"), 131009),
    "no button": (buttons(), 131009),
    "a title of 21": (buttons("x" * 21), 131009),
    "a title of 21 with emoji": (buttons(GERMAN * 10 + "!"), 131009),
    "an empty title": (buttons(""), 131009),
    "titles alike": (buttons("Ja", "Ja"), 131009),
    "a button id of 257": (replies_of("Ja", id="i" * 257), 131009),
    "a button id with a space": (replies_of("Ja", id="yes "), 131009),
    "a body of 1025": (buttons("Ja", body="b" * 1025), 131009),
    "no body": (
        {"type": "interactive", "interactive": {"type": "button", "action": {"buttons": []}}},
        131008,
    ),
    "a footer of 61": (buttons("Ja", footer={"text": "f" * 61}), 131009),
    "a header of 61": (buttons("Ja", header={"type": "text", "text": "h" * 61}), 131009),
    "eleven rows": (listing(section(6, title="A"), section(5, 6, title="B")), 131009),
    "no rows": (listing({"rows": []}), 131009),
    "rows alike": (listing(section(2, title="A"), section(2, title="B")), 131009),
    "sections without titles": (listing(section(2), section(2, 2)), 131008),
    "a row title of 25": (listing({"rows": [{"id": "a", "title": "t" * 25}]}), 131009),
    "a row description of 73": (
        listing({"rows": [{"id": "a", "title": "t", "description": "d" * 73}]}),
        131009,
    ),
    "a row id of 201": (listing({"rows": [{"id": "i" * 201, "title": "t"}]}), 131009),
    "a list button of 21": (listing(section(1), button="b" * 21), 131009),
    "a picture over a list": (listing(section(1), header={"type": "image", "image": {"id": "1"}}), 131009),
    "a picture with id and link": (
        {"type": "image", "image": {"id": "1", "link": "https://a.example/b.png"}},
        100,
    ),
    "a file nobody uploaded": ({"type": "document", "document": {"id": "123"}}, 131009),
    "a place off the globe": ({"type": "location", "location": {"latitude": 91, "longitude": 0}}, 131009),
    "a reaction to nothing": (
        {"type": "reaction", "reaction": {"message_id": "wamid.no", "emoji": "👍"}},
        131009,
    ),
    "an unknown template": (
        {"type": "template", "template": {"name": "x", "language": {"code": "de"}}},
        132001,
    ),
    "a number that is none": (text("x", to="hello"), 100),
    "a user id in the place of a number": (text("x", to=MIA), 100),
    "a number in the place of a user id": (text("x", recipient=ANNA), 100),
    "nobody's number": (text("x", to="4915100000000"), 131026),
    "nobody's user id": (text("x", recipient="DE.NOBODY123"), 131026),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_meta_takes_is_taken(bot: ListeningBot, name: str) -> None:
    answer = bot.post(to_anna(**ACCEPTED[name]))
    assert answer.status_code == 200, answer.text
    assert answer.json()["messages"][0]["id"].startswith("wamid.")
    assert answer.json()["contacts"] == [{"input": ANNA, "wa_id": ANNA}]


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_taken_is_right_by_metas_own_description(name: str) -> None:
    assert meta_schema.problems(to_anna(**ACCEPTED[name])) == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_meta_refuses_is_refused(bot: ListeningBot, name: str) -> None:
    message, code = REFUSED[name]
    before = bot.emulator.messages("anna")
    answer = bot.post(to_anna(**message))
    error = answer.json()["error"]
    assert (error["code"], error["type"]) == (code, "OAuthException")
    assert answer.status_code in (400, 404)
    assert error["message"].startswith(f"(#{code})")
    assert error["error_data"]["details"]
    assert error["fbtrace_id"]
    assert len(bot.emulator.messages("anna")) == len(before)


def test_a_user_id_goes_in_recipient(bot: ListeningBot) -> None:
    answer = bot.post(to_anna(**text("Hallo", recipient=MIA)))
    assert answer.json()["contacts"] == [{"input": MIA, "user_id": MIA}]
    (message,) = bot.emulator.replies("mia")
    assert message["text"] == "Hallo"


@pytest.mark.parametrize(("token", "code"), [("wrong", 190), ("", 104)])
def test_a_bad_token_opens_nothing(bot: ListeningBot, token: str, code: int) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answers = [
        bot.emulator.http.post(f"{bot.path}/messages", json=to_anna(**text("x")), headers=headers),
        bot.emulator.http.get("/v23.0/123", headers=headers),
        bot.emulator.http.get("/v23.0/1/message_templates", headers=headers),
    ]
    assert [(a.status_code, a.json()["error"]["code"]) for a in answers] == [(401, code)] * 3


def test_an_unknown_number_id_and_broken_json(bot: ListeningBot) -> None:
    unknown = bot.emulator.http.post("/v23.0/999/messages", json=to_anna(**text("x")), headers=bot.headers)
    assert (unknown.status_code, unknown.json()["error"]["error_subcode"]) == (400, 33)
    broken = bot.emulator.http.post(f"{bot.path}/messages", content=b"{", headers=bot.headers)
    assert (broken.status_code, broken.json()["error"]["code"]) == (400, 100)


def test_after_24_hours_only_templates_pass(bot: ListeningBot) -> None:
    bot.emulator.move_clock(advance=24 * 3600 + 1)
    late = bot.post(to_anna(**text("Sind Sie noch da?")))
    assert (late.status_code, late.json()["error"]["code"]) == (400, 131047)
    parameters = [{"type": "text", "text": word} for word in ("Frau Schmidt", "1.12., 14:30", "Dr. Weiß")]
    body = {"type": "body", "parameters": parameters}
    template = {"name": "appointment_reminder", "language": {"code": "de"}, "components": [body]}
    assert bot.post(to_anna(type="template", template=template)).status_code == 200
    (reminder,) = bot.emulator.replies("anna")
    assert "Termin am 1.12., 14:30 bei Dr. Weiß" in reminder["text"]
    assert [option["title"] for option in reminder["options"]] == ["Ich komme", "Verschieben", "Absagen"]
    bot.emulator.tap("anna", "Ich komme")
    assert bot.post(to_anna(**text("Wunderbar."))).status_code == 200


def test_a_template_wants_its_parameters(bot: ListeningBot) -> None:
    template = {"name": "appointment_reminder", "language": {"code": "de"}}
    answer = bot.post(to_anna(type="template", template=template))
    assert answer.json()["error"]["code"] == 132000


def test_templates_are_listed_and_made(bot: ListeningBot) -> None:
    def names() -> list[str]:
        url = "/v23.0/102290129340398/message_templates?name=call_back"
        return [t["name"] for t in bot.emulator.http.get(url, headers=bot.headers).json()["data"]]

    assert names() == []
    new = {
        "name": "call_back",
        "language": "de",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Ja"}],
    }
    bot.emulator.http.post("/v23.0/102290129340398/message_templates", json=new, headers=bot.headers)
    assert names() == ["call_back"]


def test_a_file_goes_up_comes_down_and_is_deleted(bot: ListeningBot) -> None:
    content = b"%PDF-1.4 " + bytes(range(256))
    media_id = bot.upload(content, "application/pdf", "brief.pdf").json()["id"]
    record = bot.emulator.http.get(f"/v23.0/{media_id}", headers=bot.headers).json()
    assert (record["mime_type"], record["file_size"]) == ("application/pdf", str(len(content)))
    assert record["sha256"] == hashlib.sha256(content).hexdigest()
    assert bot.emulator.http.get(record["url"]).status_code == 401
    assert bot.emulator.http.get(record["url"], headers=bot.headers).content == content
    bot.say(type="document", document={"id": media_id, "filename": "Brief.pdf", "caption": "Ihr Brief"})
    (shown,) = bot.emulator.replies("anna")
    assert (shown["media"]["filename"], shown["text"]) == ("Brief.pdf", "Ihr Brief")
    assert bot.emulator.http.delete(f"/v23.0/{media_id}", headers=bot.headers).json() == {"success": True}
    assert bot.emulator.http.get(f"/v23.0/{media_id}", headers=bot.headers).status_code == 400


def test_files_that_meta_does_not_take(bot: ListeningBot) -> None:
    calendar = bot.upload(b"BEGIN:VCALENDAR", "text/calendar", "termin.ics")
    assert calendar.json()["error"]["code"] == 100
    assert "text/calendar" in calendar.json()["error"]["message"]
    large = bot.upload(b"x" * (5 * 1024 * 1024 + 1), "image/png")
    assert large.json()["error"]["code"] == 100
    sound = bot.upload(b"OggS", "audio/ogg").json()["id"]
    assert bot.post(to_anna(type="image", image={"id": sound})).json()["error"]["code"] == 131053


def test_a_read_mark_colours_everything_before_it(bot: ListeningBot) -> None:
    first, second = bot.emulator.send("anna", text="eins"), bot.emulator.send("anna", text="zwei")
    mark = {"messaging_product": "whatsapp", "status": "read", "message_id": first["id"]}
    assert bot.post({**mark, "typing_indicator": {"type": "text"}}).json() == {"success": True}
    states = {m["id"]: m["status"] for m in bot.emulator.messages("anna")}
    assert (states[first["id"]], states[second["id"]] == "read") == ("read", False)
    assert bot.post({**mark, "message_id": "wamid.no"}).json()["error"]["code"] == 100


def test_metas_rates_hold() -> None:
    with bot_and_emulator(pair_burst=3, number_rate=5, pair_interval=600.0) as bot:
        for phone in ("anna", "james"):
            bot.emulator.send(phone, text="Hallo")
        codes = []
        for number in [ANNA] * 4 + ["447700900123"] * 2:
            answer = bot.post(to_anna(**text("x", to=number)))
            codes.append(answer.json().get("error", {}).get("code", 200))
    assert codes[:3] == [200] * 3
    assert codes[3] == 131056
    assert set(codes[4:]) <= {200, 130429}
