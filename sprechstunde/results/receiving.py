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
from sprechstunde.results import correcting, files, matching
from sprechstunde.results.documents import Document, TakenBack
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


class Unwritable(ValueError):
    """Some words hold signs that no page can show."""


class NothingToTakeBack(ValueError):
    """The sender takes back what it never handed in."""


def receive(s: Session, document: Document, *, source: str, actor: str) -> Received:
    """Keep a result, encrypted. The same `source` and `external_id` again changes nothing, unless it is a correction:
    that becomes a result of its own, and the old one is marked.

    Raises files.FileRefused, AnotherResult, and ValueError for an unknown practitioner, a date that lies ahead or
    words that are missing, too long or not to be shown.
    """
    _check(document)
    mime_type = files.check(document.content)
    key = _one_at_a_time(s, source, document.external_id)
    digest = hashlib.sha256(document.content).hexdigest()
    known = _versions(s, key)
    if known and not document.corrects:
        same = next((one for one in known if _is_same(one, document, digest)), None)
        if same is None:
            raise AnotherResult("this id was used for another file, person, test or day")
        return Received(same.id, False, same.patient_id)
    # Corrected back to what it was before is a correction, too: only the newest version can be handed in again.
    last = known[-1] if known else None
    if last is not None and last.superseded_at is None and _is_same(last, document, digest):
        return Received(last.id, False, last.patient_id)
    patient_id = matching.sure_match(s, document.claimed) or _chosen_before(last, document)
    person = people.person(s, patient_id) if patient_id else None
    row = Result(
        key_id=person.key_id if person else new_data_key(s),
        source=source,
        external_hash=lookup_hash("result-version", f"{last.id}") if last is not None else key,
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
    if last is not None:
        correcting.supersede(s, last, row, actor=actor)
    return Received(row.id, True, patient_id)


def take_back(s: Session, taken: TakenBack, *, source: str, actor: str) -> Received:
    """Mark what was handed in under this id as taken back by its sender. Raises NothingToTakeBack."""
    known = _versions(s, _one_at_a_time(s, source, taken.external_id))
    if not known:
        raise NothingToTakeBack("only final reports are taken, and none is known under this id")
    correcting.supersede(s, known[-1], None, actor=actor)
    return Received(known[-1].id, False, known[-1].patient_id)


def _one_at_a_time(s: Session, source: str, external_id: str) -> bytes:
    """The key of what this sender calls so, once no other transaction is busy with it."""
    key = lookup_hash("result", f"{source}/{external_id}")
    s.execute(select(func.pg_advisory_xact_lock(int.from_bytes(key[:8], "big", signed=True))))
    return key


def _versions(s: Session, key: bytes) -> list[Any]:
    first = s.execute(select(Result).where(Result.external_hash == key)).scalar_one_or_none()
    return correcting.versions(s, first) if first is not None else []


def _is_same(known: Any, document: Document, digest: str) -> bool:
    """Whether it was handed in before; of what was erased nobody can say anything else."""
    return known.digest is None or (known.digest == digest and _what(known) == _what_is_in(document))


def _chosen_before(last: Any, document: Document) -> UUID | None:
    """The patient whom staff have found for the version before, if the sender still means the same person."""
    if last is None or last.patient_id is None or _what(last)[0] != _what_is_in(document)[0]:
        return None
    return UUID(str(last.patient_id))


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
            raise Unwritable(f"the {what} holds a control character or half of a character")
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
