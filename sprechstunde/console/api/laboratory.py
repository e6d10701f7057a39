"""`POST /api/v1/results`: a result as plain JSON."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, HTTPException, Response
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from sprechstunde.console.api.access import Body, Sender
from sprechstunde.console.api.taking import take
from sprechstunde.results.views import Claimed

router = APIRouter(prefix="/api/v1", tags=["results"])


class PatientIn(BaseModel):
    """Whose result it is."""

    given_name: str = Field("", max_length=100)
    family_name: str = Field(..., min_length=1, max_length=100)
    birth_date: date = Field(..., description="YYYY-MM-DD")
    phone: str | None = Field(
        None,
        max_length=30,
        description="With country code, as the practice's records have it. It decides between people of one name.",
    )


class ResultIn(BaseModel):
    """A result to hand in."""

    id: str = Field(
        ..., min_length=1, max_length=200, description="Yours; the same id again changes nothing."
    )
    patient: PatientIn
    kind_of_test: str = Field(..., min_length=1, max_length=200)
    taken_on: date | None = None
    practitioner: str | None = Field(
        None, description="Code of the releasing doctor, as the practice's clinic.yml has it."
    )
    content_base64: str = Field(..., description="PDF, PNG or JPEG, at most 20 MB, in base64.")


class ResultOut(BaseModel):
    """What became of it."""

    id: UUID
    new: bool = Field(..., description="false: this result had been handed in before")
    patient_found: bool = Field(..., description="false: the practice will say whose it is")


def _schema() -> dict[str, Any]:
    """What a body looks like, in one piece: the body is read by hand, so FastAPI does not describe it."""
    schema = dict(ResultIn.schema())
    for name in ("definitions", "$defs"):
        schema.pop(name, None)
    schema["properties"] = {**schema["properties"], "patient": PatientIn.schema()}
    return schema


@router.post(
    "/results",
    response_model=ResultOut,
    status_code=201,
    summary="Hand in a result",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _schema()}},
        }
    },
    responses={
        200: {"model": ResultOut, "description": "Handed in before"},
        401: {"description": "Unknown token"},
        409: {"description": "Another file was handed in under this id"},
        413: {"description": "Too large"},
        415: {"description": "Neither PDF, PNG nor JPEG"},
        422: {"description": "Something is missing or wrong, or the PDF holds scripts"},
        503: {"description": "The malware scanner does not answer: try again"},
    },
)
async def hand_in(system: Sender, body: Body, response: Response) -> ResultOut:
    """The practice keeps it encrypted and tells nobody before a doctor has released it."""
    try:
        given = ResultIn.parse_raw(body)
    except ValidationError as problem:
        # Without the values: what is wrong must not end up in somebody's log with a patient's name.
        told = [{"loc": error["loc"], "msg": error["msg"]} for error in problem.errors()]
        raise HTTPException(422, told) from problem
    received = await run_in_threadpool(
        take,
        system,
        external_id=given.id,
        claimed=Claimed(
            given.patient.given_name,
            given.patient.family_name,
            given.patient.birth_date,
            given.patient.phone,
        ),
        kind_of_test=given.kind_of_test,
        content_base64=given.content_base64,
        taken_on=given.taken_on,
        practitioner=given.practitioner,
    )
    if not received.is_new:
        response.status_code = 200
    return ResultOut(id=received.id, new=received.is_new, patient_found=received.patient_id is not None)
