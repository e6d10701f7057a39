"""A patient's way to her results, from her own page, also where none lies: let her try again, or end every link."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter, HTTPException
from sqlalchemy.orm import Session
from starlette.responses import Response

from sprechstunde.console.staff.access import AnswerForm, back_to
from sprechstunde.db import transaction
from sprechstunde.patients import people
from sprechstunde.results import links

router = APIRouter(prefix="/patients/{patient_id}/result-access", include_in_schema=False)


@router.post("/unlock")
def unlock(me: AnswerForm, patient_id: UUID) -> Response:
    """Staff have made sure who is asking: the birth date may be tried again."""
    return _do(patient_id, lambda s: links.unlock(s, patient_id, staff_id=me.id))


@router.post("/revoke")
def revoke(me: AnswerForm, patient_id: UUID) -> Response:
    """End every link, also in browsers that are looking."""
    return _do(patient_id, lambda s: links.revoke_by_staff(s, patient_id, staff_id=me.id))


def _do(patient_id: UUID, act: Callable[[Session], None]) -> Response:
    with transaction() as s:
        if people.person(s, patient_id) is None:
            raise HTTPException(404)
        act(s)
    return back_to(f"/patients/{patient_id}")
