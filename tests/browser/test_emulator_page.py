"""The phones page as a person uses it. No assistant behind it: the test is the practice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from tests.listening_bot import ListeningBot, bot_and_emulator, buttons, listing, section, text

DESK: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Dr. Wei\xc3\x9f\r\n"
    b"DTSTART;TZID=Europe/Berlin:20261201T143000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture(scope="module")
def running() -> Iterator[ListeningBot]:
    # Its own next try of a refused webhook would take "try again" from under the finger.
    with bot_and_emulator(business_name="Praxis am Test", retry_first=60, retry_longest=60) as bot:
        yield bot


@pytest.fixture
def bot(running: ListeningBot) -> ListeningBot:
    """Empty chats; Anna has said hello, so that the practice may write."""
    running.emulator.reset()
    running.emulator.send("anna", text="Hallo")
    return running


@pytest.fixture
def visit(browser: Browser, bot: ListeningBot) -> Iterator[Callable[..., Page]]:
    """Open the page; what it complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(size: ViewportSize = DESK, locale: str = "de-DE", **options: Any) -> Page:
        context = browser.new_context(viewport=size, locale=locale, **options)
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=bot.emulator.base_url)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.goto(bot.emulator.base_url)
        page.wait_for_selector("body[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    return visit()


def noon_somewhere() -> str:
    """A zone where it is between twelve and one just now: a day later is tomorrow there, whenever this runs."""
    hours = datetime.now(timezone.utc).hour - 12
    return f"Etc/GMT{hours:+d}" if hours else "Etc/GMT"


def phone(page: Page, name: str = "anna") -> Locator:
    return page.get_by_test_id(f"phone-{name}")


def newest(page: Page, name: str = "anna") -> Locator:
    return phone(page, name).get_by_test_id("message").last


def test_enter_sends_and_ticks_show_that_it_arrived(page: Page, bot: ListeningBot) -> None:
    field = page.get_by_test_id("composer-anna")
    field.fill("Guten Tag")
    field.press("Shift+Enter")
    field.press_sequentially("ich habe *Husten*")
    field.press("Enter")
    expect(newest(page)).to_contain_text("Guten Tag")
    expect(newest(page).locator("strong")).to_have_text("Husten")
    expect(newest(page).get_by_test_id("ticks")).to_have_attribute("aria-label", "zugestellt")
    expect(field).to_have_value("")
    sent = bot.emulator.messages("anna")[-1]
    assert sent["text"] == "Guten Tag\nich habe *Husten*"
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": sent["id"]}
    bot.post({**read, "typing_indicator": {"type": "text"}})
    expect(newest(page).get_by_test_id("ticks")).to_have_attribute("aria-label", "gelesen")
    expect(phone(page).get_by_test_id("typing")).to_be_visible()
    bot.say(**text("Gute Besserung!"))
    expect(newest(page)).to_contain_text("Gute Besserung!")
    expect(phone(page).get_by_test_id("typing")).to_have_count(0)


def test_three_phones_lie_side_by_side(page: Page) -> None:
    boxes = [phone(page, name).bounding_box() for name in ("anna", "james", "mia")]
    assert all(box is not None and box["width"] >= 316 for box in boxes)
    edges = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
    assert all(left[1] <= right[0] for left, right in pairwise(edges))
    assert edges[-1][1] <= DESK["width"]
    expect(page.get_by_test_id("address-mia")).to_contain_text("DE.X9P3LM7W2KDU5TN8VC4M")


def test_a_list_is_answered_with_the_keyboard_alone(page: Page, bot: ListeningBot) -> None:
    bot.say(**listing(section(2, title="Dienstag"), section(2, 2, title="Mittwoch"), button="Zeit wählen"))
    page.get_by_test_id("open-list").focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Zeit wählen")
    expect(sheet.get_by_role("radio")).to_have_count(4)
    expect(page.get_by_test_id("sheet-send")).to_be_disabled()
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(sheet).to_have_count(0)
    expect(newest(page)).to_contain_text("Zeit 2")
    bot.wait(lambda: bot.messages()[-1].get("interactive"))
    assert bot.messages()[-1]["interactive"]["list_reply"]["id"] == "row-2"


def test_a_list_can_be_put_away(page: Page, bot: ListeningBot) -> None:
    bot.say(**listing(section(1)))
    page.get_by_test_id("open-list").click()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("list-sheet")).to_have_count(0)
    expect(page.get_by_test_id("open-list")).to_be_focused()
    assert len(bot.emulator.messages("anna", author="patient")) == 1


def test_a_reply_button_answers_and_quotes(page: Page, bot: ListeningBot) -> None:
    bot.say(**buttons("Ja, buchen", "Nein", body="Dienstag um drei?"))
    phone(page).get_by_role("button", name="Ja, buchen").click()
    expect(newest(page)).to_contain_text("Dienstag um drei?")
    expect(newest(page)).to_contain_text("Ja, buchen")
    bot.wait(lambda: bot.messages()[-1].get("interactive"))
    assert bot.messages()[-1]["interactive"]["button_reply"] == {"id": "id-0", "title": "Ja, buchen"}


