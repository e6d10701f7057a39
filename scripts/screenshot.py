"""Takes docs/images: two patients' phones, German and English, and the console; on a running front desk of its own."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.browser.console_page import sign_in
from tests.browser.phone_page import chromium
from tests.front_desk import FrontDesk, Phone

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "images"
PHONES, CONSOLE, CHAT = (PICTURES / name for name in ("phones.png", "console.png", "console-chat.png"))
GERMAN = [
    "Hallo, ich hätte gern nächste Woche einen Termin bei der Hautärztin, am liebsten nachmittags",
    "0",
    "Anna Meyer, 3.4.1988, gesetzlich bei der TK",
    "0",
]
ENGLISH = [
    "Hi, are you open on Saturday?",
    "My knee hurts. Anything free next week, with whoever is free first?",
]
OTHERS = {
    "Petra Lang": ["Kann mich bitte jemand zurückrufen? Es geht um meine Rechnung."],
    "Cem Kaya": ["meine frau hat plötzlich starke schmerzen in der brust und kriegt kaum luft"],
    "Ida Voss": ["Ich bräuchte wieder ein Rezept für Omeprazol 20, die große Packung", "Ida Voss, 4.5.1961"],
}


def main() -> int:
    """Start, chat, take the picture, stop."""
    with tempfile.TemporaryDirectory(prefix="sprechstunde-picture-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        desk = FrontDesk(Path(folder))
        try:
            print("starting the front desk …", flush=True)
            desk.start()
            for key, words in (("anna", GERMAN), ("james", ENGLISH)):
                chat(Phone(desk, key), words)
            take(desk)
            take_console(desk)
        finally:
            desk.close()
    print(f"{PICTURES.relative_to(ROOT)} is new")
    return 0


def chat(phone: Phone, words: list[str]) -> None:
    """Say each of `words`; a number taps that option of the last answer, if it has one."""
    options: list[str] = []
    for word in words:
        if not word.isdigit():
            phone.write(word)
        elif int(word) < len(options):
            phone.tap(options[int(word)])
        else:
            continue
        options = [option["title"] for option in phone.answers()[-1].get("options") or []]
        time.sleep(1)  # a second message of the same turn


def take(desk: FrontDesk) -> None:
    """The page as it looks now."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        page = browser.new_page(
            locale="de-DE", viewport={"width": 1360, "height": 900}, device_scale_factor=1.5
        )
        page.goto(desk.phones_url)
        page.get_by_test_id("phone-james").wait_for()
        page.wait_for_timeout(1500)  # pictures and animations
        page.screenshot(path=str(PHONES))


def take_console(desk: FrontDesk) -> None:
    """The inbox after some more patients wrote, and one of the conversations."""
    for name, words in OTHERS.items():
        chat(desk.new_phone(name), words)
    with chromium() as browser:
        page = browser.new_context(
            locale="de-DE", viewport={"width": 1280, "height": 860}, device_scale_factor=1.5
        ).new_page()
        sign_in(page, desk, "pflege")
        page.get_by_role("link", name="Ida Voss").wait_for()
        page.wait_for_timeout(1500)  # whatever is still on its way
        page.screenshot(path=str(CONSOLE))
        page.get_by_role("link", name="Ida Voss").click()
        page.get_by_role("button", name="Übernehmen").click()
        page.get_by_role("log").wait_for()
        page.wait_for_timeout(500)
        page.screenshot(path=str(CHAT))


if __name__ == "__main__":
    sys.exit(main())
