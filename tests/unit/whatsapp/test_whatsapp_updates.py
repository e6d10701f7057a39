"""Reading webhooks: every kind of message, with and without a phone number, and whatever else may come."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprechstunde.whatsapp.updates import IdentityChange, Ignored, Incoming, Sender, Status, Unreadable, read
from tests.wire import (
    ANNA,
    AT,
    BEN_ID,
    PHONE_NUMBER_ID,
    by_phone,
    by_user_id,
    change,
    message,
    status,
    text,
    webhook,
)

MEDIA = {
    "id": "1003383421387256",
    "mime_type": "image/jpeg",
    "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
}
KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "text": (text("Guten Tag"), {"kind": "text", "text": "Guten Tag"}),
    "image": (
        message("image", image={**MEDIA, "caption": "Ausschlag"}),
        {"kind": "image", "text": "Ausschlag"},
    ),
    "document": (
        message("document", document={**MEDIA, "filename": "a.pdf"}),
        {"kind": "document", "text": None},
    ),
    "audio": (message("audio", audio={**MEDIA, "voice": True}), {"kind": "audio", "text": None}),
    "video": (message("video", video=MEDIA), {"kind": "video", "text": None}),
    "sticker": (message("sticker", sticker={**MEDIA, "animated": False}), {"kind": "sticker", "text": None}),
    "location": (message("location", location={"latitude": 52.5, "longitude": 13.4}), {"kind": "location"}),
    "contacts": (message("contacts", contacts=[{"name": {"formatted_name": "Oma"}}]), {"kind": "contacts"}),
    "reaction": (
        message("reaction", reaction={"message_id": "wamid.1", "emoji": "👍"}),
        {"kind": "reaction", "text": "👍"},
    ),
    "reaction taken back": (
        message("reaction", reaction={"message_id": "wamid.1"}),
        {"kind": "reaction", "text": ""},
    ),
    "button": (
        message(
            "interactive",
            interactive={"type": "button_reply", "button_reply": {"id": "t1", "title": "Buchen"}},
        ),
        {"kind": "reply", "token": "t1", "text": "Buchen"},
    ),
    "row": (
        message(
            "interactive", interactive={"type": "list_reply", "list_reply": {"id": "t2", "title": "Mo 9:00"}}
        ),
        {"kind": "reply", "token": "t2", "text": "Mo 9:00"},
    ),
    "template button": (
        message("button", button={"payload": "t3", "text": "Ja, ich komme"}),
        {"kind": "reply", "token": "t3", "text": "Ja, ich komme"},
    ),
    "template button without payload": (
        message("button", button={"payload": "Stop", "text": "Stop"}),
        {"kind": "text", "token": None, "text": "Stop"},
    ),
    "edit": (
        message(
            "edit",
            edit={"original_message_id": "wamid.1", "message": {"type": "text", "text": {"body": "Mi"}}},
        ),
        {"kind": "edited", "original": "wamid.1", "text": "Mi"},
    ),
    "revoke": (
        message("revoke", revoke={"original_message_id": "wamid.1"}),
        {"kind": "deleted", "original": "wamid.1"},
    ),
    "unsupported": (message("unsupported", errors=[{"code": 131051}]), {"kind": "unsupported"}),
    "order": (message("order", order={"catalog_id": "1"}), {"kind": "unsupported"}),
    "flow reply": (
        message("interactive", interactive={"type": "nfm_reply", "nfm_reply": {}}),
        {"kind": "unsupported"},
    ),
    "not invented yet": (message("hologram", hologram={"beam": 1}), {"kind": "unsupported"}),
    "without type": ({"id": "wamid.9", "timestamp": str(AT)}, {"kind": "unsupported"}),
}


def only(*changes: dict[str, Any]) -> Any:
    (update,) = read(webhook(*changes), PHONE_NUMBER_ID)
    return update


def incoming(document: dict[str, Any]) -> list[Incoming]:
    return [update for update in read(document, PHONE_NUMBER_ID) if isinstance(update, Incoming)]


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_read_with_a_phone_number(name: str) -> None:
    raw, expected = KINDS[name]
    update = only(by_phone(raw, user_id=BEN_ID))
    assert isinstance(update, Incoming)
    assert update.sender == Sender(ANNA, BEN_ID, "Anna")
    assert {field: getattr(update, field) for field in expected} == expected
    assert update.wamid == raw["id"]
    assert update.timestamp is not None
    assert update.timestamp.timestamp() == AT


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_read_without_a_phone_number(name: str) -> None:
    raw, expected = KINDS[name]
    update = only(by_user_id(raw))
    assert isinstance(update, Incoming)
    assert update.sender == Sender(None, BEN_ID, "Ben")
    assert {field: getattr(update, field) for field in expected} == expected


def test_media_keeps_what_is_needed_to_fetch_it() -> None:
    update = only(by_phone(message("audio", audio={**MEDIA, "voice": True})))
    assert update.media == {**MEDIA, "filename": None, "caption": None, "voice": True}


def test_forwarding_referral_and_the_message_answered_are_kept() -> None:
    raw = text(
        "Hallo", context={"id": "wamid.7", "frequently_forwarded": True}, referral={"source_id": "ad-1"}
    )
    assert only(by_phone(raw)).meta == {
        "reply_to": "wamid.7",
        "forwarded": True,
        "referral": {"source_id": "ad-1"},
    }


def test_typed_commands_lose_their_slash() -> None:
    assert only(by_phone(text('\u200b/book{"doctor": "x"}'))).text == 'book{"doctor": "x"}'
    assert only(by_phone(message("image", image={**MEDIA, "caption": "/restart"}))).text == "restart"
    edit = {"original_message_id": "wamid.1", "message": {"type": "text", "text": {"body": " /restart"}}}
    assert only(by_phone(message("edit", edit=edit))).text == "restart"


def test_a_user_id_is_found_in_the_contact_alone() -> None:
    item = change(messages=[text("Hallo")], contacts=[{"profile": {"name": "Ben"}, "user_id": BEN_ID}])
    assert only(item).sender == Sender(None, BEN_ID, "Ben")


def test_each_message_of_a_batch_finds_its_own_contact() -> None:
    contacts = [{"profile": {"name": "Anna"}, "wa_id": ANNA}, {"profile": {"name": "Ben"}, "user_id": BEN_ID}]
    messages = [{**text("1"), "from_user_id": BEN_ID}, {**text("2"), "from": ANNA}]
    found = [u.sender for u in incoming(webhook(change(messages=messages, contacts=contacts)))]
    assert found == [Sender(None, BEN_ID, "Ben"), Sender(ANNA, None, "Anna")]


def test_a_number_change_is_no_message() -> None:
    system = {"type": "user_changed_number", "wa_id": "4917000000", "body": "Anna changed"}
    item = change(messages=[{**message("system", system=system), "from": ANNA}])
    update = only(item)
    assert isinstance(update, IdentityChange)
    assert (update.sender.phone, update.phone, update.user_id) == (ANNA, "4917000000", None)


def test_statuses_are_read_without_contacts() -> None:
    update = only(change(statuses=[status("wamid.5", "failed", callback="id-5", code=131026)]))
    assert isinstance(update, Status)
    assert (update.wamid, update.status, update.callback, update.error_code) == (
        "wamid.5",
        "failed",
        "id-5",
        131026,
    )


@pytest.mark.parametrize(
    "item",
    [
        {"timestamp": "1", "type": "text", "text": {"body": "x"}, "from": ANNA},
        {"id": "with blank", "timestamp": "1", "type": "text", "text": {"body": "x"}, "from": ANNA},
        message("text", text="no object"),
        message("text", text={"body": 5}),
        message("image", image={}),
        message("interactive", interactive={"type": "button_reply", "button_reply": {}}),
        message("edit", edit={"original_message_id": None}),
        "no object",
        None,
        [],
    ],
)
def test_a_bad_message_is_kept_and_its_neighbours_are_read(item: Any) -> None:
    bad = {**item, "from": ANNA} if isinstance(item, dict) else item
    contacts = [{"profile": {"name": "Anna"}, "wa_id": ANNA}]
    messages = [{**text("davor"), "from": ANNA}, bad, {**text("danach"), "from": ANNA}]
    before, unreadable, after = read(webhook(change(messages=messages, contacts=contacts)), PHONE_NUMBER_ID)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.raw == bad
    assert isinstance(before, Incoming)
    assert isinstance(after, Incoming)
    assert (before.text, after.text) == ("davor", "danach")


def test_a_message_without_sender_is_unreadable() -> None:
    assert isinstance(only(change(messages=[text("Hallo")])), Unreadable)


def test_a_message_of_a_group_is_not_answered() -> None:
    assert isinstance(only(by_phone(text("Hallo", group_id="group-1"))), Unreadable)


def test_other_numbers_and_other_fields_are_ignored() -> None:
    item = by_phone(text("Hallo"))
    item["value"]["metadata"]["phone_number_id"] = "999"
    assert isinstance(only(item), Ignored)
    assert isinstance(only(change(field="account_update", event="x")), Ignored)


@pytest.mark.parametrize("stamp", ["", "soon", None, "9" * 30, -(10**20), {}])
def test_a_useless_timestamp_does_not_cost_the_message(stamp: Any) -> None:
    update = only(by_phone({**text("Hallo"), "timestamp": stamp}))
    assert isinstance(update, Incoming)
    assert update.timestamp is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "entry",
                    "changes",
                    "value",
                    "messages",
                    "statuses",
                    "contacts",
                    "from",
                    "id",
                    "type",
                    "text",
                ]
            )
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(st.dictionaries(st.sampled_from(["entry", "object"]), json_values), json_values)
def test_no_json_at_all_makes_the_reader_fail(document: dict[str, Any], item: Any) -> None:
    assert all(update is not None for update in read(document, PHONE_NUMBER_ID))
    inside = webhook(change(messages=item, contacts=item, statuses=item))
    assert all(update is not None for update in read(inside, PHONE_NUMBER_ID))