def test_on_a_locked_phone_messages_stay_unread(page: Page, bot: ListeningBot) -> None:
    page.get_by_test_id("lock-anna").click()
    wamid = bot.say(**text("Ihr Termin ist morgen."))
    lock = page.get_by_test_id("lockscreen-anna")
    expect(lock).to_contain_text("Ihr Termin ist morgen.")
    bot.wait(lambda: "delivered" in [s["status"] for s in bot.statuses_of(wamid)])
    assert [s["status"] for s in bot.statuses_of(wamid)] == ["sent", "delivered"]
    lock.click()
    bot.wait(lambda: [s["status"] for s in bot.statuses_of(wamid)] == ["sent", "delivered", "read"])
    expect(newest(page)).to_be_visible()


def test_photo_place_and_voice_are_attached(page: Page, bot: ListeningBot) -> None:
    for name, kind in (
        ("camera", "image"),
        ("location", "location"),
        ("voice", "audio"),
        ("contact", "contacts"),
    ):
        page.get_by_test_id("attach-anna").click()
        page.get_by_test_id(f"attach-{name}").click()
        expect(newest(page)).to_have_attribute("data-kind", kind)
    picture = phone(page).locator("[data-kind=image] img")
    page.wait_for_function(
        "image => image.complete && image.naturalWidth > 100", arg=picture.element_handle()
    )
    assert [m["kind"] for m in bot.emulator.messages("anna")] == [
        "text",
        "image",
        "location",
        "audio",
        "contacts",
    ]


def test_a_file_of_ones_own_is_attached(page: Page, bot: ListeningBot) -> None:
    page.get_by_test_id("attach-anna").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("attach-document").click()
    chooser.value.set_files({"name": "brief.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"})
    expect(newest(page)).to_contain_text("brief.pdf")
    assert bot.emulator.messages("anna")[-1]["content"]["filename"] == "brief.pdf"


def test_an_appointment_comes_as_a_leaf_of_the_calendar(page: Page, bot: ListeningBot) -> None:
    media_id = bot.upload(CALENDAR, "text/plain", "termin.ics").json()["id"]
    bot.say(type="document", document={"id": media_id, "filename": "Termin.ics", "caption": "Gebucht!"})
    document = newest(page).get_by_test_id("document")
    expect(document).to_contain_text("Dr. Weiß")
    expect(document).to_contain_text("1. Dezember 2026")
    with page.expect_download() as download:
        document.click()
    assert download.value.suggested_filename == "Termin.ics"
    assert download.value.path().read_bytes() == CALENDAR


def test_a_message_is_reacted_to_edited_and_deleted(page: Page, bot: ListeningBot) -> None:
    newest(page).click(button="right")
    page.get_by_test_id("message-menu").get_by_role("menuitemcheckbox", name="❤️").click()
    expect(newest(page).get_by_test_id("reactions")).to_have_text("❤️")
    newest(page).focus()
    page.keyboard.press("Enter")
    page.get_by_test_id("menu-edit").click()
    page.get_by_test_id("dialog").get_by_role("textbox").fill("Hallo zusammen")
    page.get_by_test_id("dialog-ok").click()
    expect(newest(page)).to_contain_text("Hallo zusammen")
    expect(newest(page)).to_contain_text("bearbeitet")
    newest(page).click(button="right")
    page.get_by_test_id("menu-delete").click()
    expect(newest(page)).to_contain_text("gelöscht")
    bot.wait(lambda: [m["type"] for m in bot.messages()][-3:] == ["reaction", "edit", "revoke"])
    assert bot.emulator.messages("anna")[0]["deleted"]


def test_a_reply_quotes_the_message_it_answers(page: Page, bot: ListeningBot) -> None:
    wamid = bot.say(**text("Montag oder Dienstag?"))
    expect(newest(page)).to_contain_text("Montag oder Dienstag?")
    newest(page).click(button="right")
    page.get_by_test_id("menu-reply").click()
    page.keyboard.type("Dienstag")
    page.get_by_test_id("send-anna").click()
    expect(newest(page).locator(".quote")).to_contain_text("Montag oder Dienstag?")
    bot.wait(lambda: bot.messages()[-1].get("context"))
    assert bot.messages()[-1]["context"]["id"] == wamid


def test_what_looks_like_markup_stays_text(page: Page, bot: ListeningBot) -> None:
    nasty = "<img src=x onerror=document.title='pwned'> *<b>fett</b>* javascript:alert(1) https://example.org/a?b=1."
    bot.say(**text(nasty))
    expect(newest(page)).to_contain_text("<img src=x")
    assert newest(page).locator("img, b").count() == 0
    links = newest(page).locator("a")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.org/a?b=1")
    assert "pwned" not in page.title()


def test_after_a_reload_the_chats_are_there(page: Page, bot: ListeningBot) -> None:
    bot.say(**text("Guten Tag!"))
    expect(newest(page)).to_contain_text("Guten Tag!")
    page.get_by_test_id("composer-anna").fill("angefangen")
    page.reload()
    expect(newest(page)).to_contain_text("Guten Tag!")
    expect(page.get_by_test_id("composer-anna")).to_have_value("angefangen")


