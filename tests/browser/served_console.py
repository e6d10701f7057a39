"""The console alone, in the test's own process: clock and database are the test's, and nothing else has to start."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import httpx
import uvicorn
from playwright.sync_api import Browser, Page

from sprechstunde.console.app import create_app
from sprechstunde.db import transaction
from sprechstunde.staff import accounts
from tests.front_desk import eventually, free_ports
from tests.integration.console.pages import PASSWORD


class ServedConsole:
    """The console at `url`, and browsers in which somebody has signed in."""

    def __init__(self, url: str, browser: Browser) -> None:
        self.url, self._browser = url, browser
        self._pages: list[Page] = []

    def signed_in(self, role: str, language: str = "de") -> Page:
        """A page of a browser of its own; whoever has this role is signed in there, and nothing is open yet."""
        with transaction() as s:
            accounts.add(
                s, login=role, name=f"{role.title()} Roth", role=role, password=PASSWORD, language=language
            )
        with httpx.Client(base_url=self.url, trust_env=False) as client:
            client.post("/sign-in", data={"login": role, "password": PASSWORD})
            with transaction() as s:
                code = accounts.current_code(s, role)
            client.post("/sign-in/code", data={"code": code})
            session = client.cookies["staff_session"]
        context = self._browser.new_context(
            locale="de-DE", viewport={"width": 1280, "height": 900}, base_url=self.url
        )
        context.add_cookies([{"name": "staff_session", "value": session, "url": self.url}])
        self._pages.append(context.new_page())
        return self._pages[-1]

    def close(self) -> None:
        """No page stays open: each holds a stream, and a server waits for those."""
        for page in self._pages:
            page.context.close()


@contextlib.contextmanager
def served(browser: Browser) -> Iterator[ServedConsole]:
    """Serve the console until the end of the block."""
    (port,) = free_ports(1)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(),
            host="127.0.0.1",
            port=port,
            ws="none",
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    eventually(lambda: server.started, "the console", seconds=20)
    console = ServedConsole(f"http://127.0.0.1:{port}", browser)
    try:
        yield console
    finally:
        console.close()
        server.should_exit = True
        thread.join(20)
