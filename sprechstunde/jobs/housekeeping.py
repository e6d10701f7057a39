"""What is tidied every few seconds without anybody asking."""

from __future__ import annotations

from sqlalchemy.orm import Session

from sprechstunde.jobs.app import sweep
from sprechstunde.patients import people, search
from sprechstunde.scheduling import service as scheduling


@sweep
def sweep_holds(s: Session) -> int:
    """Slots held for a patient who did not decide in time: their record says so."""
    return scheduling.expire_holds_in(s)


@sweep
def sweep_person_hashes(s: Session) -> int:
    """Patients from before results had to find theirs by name and birth date."""
    return people.note_hashes(s)


@sweep
def sweep_search_hashes(s: Session) -> int:
    """Patients from before staff could search for them."""
    return search.note_hashes(s)
