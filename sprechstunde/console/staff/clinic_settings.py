"""Hours of places and doctors, and what is booked: read from clinic.yml and written back into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sprechstunde.audit import service as audit
from sprechstunde.clinic import editing
from sprechstunde.clinic import service as clinic
from sprechstunde.clinic.editing import FileMovedOn, Opened, Setting
from sprechstunde.clinic.fields import COMPLETE
from sprechstunde.clinic.service import ClinicFileError
from sprechstunde.clinic.view import INSURANCE_KINDS
from sprechstunde.console.staff import canned_settings, week
from sprechstunde.console.staff.access import Me, allowed, back_to, form_of
from sprechstunde.console.staff.told import told
from sprechstunde.console.texts import spoken_names, words
from sprechstunde.db import transaction
from sprechstunde.languages import default, languages
from sprechstunde.settings import get_settings

router = APIRouter(prefix="/settings", include_in_schema=False)
May = Annotated[Me, Depends(allowed("settings"))]
MayForm = Annotated[Me, Depends(form_of("settings"))]
Fields = dict[str, list[str]]
SPARE_ROWS = 2
LENGTHS = ("duration", "buffer_before", "buffer_after", "lead", "horizon")
LONGEST_FIELD = 2000


@router.get("")
def overview(me: May) -> Response:
    """Everything that can be set."""
    view = clinic.clinic()
    return me.page(
        "staff/settings.html",
        here="settings",
        places=[(one.code, one.name) for one in view.locations],
        doctors=[(one.code, one.name) for one in view.practitioners],
        visits=[(one.code, one.name(me.language)) for one in view.visit_types],
        replies=canned_settings.titles(me.language),
    )


@router.get("/{part}/{code}")
def show(me: May, part: str, code: str, saved: bool = False) -> Response:
    """A place, a doctor or a visit."""
    return _page(me, part, code, saved=saved)


@router.post("/{part}/{code}")
async def save(me: MayForm, part: str, code: str, request: Request) -> Response:
    """Write it down. What would be wrong is said, and what was typed stays in the form."""
    form = await request.form()
    given = {name: [str(value)[:LONGEST_FIELD] for value in form.getlist(name)] for name in form}
    return await run_in_threadpool(_save, me, part, code, given)


def _save(me: Me, part: str, code: str, given: Fields) -> Response:
    if part not in PARTS:
        raise HTTPException(404)
    key, _, read = PARTS[part]
    try:
        settings = [Setting(key, code, name, value) for name, value in read(given).items()]
        editing.change(get_settings().clinic_file, settings, version=_first(given, "version"))
    except KeyError:
        raise HTTPException(404) from None
    except FileMovedOn:
        return _page(me, part, code, given=given, problem=["file_moved_on"], status=409)
    except ClinicFileError as wrong:
        t = words(me.language, "staff")
        said = [told(problem.message, t) for problem in wrong.problems]
        return _page(me, part, code, given=given, problem=said, status=422)
    except OSError:
        return _page(me, part, code, given=given, problem=["file_read_only"], status=409)
    with transaction() as s:
        audit.record(
            s,
            actor=me.actor,
            action="settings_changed",
            subject_kind="clinic",
            subject_id=None,
            detail=f"{key} {code}",
        )
    return back_to(f"/settings/{part}/{code}?saved=1")


def _page(
    me: Me,
    part: str,
    code: str,
    *,
    given: Fields | None = None,
    problem: Sequence[str] = (),
    saved: bool = False,
    status: int = 200,
) -> Response:
    if part not in PARTS:
        raise HTTPException(404)
    key, template, _ = PARTS[part]
    try:
        file = editing.opened(get_settings().clinic_file)
        member = file.member(key, code)
    except ClinicFileError as wrong:
        return me.page("staff/settings_broken.html", status=409, here="settings", problem=str(wrong))
    except KeyError:
        raise HTTPException(404) from None
    view = clinic.clinic()
    return me.page(
        template,
        status=status,
        here="settings",
        part=part,
        code=code,
        version=file.version,
        problem=problem,
        saved=saved,
        days=week.names(me.language),
        places=[(one.code, one.name) for one in view.locations],
        doctors=[(one.code, one.name) for one in view.practitioners],
        insurances=INSURANCE_KINDS,
        languages=spoken_names(me.language),
        complete=COMPLETE,
        **SHOWN[part](file, member, given),
    )


def _shown_place(file: Opened, member: dict[str, Any], given: Fields | None) -> dict[str, Any]:
    typed = {
        name: given[name] if given else week.spread(member.get(name) or {})
        for name in ("hours", "phone_hours")
    }
    return {"name": member["name"], "typed": typed}


def _shown_doctor(file: Opened, member: dict[str, Any], given: Fields | None) -> dict[str, Any]:
    rows = week.rows_typed(given) if given else week.rows(member.get("hours") or [])
    return {
        "name": " ".join(filter(None, (member.get("title"), member["given_name"], member["family_name"]))),
        "rows": [*rows, *(week.Row() for _ in range(SPARE_ROWS))],
    }


def _shown_visit(file: Opened, member: dict[str, Any], given: Fields | None) -> dict[str, Any]:
    typed = {name: member.get(name) or "" for name in LENGTHS}
    typed |= {
        "patients": member.get("patients") or "any",
        **_spread("name", member.get("name")),
        **_spread("bring", member.get("bring")),
    }
    chosen = {
        "given_by": member.get("given_by") or [],
        "insurance": member.get("insurance") or list(INSURANCE_KINDS),
    }
    if given:
        typed = {name: _first(given, name) for name in typed}
        chosen = {name: given.get(name, []) for name in chosen}
    return {"name": member["name"][default()], "typed": typed, "chosen": chosen}


def _read_place(given: Fields) -> dict[str, Any]:
    return {name: week.gathered(given.get(name, [])) for name in ("hours", "phone_hours")}


def _read_doctor(given: Fields) -> dict[str, Any]:
    return {"hours": [row.as_file() for row in week.rows_typed(given) if row.time]}


def _read_visit(given: Fields) -> dict[str, Any]:
    insurance = given.get("insurance", [])
    return {
        "name": _gathered("name", given),
        **{name: _first(given, name) or None for name in LENGTHS},
        "given_by": given.get("given_by", []),
        "patients": _first(given, "patients"),
        "insurance": insurance if set(insurance) != set(INSURANCE_KINDS) else None,
        "bring": _gathered("bring", given) or None,
    }


def _spread(part: str, said: dict[str, str] | None) -> dict[str, str]:
    """What is said in each language, a field each."""
    return {f"{part}_{language}": (said or {}).get(language, "") for language in languages()}


def _gathered(part: str, given: Fields) -> dict[str, str]:
    """Back from the fields; a language without words falls back to another's where the file allows it."""
    typed = {language: _first(given, f"{part}_{language}") for language in languages()}
    return {language: text for language, text in typed.items() if text}


def _first(given: Fields, name: str) -> str:
    return (given.get(name) or [""])[0].strip()


Read = Callable[[Fields], dict[str, Any]]
PARTS: dict[str, tuple[str, str, Read]] = {
    "places": ("locations", "staff/settings_place.html", _read_place),
    "doctors": ("practitioners", "staff/settings_doctor.html", _read_doctor),
    "visits": ("visit_types", "staff/settings_visit.html", _read_visit),
}
SHOWN = {"places": _shown_place, "doctors": _shown_doctor, "visits": _shown_visit}
