"""The clinic's words without a database."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def clinic_of(file: Path) -> Iterator[None]:
    """The clinic's words straight from its file: judging language needs no database."""
    from sprechstunde.clinic import service
    from sprechstunde.clinic.lookups import build

    clinic = service.check(file)
    lookups = build(clinic)
    before = service.clinic, service.lookups
    service.clinic, service.lookups = lambda: clinic, lambda: lookups
    try:
        yield
    finally:
        service.clinic, service.lookups = before
