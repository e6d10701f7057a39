"""The emulator's webhooks: signed, in Meta's shape, in order, and never lost."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import jsonschema
import pytest
import yaml

from sprechstunde.emulator.testing import start_emulator
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

KINDS = {
    "text": {"text": "Hallo"},
    "image": {"caption": "mein Arm"},
    "document": {},
    "audio": {},
    "video": {},
    "sticker": {},
    "location": {},
    "contacts": {},
    "unsupported": {},
}


# The schema in Meta's description that fits each kind (the description's own mapping points to other ones).
SCHEMAS = {
    "text": "TextMessage_2",
    "image": "ImageMessage_1",
    "document": "DocumentMessage_1",
    "audio": "AudioMessage_1",
    "video": "VideoMessage_1",
    "sticker": "StickerMessage_1",
    "location": "LocationMessage_1",
    "contacts": "ContactSharingMessage",
    "unsupported": "UnsupportedMessage",
}


@lru_cache(maxsize=1)
def described() -> dict:
    """Meta's description of its webhooks, empty where it does not lie beside the project."""
    path = meta_schema.description_path()
    if path is None:
        return {}
    components = yaml.load(
        path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    schemas = components["components"]["schemas"]
    # What arrives refers to the parts of what is sent; its own parts lie there unused, under numbered names.
    for name in {*SCHEMAS.values(), "InteractiveMessageReply"}:
        text = json.dumps(schemas[name])
        for part, own in (("BaseMessageProperties", "_1"), ("ContactObject", "_1"), ("ErrorObject", "_2")):
            text = text.replace(f'schemas/{part}"', f'schemas/{part}{own}"')
        schemas[name] = json.loads(text)
    return {"schemas": schemas}


def misfits(name: str, part: dict) -> list[str]:
    """What Meta's description has against it; nothing when it is not there to ask."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": described()} if described() else {}
    return [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(part)]


@pytest.fixture
def bot() -> Iterator[ListeningBot]:
    with bot_and_emulator() as bot:
        yield bot


def one(bot: ListeningBot) -> dict:
    """The newest message that reached the bot."""
    return bot.wait(bot.messages)[-1]


def test_the_envelope_is_metas_and_signed(bot: ListeningBot) -> None:
    sent = bot.emulator.send("anna", text="Grüße 🙂")
    bot.wait(bot.messages)
    headers, raw = bot.calls[0]
    signature = hmac.new(b"demo-app-secret", raw, hashlib.sha256).hexdigest()
    assert headers["x-hub-signature-256"] == f"sha256={signature}"
    body = json.loads(raw)
    assert (body["object"], body["entry"][0]["changes"][0]["field"]) == (
        "whatsapp_business_account",
        "messages",
    )
    value = body["entry"][0]["changes"][0]["value"]
    assert value["messaging_product"] == "whatsapp"
    assert value["metadata"]["phone_number_id"] == "106540352242922"
    assert (value["contacts"][0]["wa_id"], value["contacts"][0]["profile"]["name"]) == (ANNA, "Anna Schmidt")
    message = value["messages"][0]
    assert (message["from"], message["id"], message["type"]) == (ANNA, sent["id"], "text")
    assert message["text"] == {"body": "Grüße 🙂"}
    assert abs(int(message["timestamp"]) - time.time()) < 60


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_carries_its_own_object(bot: ListeningBot, kind: str) -> None:
    bot.emulator.send("anna", kind, **KINDS[kind])
    message = one(bot)
    assert message["type"] == kind
    assert message["errors"][0]["code"] == 131051 if kind == "unsupported" else message[kind]
    assert misfits(SCHEMAS[kind], message) == []


@pytest.mark.parametrize("kind", ["image", "document", "audio", "video", "sticker"])
def test_what_a_patient_sends_can_be_fetched(bot: ListeningBot, kind: str) -> None:
    bot.emulator.send("anna", kind)
    part = one(bot)[kind]
    record = bot.emulator.http.get(f"/v23.0/{part['id']}", headers=bot.headers).json()
    content = bot.emulator.http.get(record["url"], headers=bot.headers).content
    assert record["sha256"] == hashlib.sha256(content).hexdigest()
    assert len(content) == int(record["file_size"]) > 100
    assert part["mime_type"] == record["mime_type"]


def test_who_has_no_number_has_none_in_the_webhook(bot: ListeningBot) -> None:
    bot.emulator.send("mia", text="Hallo")
    bot.wait(bot.messages)
    (value,) = bot.values()
    assert misfits("ContactProfile", value["contacts"][0]) == []
    assert value["messages"][0]["from_user_id"] == value["contacts"][0]["user_id"] == MIA
    assert "from" not in value["messages"][0]
    assert "wa_id" not in value["contacts"][0]


def test_taps_say_what_was_tapped_and_on_which_message(bot: ListeningBot) -> None:
    bot.emulator.send("anna", text="Hallo")
    question = bot.say(**buttons("Ja", "Nein"))
    choice = bot.say(**listing(section(3)))
    bot.emulator.replies("anna", count=2)
    bot.emulator.tap("anna", "Nein")
    bot.emulator.tap("anna", option="row-2")
    bot.wait(lambda: len(bot.messages()) == 3)
    tapped, chosen = bot.messages()[1:]
    assert tapped["interactive"] == {"type": "button_reply", "button_reply": {"id": "id-1", "title": "Nein"}}
    assert chosen["interactive"] == {"type": "list_reply", "list_reply": {"id": "row-2", "title": "Zeit 2"}}
    assert misfits("InteractiveMessageReply", tapped) == []
    assert (tapped["context"]["id"], chosen["context"]["id"]) == (question, choice)


def test_a_tap_on_a_template(bot: ListeningBot) -> None:
    words = [{"type": "text", "text": "x"}] * 3
    payload = {
        "type": "button",
        "sub_type": "quick_reply",
        "index": "1",
        "parameters": [{"type": "payload", "payload": "move:7"}],
    }
    components = [{"type": "body", "parameters": words}, payload]
    bot.say(
        type="template",
        template={"name": "appointment_reminder", "language": {"code": "de"}, "components": components},
    )
    bot.emulator.replies("anna")
    bot.emulator.tap("anna", "Verschieben")
    message = one(bot)
    assert (message["type"], message["button"]) == ("button", {"payload": "move:7", "text": "Verschieben"})


def test_reactions_edits_and_deletions_name_their_message(bot: ListeningBot) -> None:
    mine = bot.emulator.send("anna", text="um drei")
    bot.emulator.send("anna", "edit", message=mine["id"], text="um vier")
    bot.emulator.send("anna", "delete", message=mine["id"])
    theirs = bot.say(**text("Gern."))
    bot.emulator.replies("anna")
    bot.emulator.send("anna", "reaction", message=theirs, emoji="👍")
    bot.wait(lambda: len(bot.messages()) == 4)
    _, edit, revoke, reaction = bot.messages()
    assert edit["edit"]["original_message_id"] == mine["id"]
    assert edit["edit"]["message"] == {"type": "text", "text": {"body": "um vier"}}
    assert revoke["revoke"] == {"original_message_id": mine["id"]}
    assert reaction["reaction"] == {"message_id": theirs, "emoji": "👍"}


def test_a_new_number_comes_as_a_system_message(bot: ListeningBot) -> None:
    bot.emulator.send("anna", "change_number", phone="+49 151 99999999")
    message = one(bot)
    assert (message["from"], message["type"], message["system"]["wa_id"]) == (ANNA, "system", "4915199999999")
    assert bot.post(to_anna(**text("x"))).json()["error"]["code"] == 131026
    bot.emulator.send("anna", text="ich bin's")
    bot.wait(lambda: len(bot.messages()) == 2)
    assert bot.messages()[1]["from"] == "4915199999999"


def test_statuses_follow_in_order_with_our_own_word(bot: ListeningBot) -> None:
    bot.emulator.send("anna", text="Hallo")
    bot.emulator.http.post("/emulator/phones/anna", json={"open": True})
    wamid = bot.say(**text("Gern."), biz_opaque_callback_data="out-1")
    bot.wait(lambda: len(bot.statuses_of(wamid)) == 3)
    statuses = bot.statuses_of(wamid)
    assert [s["status"] for s in statuses] == ["sent", "delivered", "read"]
    assert {s["biz_opaque_callback_data"] for s in statuses} == {"out-1"}
    assert {s["recipient_id"] for s in statuses} == {ANNA}
    assert [misfits("Statuses", s) for s in statuses] == [[]] * 3


def test_unread_until_the_phone_is_looked_at(bot: ListeningBot) -> None:
    bot.emulator.send("anna", text="Hallo")
    wamid = bot.say(**text("Gern."))
    bot.emulator.replies("anna")
    bot.wait(lambda: [s["status"] for s in bot.statuses_of(wamid)] == ["sent", "delivered"])
    bot.emulator.http.post("/emulator/phones/anna/read", json={})
    bot.wait(lambda: len(bot.statuses_of(wamid)) == 3)
    assert bot.statuses_of(wamid)[-1]["status"] == "read"


def test_in_flight_mode_everything_waits(bot: ListeningBot) -> None:
    bot.emulator.send("anna", text="Hallo")
    bot.wait(bot.messages)
    bot.emulator.http.post("/emulator/phones/anna", json={"online": False})
    wamid = bot.say(**text("Gern."))
    bot.emulator.send("anna", text="aus dem Flugzeug")
    bot.wait(lambda: bot.statuses_of(wamid))
    assert bot.emulator.messages("anna", author="business") == []
    assert len(bot.messages()) == 1
    bot.emulator.http.post("/emulator/phones/anna", json={"online": True})
    bot.wait(lambda: len(bot.messages()) == 2)
    assert bot.messages()[1]["text"]["body"] == "aus dem Flugzeug"
    assert bot.emulator.replies("anna")[0]["id"] == wamid


def test_a_patient_who_blocked_us_is_reported_as_failed(bot: ListeningBot) -> None:
    bot.emulator.send("anna", text="Hallo")
    bot.emulator.http.post("/emulator/phones/anna", json={"blocked": True})
    wamid = bot.say(**text("Gern."))
    (status,) = bot.wait(lambda: bot.statuses_of(wamid))
    assert (status["status"], status["errors"][0]["code"]) == ("failed", 131026)


def test_a_bot_that_stumbles_gets_all_in_order(bot: ListeningBot) -> None:
    bot.statuses = [500, 503, 500]
    sent = [bot.emulator.send("anna", text=str(n))["id"] for n in range(4)]
    bot.wait(lambda: len(bot.messages()) == 7)
    assert list(dict.fromkeys(m["id"] for m in bot.messages())) == sent
    assert [m["text"]["body"] for m in bot.messages()[:4]] == ["0"] * 4


def test_what_the_bot_never_takes_does_not_block_the_rest(bot: ListeningBot) -> None:
    bot.statuses = [400] * 5
    bot.emulator.send("anna", text="poison")
    bot.emulator.send("anna", text="next")
    bot.wait(lambda: "next" in [m["text"]["body"] for m in bot.messages()])
    bot.wait(lambda: [m["text"]["body"] for m in bot.messages()].count("poison") == 6)
    assert bot.emulator.messages("anna")[1]["status"] in ("sent", "delivered")


def test_nothing_is_lost_while_bot_and_emulator_are_down(tmp_path: Path) -> None:
    down = start_emulator("http://127.0.0.1:9/nobody", data_dir=tmp_path, retry_longest=60.0)
    sent = down.send("anna", text="Hallo?")
    assert down.messages("anna")[0]["status"] == "sent"
    down.stop()
    with bot_and_emulator(data_dir=tmp_path) as bot:
        bot.wait(bot.messages)
        assert bot.messages()[0]["id"] == sent["id"]
        assert [m["text"] for m in bot.emulator.messages("anna")] == ["Hallo?"]
        assert bot.emulator.send("anna", text="wieder da")["seq"] == 2


def test_duplicates_on_order(bot: ListeningBot) -> None:
    bot.emulator.fault(webhook={"kind": "duplicate", "count": 1})
    for word in ("eins", "zwei"):
        bot.emulator.send("anna", text=word)
    bot.wait(lambda: len(bot.messages()) == 3)
    assert [m["text"]["body"] for m in bot.messages()] == ["eins", "eins", "zwei"]
    assert bot.calls[0][1] == bot.calls[1][1]


def test_swapped_on_order(bot: ListeningBot) -> None:
    bot.emulator.fault(webhook={"kind": "reorder"})
    for word in ("eins", "zwei", "drei"):
        bot.emulator.send("anna", text=word)
    bot.wait(lambda: len(bot.messages()) == 3)
    assert [m["text"]["body"] for m in bot.messages()] == ["zwei", "eins", "drei"]


def test_bundled_on_order(bot: ListeningBot) -> None:
    bot.emulator.fault(webhook={"kind": "batch", "count": 3})
    for word in ("eins", "zwei", "drei"):
        bot.emulator.send("anna", text=word)
    bot.wait(lambda: len(bot.messages()) == 3)
    assert len(bot.calls) == 1


def test_delayed_on_order(bot: ListeningBot) -> None:
    bot.emulator.fault(webhook={"kind": "delay", "seconds": 600})
    for word in ("eins", "zwei"):
        bot.emulator.send("anna", text=word)
    bot.wait(bot.messages)
    assert [m["text"]["body"] for m in bot.messages()] == ["zwei"]
    bot.emulator.http.post("/emulator/webhooks/retry")
    bot.wait(lambda: len(bot.messages()) == 2)
    assert bot.messages()[1]["text"]["body"] == "eins"


@pytest.mark.parametrize(
    ("order", "status", "code"),
    [
        ({"kind": "error", "code": 130429}, 400, 130429),
        ({"kind": "error", "code": 131056}, 400, 131056),
        ({"kind": "error", "code": 131047}, 400, 131047),
        ({"kind": "http_500"}, 500, 2),
        ({"kind": "timeout", "seconds": 0}, 504, 2),
    ],
)
def test_sends_fail_on_order_as_often_as_ordered(
    bot: ListeningBot, order: dict, status: int, code: int
) -> None:
    bot.emulator.send("anna", text="Hallo")
    bot.emulator.fault(send={**order, "count": 2})
    answers = [bot.post(to_anna(**text("Gern."))) for _ in range(3)]
    assert [a.status_code for a in answers] == [status, status, 200]
    assert {a.json()["error"]["code"] for a in answers[:2]} == {code}
    assert len(bot.emulator.replies("anna")) == 1


def test_a_lost_answer_was_a_message_all_the_same(bot: ListeningBot) -> None:
    bot.emulator.send("anna", text="Hallo")
    bot.emulator.fault(send={"kind": "lost_answer", "seconds": 0})
    bot.post(to_anna(**text("Gern."), biz_opaque_callback_data="out-9"))
    (message,) = bot.emulator.replies("anna")
    bot.wait(lambda: bot.statuses_of(message["id"]))
    assert bot.statuses_of(message["id"])[0]["biz_opaque_callback_data"] == "out-9"


def test_a_failure_that_is_told_later(bot: ListeningBot) -> None:
    bot.emulator.send("anna", text="Hallo")
    bot.emulator.fault(send={"kind": "error", "code": 131026, "as_status": True})
    wamid = bot.say(**text("Gern."))
    (status,) = bot.wait(lambda: bot.statuses_of(wamid))
    assert (status["status"], status["errors"][0]["code"]) == ("failed", 131026)
    assert bot.emulator.messages("anna", author="business") == []


def test_one_click_brings_back_the_first_morning(bot: ListeningBot) -> None:
    bot.emulator.send("anna", text="Hallo")
    bot.emulator.http.post("/emulator/phones", json={"name": "Otto", "phone": "+49 30 1234567"})
    bot.emulator.move_clock(advance=90000)
    bot.emulator.fault(send={"kind": "http_500", "count": 9})
    bot.emulator.reset()
    state = bot.emulator.http.get("/emulator/state").json()
    assert [phone["id"] for phone in state["phones"]] == ["anna", "james", "mia"]
    assert not any(state["messages"].values())
    assert state["faults"] == {"send": [], "webhook": []}
    assert abs(state["clock"]["offset"]) < 5


def test_the_clock_file_is_what_other_processes_read(bot: ListeningBot) -> None:
    bot.emulator.move_clock(freeze="2026-11-25T09:00:00+01:00")
    assert bot.emulator.config.clock_file.read_text() == "@2026-11-25T09:00:00+01:00"
    bot.emulator.move_clock(advance=3600)
    sent = bot.emulator.send("anna", text="Hallo")
    bot.wait(bot.messages)
    assert bot.messages()[0]["timestamp"] == str(int(sent["at"])) == "1795597200"


def test_another_site_can_not_type_on_the_phones(bot: ListeningBot) -> None:
    foreign = {"Origin": "https://evil.example"}
    answer = bot.emulator.http.post("/emulator/phones/anna/send", json={"text": "x"}, headers=foreign)
    assert answer.status_code == 403
    assert bot.emulator.messages("anna") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "text"},
        {"kind": "dance"},
        {"kind": "tap", "title": "nowhere"},
        {"kind": "edit", "message": "wamid.no", "text": "x"},
        {"kind": "image", "media": "123"},
        {"kind": "change_number", "phone": "12"},
    ],
)
def test_impossible_gestures_are_refused(bot: ListeningBot, wrong: dict) -> None:
    answer = bot.emulator.http.post("/emulator/phones/anna/send", json=wrong)
    assert (answer.status_code, bot.emulator.messages("anna")) == (400, [])
