"""Who may give a visit: from what the patient said of doctor, specialty and whom she does not want."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sprechstunde.clinic import service as clinic_service

ANY = "any"


def practitioners_wanted(slot: Callable[[str], Any]) -> tuple[str, ...] | None:
    """Codes of those who fit the slots `practitioner` or `specialty`, `practitioners_excluded` and
    `practitioner_gender` (`female`, `male`); None = anyone."""
    practitioner, specialty, gender = slot("practitioner"), slot("specialty"), slot("practitioner_gender")
    excluded = set(slot("practitioners_excluded") or [])
    everyone = clinic_service.clinic().practitioners
    if practitioner and practitioner != ANY:
        return (practitioner,)
    if not specialty and not excluded and not gender:
        return None
    return tuple(
        p.code
        for p in everyone
        if p.code not in excluded
        and (not specialty or specialty in p.specialties)
        and (not gender or p.gender == gender)
    )


def choices_for(visit_type: str, slot: Callable[[str], Any]) -> list[str]:
    """Codes of the practitioners who give that visit and fit the slots."""
    found = clinic_service.clinic().visit_type(visit_type)
    given_by = found.given_by if found else ()
    wanted = practitioners_wanted(slot)
    return [code for code in given_by if wanted is None or code in wanted]
