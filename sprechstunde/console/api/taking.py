"""From a request to a received result, and from what is wrong with it to an HTTP status."""

from __future__ import annotations

import base64
import binascii
from datetime import date

from fastapi import HTTPException

from sprechstunde.db import transaction
from sprechstunde.results import receiving
from sprechstunde.results.files import FileRefused
from sprechstunde.results.receiving import AnotherResult, Received
from sprechstunde.results.views import Claimed

_STATUS = {"too_large": 413, "type": 415, "scanner": 503}


def take(
    system: str,
    *,
    external_id: str,
    claimed: Claimed,
    kind_of_test: str,
    content_base64: str,
    taken_on: date | None,
    practitioner: str | None,
) -> Received:
    """Keep the result. Raises HTTPException: 409 another file under a known id, 413, 415, 422, 503 (scanner away)."""
    try:
        content = base64.b64decode(content_base64, validate=True)
    except (binascii.Error, ValueError):
        raise HTTPException(422, "the file is no base64") from None
    try:
        with transaction() as s:
            return receiving.receive(
                s,
                source=system,
                external_id=external_id,
                claimed=claimed,
                kind_of_test=kind_of_test,
                content=content,
                taken_on=taken_on,
                practitioner=practitioner,
                actor=f"system:{system}",
            )
    except FileRefused as refused:
        raise HTTPException(_STATUS.get(refused.reason, 422), str(refused)) from refused
    except AnotherResult as problem:
        raise HTTPException(409, str(problem)) from problem
    except ValueError as problem:
        raise HTTPException(422, str(problem)) from problem
