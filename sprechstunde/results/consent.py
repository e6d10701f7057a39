"""Whether a patient wants the file itself in her chat. Only who passed both checks may say so, and take it back."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.clinic import service as clinic
from sprechstunde.results.links import Viewer
from sprechstunde.results.models import ResultConsent


def offered() -> bool:
    """Whether the practice sends files into chats at all (`results_delivery` in clinic.yml)."""
    return bool(clinic.clinic().results_delivery == "chat")


def given(s: Session, viewer: Viewer) -> bool:
    """Whether files go into the viewer's chat."""
    row = s.get(ResultConsent, (viewer.contact_id, viewer.patient_id))
    return offered() and row is not None and row.withdrawn_at is None


def give(s: Session, viewer: Viewer) -> None:
    """Note it. Raises ValueError where the practice does not offer it."""
    if not offered():
        raise ValueError("this practice sends no files into chats")
    values = {"given_at": clock.now(), "withdrawn_at": None}
    statement = insert(ResultConsent).values(
        contact_id=viewer.contact_id, patient_id=viewer.patient_id, **values
    )
    s.execute(
        statement.on_conflict_do_update(
            index_elements=["contact_id", "patient_id"],
            set_=values,
            where=ResultConsent.withdrawn_at.is_not(None),
        )
    )
    _note(s, viewer, "result_consent_given")


def withdraw(s: Session, viewer: Viewer) -> None:
    """From now on the page alone shows results."""
    row = s.get(ResultConsent, (viewer.contact_id, viewer.patient_id))
    if row is not None and row.withdrawn_at is None:
        row.withdrawn_at = clock.now()
        s.flush()
        _note(s, viewer, "result_consent_withdrawn")


def _note(s: Session, viewer: Viewer, action: str) -> None:
    audit.record(
        s,
        actor=f"patient:{viewer.contact_id}",
        action=action,
        subject_kind="patient",
        subject_id=viewer.patient_id,
    )
