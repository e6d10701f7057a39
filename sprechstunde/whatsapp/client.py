"""The Graph API over HTTP: messages, read marks, media.

httpx keeps one pool of connections whose bookkeeping grows with the number of waiting requests: 100 sends at once
through one pool reach 51/s, through shards of 10 connections 423/s (measured). Hence the shards.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from sprechstunde.settings import Settings, get_settings
from sprechstunde.whatsapp.errors import GraphError, Verdict, verdict_of
from sprechstunde.whatsapp.media import Download, Sink, check_host, generated_name

logger = logging.getLogger(__name__)

SHARDS = 8
CONNECTIONS = 10
TIMEOUT = httpx.Timeout(10.0, connect=5.0, pool=5.0)
UPLOAD_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
# Answers of these come from something in front of Meta: whether the request went through is anyone's guess.
GATEWAY = (502, 504)


class GraphClient:
    """A client for one phone number. Use it on one event loop, and `aclose()` it.

    Every call raises `GraphError`, whose verdict says what to do.
    """

    def __init__(
        self, settings: Settings | None = None, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._settings = settings or get_settings()
        base = f"{self._settings.whatsapp_api_url}/{self._settings.whatsapp_api_version}"
        limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
        self._base = base
        options: dict[str, Any] = {"limits": limits, "timeout": TIMEOUT, "transport": transport}
        # Reading the certificates takes 30 ms a client; one context serves all.
        options["verify"] = _certificates()
        # A proxy of the environment is for the internet, not for the emulator on this machine.
        options["trust_env"] = urlsplit(base).hostname not in ("127.0.0.1", "localhost", "::1")
        self._clients = [httpx.AsyncClient(**options) for _ in range(SHARDS)]
        self._busy = [0] * SHARDS

    @property
    def phone_number_id(self) -> str:
        """The number this client sends from."""
        return self._settings.whatsapp_phone_number_id

    async def aclose(self) -> None:
        """Close all connections."""
        await asyncio.gather(*(client.aclose() for client in self._clients))

    async def send(self, body: Mapping[str, Any]) -> str:
        """Post a message; returns its wamid. A lost answer raises with UNKNOWN_FATE: it may have been sent."""
        answer = await self._call("POST", f"{self.phone_number_id}/messages", ambiguous=True, json=dict(body))
        try:
            return str(answer["messages"][0]["id"])
        except (KeyError, IndexError, TypeError) as problem:
            raise GraphError(Verdict.UNKNOWN_FATE, None, "answer without a message id") from problem

    async def mark_read(self, body: Mapping[str, Any]) -> None:
        """Post a read mark (see `payloads.mark_read`)."""
        await self._call("POST", f"{self.phone_number_id}/messages", json=dict(body))

    async def upload(self, content: bytes, mime_type: str, filename: str) -> str:
        """Upload a file; returns the media id (Meta keeps it for 30 days)."""
        answer = await self._call(
            "POST",
            f"{self.phone_number_id}/media",
            data={"messaging_product": "whatsapp", "type": mime_type},
            files={"file": (filename, content, mime_type)},
            timeout=UPLOAD_TIMEOUT,
        )
        if not isinstance(answer.get("id"), str):
            raise GraphError(Verdict.RETRY, None, "upload answered without a media id")
        return str(answer["id"])

    async def download(self, media_id: str, kind: str) -> Download:
        """Fetch what a patient sent, by id. `kind`: image, document, audio, video, sticker (sets the size limit).

        Raises `media.MediaRefused` for foreign hosts, files too large, wrong checksums and forbidden types.
        """
        found = await self._call("GET", media_id, params={"phone_number_id": self.phone_number_id})
        url = check_host(str(found.get("url", "")), self._settings.whatsapp_api_url)
        sink = Sink(kind, declared=found.get("mime_type"), sha256=found.get("sha256"))
        shard = self._shard()
        self._busy[shard] += 1
        try:
            async with self._clients[shard].stream("GET", url, headers=self._headers()) as response:
                if response.status_code != 200:
                    raise GraphError(
                        verdict_of(None, response.status_code), None, "download", response.status_code
                    )
                async for chunk in response.aiter_bytes():
                    sink.write(chunk)
        except httpx.HTTPError as problem:
            raise GraphError(Verdict.RETRY, None, type(problem).__name__) from problem
        finally:
            self._busy[shard] -= 1
        content, mime_type = sink.close()
        return Download(content=content, mime_type=mime_type, filename=generated_name(kind, mime_type))

    async def templates(self, account_id: str) -> dict[tuple[str, str], str]:
        """Status (APPROVED, PENDING, REJECTED, …) of every template by name and language."""
        answer = await self._call("GET", f"{account_id}/message_templates", params={"limit": "1000"})
        return {(one["name"], one["language"]): one["status"] for one in answer.get("data", [])}

    async def create_template(self, account_id: str, template: Mapping[str, Any]) -> str:
        """Submit a template; returns its status."""
        answer = await self._call("POST", f"{account_id}/message_templates", json=dict(template))
        return str(answer.get("status", "PENDING"))

    async def _call(
        self, method: str, path: str, *, ambiguous: bool = False, **options: Any
    ) -> dict[str, Any]:
        shard = self._shard()
        self._busy[shard] += 1
        try:
            response = await self._clients[shard].request(
                method, f"{self._base}/{path}", headers=self._headers(), **options
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as problem:
            raise GraphError(Verdict.RETRY, None, type(problem).__name__) from problem
        except httpx.HTTPError as problem:
            # The request may have arrived: only the answer is missing.
            lost = Verdict.UNKNOWN_FATE if ambiguous else Verdict.RETRY
            raise GraphError(lost, None, type(problem).__name__) from problem
        finally:
            self._busy[shard] -= 1
        return _answer(response, ambiguous)

    def _shard(self) -> int:
        return min(range(SHARDS), key=self._busy.__getitem__)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._settings.whatsapp_access_token}"}


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _answer(response: httpx.Response, ambiguous: bool) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        body = None
    status = response.status_code
    if response.is_success:
        if isinstance(body, dict):
            return body
        raise GraphError(
            Verdict.UNKNOWN_FATE if ambiguous else Verdict.RETRY, None, "answer is no JSON", status
        )
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        lost = ambiguous and status in GATEWAY
        raise GraphError(
            Verdict.UNKNOWN_FATE if lost else verdict_of(None, status), None, "no Graph error", status
        )
    code = error.get("code") if isinstance(error.get("code"), int) else None
    # The title may quote the request, so only Meta's own short form is kept.
    title = str(error.get("title") or error.get("message") or "")[:200]
    raise GraphError(verdict_of(code, status), code, title, status)
