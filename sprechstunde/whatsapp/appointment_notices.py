"""Telling a patient what staff did with her appointment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.clinic import service as clinic
from sprechstunde.conversations import service as conversations
from sprechstunde.dates import format_slot
from sprechstunde.languages import spoken
from sprechstunde.scheduling.service import AppointmentView, ics
from sprechstunde.tasks.service import open_task_in
from sprechstunde.whatsapp import outbox, wording
from sprechstunde.whatsapp.content import Content, Document, Text

AHEAD = timedelta(minutes=30)  # she has to set out
URGENT_WITHIN = timedelta(hours=2)
Deed = Literal["booked", "moved", "cancelled"]
_CALL = {
    "booked": "Bitte anrufen, das WhatsApp-Fenster ist zu. Neuer Termin: {what}.",
    "moved": "Bitte anrufen, das WhatsApp-Fenster ist zu. Termin verlegt von {before} auf: {what}.",
    "cancelled": "Bitte anrufen, das WhatsApp-Fenster ist zu. Termin abgesagt: {what}.",
}


def tell(
    s: Session,
    contact_id: UUID,
    deed: Deed,
    appointment: AppointmentView,
    *,
    who: str,
    before: datetime | None = None,
    staff_id: UUID,
) -> bool:
    """Say it in the chat, with the entry for her calendar; `who`: the patient's name, `before`: the time it had.

    Outside the 24 h window nothing but templates would reach her: then staff get a task to call, and this is False.
    """
    key = f"appointment-{deed}:{appointment.id}/{appointment.sequence}"
    if not conversations.service_window_open(s, contact_id):
        note = _CALL[deed].format(what=_what(appointment, "de"), before=_time(before, "de"))
        due_at, urgent = _call_by(appointment.slot.start, before)
        open_task_in(
            s,
            "callback",
            contact_id=contact_id,
            patient_id=appointment.patient_id,
            note=note,
            urgent=urgent,
            due_at=due_at,
            idempotency_key=key,
        )
        return False
    language = spoken(conversations.language_of(s, contact_id))
    words = wording.notice(
        f"appointment_{deed}",
        language,
        who=who,
        what=_what(appointment, language),
        before=_time(before, language),
    )
    contents: list[Content] = [Text(words)]
    if deed != "cancelled":
        name = "Termin.ics" if language == "de" else "Appointment.ics"
        contents.append(Document(ics(appointment, language), name, "text/calendar"))
    outbox.enqueue(s, contact_id, contents, key, author=staff_id)
    return True


def _call_by(*starts: datetime | None) -> tuple[datetime, bool]:
    """(until when she must have been called, whether that is urgent): ahead of the visit, the old time's too."""
    now = clock.now()
    coming = [at for at in starts if at is not None and at > now]
    due = min([clinic.next_answer(now, "callback"), *(at - AHEAD for at in coming)])
    return max(due, now), any(at - now <= URGENT_WITHIN for at in coming)


def _what(appointment: AppointmentView, language: str) -> str:
    slot, visit = appointment.slot, clinic.clinic().visit_type(appointment.slot.visit_type)
    kind = visit.name(language) if visit else slot.visit_type
    return f"{_time(slot.start, language)}, {kind}, {slot.practitioner_name}, {slot.location_name}"


def _time(at: datetime | None, language: str) -> str:
    return format_slot(at, language) if at else ""
