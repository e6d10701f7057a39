"""The phones in the browser, used as a person uses them: by what can be seen, with clicks and keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, TimeoutError, sync_playwright

Json = dict[str, Any]
ANSWER_SECONDS = 60
# A browser that phones nobody: no updates, no field trials, no accounts.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium without a window. Raises AssertionError saying how to get one."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path is not None, "these tests need Chromium: apt-get install chromium (or your system's package)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class PhonePage:
    """One phone on the page of phones."""

    def __init__(self, page: Page, key: str) -> None:
        self.page, self.key = page, key
        self.station = page.get_by_test_id(f"phone-{key}")

    def _shows_own(self, text: str) -> bool:
        """Whether the patient's newest bubble says this within a few seconds."""
        own = self.station.locator("article[data-author=patient]").last.filter(has_text=text)
        try:
            own.wait_for(timeout=8_000)
        except TimeoutError:
            return False
        return True

    def look_at_it(self) -> None:
        """Bring the phone before the eyes: what is out of sight, behind other phones, is not read."""
        self.station.evaluate("(phone) => phone.scrollIntoView({block: 'center', inline: 'center'})")

    def write(self, text: str) -> None:
        """Type a message and press Enter."""
        composer = self.page.get_by_test_id(f"composer-{self.key}")
        composer.fill(text)
        composer.press("Enter")
        self._own_bubble_with(text)

    def tap(self, title: str) -> None:
        """Tap a button, or choose a row of the newest list and send it."""
        button = self._newest().get_by_test_id("option").filter(has_text=title)
        if button.count():
            button.first.click()
            if not self._shows_own(title):
                button.first.click()  # the bubble was drawn anew under the finger
        else:
            sheet = self._open_list()
            sheet.get_by_test_id("row").filter(has_text=title).first.click()
            self.page.get_by_test_id("sheet-send").click()
        self._own_bubble_with(title)

    def answers(self) -> list[Json]:
        """The practice's bubbles since the last own one, as the emulator's API would tell them; waits for the first."""
        own = self.station.locator("article[data-author=patient]").last
        since = int(own.get_attribute("data-seq") or 0)
        self.page.wait_for_function(
            """([key, since]) => [...document.querySelectorAll(
                `[data-testid="phone-${key}"] article[data-author=business]`)].some((a) => +a.dataset.seq > since)""",
            arg=[self.key, since],
            timeout=ANSWER_SECONDS * 1000,
        )
        bubbles = self.station.locator("article[data-author=business]").all()
        return [_message(one) for one in bubbles if int(one.get_attribute("data-seq") or 0) > since]

    def options(self) -> list[str]:
        """Titles of the newest message's buttons, or of the rows behind its list button."""
        titles = self._newest().get_by_test_id("option").all_inner_texts()
        if not self._newest().get_by_test_id("open-list").count():
            return titles
        rows = self._open_list().get_by_test_id("row").locator("b").all_inner_texts()
        self.page.keyboard.press("Escape")
        return rows

    def _newest(self) -> Locator:
        return self.station.locator("article[data-author=business]").last

    def _open_list(self) -> Locator:
        self._newest().get_by_test_id("open-list").click()
        sheet = self.page.get_by_test_id("list-sheet")
        sheet.wait_for()
        return sheet

    def _own_bubble_with(self, text: str) -> None:
        self.station.locator("article[data-author=patient]").last.filter(has_text=text).wait_for()


def _message(bubble: Locator) -> Json:
    return {"text": bubble.inner_text(), "kind": bubble.get_attribute("data-kind")}
