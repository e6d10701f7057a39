"""Every page of the console on a desk and on a phone, in both languages: without barriers, and nothing hangs out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.booking import book
from tests.browser.console_page import barriers, console_url, sign_in
from tests.front_desk import FrontDesk

pytestmark = pytest.mark.timeout(600)
NAME = "Theo Winkler"
PAGES = {
    "arzt": (
        "/",
        "/?show=all",
        "/tasks",
        "/results",
        "/results/upload",
        "/settings",
        "/settings/doctors/sommer",
    ),
    "admin": (
        "/agenda",
        "/patients",
        "/patients/new",
        "/absences",
        "/staff",
        "/me",
        "/settings/visits/acute",
    ),
}
MORE = ("/settings/places/mitte", "/settings/replies/looking", "/settings/replies/new")


@pytest.fixture(scope="module")
def booked(front_desk: FrontDesk) -> FrontDesk:
    book(front_desk.new_phone(NAME), NAME)
    return front_desk


@pytest.mark.parametrize("login", PAGES)
def test_no_page_has_barriers_and_none_scrolls_sideways(
    booked: FrontDesk, browser: Browser, login: str
) -> None:
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, booked, login)
    faults = []
    for language in ("en", "de"):
        speak(page, booked, language)
        for path in (*PAGES[login], *(MORE if login == "admin" else ())):
            faults += look_at(page, booked, path)
    context.close()
    assert faults == []


def look_at(page: Page, desk: FrontDesk, path: str) -> list[str]:
    """What is wrong with a page on a phone and on a desk."""
    faults = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{console_url(desk)}{path}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{path} hangs out at {width}")
    return faults + [f"{path}: {one}" for one in barriers(page)]


def speak(page: Page, desk: FrontDesk, language: str) -> None:
    """Choose the language of the pages."""
    page.goto(f"{console_url(desk)}/me")
    page.locator("select[name=language]").select_option(language)
    page.locator("form:has(select[name=language]) button").click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_a_patient_is_found_with_the_keyboard_alone(booked: FrontDesk, browser: Browser) -> None:
    page = browser.new_context(locale="de-DE").new_page()
    sign_in(page, booked, "rezeption")
    walk_to(page, "Patienten")
    expect(page.get_by_role("heading", name="Patienten")).to_be_visible()
    page.get_by_role("searchbox").or_(page.locator("input[name=q]")).first.focus()
    page.keyboard.type("winkl")
    page.keyboard.press("Enter")
    walk_to(page, NAME)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    page.context.close()


def test_what_was_typed_outlives_a_session_that_expired(booked: FrontDesk, browser: Browser) -> None:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.route("**/live**", lambda stream: stream.abort())  # it would lead to the door ahead of the click
    sign_in(page, booked, "pflege")
    page.goto(f"{console_url(booked)}/?show=all")
    page.get_by_role("link", name=NAME).first.click()
    answer = page.get_by_label("Antwort an den Patienten")
    answer.press_sequentially("Ihre Karte liegt bei uns")
    session = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    context.clear_cookies()
    page.get_by_role("button", name="Senden").click()
    expect(page.get_by_label("Benutzername")).to_be_visible()
    context.add_cookies(
        [{"name": name, "value": value, "url": console_url(booked)} for name, value in session.items()]
    )
    page.goto(f"{console_url(booked)}/?show=all")
    page.get_by_role("link", name=NAME).first.click()
    expect(answer).to_have_value("Ihre Karte liegt bei uns")
    page.get_by_role("button", name="Senden").click()
    expect(page.get_by_role("log")).to_contain_text("Ihre Karte liegt bei uns")
    expect(answer).to_have_value("")
    context.close()


def test_a_list_that_changes_under_the_finger_swallows_no_click(booked: FrontDesk, browser: Browser) -> None:
    chat = booked.new_phone("Vera Lang")
    chat.write("ich möchte mit einem menschen sprechen")
    chat.answers()
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, booked, "arzt")
    line = page.get_by_role("link", name="Vera Lang")
    line.hover()
    page.mouse.down()
    with page.expect_response("**/inbox/lines**"):
        chat.write("es geht um meine rechnung")
    page.wait_for_function("() => !document.querySelector('#lines.htmx-request')")
    page.mouse.up()
    expect(page.get_by_role("heading", name="Vera Lang")).to_be_visible()
    context.close()


def test_a_colleague_sees_who_is_typing(booked: FrontDesk, browser: Browser) -> None:
    pages = []
    for login in ("arzt", "pflege"):
        page = browser.new_context(locale="de-DE").new_page()
        sign_in(page, booked, login)
        page.goto(f"{console_url(booked)}/?show=all")
        with page.expect_response(lambda answer: "contact=" in answer.url and "/live" in answer.url):
            page.get_by_role("link", name=NAME).first.click()
        pages.append(page)
    doctor, nurse = pages
    doctor.get_by_label("Antwort an den Patienten").press_sequentially("Guten Tag")
    expect(nurse.locator("#typing")).to_contain_text("Dr. Miriam Weiß schreibt gerade")
    expect(doctor.locator("#typing")).to_be_empty()
    for page in pages:
        page.context.close()


def test_what_a_colleague_does_shows_and_takes_nothing_from_the_hands(
    booked: FrontDesk, browser: Browser
) -> None:
    chat = booked.new_phone("Ute Kern")
    chat.write("ich möchte mit einem menschen sprechen")
    chat.answers()
    pages = []
    for login in ("arzt", "pflege"):
        page = browser.new_context(locale="de-DE").new_page()
        sign_in(page, booked, login)
        page.goto(f"{console_url(booked)}/?show=all")
        page.get_by_role("link", name="Ute Kern").first.click()
        pages.append(page)
    doctor, nurse = pages
    outcome = nurse.locator("#aside input[name=outcome]").first
    outcome.press_sequentially("ruft noch")
    doctor.get_by_role("button", name="Übernehmen").click()
    expect(nurse.locator(".holder")).to_contain_text("Dr. Miriam Weiß hat übernommen")
    outcome.press_sequentially("mals an")
    expect(outcome).to_have_value("ruft nochmals an")
    for page in pages:
        page.context.close()


def walk_to(page: Page, words: str) -> None:
    """Press Tab until a link with these words has the focus, then Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("a:focus", has_text=words).count():
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way to {words} with the Tab key")


SEEN = """isSeen => {
  Object.defineProperty(document, "visibilityState", {value: isSeen ? "visible" : "hidden", configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_many_tabs_may_be_open_and_each_is_up_to_date_when_seen(booked: FrontDesk, browser: Browser) -> None:
    """A browser has six connections for all tabs of a site: those that nobody looks at must not hold one."""
    context = browser.new_context(locale="de-DE")
    first = context.new_page()
    sign_in(first, booked, "arzt")
    everybody = f"{console_url(booked)}/?show=all"
    first.goto(everybody)
    for _ in range(7):
        context.pages[-1].evaluate(SEEN, False)
        context.new_page().goto(everybody, timeout=20_000)
    booked.new_phone("Lara Tabak").write("Guten Tag")
    expect(context.pages[-1].get_by_role("link", name="Lara Tabak")).to_be_visible(timeout=20_000)
    expect(first.get_by_role("link", name="Lara Tabak")).to_have_count(0)
    first.evaluate(SEEN, True)
    expect(first.get_by_role("link", name="Lara Tabak")).to_be_visible()
    context.close()
