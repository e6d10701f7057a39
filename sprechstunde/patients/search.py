"""Finding patients by name or birth date without reading them all: keyed hashes of the beginnings of their names.

A name is stored encrypted; beside it stand keyed hashes of what its words begin with, and of the birth date. Whoever
has the database alone learns that two people share a beginning, not which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sprechstunde.dates import birth_date as read_birth_date
from sprechstunde.db import lookup_hash
from sprechstunde.db.keys import preload
from sprechstunde.patients.models import ContactPatient, Patient
from sprechstunde.patients.names import comparable

# Two letters find too many, but an "Ng" or "Li" must be found at all.
SHORTEST, LONGEST = 2, 10
MOST = 50


@dataclass(frozen=True)
class Found:
    """A patient that fits; `contact_ids`: who acts for her, the longest first."""

    id: UUID
    full_name: str
    birth_date: date
    insurance_kind: str | None
    insurer: str | None
    contact_ids: tuple[UUID, ...]


def search_hashes(given: str, family: str, birth_date: str) -> list[bytes]:
    """What a patient is found by. `birth_date`: ISO."""
    found = {_hash(f"born {birth_date}")}
    for word in comparable(given, family):
        found |= {_hash(word[:length]) for length in range(SHORTEST, min(len(word), LONGEST) + 1)}
    return sorted(found)


def find(s: Session, text: str, *, language: str, today: date, most: int = MOST) -> list[Found]:
    """Patients whose names begin with these words in any order, or who were born on this day; by name.

    An umlaut is found however it is typed. A word of one letter finds nobody.
    """
    born = read_birth_date(text, language, today) if any(ch.isdigit() for ch in text) else None
    words = sorted(comparable("", "".join(ch for ch in text if not ch.isdigit())))
    wanted = [_hash(word[:LONGEST]) for word in words if len(word) >= SHORTEST and born is None]
    if born is not None:
        wanted = [_hash(f"born {born.isoformat()}")]
    if not wanted:
        return []
    query = select(Patient).where(Patient.search_hashes.contains(wanted)).limit(4 * most)
    return _found(s, query, words if born is None else [])[:most]


def acted_for(s: Session, contact_id: UUID, *, most: int = MOST) -> list[Found]:
    """Patients whom this contact acts for, by name."""
    mine = select(ContactPatient.patient_id).where(ContactPatient.contact_id == contact_id)
    return _found(s, select(Patient).where(Patient.id.in_(mine)).limit(most), [])


def latest(s: Session, *, most: int = 20) -> list[Found]:
    """The newest patients, for a page where nothing was asked yet."""
    newest = select(Patient.id).order_by(Patient.created_at.desc()).limit(most)
    return _found(s, select(Patient).where(Patient.id.in_(newest)), [])


def one(s: Session, patient_id: UUID) -> Found | None:
    """One patient; None when there is none, or her data was erased."""
    return next(iter(_found(s, select(Patient).where(Patient.id == patient_id), [])), None)


def note_hashes(s: Session, *, most: int = 200) -> int:
    """Give patients from before there was a search what they are found by; returns how many."""
    rows = s.execute(select(Patient).where(Patient.search_hashes.is_(None)).limit(most)).scalars().all()
    preload(s, [row.key_id for row in rows])
    for row in rows:
        row.search_hashes = (
            search_hashes(row.given_name, row.family_name, row.birth_date) if row.family_name else []
        )
    return len(rows)


def _found(s: Session, query: Any, words: list[str]) -> list[Found]:
    keys = query.with_only_columns(Patient.key_id).order_by(None)
    preload(s, list(s.execute(keys).scalars()))
    # Of equal beginnings of ten letters only reading tells.
    rows = [
        row
        for row in s.execute(query).scalars()
        if row.family_name is not None and _begins(comparable(row.given_name, row.family_name), words)
    ]
    contacts = _contacts(s, [row.id for row in rows])
    rows.sort(key=lambda row: (row.family_name.casefold(), row.given_name.casefold(), row.birth_date))
    return [
        Found(
            id=row.id,
            full_name=f"{row.given_name} {row.family_name}".strip(),
            birth_date=date.fromisoformat(row.birth_date),
            insurance_kind=row.insurance_kind,
            insurer=row.insurer,
            contact_ids=tuple(contacts[row.id]),
        )
        for row in rows
    ]


def _begins(names: Iterable[str], words: list[str]) -> bool:
    return all(any(name.startswith(word) for name in names) for word in words)


def _contacts(s: Session, patient_ids: list[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    query = select(ContactPatient).where(ContactPatient.patient_id.in_(patient_ids))
    for link in s.execute(query.order_by(ContactPatient.created_at)).scalars():
        found[link.patient_id].append(link.contact_id)
    return found


def _hash(words: str) -> bytes:
    return lookup_hash("patient-search", words)
