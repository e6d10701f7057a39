"""Taking a result in, from a laboratory's system, the console or a folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.clinic import service as clinic
from sprechstunde.db import lookup_hash, new_data_key
from sprechstunde.patients import people
from sprechstunde.results import files, matching
from sprechstunde.results.documents import Document
from sprechstunde.results.models import Result
from sprechstunde.results.views import Claimed
from sprechstunde.results.writing import is_fit

LONGEST_WORDS = 200


@dataclass(frozen=True)
class Received:
    """What became of it. `is_new` is False for one handed in before; `patient_id` None: staff must say whose it is."""

    id: UUID
    is_new: bool
    patient_id: UUID | None


class AnotherResult(ValueError):
    """The sender used this id before: for another file, person, test or day."""


def receive(s: Session, document: Document, *, source: str, actor: str) -> Received:
    """Keep a result, encrypted. The same `source` and `external_id` again changes nothing.

    Raises files.FileRefused, AnotherResult, and ValueError for an unknown practitioner, a date that lies ahead or
    words that are missing or too long.
    """
    _check(document)
    mime_type = files.check(document.content)
    key = lookup_hash("result", f"{source}/{document.external_id}")
    s.execute(select(func.pg_advisory_xact_lock(int.from_bytes(key[:8], "big", signed=True))))
    digest = hashlib.sha256(document.content).hexdigest()
    known = s.execute(select(Result).where(Result.external_hash == key)).scalar_one_or_none()
    if known is not None:
        if known.digest is not None and (known.digest != digest or _what(known) != _what_is_in(document)):
            raise AnotherResult("this id was used for another file, person, test or day")
        return Received(known.id, False, known.patient_id)
    patient_id = matching.sure_match(s, document.claimed)
    person = people.person(s, patient_id) if patient_id else None
    row = Result(
        key_id=person.key_id if person else new_data_key(s),
        source=source,
        external_hash=key,
        patient_id=patient_id,
        claimed=_as_json(document.claimed),
        kind_of_test=document.kind_of_test.strip(),
        taken_on=document.taken_on.isoformat() if document.taken_on else None,
        practitioner=document.practitioner,
        content=document.content,
        mime_type=mime_type,
        size=len(document.content),
        digest=digest,
        state="received",
        received_at=clock.now(),
    )
    s.add(row)
    s.flush()
    audit.record(s, actor=actor, action="result_received", subject_kind="result", subject_id=row.id)
    return Received(row.id, True, patient_id)


def _what(row: Any) -> tuple[Any, ...]:
    """Whose and of what a result is. Without the number: a new one makes nobody another person."""
    who = {name: value for name, value in row.claimed.items() if name != "phone"} if row.claimed else None
    return who, row.kind_of_test, row.taken_on


def _what_is_in(document: Document) -> tuple[Any, ...]:
    who = {name: value for name, value in _as_json(document.claimed).items() if name != "phone"}
    return who, document.kind_of_test.strip(), document.taken_on.isoformat() if document.taken_on else None


def _check(document: Document) -> None:
    today = clock.now().date()
    for what, words, must in (
        ("id", document.external_id, True),
        ("given name", document.claimed.given_name, False),
        ("family name", document.claimed.family_name, True),
        ("phone", document.claimed.phone or "", False),
        ("kind of test", document.kind_of_test, True),
        ("practitioner", document.practitioner or "", False),
    ):
        if (must and not words.strip()) or len(words) > LONGEST_WORDS:
            raise ValueError(f"the {what} is missing or longer than {LONGEST_WORDS} characters")
        if not is_fit(words):
            raise ValueError(f"the {what} holds a control character or half of a character")
    days = (document.claimed.birth_date, document.taken_on or today)
    if any((day - today).days > 1 for day in days):
        raise ValueError("a date lies ahead")
    doctor = document.practitioner
    if doctor is not None and clinic.clinic().practitioner(doctor) is None:
        raise ValueError(f"the practice has no practitioner {doctor!r}")


def _as_json(claimed: Claimed) -> dict[str, Any]:
    return {
        "given_name": claimed.given_name,
        "family_name": claimed.family_name,
        "birth_date": claimed.birth_date.isoformat(),
        "phone": claimed.phone,
    }
