"""The webhook, free of any web framework: who may call, what is accepted, and which answer Meta gets.

Meta delivers again for up to 7 days whatever is not answered with 200, so 200 means: it is in the database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sprechstunde.db import transaction
from sprechstunde.settings import Settings
from sprechstunde.whatsapp import inbox
from sprechstunde.whatsapp.updates import Unreadable, Update, read

logger = logging.getLogger(__name__)

# Meta puts up to 1,000 updates of about 1 KB into a call; 3 MB is its own documented maximum.
MAX_BYTES = 3 * 1024 * 1024
SIGNATURE = "X-Hub-Signature-256"


@dataclass(frozen=True)
class Answer:
    """An HTTP answer."""

    status: int
    text: str


class WebhookRefused(Exception):
    """A call that is not taken. Carries the answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.answer = Answer(status, reason)


def verify(query: Mapping[str, str], settings: Settings) -> Answer:
    """Meta's handshake when the address is entered in the app: the challenge comes back if the token is ours."""
    if query.get("hub.mode") != "subscribe":
        return Answer(400, "hub.mode must be subscribe")
    token = (query.get("hub.verify_token") or "").encode("utf-8", "replace")
    if not hmac.compare_digest(token, settings.whatsapp_verify_token.encode()):
        logger.warning("webhook handshake with a wrong verify token")
        return Answer(403, "wrong verify token")
    return Answer(200, query.get("hub.challenge") or "")


def check(body: bytes, signature: str | None, settings: Settings) -> dict[str, Any]:
    """The JSON document, if Meta signed it. Raises WebhookRefused."""
    if len(body) > MAX_BYTES:
        raise WebhookRefused(413, "body too large")
    if not signature:
        raise WebhookRefused(401, f"{SIGNATURE} is missing")
    digest = hmac.new(settings.whatsapp_app_secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(signature.encode("utf-8", "replace"), f"sha256={digest}".encode()):
        raise WebhookRefused(403, "signature does not match")
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise WebhookRefused(400, "body is no JSON") from problem
    if not isinstance(document, dict):
        raise WebhookRefused(400, "body is no JSON object")
    return document


def receive(body: bytes, signature: str | None, settings: Settings) -> Answer:
    """Check, store, answer. Blocks on the database: call it in a thread. Never raises."""
    try:
        document = check(body, signature, settings)
    except WebhookRefused as refused:
        logger.warning("webhook refused: %s (%d bytes)", refused, len(body))
        return refused.answer
    kind = document.get("object")
    if kind != "whatsapp_business_account":
        # Signed by Meta, but of a product that we don't serve: repeating it for a week would help nobody.
        logger.warning("webhook for object %r ignored", str(kind)[:60])
        return Answer(200, "ignored")
    try:
        _store_again_if_cut(list(read(document, settings.whatsapp_phone_number_id)))
    except Exception as problem:
        # Whatever it is, the update is not stored: Meta shall come again.
        logger.exception("webhook not stored: %s", type(problem).__name__)
        return Answer(503, "not stored, please deliver again")
    return Answer(200, "ok")


def _store_again_if_cut(batch: list[Update]) -> None:
    """Store; if the connection was dead already (the database was started anew), once more over another."""
    try:
        store(batch)
    except DBAPIError as problem:
        if not problem.connection_invalidated:
            raise
        store(batch)


def store(batch: list[Update]) -> None:
    """Store all updates in one transaction. If one of them breaks it, each gets one of its own.

    Raises database errors that are not the updates' fault.
    """
    try:
        with transaction() as s:
            inbox.receive_batch(s, batch)
    except (OperationalError, InterfaceError, PoolTimeout):
        raise
    except Exception:
        logger.exception("batch of %d updates failed, storing them one by one", len(batch))
        for item in batch:
            _store_alone(item)


def _store_alone(item: Update) -> None:
    try:
        with transaction() as s:
            inbox.receive_batch(s, [item])
    except (OperationalError, InterfaceError, PoolTimeout):
        raise
    except Exception as problem:
        if isinstance(problem, DBAPIError) and problem.connection_invalidated:
            raise
        logger.exception("an update can't be stored as it is")
        with transaction() as s:
            raw = getattr(item, "raw", None) or repr(item)
            inbox.receive_batch(s, [Unreadable(type(problem).__name__, raw)])
