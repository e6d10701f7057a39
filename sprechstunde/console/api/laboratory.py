"""`POST /api/v1/results`: a result as plain JSON."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, HTTPException, Response
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from sprechstunde.console.api.access import Body, Sender
from sprechstunde.console.api.taking import take
from sprechstunde.results.documents import PatientIn, ResultIn

router = APIRouter(prefix="/api/v1", tags=["results"])


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
        409: {"description": "Another file, person, test or day was handed in under this id"},
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
    except RecursionError as problem:
        raise HTTPException(422, "the body is nested too deeply") from problem
    try:
        document = given.document()
    except ValueError as problem:
        raise HTTPException(422, str(problem)) from problem
    received = await run_in_threadpool(take, system, document)
    if not received.is_new:
        response.status_code = 200
    return ResultOut(id=received.id, new=received.is_new, patient_found=received.patient_id is not None)
