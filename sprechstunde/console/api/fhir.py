"""`POST /api/fhir/DiagnosticReport`: a FHIR R4 report."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from sprechstunde.console.api.access import Body, Sender
from sprechstunde.console.api.outcomes import MEDIA_TYPE, PREFIX, outcome
from sprechstunde.console.api.taking import take
from sprechstunde.results import fhir

router = APIRouter(prefix=PREFIX, tags=["FHIR"])


@router.post(
    "/DiagnosticReport",
    status_code=201,
    summary="Hand in a FHIR R4 DiagnosticReport",
    openapi_extra={
        "requestBody": {"required": True, "content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}
    },
)
async def hand_in(system: Sender, body: Body) -> Response:
    """A final report with one attachment: 201 or 200 with a Location, or an OperationOutcome as FHIR servers give.

    A corrected or amended one under a known identifier is kept beside the first, which is marked; so is one that is
    entered in error. The practice is told of both.
    """
    try:
        document = await run_in_threadpool(fhir.read, body)
        received = await run_in_threadpool(take, system, document)
    except ValueError as problem:
        return outcome(422, str(problem))
    location = {"Location": f"/api/fhir/DiagnosticReport/{received.id}"}
    return JSONResponse(
        {"resourceType": "DiagnosticReport", "id": str(received.id)},
        201 if received.is_new else 200,
        location,
        MEDIA_TYPE,
    )
