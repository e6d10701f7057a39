"""Signing in: password, then the code of an app; and the session that follows."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pyotp
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.db import lookup_hash
from sprechstunde.staff.accounts import StaffView, as_view, check_new_password, hasher
from sprechstunde.staff.models import SignInFailure, StaffMember, StaffSession

IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
HALF_DONE = timedelta(minutes=5)
MOST_FAILURES = 8
FORGIVEN_AFTER = timedelta(minutes=15)
STEP_SECONDS = 30
# A password nobody has: for logins nobody has, so that both take equally long.
_NOBODY = hasher.hash(secrets.token_urlsafe(16))


class TooManyFailures(Exception):
    """This account or address has failed too often; it may try again a quarter of an hour later."""


@dataclass(frozen=True)
class SignedIn:
    """A browser's session. `csrf` stands in every form."""

    staff: StaffView
    csrf: str
    is_complete: bool


def check_password(s: Session, login: str, password: str, address: str) -> str | None:
    """The first half: a token for the browser, or None. Raises TooManyFailures.

    Commit in any case: a failure counts.
    """
    keys = _keys(login, address)
    _refuse_guessing(s, keys)
    row = _member(s, login.strip().lower())
    right = _verify(row.password_hash if row else _NOBODY, password)
    if row is None or not right or not row.is_active:
        _count(s, keys)
        return None
    if hasher.check_needs_rehash(row.password_hash):
        row.password_hash = hasher.hash(password)
    return _open(s, row, is_complete=False)


def check_code(s: Session, token: str, code: str, address: str) -> str | None:
    """The second half: a new token in place of the first, or None. Raises TooManyFailures. Commit in any case."""
    session = _session(s, token)
    if session is None or session.is_complete:
        return None
    row = s.get(StaffMember, session.staff_id, with_for_update=True)
    keys = _keys(row.login, address)
    _refuse_guessing(s, keys)
    step = _fitting_step(row, "".join(filter(str.isdigit, code)))
    if step is None:
        _count(s, keys)
        return None
    row.totp_step = step
    s.execute(delete(SignInFailure).where(SignInFailure.key == keys[0]))
    s.delete(session)
    s.flush()
    audit.record(s, actor=f"staff:{row.id}", action="signed_in", subject_kind="staff", subject_id=row.id)
    return _open(s, row, is_complete=True)


def change_password(s: Session, token: str, current: str, new: str, address: str) -> bool:
    """Another password for whoever this session is; all other sessions of hers end. False for a wrong current one.

    Guessing is stopped as at the door. Raises Refused for a weak new one, TooManyFailures. Commit in any case.
    """
    session = _session(s, token)
    row = s.get(StaffMember, session.staff_id, with_for_update=True) if session else None
    if row is None:
        return False
    keys = _keys(row.login, address)
    _refuse_guessing(s, keys)
    if not _verify(row.password_hash, current):
        _count(s, keys)
        return False
    check_new_password(new, row.login)
    row.password_hash = hasher.hash(new)
    others = StaffSession.staff_id == row.id, StaffSession.token_hash != session.token_hash
    s.execute(delete(StaffSession).where(*others).execution_options(synchronize_session=False))
    audit.record(
        s, actor=f"staff:{row.id}", action="password_changed", subject_kind="staff", subject_id=row.id
    )
    return True


def session_of(s: Session, token: str, *, touch: bool = True) -> SignedIn | None:
    """Whose session this is; None when there is none, or it ended by itself.

    `touch=False` for what a page asks by itself: only a person keeps a session alive.
    """
    session = _session(s, token)
    if session is None:
        return None
    row = s.get(StaffMember, session.staff_id)
    if not row.is_active:
        return None
    now = clock.now()
    if touch and now - session.seen_at > timedelta(minutes=1):  # not with each request
        session.seen_at = now
    return SignedIn(as_view(row), session.csrf, session.is_complete)


def sign_out(s: Session, token: str) -> None:
    """End this browser's session."""
    s.execute(delete(StaffSession).where(StaffSession.token_hash == lookup_hash("staff-session", token)))


def _member(s: Session, login: str) -> Any:
    """Nobody for what no login can be: the database takes no NUL."""
    found = select(StaffMember).where(StaffMember.login == login)
    return s.execute(found).scalar_one_or_none() if login.isprintable() else None


def _session(s: Session, token: str) -> Any:
    session = s.get(StaffSession, lookup_hash("staff-session", token)) if token else None
    if session is None:
        return None
    now = clock.now()
    idle = IDLE if session.is_complete else HALF_DONE
    ended = now - session.seen_at > idle or now - session.created_at > LONGEST
    return None if ended else session


def _open(s: Session, row: Any, *, is_complete: bool) -> str:
    token, now = secrets.token_urlsafe(32), clock.now()
    s.add(
        StaffSession(
            token_hash=lookup_hash("staff-session", token),
            staff_id=row.id,
            is_complete=is_complete,
            csrf=secrets.token_urlsafe(24),
            created_at=now,
            seen_at=now,
        )
    )
    s.flush()
    return token


def _verify(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _fitting_step(row: Any, code: str) -> int | None:
    """The step this code belongs to: now or one before (a slow typist), and never one used already (RFC 6238, 5.2)."""
    totp, now = pyotp.TOTP(row.totp_secret), int(clock.now().timestamp())
    for step in (now // STEP_SECONDS, now // STEP_SECONDS - 1):
        if secrets.compare_digest(totp.generate_otp(step), code) and step > (row.totp_step or 0):
            return step
    return None


def _keys(login: str, address: str) -> tuple[bytes, bytes]:
    return lookup_hash("sign-in-login", login.strip().lower()), lookup_hash("sign-in-address", address)


def _refuse_guessing(s: Session, keys: tuple[bytes, bytes]) -> None:
    recent = clock.now() - FORGIVEN_AFTER
    # An address stands for a whole practice behind one router: it is given more room than an account.
    for key, most in zip(keys, (MOST_FAILURES, 5 * MOST_FAILURES), strict=True):
        found = s.get(SignInFailure, key)
        if found is not None and found.last_at > recent and found.failures >= most:
            raise TooManyFailures


def _count(s: Session, keys: tuple[bytes, bytes]) -> None:
    now = clock.now()
    table = SignInFailure.__table__
    s.execute(delete(SignInFailure).where(SignInFailure.last_at < now - FORGIVEN_AFTER))
    for key in sorted(keys):
        statement = insert(table).values(key=key, failures=1, last_at=now)
        more = {"failures": table.c.failures + 1, "last_at": now}
        s.execute(statement.on_conflict_do_update(index_elements=["key"], set_=more))
