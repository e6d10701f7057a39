"""The console in the browser, used as staff use it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from sprechstunde.staff.demo import PASSWORD
from tests.front_desk import FrontDesk, eventually

WCAG_AA = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

_used: dict[str, str] = {}


def console_url(desk: FrontDesk) -> str:
    return f"http://127.0.0.1:{desk.environment['CONSOLE_PORT']}"


def said(desk: FrontDesk, *arguments: str) -> str:
    """The last line that a `sprechstunde` command prints."""
    program = desk.command(*arguments)
    assert program.ended() == 0, program.text
    return program.text.splitlines()[-1]


def sign_in(page: Page, desk: FrontDesk, login: str) -> None:
    """Sign in as one of the demo's staff."""
    page.goto(f"{console_url(desk)}/sign-in")
    page.get_by_label("Benutzername").fill(login)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Weiter").click()
    # A code serves once: whoever signed in a moment ago waits for the next.
    eventually(lambda: said(desk, "staff", "code", login) != _used.get(login), "a fresh code", seconds=40)
    _used[login] = said(desk, "staff", "code", login)
    page.locator("input[name=code]").fill(_used[login])
    page.locator("main button").click()
    page.locator("nav").get_by_role("link").first.wait_for()


def barriers(page: Page) -> list[str]:
    """What axe finds on this page against WCAG 2.2 AA."""
    found = Axe().run(page, options=WCAG_AA).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
