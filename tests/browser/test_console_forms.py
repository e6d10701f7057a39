"""What staff type into the console stays, and what a form enters is what it shows: as only a browser can tell."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.booking import book
from tests.browser.console_page import barriers, console_url, sign_in
from tests.front_desk import FrontDesk, Phone

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def nurse(front_desk: FrontDesk, browser: Browser) -> Page:
    page = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, front_desk, "pflege")
    return page


def open_chat(page: Page, desk: FrontDesk, name: str) -> Phone:
    """A patient asks for a person; `page` shows her chat."""
    phone = desk.new_phone(name)
    phone.write("ich möchte mit einem menschen sprechen")
    phone.answers()
    page.goto(f"{console_url(desk)}/?show=all")
    page.get_by_role("link", name=name).first.click()
    return phone


def test_a_live_chat_asks_only_about_what_came_after_one_began_to_write(
    front_desk: FrontDesk, nurse: Page
) -> None:
    phone, thread = open_chat(nurse, front_desk, "Mara Voss"), nurse.get_by_role("log")
    nurse.get_by_role("button", name="Übernehmen").click()
    phone.write("sind Sie da?")
    expect(thread).to_contain_text("sind Sie da?")
    words = nurse.get_by_label("Antwort an den Patienten")
    words.press_sequentially("Ja, ich bin da.")
    nurse.get_by_role("button", name="Senden").click()
    expect(thread).to_contain_text("Ja, ich bin da.")
    words.press_sequentially("Kommen Sie morgen.")
    phone.write("bitte nichts schicken!")
    expect(thread).to_contain_text("bitte nichts schicken!")
    nurse.get_by_role("button", name="Senden").click()
    expect(nurse.locator("#answer .problem")).to_contain_text("Inzwischen ist etwas dazugekommen")
    expect(words).to_have_value("Kommen Sie morgen.")
    nurse.get_by_role("button", name="Trotzdem senden").click()
    expect(thread).to_contain_text("Kommen Sie morgen.")
    expect(words).to_have_value("")


def test_a_canned_reply_leaves_what_was_typed(front_desk: FrontDesk, nurse: Page) -> None:
    open_chat(nurse, front_desk, "Nora Beck")
    words, canned = nurse.get_by_label("Antwort an den Patienten"), nurse.locator("#canned")
    words.press_sequentially("Eigene Worte.")
    canned.select_option("looking")
    expect(words).to_have_value(re.compile(r"^Eigene Worte\.\n.*Nora Beck"))
    expect(words).to_be_focused()
    kept = words.input_value()
    expect(canned).to_have_value("")
    with nurse.expect_response("**/draft**"):
        canned.evaluate("one => one.dispatchEvent(new Event('change', {bubbles: true}))")
    expect(words).to_have_value(kept)


def test_a_draft_outlives_taking_a_chat_over(front_desk: FrontDesk, browser: Browser, nurse: Page) -> None:
    open_chat(nurse, front_desk, "Olga Reim")
    nurse.get_by_role("button", name="Übernehmen").click()
    doctor = browser.new_context(locale="de-DE").new_page()
    sign_in(doctor, front_desk, "arzt")
    doctor.goto(nurse.url)
    words = doctor.get_by_label("Antwort an den Patienten")
    words.press_sequentially("Das mache ich.")
    doctor.get_by_role("button", name="Senden").click()
    expect(doctor.locator("#answer .problem")).to_contain_text("Möchten Sie wirklich übernehmen?")
    doctor.get_by_role("button", name="Trotzdem übernehmen").click()
    expect(doctor.get_by_role("button", name="An den Assistenten zurückgeben")).to_be_visible()
    expect(doctor.locator("#answer .problem")).to_have_count(0)
    expect(words).to_have_value("Das mache ich.")
    doctor.get_by_role("button", name="Senden").click()
    expect(doctor.get_by_role("log")).to_contain_text("Das mache ich.")
    expect(words).to_have_value("")
    doctor.context.close()


def test_free_times_follow_the_fields_and_what_was_typed_stays(front_desk: FrontDesk, nurse: Page) -> None:
    book(front_desk.new_phone("Paul Stern"), "Paul Stern")
    nurse.goto(f"{console_url(front_desk)}/patients?q=stern")
    nurse.get_by_role("link", name="Paul Stern").click()
    nurse.get_by_role("link", name="Termin eintragen").click()
    reason, kind = nurse.get_by_label("Anliegen"), nurse.get_by_label("Art des Termins")
    reason.fill("Husten")
    before = kind.input_value()
    other = kind.locator("option:not(:checked)").last.get_attribute("value")
    assert other != before
    kind.select_option(other)
    expect(nurse.locator(f"input[name=slot][value*='|{before}|']")).to_have_count(0)
    doctor = nurse.get_by_label("Ärztin oder Arzt").input_value()
    nurse.get_by_label("Tag", exact=True).fill("2031-01-01")
    expect(nurse.locator("#times")).to_contain_text("Bitte wählen Sie einen Tag")
    expect(nurse.get_by_label("Ärztin oder Arzt")).to_have_value(doctor)
    expect(reason).to_have_value("Husten")
    expect(kind).to_have_value(other or "")
    assert barriers(nurse) == []


def test_the_button_that_sends_all_the_same_is_seen_without_scrolling(
    front_desk: FrontDesk, nurse: Page
) -> None:
    phone = open_chat(nurse, front_desk, "Rita Lamm")
    for number in range(12):
        phone.write(f"Zeile {number}")
    expect(nurse.get_by_role("log")).to_contain_text("Zeile 11")
    nurse.get_by_label("Antwort an den Patienten").fill("Ich komme dazu.")
    phone.write("und noch etwas")
    expect(nurse.get_by_role("log")).to_contain_text("und noch etwas")
    for width, height in ((1280, 900), (390, 844)):
        nurse.set_viewport_size({"width": width, "height": height})
        nurse.get_by_role("button", name="Senden").or_(
            nurse.get_by_role("button", name="Trotzdem senden")
        ).first.scroll_into_view_if_needed()
        if width == 1280:
            nurse.get_by_role("button", name="Senden").click()
            expect(nurse.locator("#answer .problem")).to_be_visible()
        expect(nurse.locator("#answer .problem")).to_be_in_viewport()
        expect(nurse.get_by_role("button", name="Trotzdem senden")).to_be_in_viewport()
    assert barriers(nurse) == []
    nurse.set_viewport_size({"width": 1280, "height": 900})
