"""Which of the coming appointments the words mean: by person, doctor, kind of visit, day; and what fits none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sprechstunde import dates
from sprechstunde.assistant.nlu import language_words
from sprechstunde.assistant.people import owner_in
from sprechstunde.clinic import service as clinic_service
from sprechstunde.dates import TimeWish
from sprechstunde.patients.service import PatientView
from sprechstunde.scheduling.service import AppointmentView

from . import person, whose
from .turn import Turn
from .words import word

Appointments = list[AppointmentView]
Detail = Literal["person", "doctor", "visit", "day"]
# "Den *von Ida*", "*for Tom*", "*Idas* Termin": a name, unless it is an everyday word or something the NLU knows.
OF_SOMEBODY = re.compile(
    r"\b(?:von|vom|für|fuer|of|for)\s+(?:der |dem |die |den |the )?(?P<of>[^\W\d_]{3,})|"
    r"\b(?P<s>[^\W\d_]{3,})['’]?s\s+(?:termin|appointment|one\b)",
    re.IGNORECASE,
)
# Doctors whom the clinic has not: "beim Zahnarzt", "my eye doctor", "Dr. Müller".
ANOTHER_DOCTOR = re.compile(
    r"\b(?:\w+(?:arzt|ärztin|aerztin|loge|login|login|therapeut\w*|chirurg\w*|iater|iatrie)|hno|physio\w*|"
    r"dentist|\w+ologist|optician|surgeon|\w+iatrist|(?:eye|ear|foot|heart) doctor|"
    r"(?:dr|doktor|doctor)\.?\s+(?:med\.?\s+)?(?!and\b|und\b|am\b|on\b|bitte\b|absag)[^\W\d_]{3,})\b",
    re.IGNORECASE,
)
TO_SOMEBODY = re.compile(r"\b(?:zu|zur|zum|to|lieber|instead|rather)\b", re.IGNORECASE)
THE_OTHER = re.compile(
    r"\b(?:(?:den|der|das|die|mein\w*) ander\w+|(?:the|my) other\b|other one)", re.IGNORECASE
)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Meant:
    """`appointments`: those that fit, all where the message says nothing of any. `missing`: the detail that none of
    them fits; then `appointments` are those that fit the rest."""

    appointments: Appointments
    missing: Detail | None = None


def meant(turn: Turn, coming: Appointments, source: TimeWish | None) -> Meant:
    """What the message says of an appointment that there is; `source`: the time it names."""
    found = coming
    narrowing: tuple[tuple[Detail, Appointments | None], ...] = (
        ("person", _of_person(turn, coming)),
        ("doctor", _with_doctor(turn, coming)),
        ("visit", _of_visit_type(turn, coming)),
        ("day", _at(turn, source, coming)),
    )
    missing: Detail | None = None
    for detail, fitting in narrowing:
        if fitting is None:
            continue
        both = [a for a in found if a in fitting]
        missing = missing or (None if both else detail)
        found = both or found
    if missing is None and len(found) > 1 and not turn.is_tap and THE_OTHER.search(turn.text):
        found = _other(turn, found) or found
    if missing is None and len(found) > 1:
        found = _own(turn, found) or found
    return Meant(found, missing)


def _of_person(turn: Turn, coming: Appointments) -> Appointments | None:
    known = turn.patients
    who = person.named(turn, known)
    relationship = turn.entity("relationship")
    if not who and relationship and relationship != "self":
        who = whose.related(known, relationship, turn.entity("gender"))
    elif not who and _names_a_stranger(turn):
        return []
    elif not who:
        return None
    return _theirs(who, coming)


def _own(turn: Turn, coming: Appointments) -> Appointments:
    """ "Meinen auf Montag" is the writer's own, where nothing else tells which."""
    if turn.is_tap or owner_in(turn.text, turn.entity("relationship")) != "self":
        return []
    return _theirs([p for p in turn.patients if p.relationship == "self"], coming)


def _other(turn: Turn, coming: Appointments) -> Appointments:
    """ "Und den anderen": not the one that is being changed, or was moved last."""
    changed = [a for a in coming if a.sequence]
    last = max(changed, key=lambda a: a.changed_at) if changed else None
    spoken_of = turn.slot("appointment") or (str(last.id) if last else None)
    return [a for a in coming if str(a.id) != spoken_of] if spoken_of else []


def _theirs(who: list[PatientView], coming: Appointments) -> Appointments:
    ids = {patient.id for patient in who}
    return [a for a in coming if a.patient_id in ids]


