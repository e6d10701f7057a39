"""Finding the patient a result belongs to.

A name and a birth date typed into a chat prove nothing: anybody could register as somebody else and wait for her
results. A result finds its patient by itself only if staff know that patient, or if the number the practice's own
system has is the number she writes from. Everything else waits for a human who chooses.
"""

from __future__ import annotations

import re
from uuid import UUID

import phonenumbers
from sqlalchemy.orm import Session

from sprechstunde.conversations import service as conversations
from sprechstunde.patients import people
from sprechstunde.results.views import Candidate, Claimed

COUNTRY = "DE"  # of numbers without a country code


def candidates(s: Session, claimed: Claimed) -> list[Candidate]:
    """Everybody of this name and birth date, the sure one first."""
    found = [
        Candidate(
            patient_id=person.id,
            full_name=person.full_name,
            birth_date=person.birth_date,
            contact_ids=person.contact_ids,
            is_known=person.is_known,
            is_sure=person.is_known or _writes_from(s, person.contact_ids, claimed.phone),
        )
        for person in people.same_person(s, claimed.given_name, claimed.family_name, claimed.birth_date)
    ]
    return sorted(found, key=lambda one: not one.is_sure)


def sure_match(s: Session, claimed: Claimed) -> UUID | None:
    """The one patient it can only be; None when there is nobody, or more than one."""
    sure = [one for one in candidates(s, claimed) if one.is_sure]
    return sure[0].patient_id if len(sure) == 1 else None


def _writes_from(s: Session, contact_ids: tuple[UUID, ...], phone: str | None) -> bool:
    meant = _as_whatsapp_writes(phone or "")
    return any(conversations.contact_address(s, contact_id).phone in meant for contact_id in contact_ids)


def _as_whatsapp_writes(phone: str) -> set[str]:
    """The number as digits with country code: as they stand, and read as people write numbers (+49 (0)151, 0151)."""
    digits = re.sub(r"\D", "", phone)
    meant = {digits} if digits else set()
    try:
        number = phonenumbers.parse(phone, COUNTRY)
    except phonenumbers.NumberParseException:
        return meant
    if phonenumbers.is_valid_number(number):
        meant.add(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).lstrip("+"))
    return meant
