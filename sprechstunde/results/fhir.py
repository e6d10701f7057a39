"""A result as a FHIR R4 `DiagnosticReport`: its file in `presentedForm`, its patient inside.

The report's own `identifier` is the sender's id. https://hl7.org/fhir/R4/diagnosticreport.html
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from sprechstunde.clinic import service as clinic
from sprechstunde.results.documents import Document, decoded
from sprechstunde.results.views import Claimed
from sprechstunde.results.writing import one_line

FINAL = ("final", "amended", "corrected", "appended")


def read(body: bytes) -> Document:
    """The result in a final report with one attachment. Raises ValueError, without any value of the patient's."""
    from fhir.resources.R4B.diagnosticreport import DiagnosticReport

    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
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
    # As it was sent: versions of the library differ in whether they decode it.
    files = [one["data"] for one in raw.get("presentedForm") or [] if one.get("data")]
    if len(files) != 1:
        raise ValueError("presentedForm must hold exactly one attachment with data")
    return Document(
        external_id=_identifier(report),
        claimed=_patient(report),
        kind_of_test=_kind(report),
        content=decoded(str(files[0])),
        taken_on=_day(report),
        practitioner=_practitioner(report),
    )


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
    return Claimed(
        one_line(" ".join(name.given or [])),
        one_line(name.family),
        patient.birthDate,
        one_line(phones[0]) if phones else None,
    )


def _kind_of(resource: Any) -> str:
    return str(getattr(resource, "resource_type", "") or getattr(resource, "__resource_type__", ""))


def _kind(report: Any) -> str:
    coded = [coding.display for coding in report.code.coding or [] if coding.display]
    kind = report.code.text or (coded[0] if coded else "")
    if not kind:
        raise ValueError("code needs a text or a display")
    return one_line(str(kind))


def _day(report: Any) -> date | None:
    """The day it was taken on, in the clinic's zone, where the report gives one."""
    at = report.effectiveDateTime or (report.effectivePeriod and report.effectivePeriod.start)
    if not isinstance(at, date):  # missing, or a year or a month alone, which stay words
        return None
    if not isinstance(at, datetime):
        return at
    try:
        return (at.astimezone(clinic.clinic().zone) if at.tzinfo else at).date()
    except OverflowError:  # at the edge of what a calendar can count
        return None


def _practitioner(report: Any) -> str | None:
    """The one of ours whose name stands behind the report; None when nobody's does."""
    names = [one.display or "" for one in report.resultsInterpreter or []]
    for practitioner in clinic.clinic().practitioners:
        full = f"{practitioner.given_name} {practitioner.family_name}".casefold()
        if any(full in name.casefold() for name in names):
            return str(practitioner.code)
    return None
