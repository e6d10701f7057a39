"""A result from the laboratory's call to the answer in the patient's hand, each in a browser of their own."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests import pdfs
from tests.booking import book
from tests.browser.console_page import barriers, console_url, said, sign_in
from tests.browser.phone_page import PhonePage
from tests.front_desk import FrontDesk
from tests.raw_dump import in_base64, raw_dump

pytestmark = pytest.mark.timeout(600)
PATIENCE_MS = 30_000
NAME, BORN = "Klara Busch", "3.4.1988"
IN_FILE, REMARK = "Cholesterin 180", "Alles im grünen Bereich."


@pytest.fixture
def open_page(browser: Browser) -> Iterator[object]:
    """Pages that share no cookies; scripts that fail are an error."""
    problems: list[str] = []
    contexts = []

    def opened(width: int = 1280) -> Page:
        context = browser.new_context(locale="de-DE", viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None,
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


def test_from_the_laboratory_to_the_answer(front_desk: FrontDesk, open_page) -> None:
    chat = front_desk.new_phone(NAME)
    book(chat, NAME)
    phones = open_page(1600)
    phones.goto(front_desk.phones_url)
    phone = PhonePage(phones, chat.key)
    hand_in(front_desk, chat.key)

    release(open_page(), front_desk)
    notice = heard(phone, "liegt eine Nachricht für Sie bereit")
    assert not re.search("Blut|Befund|Ergebnis|Labor", notice)
    phone.tap("Nachricht öffnen")
    read_result(open_page(390), phone)

    nurse = open_page()
    sign_in(nurse, front_desk, "pflege")
    expect(nurse.get_by_role("link", name=re.compile(NAME))).to_have_count(0)
    answer_question(nurse, phone)
    assert lying_open(front_desk) == []


def release(doctor: Page, desk: FrontDesk) -> None:
    """The doctor finds the result, reads it and lets the patient have it."""
    sign_in(doctor, desk, "arzt")
    assert barriers(doctor) == []
    doctor.get_by_role("link", name="Befunde").click()
    doctor.get_by_role("link", name=re.compile(NAME)).click()
    assert barriers(doctor) == []
    doctor.get_by_role("button", name="Zuordnen").click()
    doctor.get_by_label("Alles in Ordnung").check()
    doctor.get_by_label("Bemerkung").fill(REMARK)
    doctor.get_by_role("button", name="Freigeben").click()


def read_result(reader: Page, phone: PhonePage) -> None:
    """The patient opens the link of her chat, errs once in her birth date, and reads."""
    told = phone.answers()[-1]["text"]
    link = re.search(r"http://\S+/r/\S+", told)
    assert link is not None, told
    reader.goto(link.group())
    assert barriers(reader) == []
    reader.get_by_label("Geburtsdatum").fill("1.1.1990")
    reader.get_by_role("button", name="Weiter").click()
    expect(reader.get_by_role("alert")).to_contain_text("Noch 4 Versuche")
    reader.get_by_label("Geburtsdatum").fill(BORN)
    reader.get_by_role("button", name="Weiter").click()
    digits = re.search(r"\d{6}", heard(phone, "ist Ihr Code"))
    assert digits is not None
    reader.get_by_label("Code").fill(digits.group())
    reader.get_by_role("button", name="Öffnen").click()
    expect(reader.get_by_text(REMARK)).to_be_visible()
    reader.wait_for_function("() => document.querySelector('.pages img').naturalWidth > 500")
    assert barriers(reader) == []


def answer_question(nurse: Page, phone: PhonePage) -> None:
    """A question comes up in the open inbox; its answer shows in the phone; both without reloading a page."""
    phone.write("ist der Wert schlimm?")
    nurse.get_by_role("link", name=re.compile(NAME)).click()
    nurse.get_by_role("button", name="Übernehmen").click()
    expect(nurse.get_by_role("log")).to_contain_text("ist der Wert schlimm?")
    assert barriers(nurse) == []
    nurse.get_by_label("Antwort an den Patienten").fill("Nein, der Wert ist gut.")
    nurse.get_by_role("button", name="Senden").click()
    heard(phone, "Nein, der Wert ist gut.")
    phone.look_at_it()
    expect(nurse.get_by_role("log")).to_contain_text("gelesen")
    phone.write("Danke, da bin ich erleichtert")
    expect(nurse.get_by_role("log")).to_contain_text("da bin ich erleichtert")
    nurse.get_by_role("link", name="Aufgaben").click()
    assert barriers(nurse) == []


def lying_open(desk: FrontDesk) -> list[str]:
    """Where on disk or in the database the words of the file or of the remark stand in clear."""
    secrets = [piece for words in (IN_FILE, REMARK) for piece in (words.encode(), *in_base64(words))]
    kept = [(str(path), path.read_bytes()) for path in desk.data.rglob("*") if path.is_file()]
    kept.append(("database", raw_dump(said(desk, "db", "url"))))
    assert any(len(content) > 100_000 for _, content in kept), "there was something to look through"
    return [where for where, content in kept if any(secret in content for secret in secrets)]


def heard(phone: PhonePage, words: str) -> str:
    """The newest bubble of the practice with these words, once it is there."""
    bubble = phone.station.locator("article[data-author=business]", has_text=words).last
    bubble.wait_for(timeout=PATIENCE_MS)
    return bubble.inner_text()


def hand_in(desk: FrontDesk, key: str) -> None:
    """The laboratory's system hands a result in. Its patient is known from a chat only: a human will say who it is."""
    token = said(desk, "systems", "add", f"labor-{key}")
    body = {
        "id": f"result-{key}",
        "patient": {
            "given_name": "Klara",
            "family_name": "Busch",
            "birth_date": "1988-04-03",
        },
        "kind_of_test": "Blutfette",
        "content_base64": base64.b64encode(pdfs.report(IN_FILE)).decode(),
    }
    answer = httpx.post(
        f"{console_url(desk)}/api/v1/results",
        json=body,
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
    )
    assert (answer.status_code, answer.json()["patient_found"]) == (201, False), answer.text
