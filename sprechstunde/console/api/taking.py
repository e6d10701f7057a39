"""From a document to a received result, and from what is wrong with it to an HTTP status."""

from __future__ import annotations

from fastapi import HTTPException

from sprechstunde.db import transaction
from sprechstunde.results import receiving
from sprechstunde.results.documents import Document, TakenBack
from sprechstunde.results.files import FileRefused
from sprechstunde.results.receiving import AnotherResult, Received

_STATUS = {"too_large": 413, "type": 415, "scanner": 503}


def take(system: str, document: Document | TakenBack) -> Received:
    """Keep the result, or note that it is taken back.

    Raises HTTPException: 409 another result under a known id, 413, 415, 422, 503 (scanner away).
    """
    try:
        with transaction() as s:
            if isinstance(document, TakenBack):
                return receiving.take_back(s, document, source=system, actor=f"system:{system}")
            return receiving.receive(s, document, source=system, actor=f"system:{system}")
    except FileRefused as refused:
        raise HTTPException(_STATUS.get(refused.reason, 422), str(refused)) from refused
    except AnotherResult as problem:
        raise HTTPException(409, str(problem)) from problem
    except ValueError as problem:
        raise HTTPException(422, str(problem)) from problem
