"""What is tidied every few seconds without anybody asking."""

from __future__ import annotations

import logging

from sqlalchemy.orm import Session

from sprechstunde.jobs.app import sweep
from sprechstunde.patients import people, search
from sprechstunde.results import folder
from sprechstunde.scheduling import service as scheduling
from sprechstunde.settings import get_settings

log = logging.getLogger(__name__)


@sweep
def sweep_results_folder(s: Session) -> int:
    """Results that a laboratory's program wrote into the watched folder, where the practice has one."""
    watched = get_settings().results_folder
    if watched is None:
        return 0
    try:
        return folder.take_in(watched)
    except OSError as problem:
        log.warning("the results folder can't be read: %s", problem)
        return 0


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
