"""Who may knock: a bearer token for each system; and bodies of a bearable size, in memory only."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from sprechstunde.db import transaction
from sprechstunde.results import systems
from sprechstunde.results.files import MOST_BYTES

# Base64 makes four of three; the rest is the JSON around it.
MOST_BODY = MOST_BYTES * 4 // 3 + 64 * 1024
_bearer = HTTPBearer(auto_error=False, description="The token that `sprechstunde systems add NAME` printed.")


async def sender(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> str:
    """Name of the system that sends. Raises 401."""
    name = await run_in_threadpool(_name, credentials.credentials) if credentials else None
    if name is None:
        raise HTTPException(401, "unknown or missing token", {"WWW-Authenticate": "Bearer"})
    return name


async def body_of(request: Request) -> bytes:
    """The raw body. Raises 413 as soon as it grows too large."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > MOST_BODY:
        raise HTTPException(413, f"the body is larger than {MOST_BODY} bytes")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY:
            raise HTTPException(413, f"the body is larger than {MOST_BODY} bytes")
    return bytes(body)


def _name(token: str) -> str | None:
    with transaction() as s:
        return systems.name_of(s, token)


Sender = Annotated[str, Depends(sender)]
Body = Annotated[bytes, Depends(body_of)]
