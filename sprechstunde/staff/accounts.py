"""Making and changing accounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pyotp
from argon2 import PasswordHasher
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.db import new_data_key
from sprechstunde.staff.models import StaffMember, StaffSession
from sprechstunde.staff.permissions import ROLES

ISSUER = "Sprechstunde"
SHORTEST_PASSWORD = 12
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,40}")
# RFC 9106, second recommended option (64 MiB), which is the library's default.
hasher = PasswordHasher()


@dataclass(frozen=True)
class StaffView:
    """An account as pages and commands see it."""

    id: UUID
    login: str
    name: str
    role: str
    language: str
    is_active: bool


@dataclass(frozen=True)
class NewAccount:
    """An account just made. `secret` goes into the code app, by hand or as the address in a QR code, this once."""

    staff: StaffView
    secret: str
    address: str


class Refused(ValueError):
    """An account that cannot be. `reason` ∈ login, taken, role, short, easy."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class UnknownStaff(LookupError):
    """Nobody has this login."""


def add(
    s: Session,
    *,
    login: str,
    name: str,
    role: str,
    password: str,
    language: str = "de",
    actor: str = "system:cli",
) -> NewAccount:
    """Make an account. Raises Refused for a login taken or malformed, a role we have not, a weak password."""
    if not _LOGIN.fullmatch(login):
        raise Refused("login", "a login has 2 to 41 small letters, digits, points or hyphens")
    if role not in ROLES:
        raise Refused("role", f"unknown role: {role}; there are {', '.join(ROLES)}")
    check_new_password(password, login)
    if s.execute(select(StaffMember.id).where(StaffMember.login == login)).first():
        raise Refused("taken", f"{login} has an account already")
    secret = pyotp.random_base32()
    row = StaffMember(
        key_id=new_data_key(s),
        login=login,
        name=name.strip() or login,
        role=role,
        language=language,
        password_hash=hasher.hash(password),
        totp_secret=secret,
        is_active=True,
        created_at=clock.now(),
    )
    s.add(row)
    s.flush()
    audit.record(s, actor=actor, action="staff_added", subject_kind="staff", subject_id=row.id, detail=role)
    return NewAccount(
        as_view(row), secret, pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    )


def reset(s: Session, login: str, password: str, *, actor: str = "system:cli") -> NewAccount:
    """A new password and a new secret; whoever is signed in is out. Raises UnknownStaff, Refused."""
    row = _by_login(s, login)
    check_new_password(password, login)
    row.password_hash, row.totp_secret = hasher.hash(password), pyotp.random_base32()
    row.totp_step, row.is_active = None, True
    _sign_out_everywhere(s, row.id)
    audit.record(s, actor=actor, action="staff_reset", subject_kind="staff", subject_id=row.id)
    return NewAccount(
        as_view(row),
        row.totp_secret,
        pyotp.TOTP(row.totp_secret).provisioning_uri(name=login, issuer_name=ISSUER),
    )


def disable(s: Session, login: str, *, actor: str = "system:cli") -> None:
    """End an account; what its owner did stays on record. Raises UnknownStaff."""
    row = _by_login(s, login)
    row.is_active = False
    _sign_out_everywhere(s, row.id)
    audit.record(s, actor=actor, action="staff_disabled", subject_kind="staff", subject_id=row.id)


def change(s: Session, login: str, *, name: str, role: str, actor: str) -> None:
    """Another name or role, at once and for whoever is signed in. Raises UnknownStaff, Refused."""
    row = _by_login(s, login)
    if role not in ROLES:
        raise Refused("role", f"unknown role: {role}; there are {', '.join(ROLES)}")
    if (row.name, row.role) == (name.strip() or login, role):
        return
    row.name, row.role = name.strip() or login, role
    audit.record(s, actor=actor, action="staff_changed", subject_kind="staff", subject_id=row.id, detail=role)


def everyone(s: Session) -> list[StaffView]:
    """All accounts by name, ended ones included."""
    rows = s.execute(select(StaffMember).order_by(StaffMember.name, StaffMember.login)).scalars()
    return [as_view(row) for row in rows]


def by_login(s: Session, login: str) -> StaffView:
    """One account. Raises UnknownStaff."""
    return as_view(_by_login(s, login))


def name_of(s: Session, staff_id: UUID) -> str | None:
    """What colleagues and patients call whoever has or had this account."""
    return s.execute(select(StaffMember.name).where(StaffMember.id == staff_id)).scalar_one_or_none()


def set_language(s: Session, staff_id: UUID, language: str) -> None:
    """In which language this person reads the pages."""
    s.execute(
        update(StaffMember)
        .where(StaffMember.id == staff_id)
        .values(language=language)
        .execution_options(synchronize_session=False)
    )


def current_code(s: Session, login: str) -> str:
    """The code that this account's app shows now: for demonstrations only. Raises UnknownStaff."""
    return pyotp.TOTP(_by_login(s, login).totp_secret).at(clock.now())


def as_view(row: Any) -> StaffView:
    """The view of a row."""
    return StaffView(row.id, row.login, row.name, row.role, row.language, row.is_active)


def _by_login(s: Session, login: str) -> Any:
    row = s.execute(select(StaffMember).where(StaffMember.login == login)).scalar_one_or_none()
    if row is None:
        raise UnknownStaff(login)
    return row


def _sign_out_everywhere(s: Session, staff_id: UUID) -> None:
    gone = delete(StaffSession).where(StaffSession.staff_id == staff_id)
    s.execute(gone.execution_options(synchronize_session=False))


def check_new_password(password: str, login: str) -> None:
    """Raises Refused for a weak one."""
    # NIST SP 800-63B: length is what counts, composition rules are not.
    if len(password) < SHORTEST_PASSWORD:
        raise Refused("short", f"a password has {SHORTEST_PASSWORD} characters at least")
    if login in password.lower() or len(set(password)) < 5:
        raise Refused("easy", "this password is too easy to guess")