@pytest.mark.parametrize(
    ("locale", "word", "other"), [("de-DE", "Nachricht", "Message"), ("en-GB", "Message", "Nachricht")]
)
def test_the_page_speaks_the_browsers_language_and_can_be_switched(
    visit: Callable[..., Page], locale: str, word: str, other: str
) -> None:
    page = visit(locale=locale)
    expect(page.get_by_test_id("composer-anna")).to_have_attribute("placeholder", word)
    page.get_by_test_id("language").click()
    expect(page.get_by_test_id("composer-anna")).to_have_attribute("placeholder", other)
    expect(newest(page)).to_contain_text("Hallo")
    page.reload()
    expect(page.get_by_test_id("composer-anna")).to_have_attribute("placeholder", other)


def test_moving_the_clock_closes_the_window(visit: Callable[..., Page], bot: ListeningBot) -> None:
    page = visit(timezone_id=noon_somewhere())
    expect(page.get_by_test_id("phone-anna")).to_contain_text("24 h offen")
    page.get_by_test_id("clock-day").click()
    expect(page.get_by_test_id("phone-anna")).to_contain_text("nur Vorlagen")
    expect(page.get_by_test_id("panel")).to_contain_text("+1 d 1 h")
    expect(phone(page).get_by_test_id("day")).to_have_text(["Gestern"])
    page.get_by_test_id("clock-reset").click()
    expect(page.get_by_test_id("panel")).to_contain_text("Echtzeit")
    assert not bot.emulator.config.clock_file.exists()


def test_trouble_is_ordered_shown_used_up_and_logged(page: Page, bot: ListeningBot) -> None:
    page.get_by_test_id("send-fault").select_option("e131056")
    page.get_by_test_id("send-fault-count").fill("2")
    page.get_by_test_id("send-fault-order").click()
    expect(page.get_by_test_id("faults")).to_contain_text("2 × 131056")
    answer = bot.post({"messaging_product": "whatsapp", "to": "4915112345678", **text("x")})
    assert answer.json()["error"]["code"] == 131056
    expect(page.get_by_test_id("faults")).to_contain_text("1 × 131056")
    entry = page.get_by_test_id("log-entry").filter(has_text="#131056").first
    entry.locator("summary").click()
    expect(entry).to_contain_text('"fbtrace_id"')
    page.get_by_test_id("faults-clear").click()
    expect(page.get_by_test_id("faults")).to_contain_text("Alles läuft normal")


def test_one_click_resets_everything(page: Page, bot: ListeningBot) -> None:
    page.get_by_test_id("add-phone").click()
    page.get_by_test_id("dialog").get_by_label("Name").fill("Otto Neu")
    page.get_by_test_id("dialog-ok").click()
    expect(phone(page, "otto-neu")).to_be_visible()
    page.get_by_test_id("reset-all").click()
    expect(phone(page, "otto-neu")).to_have_count(0)
    expect(phone(page).get_by_test_id("message")).to_have_count(0)
    assert bot.emulator.messages("anna") == []


def test_webhooks_that_wait_are_told(page: Page, bot: ListeningBot) -> None:
    bot.statuses = [500]
    bot.emulator.http.post("/emulator/webhooks/url", json={"url": "http://127.0.0.1:9/nobody"})
    bot.emulator.send("anna", text="Hört ihr mich?")
    expect(page.get_by_test_id("waiting")).to_be_visible()
    expect(newest(page).get_by_test_id("ticks")).to_have_attribute("aria-label", "gesendet")
    bot.emulator.http.post("/emulator/webhooks/url", json={"url": bot.url})
    bot.statuses = []
    page.get_by_test_id("waiting").click()
    expect(page.get_by_test_id("waiting")).to_have_count(0)
    expect(newest(page).get_by_test_id("ticks")).to_have_attribute("aria-label", "zugestellt")


def test_on_a_narrow_screen_one_phone_fills_it(visit: Callable[..., Page], bot: ListeningBot) -> None:
    page = visit(size=NARROW, has_touch=True)
    box = phone(page).bounding_box()
    assert box is not None
    assert box["width"] == NARROW["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.get_by_test_id("tab-james").click()
    expect(page.get_by_test_id("tab-james")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_test_id("composer-james")).to_be_in_viewport()
    wamid = bot.say(**text("Sind Sie da?"))
    expect(page.get_by_test_id("tab-anna")).to_contain_text("1")
    assert "read" not in [s["status"] for s in bot.statuses_of(wamid)]
    page.get_by_test_id("tab-anna").click()
    bot.wait(lambda: "read" in [s["status"] for s in bot.statuses_of(wamid)])
    expect(page.get_by_test_id("panel")).to_be_hidden()
    page.get_by_test_id("toggle-panel").click()
    expect(page.get_by_test_id("clock-hour")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_follow_the_system(visit: Callable[..., Page], scheme: str) -> None:
    page = visit(color_scheme=scheme)
    background = page.get_by_test_id("panel").evaluate("panel => getComputedStyle(panel).backgroundColor")
    brightness = sum(int(part) for part in background.strip("rgb()").split(","))
    assert (brightness > 384) == (scheme == "light")
