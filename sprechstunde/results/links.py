"""The one way to a patient's results: a link made for one contact, a birth date, a code sent into the chat.

Each secret (link, code, browser) is random and only its hash is kept. The link serves the first browser that passes
both checks and nobody after it. Wrong birth dates count for contact and patient, over all links: a new link buys no
new guesses.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.conversations import service as conversations
from sprechstunde.db import lookup_hash
from sprechstunde.patients import people
from sprechstunde.results.models import ResultGuard, ResultLink
from sprechstunde.tasks.service import take_down_in

LINK_LIFE = timedelta(hours=24)
CODE_LIFE = timedelta(minutes=10)
VIEWER_LIFE = timedelta(minutes=30)
LOCK = timedelta(hours=24)
MOST_WRONG_DATES = 5
MOST_WRONG_CODES = 5
MOST_CODES = 3
SECRET_BYTES = 24
LOCKED_NOTE = (
    "Geburtsdatum mehrmals falsch, Zugang für 24 Stunden gesperrt · Wrong birth date, locked for 24 hours"
)


@dataclass(frozen=True)
class Ready:
    """The link can be used: ask for the birth date. `language` is the contact's."""

    language: str


@dataclass(frozen=True)
class Closed:
    """The link opens nothing: `why` ∈ unknown, expired, used, locked. Whoever holds it is told no more than that."""

    why: str
    language: str = "de"


@dataclass(frozen=True)
class CodeSent:
    """The birth date was right. `checking` stays in the browser, `code` goes into the chat, to `contact_id`."""

    contact_id: UUID
    language: str
    checking: str
    code: str


@dataclass(frozen=True)
class Wrong:
    """A wrong birth date or code; `left` more tries."""

    left: int
    language: str


@dataclass(frozen=True)
class Opened:
    """Both checks passed. `viewer` stays in the browser and opens the results for half an hour."""

    contact_id: UUID
    patient_id: UUID
    viewer: str


@dataclass(frozen=True)
class Viewer:
    """A browser that passed both checks."""

    contact_id: UUID
    patient_id: UUID
    language: str


