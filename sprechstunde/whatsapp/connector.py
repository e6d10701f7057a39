"""The channel as Rasa sees it: an input channel that stores what comes and processes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from sprechstunde.settings import Settings, SettingsError, get_settings
from sprechstunde.whatsapp import webhook

# Enough to keep the database busy; more only queues there. Kept apart from the loop's own threads.
THREADS = 8


class WhatsAppInput(InputChannel):
    """`GET` and `POST /webhooks/whatsapp/webhook`, Meta's protocol."""

    def __init__(self, settings: Settings) -> None:
        if not settings.whatsapp_app_secret:
            # Without it anyone could write in any patient's name.
            raise SettingsError("WHATSAPP_APP_SECRET is missing: webhooks could not be verified")
        self._settings = settings
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="webhook")

    @classmethod
    def name(cls) -> str:
        """The channel's name: part of the webhook's address."""
        return "whatsapp"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Secrets come from the settings, never from `credentials.yml`."""
        return cls(get_settings())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. `on_new_message` is never called: a dialogue run in here would delay everyone's answers."""
        routes = Blueprint("whatsapp_webhook", self.name())

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/webhook", methods=["GET"])
        async def verify(request: Request) -> HTTPResponse:
            query = {name: values[0] for name, values in request.get_args(keep_blank_values=True).items()}
            return _http(webhook.verify(query, self._settings))

        @routes.route("/webhook", methods=["POST"], stream=True)
        async def receive(request: Request) -> HTTPResponse:
            body = await _body(request)
            signature = request.headers.get(webhook.SIGNATURE)
            work = partial(webhook.receive, body, signature, self._settings)
            return _http(await asyncio.get_running_loop().run_in_executor(self._threads, work))

        return routes


async def _body(request: Request) -> bytes:
    """The raw bytes, as signed; one more than the limit at most, so that nobody fills our memory."""
    if request.stream is None:
        return bytes(request.body)
    body = bytearray()
    async for chunk in request.stream:
        body += chunk
        if len(body) > webhook.MAX_BYTES:
            break
    return bytes(body[: webhook.MAX_BYTES + 1])


def _http(answer: webhook.Answer) -> HTTPResponse:
    return response.text(answer.text, status=answer.status)
