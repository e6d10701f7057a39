"""A business behind the emulator: takes webhooks, answers what the test wants, sends through the Graph API."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from sprechstunde.emulator.testing import EmulatorServer, running_emulator

Json = dict[str, Any]
ANNA, MIA = "4915112345678", "DE.X9P3LM7W2KDU5TN8VC4M"
SOON = 15.0


class ListeningBot:
    """Collects webhooks as (headers, raw body). `statuses`: what to answer next, 200 when used up."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self._news = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhook"
        self.emulator: EmulatorServer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        bot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with bot._news:
                    status = bot.statuses.pop(0) if bot.statuses else 200
                    bot.calls.append(({k.lower(): v for k, v in self.headers.items()}, body))
                    bot._news.notify_all()
                self.send_response(status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def values(self) -> list[Json]:
        """The `value` of every change, in the order of arrival."""
        with self._news:
            bodies = [json.loads(body) for _, body in self.calls]
        return [change["value"] for body in bodies for entry in body["entry"] for change in entry["changes"]]

    def messages(self) -> list[Json]:
        return [message for value in self.values() for message in value.get("messages", [])]

    def statuses_of(self, wamid: str) -> list[Json]:
        return [s for value in self.values() for s in value.get("statuses", []) if s["id"] == wamid]

    def wait(self, condition: Callable[[], Any]) -> Any:
        """The first true value of `condition`, asked anew at each webhook. Raises TimeoutError."""
        with self._news:
            found = self._news.wait_for(condition, SOON)
        if not found:
            raise TimeoutError(f"not within {SOON} s; came: {self.values()}")
        return found

    # Sending

    @property
    def path(self) -> str:
        return f"/v23.0/{self.emulator.config.phone_number_id}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.emulator.config.access_token}"}

    def post(self, body: Json) -> httpx.Response:
        return self.emulator.http.post(f"{self.path}/messages", json=body, headers=self.headers)

    def say(self, **message: Any) -> str:
        """Send a message that must be accepted, to Anna unless told otherwise. Returns its wamid."""
        answer = self.post(to_anna(**message))
        assert answer.status_code == 200, answer.text
        return str(answer.json()["messages"][0]["id"])

    def upload(self, content: bytes, mime_type: str, name: str = "file") -> httpx.Response:
        form = {"messaging_product": "whatsapp", "type": mime_type}
        files = {"file": (name, content, mime_type)}
        return self.emulator.http.post(f"{self.path}/media", data=form, files=files, headers=self.headers)


def to_anna(**message: Any) -> Json:
    """A message request; `to` or `recipient` may be given."""
    address = {} if "recipient" in message or "to" in message else {"to": ANNA}
    return {"messaging_product": "whatsapp", "recipient_type": "individual", **address, **message}


def text(body: str, **more: Any) -> Json:
    return {"type": "text", "text": {"body": body}, **more}


def buttons(*titles: str, body: str = "Passt das?", **more: Any) -> Json:
    replies = [
        {"type": "reply", "reply": {"id": f"id-{i}", "title": title}} for i, title in enumerate(titles)
    ]
    inner = {"type": "button", "body": {"text": body}, "action": {"buttons": replies}, **more}
    return {"type": "interactive", "interactive": inner}


def listing(*sections: Json, button: str = "Wählen", **more: Any) -> Json:
    action = {"button": button, "sections": list(sections)}
    return {
        "type": "interactive",
        "interactive": {"type": "list", "body": {"text": "Wann?"}, "action": action, **more},
    }


def section(count: int, start: int = 0, **more: Any) -> Json:
    return {"rows": [{"id": f"row-{n}", "title": f"Zeit {n}"} for n in range(start, start + count)], **more}


@contextmanager
def bot_and_emulator(**settings: Any) -> Iterator[ListeningBot]:
    """A bot and the emulator that calls it (`bot.emulator`)."""
    bot = ListeningBot()
    try:
        with running_emulator(bot.url, **settings) as emulator:
            bot.emulator = emulator
            yield bot
    finally:
        bot.close()
