"""By when a question asked on the page is answered, as it was promised when it was taken down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic import hours
from sprechstunde.clinic import service as clinic
from sprechstunde.console.texts import words
from sprechstunde.dates import format_day_long, format_time
from sprechstunde.results.links import Viewer
from sprechstunde.tasks.service import tasks_of


def due(s: Session, viewer: Viewer) -> datetime | None:
    """When her open question is due; None when none is open. A promise that was missed is made anew, not repeated."""
    open_ones = [
        task.due_at
        for task in tasks_of(s, viewer.contact_id)
        if task.kind == "results" and task.patient_id == viewer.patient_id
    ]
    if not open_ones:
        return None
    now = clock.now()
    return min(open_ones) if min(open_ones) > now else clinic.next_answer(now, "results")


def told(at: datetime, language: str) -> str:
    """ "Ihre Frage ist beim Team. Es antwortet heute bis 16:00 Uhr. …" """
    say, zone = words(language, "patient")["asked"], clinic.clinic().zone
    at = hours.full_quarter(at.astimezone(zone))
    days = (at.date() - clock.today(zone)).days
    which = {0: "today", 1: "tomorrow"}.get(days, "day")
    when = say[which].format(hour=format_time(at, language), day=format_day_long(at.date(), language))
    return str(say["soon"].format(by=when))