def _names_a_stranger(turn: Turn) -> bool:
    """Whether a name is in the message that nobody has for whom this phone acts."""
    if turn.is_tap:
        return False
    for found in OF_SOMEBODY.finditer(turn.text):
        group = "of" if found["of"] else "s"
        understood = turn.understood(found.start(group), found.end(group))
        if not understood and not language_words.is_everyday(found[group]):
            return True
    return False


def _with_doctor(turn: Turn, coming: Appointments) -> Appointments | None:
    doctors, specialty = turn.entities("practitioner"), turn.entity("specialty")
    moves_to = turn.intent == "reschedule_appointment" and TO_SOMEBODY.search(turn.text)
    if doctors and not moves_to:
        return [a for a in coming if a.slot.practitioner in doctors]
    if specialty and not doctors:
        return [a for a in coming if specialty in _specialties(a)]
    other = ANOTHER_DOCTOR.search(turn.text) if not turn.is_tap and not doctors else None
    return [] if other and not turn.understood(other.start(), other.end()) else None


def _specialties(appointment: AppointmentView) -> set[str]:
    clinic = clinic_service.clinic()
    visit_type = clinic.visit_type(appointment.slot.visit_type)
    doctor = clinic.practitioner(appointment.slot.practitioner)
    own = {visit_type.specialty} if visit_type and visit_type.specialty else set()
    return own | set(doctor.specialties if doctor else ())


def _of_visit_type(turn: Turn, coming: Appointments) -> Appointments | None:
    """By the kind of visit; "meine Impfung" is any that the clinic calls so. A complaint that fits none is the reason
    why ("muss absagen, bin krank geworden")."""
    types = turn.entities("visit_type")
    fitting = [a for a in coming if a.slot.visit_type in types]
    return fitting if fitting or (types and not turn.is_complaint("visit_type")) else None


def _at(turn: Turn, source: TimeWish | None, coming: Appointments) -> Appointments | None:
    """Those at that time. Only a day or an hour can be missed: "ich bin bis Mai verreist" names no appointment."""
    if source is None:
        return None
    fitting = fits_one_of(source, coming)
    if not fitting:
        # "My appointment to Thursday" may be read either way
        new_time = turn.intent == "reschedule_appointment" and turn.entity("time") is not None
        both = new_time and turn.entity("time", role="source") not in (None, turn.entity("time"))
        return [] if _is_one_day(source) and (both or not new_time) else None
    first = source.windows[0][0] if source.windows else None
    # "Der von Freitag" is the one on that day, though the words may also mean any from then on
    return [a for a in fitting if first and a.slot.start.date() == first.date()] or fitting


def fits_one_of(source: TimeWish, coming: Appointments) -> Appointments:
    """Those at that time; where there is none, those on such a weekday of another week, or such a day of a month."""
    fitting = [a for a in coming if source.covers(a.slot.start)]
    if fitting or source.floating is None or len(source.windows) != 1:
        return fitting
    named = source.windows[0][0].date()
    return [
        a
        for a in coming
        if _same_name(a.slot.start.date(), named, source.floating)
        and (source.exact is None or a.slot.start.time() == source.exact.time())
    ]


def _same_name(day: date, named: date, floating: str) -> bool:
    return day.weekday() == named.weekday() if floating == "weekday" else day.day == named.day


def _is_one_day(wish: TimeWish) -> bool:
    if wish.exact is not None or wish.clock is not None or (wish.weekdays and not wish.windows):
        return True
    windows = wish.windows
    return len(windows) == 1 and None not in windows[0] and windows[0][1] - windows[0][0] <= A_DAY


def about(turn: Turn, missing: Detail, source: TimeWish | None) -> str:
    """What fits none, as the beginning of a sentence in German ("Für Ida"), as its end in English ("for Ida")."""
    clinic = clinic_service.clinic()
    if missing == "person":
        known = turn.patients
        who = person.named(turn, known) or whose.related(
            known, turn.entity("relationship"), turn.entity("gender")
        )
        if len(who) == 1:
            return word("about_person", turn.language, name=who[0].given_name)
    if missing == "doctor":
        doctor = clinic.practitioner(turn.entity("practitioner") or "")
        if doctor:
            return word("about_doctor", turn.language, name=doctor.with_whom(turn.language))
    if missing == "visit":
        visit_type = clinic.visit_type(turn.entity("visit_type") or "")
        if visit_type:
            return word("about_visit", turn.language, name=visit_type.name(turn.language))
    hour = source.clock if source is not None else None
    if missing == "day" and hour is not None:
        at = dates.format_time(datetime.combine(date.min, hour), turn.language)
        return word("about_hour", turn.language, time=at)
    if missing == "day" and source is not None and source.windows:
        day = dates.format_day_long(source.windows[0][0].date(), turn.language)
        return word("about_day", turn.language, day=day)
    return word("about_it", turn.language)
