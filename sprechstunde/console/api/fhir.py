"""`POST /api/fhir/DiagnosticReport`: a FHIR R4 report with its file in `presentedForm` and its patient inside.

The subject is a contained Patient or a logical one; the report's own `identifier` is the sender's id.
https://hl7.org/fhir/R4/diagnosticreport.html
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from sprechstunde.clinic import service as clinic
from sprechstunde.console.api.access import Body, Sender
from sprechstunde.console.api.taking import take
from sprechstunde.results.views import Claimed

router = APIRouter(prefix="/api/fhir", tags=["FHIR"])
MEDIA_TYPE = "application/fhir+json"
FINAL = ("final", "amended", "corrected", "appended")


@router.post(
    "/DiagnosticReport",
    status_code=201,
    summary="Hand in a FHIR R4 DiagnosticReport",
    openapi_extra={
        "requestBody": {"required": True, "content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}
    },
)
async def hand_in(system: Sender, body: Body) -> Response:
    """A final report with one attachment: 201 or 200 with a Location, or an OperationOutcome as FHIR servers give."""
    try:
        fields = await run_in_threadpool(_read, body)
        received = await run_in_threadpool(take, system, **fields)
    except HTTPException as problem:
        return _outcome(problem.status_code, str(problem.detail))
    except ValueError as problem:
        return _outcome(422, str(problem))
    location = {"Location": f"/api/fhir/DiagnosticReport/{received.id}"}
    return JSONResponse(
        {"resourceType": "DiagnosticReport", "id": str(received.id)},
        201 if received.is_new else 200,
        location,
        MEDIA_TYPE,
    )


def _read(body: bytes) -> dict[str, Any]:
    """The arguments of `take`. Raises ValueError."""
    from fhir.resources.R4B.diagnosticreport import DiagnosticReport

    try:
        raw = json.loads(body)
    except ValueError:
        raise ValueError("the body is no JSON") from None
    if not isinstance(raw, dict) or raw.get("resourceType") != "DiagnosticReport":
        raise ValueError("a DiagnosticReport is expected")
    try:
        report = DiagnosticReport.parse_raw(body)
    except ValueError as problem:
        places = [".".join(map(str, error["loc"])) for error in getattr(problem, "errors", list)()]
        raise ValueError(f"no valid DiagnosticReport: {', '.join(places) or 'malformed'}") from None
    if report.status not in FINAL:
        raise ValueError(f"status is {report.status}: only final reports are taken")
    forms: list[Any] = report.presentedForm or []
    files = [one.data for one in forms if one.data]
    if len(files) != 1:
        raise ValueError("presentedForm must hold exactly one attachment with data")
    return {
        "external_id": _identifier(report),
        "claimed": _patient(report),
        "kind_of_test": _kind(report),
        "content_base64": _text(files[0]),
        "taken_on": _day(report),
        "practitioner": _practitioner(report),
    }


def _identifier(report: Any) -> str:
    for one in report.identifier or []:
        if one.value:
            return f"{one.system or ''}|{one.value}"
    if report.id:
        return str(report.id)
    raise ValueError("identifier or id is missing: it keeps a report from coming in twice")


def _patient(report: Any) -> Claimed:
    contained = [one for one in report.contained or [] if _kind_of(one) == "Patient"]
    if len(contained) != 1:
        raise ValueError("contained must hold the Patient (name and birthDate)")
    patient = contained[0]
    names = [name for name in patient.name or [] if name.family]
    if not names or not isinstance(patient.birthDate, date):
        raise ValueError("the Patient needs a family name and a full birthDate")
    name = next((one for one in names if one.use == "official"), names[0])
    phones = [one.value for one in patient.telecom or [] if one.system in ("phone", "sms") and one.value]
    return Claimed(" ".join(name.given or []), name.family, patient.birthDate, phones[0] if phones else None)


def _kind_of(resource: Any) -> str:
    return str(getattr(resource, "resource_type", "") or getattr(resource, "__resource_type__", ""))


def _kind(report: Any) -> str:
    coded = [coding.display for coding in report.code.coding or [] if coding.display]
    kind = report.code.text or (coded[0] if coded else "")
    if not kind:
        raise ValueError("code needs a text or a display")
    return str(kind)


def _day(report: Any) -> date | None:
    at = report.effectiveDateTime or (report.effectivePeriod and report.effectivePeriod.start)
    if at is None:
        return None
    if getattr(at, "tzinfo", None) is not None:
        return at.astimezone(clinic.clinic().zone).date()
    return date(at.year, at.month, at.day)


def _practitioner(report: Any) -> str | None:
    """The one of ours whose name stands behind the report; None when nobody's does."""
    names = [one.display or "" for one in report.resultsInterpreter or []]
    for practitioner in clinic.clinic().practitioners:
        full = f"{practitioner.given_name} {practitioner.family_name}".casefold()
        if any(full in name.casefold() for name in names):
            return str(practitioner.code)
    return None


def _text(data: Any) -> str:
    return data.decode("ascii") if isinstance(data, bytes) else str(data)


def _outcome(status: int, words: str) -> Response:
    issue = {"severity": "error", "code": "processing", "diagnostics": words}
    return JSONResponse({"resourceType": "OperationOutcome", "issue": [issue]}, status, media_type=MEDIA_TYPE)
