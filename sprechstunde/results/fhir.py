"""A result as a FHIR R4 `DiagnosticReport`: its file in `presentedForm`, its patient inside.

The report's own `identifier` is the sender's id. https://hl7.org/fhir/R4/diagnosticreport.html
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any

from sprechstunde.clinic import service as clinic
from sprechstunde.results.documents import Document, TakenBack, as_day, decoded
from sprechstunde.results.views import Claimed
from sprechstunde.results.writing import one_line

FINAL = ("final", "amended", "corrected", "appended")
# What was handed in under this identifier before is not to be relied on as it was.
CHANGED = ("amended", "corrected", "appended")
TAKEN_BACK = ("entered-in-error", "cancelled")
# A moment as FHIR writes it: a year, a month, a day, or a day with a time and its zone.
_MOMENT = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+)?)?)?)?")
_TAKEN = ("application/pdf", "image/png", "image/jpeg")


def read(body: bytes) -> Document | TakenBack:
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
    if report.status in TAKEN_BACK:
        return TakenBack(_identifier(report))
    if report.status not in FINAL:
        raise ValueError(f"status is {report.status}: only final reports are taken")
    _check_days(raw)
    return Document(
        external_id=_identifier(report),
        claimed=_patient(report),
        kind_of_test=_kind(report),
        content=_file(raw),
        taken_on=_day(report),
        practitioner=_practitioner(report),
        corrects=report.status in CHANGED,
    )


def _identifier(report: Any) -> str:
    for one in report.identifier or []:
        if one.value:
            return f"{one.system or ''}|{one.value}"
    if report.id:
        return str(report.id)
    raise ValueError("identifier or id is missing: it keeps a report from coming in twice")


def _check_days(raw: dict[str, Any]) -> None:
    """As they were sent: the library takes a number for seconds since 1970. Raises ValueError."""
    for one in raw.get("contained") or []:
        as_day(one.get("birthDate"))
    period = raw.get("effectivePeriod") or {}
    for at in (raw.get("effectiveDateTime"), period.get("start")):
        if at is not None and not (isinstance(at, str) and _MOMENT.fullmatch(at)):
            raise ValueError("effective[x] is no FHIR dateTime")


def _file(raw: dict[str, Any]) -> bytes:
    """The one attachment that can be kept: a sender may put the same report beside it as a web page.

    As it was sent: versions of the library differ in whether they decode it.
    """
    files = [one for one in raw.get("presentedForm") or [] if one.get("data")]
    fit = [
        one for one in files if str(one.get("contentType", "")).partition(";")[0].strip().lower() in _TAKEN
    ]
    for some in (files, fit):
        if len(some) == 1:
            return decoded(str(some[0]["data"]))
    raise ValueError("presentedForm must hold exactly one attachment with data that is a PDF or a picture")


def _patient(report: Any) -> Claimed:
    patient = _subject(report)
    names = [name for name in patient.name or [] if name.family]
    if not names or not isinstance(patient.birthDate, date):
        raise ValueError("the Patient needs a family name and a full birthDate")
    name = next((one for one in names if one.use == "official"), names[0])
    return Claimed(
        one_line(" ".join(name.given or [])), one_line(name.family), patient.birthDate, _phone(patient)
    )


def _subject(report: Any) -> Any:
    """The contained Patient that the report is of: there may be a mother beside her child."""
    contained = [one for one in report.contained or [] if _kind_of(one) == "Patient"]
    reference = str(report.subject.reference or "") if report.subject else ""
    meant = [one for one in contained if one.id and reference == f"#{one.id}"]
    if len(meant) == 1:
        return meant[0]
    if len(contained) != 1 or (reference.startswith("#") and contained[0].id):
        raise ValueError("contained must hold the Patient (name and birthDate) that subject refers to")
    return contained[0]


def _phone(patient: Any) -> str | None:
    """The number she may write from: a mobile one, ahead of the telephone at home or at work; none she has left."""
    numbers = [
        one
        for one in patient.telecom or []
        if one.system in ("phone", "sms") and one.value and one.use != "old"
    ]
    best = sorted(numbers, key=lambda one: (one.use != "mobile", one.system != "sms", one.rank or 99))
    return one_line(best[0].value) if best else None


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
