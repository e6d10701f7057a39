"""The calendar file that goes with a confirmation."""

from __future__ import annotations

from datetime import date, timezone

from icalendar import Calendar, Event, vGeo

from sprechstunde.clinic.service import clinic
from sprechstunde.clinic.view import ClinicView
from sprechstunde.scheduling.views import AppointmentView

_BRING = {"de": "Bitte mitbringen / beachten:", "en": "What to bring and to know:"}
_QUESTIONS = {"de": "Fragen? Telefon", "en": "Questions? Phone"}


def ics(appointment: AppointmentView, language: str) -> bytes:
    """RFC 5545: one event with its time zone. The UID stays over moves, SEQUENCE grows; cancelled → METHOD:CANCEL.

    The reason for the visit is left out: calendars are read over shoulders.
    """
    view = clinic()
    cancelled = appointment.status == "cancelled"
    calendar = Calendar()
    calendar.add("prodid", "-//Sprechstunde//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(_event(appointment, view, language, cancelled))
    year = appointment.slot.start.year
    calendar.add_missing_timezones(date(year - 1, 1, 1), date(year + 2, 1, 1))
    return bytes(calendar.to_ical())


def _event(appointment: AppointmentView, view: ClinicView, language: str, cancelled: bool) -> Event:
    slot = appointment.slot
    changed = appointment.changed_at.astimezone(timezone.utc)
    person, place = view.practitioner(slot.practitioner), view.location(slot.location)
    visit = view.visit_type(slot.visit_type)
    by_phone = visit is not None and visit.by_phone
    if by_phone:
        place = None
    spoken = person.spoken(language) if person else slot.practitioner_name
    event = Event()
    event.add("uid", f"{appointment.id}@{view.website.rpartition('/')[2] or 'sprechstunde.invalid'}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", appointment.sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("dtstart", slot.start)
    event.add("dtend", slot.end)
    event.add("summary", f"{spoken}, {view.name}")
    if not by_phone:
        event.add("location", f"{slot.location_name}, {place.address}" if place else slot.location_name)
    if place and place.latitude is not None and place.longitude is not None:
        event.add("geo", vGeo((place.latitude, place.longitude)))
    lines = [visit.name(language) if visit else ""]
    if appointment.bring.get(language):
        lines += ["", _BRING.get(language, _BRING["en"]), appointment.bring[language]]
    if place and place.directions.get(language):
        lines += ["", place.directions[language], place.transit.get(language, "")]
    questions = _QUESTIONS.get(language, _QUESTIONS["en"])
    lines += ["", f"{questions}: {place.phone if place else view.phone}"]
    event.add("description", "\n".join(lines).strip())
    return event
