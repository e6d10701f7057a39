"""Tables of accounts and sessions. Passwords are hashed, tokens too; the secret of the code app is encrypted."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Integer, Text

from sprechstunde.db import Base, EncryptedText, Keyed, LookupHash, Timestamp, Uuid


class StaffMember(Keyed, Base):
    """An account. `totp_step`: the last 30-second step whose code was used, so that each code works once."""

    __tablename__ = "staff_member"
    __table_args__ = (CheckConstraint("role IN ('reception', 'nurse', 'doctor', 'admin')", name="role"),)

    id = Column(Uuid, primary_key=True, default=uuid.uuid4)
    login = Column(Text, nullable=False, unique=True)
    name = Column(Text, nullable=False)
    role = Column(Text, nullable=False)
    language = Column(Text, nullable=False)
    password_hash = Column(Text, nullable=False)
    totp_secret = Column(EncryptedText, nullable=False)
    totp_step = Column(BigInteger)
    is_active = Column(Boolean, nullable=False)
    created_at = Column(Timestamp, nullable=False)


class StaffSession(Base):
    """A browser that is signed in, or half of it: `is_complete` once the code was right, too."""

    __tablename__ = "staff_session"

    token_hash = Column(LookupHash, primary_key=True)
    staff_id = Column(Uuid, ForeignKey("staff_member.id", ondelete="CASCADE"), nullable=False, index=True)
    is_complete = Column(Boolean, nullable=False)
    csrf = Column(Text, nullable=False)
    created_at = Column(Timestamp, nullable=False)
    seen_at = Column(Timestamp, nullable=False)


class SignInFailure(Base):
    """How often sign-in failed of late, by account or by address (`key`: a keyed hash of either)."""

    __tablename__ = "sign_in_failure"

    key = Column(LookupHash, primary_key=True)
    failures = Column(Integer, nullable=False)
    last_at = Column(Timestamp, nullable=False)
