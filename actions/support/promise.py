"""An honest word on when someone answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sprechstunde import clock, dates
from sprechstunde.clinic import service as clinic_service


def answered_by(due: datetime, language: str) -> str:
    """ "heute bis 16:00 Uhr", "morgen, Freitag, bis 10:00 Uhr": when staff will have answered, in the clinic's time."""
    zone = clinic_service.clinic().zone
    local, today = due.astimezone(zone), clock.now().astimezone(zone).date()
    hour = dates.format_time(local, language)
    until = {"de": f"bis {hour} Uhr", "en": f"by {hour}"}[language]
    if local.date() == today:
        return {"de": f"heute {until}", "en": f"today {until}"}[language]
    if local.date() == today + timedelta(days=1):
        return {"de": f"morgen {until}", "en": f"tomorrow {until}"}[language]
    day = dates.format_day(local.date(), language)
    return {"de": f"am {day} {until}", "en": f"on {day} {until}"}[language]
