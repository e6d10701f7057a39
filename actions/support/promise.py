"""An honest word on when someone answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sprechstunde import clock, dates
from sprechstunde.clinic import hours
from sprechstunde.clinic import service as clinic_service

from .words import word


def answered_by(due: datetime, language: str) -> str:
    """ "heute bis 16:00 Uhr", "morgen bis 10:00 Uhr", "am Montag, 30. November, bis …":
    when staff will have answered."""
    zone = clinic_service.clinic().zone
    local, today = hours.full_quarter(due.astimezone(zone)), clock.now().astimezone(zone).date()
    hour = dates.format_time(local, language)
    if local.date() == today:
        return word("today_by", language, hour=hour)
    if local.date() == today + timedelta(days=1):
        return word("tomorrow_by", language, hour=hour)
    day = dates.format_day_long(local.date(), language)
    return word("day_by", language, day=day, hour=hour)


def away(language: str) -> str:
    """A sentence with a space behind it when nobody reads the list now; empty while staff are at work."""
    if staff_at_work(clock.now()):
        return ""
    return word("nobody_there", language) + " "


def staff_at_work(now: datetime) -> bool:
    """Whether staff answer tasks at this moment (aware): their working hours, less holidays and closures."""
    clinic = clinic_service.clinic()
    local = now.astimezone(clinic.zone)
    today = hours.on(clinic, clinic.answers.hours, local.date())
    return any(start <= local.time() < end for start, end in today)
