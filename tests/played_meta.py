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
        self._downloads: deque[httpx.Response] = deque()

    def client(self) -> GraphClient:
        """A client that talks to this Meta."""
        return GraphClient(get_settings(), transport=httpx.MockTransport(self._take))

    def refuse(self, code: int, *, http_status: int = 400, times: int = 1) -> None:
        """The next message is refused with this code."""
        body = {"error": {"message": "(#x) no", "title": "no", "type": "OAuthException", "code": code}}
        self._answers.extend([httpx.Response(http_status, json=body)] * times)

    def keep(self, content: bytes, mime_type: str, **described: Any) -> str:
        """A file that a patient uploaded; its id."""
        media_id = f"{len(self.files) + 1:015d}"
        url = f"{get_settings().whatsapp_api_url}/file-{media_id}"
        self.files[media_id] = (content, {"url": url, "mime_type": mime_type, "id": media_id, **described})
        return media_id

    def refuse_download(self, http_status: int, *, times: int = 1) -> None:
        """The next requests for a file fail like this."""
        self._downloads.extend([httpx.Response(http_status)] * times)

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
        if self._downloads:
            return self._downloads.popleft()
        if name.removeprefix("file-") not in self.files:
            body = {"message": "Unsupported get request", "type": "GraphMethodException", "code": 100}
            return httpx.Response(400, json={"error": body})
        content, described = self.files[name.removeprefix("file-")]
        if name.startswith("file-"):
            return httpx.Response(200, content=content)
        return httpx.Response(200, json=described)
