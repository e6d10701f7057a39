"""Results as views. Whoever hands content to a person records that in the audit."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sprechstunde.results.models import Result
from sprechstunde.results.views import Claimed, ResultView
from sprechstunde.results.writing import made_fit


class UnknownResult(LookupError):
    """There is no such result, or its data was erased."""


def view(s: Session, result_id: UUID) -> ResultView:
    """One result. Raises UnknownResult."""
    return as_view(row(s, result_id))


def waiting(s: Session, *, limit: int = 200) -> list[ResultView]:
    """What no doctor has released yet, longest waiting first."""
    query = select(Result).where(Result.state == "received").order_by(Result.received_at).limit(limit)
    return [as_view(found) for found in s.execute(query).scalars() if found.claimed is not None]


def waiting_count(s: Session) -> int:
    """How many no doctor has released yet."""
    return int(s.execute(select(func.count()).where(Result.state == "received")).scalar_one())


def recent(s: Session, *, limit: int = 100) -> list[ResultView]:
    """What was released, newest first."""
    query = select(Result).where(Result.state == "released").order_by(Result.released_at.desc()).limit(limit)
    return [as_view(found) for found in s.execute(query).scalars() if found.claimed is not None]


def released_to(s: Session, patient_id: UUID) -> list[ResultView]:
    """What this patient may open, newest first: released, and not an urgent one that nobody has told her of."""
    query = (
        select(Result)
        .where(Result.patient_id == patient_id, Result.state == "released", Result.announced_at.is_not(None))
        .order_by(Result.released_at.desc(), Result.id)
    )
    return [as_view(found) for found in s.execute(query).scalars() if found.claimed is not None]


def content(s: Session, result_id: UUID) -> tuple[bytes, str]:
    """(the file, its media type). Raises UnknownResult."""
    found = row(s, result_id)
    return found.content, found.mime_type


def row(s: Session, result_id: UUID, *, lock: bool = False) -> Any:
    """The row itself, for this package. Raises UnknownResult."""
    query = select(Result).where(Result.id == result_id)
    found = s.execute(query.with_for_update() if lock else query).scalar_one_or_none()
    if found is None or found.claimed is None:
        raise UnknownResult(str(result_id))
    return found


def as_view(found: Any) -> ResultView:
    """The view of a row whose data was not erased."""
    claimed = found.claimed
    return ResultView(
        id=found.id,
        source=found.source,
        patient_id=found.patient_id,
        claimed=Claimed(
            made_fit(claimed["given_name"]),
            made_fit(claimed["family_name"]),
            date.fromisoformat(claimed["birth_date"]),
            made_fit(claimed["phone"]) if claimed.get("phone") else None,
        ),
        kind_of_test=made_fit(found.kind_of_test),
        taken_on=date.fromisoformat(found.taken_on) if found.taken_on else None,
        practitioner=found.practitioner,
        mime_type=found.mime_type,
        size=found.size,
        state=found.state,
        mark=found.mark,
        remark=found.remark,
        received_at=found.received_at,
        released_at=found.released_at,
        released_by=found.released_by,
        called_at=found.called_at,
        announced_at=found.announced_at,
        first_opened_at=found.first_opened_at,
        superseded_at=found.superseded_at,
        superseded_by=found.superseded_by,
    )
