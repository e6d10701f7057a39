"""Meta's end of the line for tests of the sender: an HTTP transport that takes messages and answers as told."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from typing import Any

import httpx

from sprechstunde.settings import get_settings
from sprechstunde.whatsapp.client import GraphClient


class PlayedMeta:
    """`sent` holds the bodies of messages that were taken, `marks` the read marks, in order."""

    def __init__(self, wamid: Callable[[int], str] = "wamid.OUT{:04d}".format) -> None:
        self._wamid = wamid
        self.sent: list[dict[str, Any]] = []
        self.marks: list[dict[str, Any]] = []
        self.uploads: list[bytes] = []
        self.files: dict[str, tuple[bytes, dict[str, Any]]] = {}
        self.requests: list[httpx.Request] = []
        self._answers: deque[Any] = deque()

    def client(self) -> GraphClient:
        """A client that talks to this Meta."""
        return GraphClient(get_settings(), transport=httpx.MockTransport(self._take))

    def refuse(self, code: int, *, http_status: int = 400, times: int = 1) -> None:
        """The next message is refused with this code."""
        body = {"error": {"message": "(#x) no", "title": "no", "type": "OAuthException", "code": code}}
        self._answers.extend([httpx.Response(http_status, json=body)] * times)

    def answer(self, answer: httpx.Response | Exception) -> None:
        """The next message gets this answer."""
        self._answers.append(answer)

    def lose_answer(self) -> None:
        """The next message is taken, but our side never learns of it."""
        self._answers.append("lost")

    def texts(self) -> list[str]:
        """The words of all text messages taken."""
        return [body["text"]["body"] for body in self.sent if body["type"] == "text"]

    def _take(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path
        if request.method == "GET":
            return self._serve(path.rsplit("/", 1)[-1])
        if path.endswith("/media"):
            self.uploads.append(request.content)
            return httpx.Response(200, json={"id": f"media-{len(self.uploads)}"})
        body = json.loads(request.content)
        if body.get("status") == "read":
            self.marks.append(body)
            return httpx.Response(200, json={"success": True})
        return self._message(body)

    def _message(self, body: dict[str, Any]) -> httpx.Response:
        answer = self._answers.popleft() if self._answers else None
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return answer
        self.sent.append(body)
        if answer == "lost":
            raise httpx.ReadTimeout("no answer")
        return httpx.Response(200, json={"messages": [{"id": self._wamid(len(self.sent))}]})

    def _serve(self, name: str) -> httpx.Response:
        content, described = self.files[name.removeprefix("file-")]
        if name.startswith("file-"):
            return httpx.Response(200, content=content)
        return httpx.Response(200, json=described)
