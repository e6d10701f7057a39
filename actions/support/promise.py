"""An honest word on when someone answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sprechstunde import clock, dates
from sprechstunde.clinic import hours
from sprechstunde.clinic import service as clinic_service


def answered_by(due: datetime, language: str) -> str:
    """ "heute bis 16:00 Uhr", "morgen bis 10:00 Uhr", "am Montag, 30. November, bis …":
    when staff will have answered."""
    zone = clinic_service.clinic().zone
    local, today = due.astimezone(zone), clock.now().astimezone(zone).date()
    hour = dates.format_time(local, language)
    until = {"de": f"bis {hour} Uhr", "en": f"by {hour}"}[language]
    if local.date() == today:
        return {"de": f"heute {until}", "en": f"today {until}"}[language]
    if local.date() == today + timedelta(days=1):
        return {"de": f"morgen {until}", "en": f"tomorrow {until}"}[language]
    day = dates.format_day_long(local.date(), language)
    return {"de": f"am {day}, {until}", "en": f"on {day} {until}"}[language]


def away(language: str) -> str:
    """A sentence with a space behind it when nobody reads the list now; empty while staff are at work."""
    if staff_at_work(clock.now()):
        return ""
    return {"de": "Gerade ist niemand am Platz. ", "en": "Nobody is at the desk right now. "}[language]


def staff_at_work(now: datetime) -> bool:
    """Whether staff answer tasks at this moment (aware): their working hours, less holidays and closures."""
    clinic = clinic_service.clinic()
    local = now.astimezone(clinic.zone)
    today = hours.on(clinic, clinic.answers.hours, local.date())
    return any(start <= local.time() < end for start, end in today)
