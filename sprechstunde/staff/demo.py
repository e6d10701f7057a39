"""Accounts of the demo clinic, so that the console can be tried out at once. Never made outside demo mode."""

from __future__ import annotations

from sqlalchemy import select

from sprechstunde.db import transaction
from sprechstunde.settings import get_settings
from sprechstunde.staff import accounts
from sprechstunde.staff.models import StaffMember

PASSWORD = "demo practice 2026"
PEOPLE = (
    ("rezeption", "Ronja Brandt", "reception"),
    ("pflege", "Nadja Roth", "nurse"),
    ("arzt", "Dr. Miriam Weiß", "doctor"),
    ("admin", "Anton Graf", "admin"),
)


def make_accounts() -> None:
    """Make them where there is no account at all. Raises RuntimeError outside demo mode."""
    if not get_settings().demo:
        raise RuntimeError("demo accounts are for demo mode only")
    with transaction() as s:
        if s.execute(select(StaffMember.id).limit(1)).first():
            return
        for login, name, role in PEOPLE:
            accounts.add(s, login=login, name=name, role=role, password=PASSWORD)