def make(s: Session, contact_id: UUID, patient_id: UUID) -> str:
    """A new link's secret; earlier links of this contact and patient that nobody opened end with it."""
    contact_id = conversations.current_id(s, contact_id)
    now, token = clock.now(), secrets.token_urlsafe(SECRET_BYTES)
    s.execute(
        update(ResultLink)
        .where(
            ResultLink.contact_id == contact_id,
            ResultLink.patient_id == patient_id,
            ResultLink.opened_at.is_(None),
            ResultLink.revoked_at.is_(None),
        )
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    s.add(
        ResultLink(
            token_hash=lookup_hash("result-link", token),
            contact_id=contact_id,
            patient_id=patient_id,
            created_at=now,
            expires_at=now + LINK_LIFE,
            code_failures=0,
            codes_sent=0,
        )
    )
    s.flush()
    _note(s, contact_id, patient_id, "result_link_made")
    return token


def look(s: Session, token: str) -> Ready | Closed:
    """What can be done with this link."""
    link = _find(s, token)
    return _closed(s, link) or Ready(_language(s, link))


def opened_here(s: Session, token: str, viewer: str) -> Opened | None:
    """This very link was opened in this browser, and what it opened may still be looked at."""
    link = _find(s, token)
    if link is None or not viewer or not _same(link.viewer_hash, lookup_hash("result-viewer", viewer)):
        return None
    if link.revoked_at is not None or clock.now() >= link.viewer_expires_at:
        return None
    return Opened(link.contact_id, link.patient_id, viewer)


def check_birth_date(s: Session, token: str, birth_date: date) -> CodeSent | Wrong | Closed:
    """The first check. Right: a code for the chat, `MOST_CODES` times a link."""
    link = _find(s, token, lock=True)
    closed = _closed(s, link)
    if closed:
        return closed
    person = people.person(s, link.patient_id)
    guard = _guard(s, link)
    if person is None or person.birth_date != birth_date:
        return _wrong_date(s, link, guard)
    if link.codes_sent >= MOST_CODES:
        link.revoked_at = clock.now()
        return Closed("expired", _language(s, link))
    guard.failures = 0
    checking, code = secrets.token_urlsafe(SECRET_BYTES), f"{secrets.randbelow(1_000_000):06d}"
    link.checking_hash = lookup_hash("result-checking", checking)
    link.code_hash, link.code_sent_at = _code_hash(token, code), clock.now()
    link.codes_sent += 1
    s.flush()
    _note(s, link.contact_id, link.patient_id, "result_code_sent")
    return CodeSent(link.contact_id, _language(s, link), checking, code)


def check_code(s: Session, token: str, checking: str, code: str) -> Opened | Wrong | Closed:
    """The second check, in the browser that passed the first. Right: the link is used up and this browser may look."""
    link = _find(s, token, lock=True)
    closed = _closed(s, link)
    if closed:
        return closed
    now = clock.now()
    fresh = link.code_hash is not None and now < link.code_sent_at + CODE_LIFE
    if not fresh or not _same(link.checking_hash, lookup_hash("result-checking", checking)):
        return Closed("expired", _language(s, link))
    if not _same(link.code_hash, _code_hash(token, "".join(filter(str.isdigit, code)))):
        link.code_failures += 1
        left = MOST_WRONG_CODES - link.code_failures
        if left <= 0:
            link.revoked_at = now
        s.flush()
        _note(s, link.contact_id, link.patient_id, "result_code_wrong")
        return Wrong(left, _language(s, link)) if left > 0 else Closed("expired", _language(s, link))
    viewer = secrets.token_urlsafe(SECRET_BYTES)
    link.opened_at, link.viewer_hash = now, lookup_hash("result-viewer", viewer)
    link.viewer_expires_at = now + VIEWER_LIFE
    link.code_hash = link.checking_hash = None
    s.flush()
    _note(s, link.contact_id, link.patient_id, "result_link_opened")
    return Opened(link.contact_id, link.patient_id, viewer)


def viewer(s: Session, secret: str) -> Viewer | None:
    """Who may look with this browser; None when half an hour is over, or the link was revoked."""
    query = select(ResultLink).where(ResultLink.viewer_hash == lookup_hash("result-viewer", secret))
    link = s.execute(query).scalar_one_or_none()
    if link is None or link.revoked_at is not None or clock.now() >= link.viewer_expires_at:
        return None
    return Viewer(link.contact_id, link.patient_id, _language(s, link))


def revoke_all(s: Session, patient_id: UUID) -> None:
    """End every link to this patient's results, also in browsers that are looking."""
    s.execute(
        update(ResultLink)
        .where(ResultLink.patient_id == patient_id, ResultLink.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def revoke_by_staff(s: Session, patient_id: UUID, *, staff_id: UUID) -> None:
    """Her phone is lost, or somebody else read along: every link ends now. A new one is made when she asks for it."""
    revoke_all(s, patient_id)
    audit.record(
        s,
        actor=f"staff:{staff_id}",
        action="result_links_revoked",
        subject_kind="patient",
        subject_id=patient_id,
    )


def any_open(s: Session, patient_id: UUID) -> bool:
    """Some link to this patient's results can still be opened, or is open in a browser."""
    now = clock.now()
    waits = and_(ResultLink.opened_at.is_(None), ResultLink.expires_at > now)
    query = select(ResultLink.token_hash).where(
        ResultLink.patient_id == patient_id,
        ResultLink.revoked_at.is_(None),
        or_(waits, ResultLink.viewer_expires_at > now),
    )
    return s.execute(query.limit(1)).first() is not None


def any_locked(s: Session, patient_id: UUID) -> bool:
    """Some contact has tried too many wrong birth dates for this patient."""
    query = select(ResultGuard.contact_id).where(
        ResultGuard.patient_id == patient_id, ResultGuard.locked_until > clock.now()
    )
    return s.execute(query.limit(1)).first() is not None


def unlock(s: Session, patient_id: UUID, *, staff_id: UUID) -> None:
    """Staff know who is asking: the birth date may be tried again."""
    s.execute(
        update(ResultGuard)
        .where(ResultGuard.patient_id == patient_id)
        .values(failures=0, locked_until=None)
        .execution_options(synchronize_session=False)
    )
    audit.record(
        s,
        actor=f"staff:{staff_id}",
        action="result_unlocked",
        subject_kind="patient",
        subject_id=patient_id,
    )


def is_locked(s: Session, contact_id: UUID, patient_id: UUID) -> bool:
    """Too many wrong birth dates from this contact."""
    guard = s.get(ResultGuard, (contact_id, patient_id))
    return guard is not None and guard.locked_until is not None and clock.now() < guard.locked_until


def _wrong_date(s: Session, link: Any, guard: Any) -> Wrong | Closed:
    guard.failures += 1
    left = MOST_WRONG_DATES - guard.failures
    if left <= 0:
        guard.failures, guard.locked_until = 0, clock.now() + LOCK
        _tell_staff(s, link)
    s.flush()
    _note(s, link.contact_id, link.patient_id, "result_birth_date_wrong")
    language = _language(s, link)
    return Wrong(left, language) if left > 0 else Closed("locked", language)


def _tell_staff(s: Session, link: Any) -> None:
    """She may only have mistyped, or her record may be wrong: somebody has to speak with her."""
    take_down_in(
        s,
        "results",
        contact_id=link.contact_id,
        patient_id=link.patient_id,
        note=LOCKED_NOTE,
        idempotency_key=f"result-locked:{link.contact_id}/{link.patient_id}/{clock.now():%Y-%m-%d}",
    )


def _find(s: Session, token: str, *, lock: bool = False) -> Any:
    query = select(ResultLink).where(ResultLink.token_hash == lookup_hash("result-link", token))
    return s.execute(query.with_for_update() if lock else query).scalar_one_or_none()


def _closed(s: Session, link: Any) -> Closed | None:
    if link is None:
        return Closed("unknown")
    language = _language(s, link)
    if link.opened_at is not None:
        return Closed("used", language)
    if link.revoked_at is not None or clock.now() >= link.expires_at:
        return Closed("expired", language)
    return Closed("locked", language) if is_locked(s, link.contact_id, link.patient_id) else None


def _guard(s: Session, link: Any) -> Any:
    guard = s.get(ResultGuard, (link.contact_id, link.patient_id), with_for_update=True)
    if guard is None:
        guard = ResultGuard(contact_id=link.contact_id, patient_id=link.patient_id, failures=0)
        s.add(guard)
        s.flush()
    return guard


def _code_hash(token: str, code: str) -> bytes:
    return lookup_hash("result-code", f"{token}/{code}")


def _same(kept: bytes | None, given: bytes) -> bool:
    return kept is not None and hmac.compare_digest(bytes(kept), given)


def _language(s: Session, link: Any) -> str:
    return conversations.language_of(s, link.contact_id) or "de"


def _note(s: Session, contact_id: UUID, patient_id: UUID, action: str) -> None:
    audit.record(
        s, actor=f"patient:{contact_id}", action=action, subject_kind="patient", subject_id=patient_id
    )
