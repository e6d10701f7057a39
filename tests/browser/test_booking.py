"""A patient books an appointment through the page of phones, in a real browser on the whole running product."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.booking import FIRST_WORDS, MOST_TURNS, next_step
from tests.browser.phone_page import PhonePage
from tests.front_desk import FrontDesk

pytestmark = pytest.mark.timeout(600)


def test_a_patient_books_with_thumbs_and_words(front_desk: FrontDesk, browser: Browser) -> None:
    chat = front_desk.new_phone("Berta Lorenz")
    booked_before = _booked(front_desk)
    problems: list[str] = []
    with browser.new_page(locale="de-DE", viewport={"width": 1600, "height": 1000}) as page:
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(front_desk.phones_url)
        phone = PhonePage(page, chat.key)
        phone.write(FIRST_WORDS)
        answers = phone.answers()
        for _ in range(MOST_TURNS):
            if any("Gebucht" in message["text"] for message in answers):
                break
            said = {"text": answers[-1]["text"], "options": [{"title": title} for title in phone.options()]}
            step = next_step(said, "Berta Lorenz")
            assert step is not None, f"no idea what to answer to {said}:\n{chat.chat_text()}"
            phone.tap(step.tap) if step.tap is not None else phone.write(step.text or "")
            answers = phone.answers()
        calendar = phone.station.get_by_test_id("document")
        calendar.wait_for()
        assert (calendar.get_attribute("data-filename") or "").endswith(".ics")
    assert problems == []
    assert _booked(front_desk) == booked_before + 1


def _booked(desk: FrontDesk) -> int:
    return int(desk.sql("SELECT count(*) FROM appointment WHERE status = 'booked'")[0][0])
