"""What did not work, as FHIR servers say it: an `OperationOutcome`."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse, Response

PREFIX = "/api/fhir"
MEDIA_TYPE = "application/fhir+json"
# https://hl7.org/fhir/R4/valueset-issue-type.html
_CODES = {401: "login", 404: "not-found", 405: "not-supported", 409: "conflict", 413: "too-long"}


def outcome(status: int, words: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a request that failed."""
    issue = {"severity": "error", "code": _CODES.get(status, "processing"), "diagnostics": words}
    body = {"resourceType": "OperationOutcome", "issue": [issue]}
    return JSONResponse(body, status, dict(headers or {}), MEDIA_TYPE)
