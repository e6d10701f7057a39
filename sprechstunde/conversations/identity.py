"""Who is writing: phone numbers and business-scoped user ids, and when two of them are one person.

A user id belongs to one person for good; a phone number can get a new owner. So the user id decides, and where the
two disagree the number moves to the new contact alone, without the former owner's patients and conversations.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sprechstunde import clock
from sprechstunde.conversations.merging import merge
from sprechstunde.conversations.models import Contact
from sprechstunde.conversations.views import ContactView
from sprechstunde.db import lookup_hash, new_data_key

# Meta retries webhooks for 7 days: for so long a new number's first message may overtake the news of the change.
OVERTAKING = timedelta(days=7)


def contact_for(
    s: Session, *, phone: str | None, user_id: str | None, profile_name: str | None = None
) -> ContactView:
    """The contact behind a message, created on the first one. Raises ValueError without phone and user id.

    Seen together, a contact known by phone only and one known by user id only become one.
    """
    phone, user_id = _digits(phone), _trimmed(user_id)
    if phone is None and user_id is None:
        raise ValueError("a contact needs a phone number or a user id")
    by_phone, by_user = _find(s, phone, user_id)
    if _unsettled(by_phone, by_user, phone, user_id):
        _lock(s, phone, user_id)
        by_phone, by_user = _find(s, phone, user_id)
    contact = _settle(s, by_phone, by_user, phone, user_id)
    if profile_name and contact.profile_name != profile_name:
        contact.profile_name = profile_name
    s.flush()
    return ContactView(id=contact.id, key_id=contact.key_id, language=contact.language)


def contact_with(s: Session, phone: str) -> UUID | None:
    """Whose number this is now, found by its keyed hash; None where nobody has it, and nobody is made for it."""
    by_phone, _ = _find(s, _digits(phone), None)
    return None if by_phone is None else by_phone.id


def change_number(
    s: Session, *, old_phone: str | None, new_phone: str, user_id: str | None = None
) -> ContactView:
    """Meta says that a contact has a new number. Unknown contacts are created under the new one."""
    old, new, user_id = _digits(old_phone), _digits(new_phone), _trimmed(user_id)
    if new is None:
        raise ValueError("a number change needs the new number")
    _lock(s, old, user_id, new)
    known, by_user = _find(s, old, user_id)
    known = by_user or known
    holder, _ = _find(s, new, None)
    if known is None or known is holder:
        return contact_for(s, phone=new, user_id=user_id)
    if holder is not None:
        if _is_fresh(holder) and holder.user_id_hash in (None, known.user_id_hash):
            merge(s, gone=holder, into=known)
        else:
            _take_phone_from(s, holder)
    _set_phone(known, new)
    if user_id is not None:
        _set_user_id(known, user_id)
    s.flush()
    return ContactView(id=known.id, key_id=known.key_id, language=known.language)


def _settle(s: Session, by_phone: Any, by_user: Any, phone: str | None, user_id: str | None) -> Any:
    if by_phone is None and by_user is None:
        return _create(s, phone, user_id)
    if by_user is None:
        return _seen_by_phone(s, by_phone, phone, user_id)
    if phone is None or by_user is by_phone:
        return by_user
    if by_phone is not None:
        same_person = by_user.phone_hash is None and by_phone.user_id_hash is None
        if same_person:
            older, newer = sorted((by_phone, by_user), key=lambda c: (c.created_at, str(c.id)))
            merge(s, gone=newer, into=older)
            by_user = older
        else:
            _take_phone_from(s, by_phone)
    _set_phone(by_user, phone)
    _set_user_id(by_user, user_id)
    return by_user


def _seen_by_phone(s: Session, contact: Any, phone: str | None, user_id: str | None) -> Any:
    if user_id is None:
        return contact
    if contact.user_id_hash is None:
        _set_user_id(contact, user_id)
        return contact
    # The number is known with another user id: it has a new owner.
    _take_phone_from(s, contact)
    return _create(s, phone, user_id)


def _find(s: Session, phone: str | None, user_id: str | None) -> tuple[Any, Any]:
    def one(column: Any, value: bytes | None) -> Any:
        if value is None:
            return None
        found = select(Contact).where(column == value).execution_options(populate_existing=True)
        return s.execute(found).scalar_one_or_none()

    return one(Contact.phone_hash, _phone_hash(phone)), one(Contact.user_id_hash, _user_hash(user_id))


def _unsettled(by_phone: Any, by_user: Any, phone: str | None, user_id: str | None) -> bool:
    return (phone is not None and by_phone is None) or (user_id is not None and by_user is not by_phone)


def _lock(s: Session, *values: str | None) -> None:
    """One transaction at a time creates or changes the owner of these addresses; sorted, so that two never cross."""
    hashes = sorted(lookup_hash("contact.lock", value)[:8] for value in values if value)
    for digest in hashes:
        s.execute(select(func.pg_advisory_xact_lock(int.from_bytes(digest, "big", signed=True))))


def _create(s: Session, phone: str | None, user_id: str | None) -> Any:
    contact = Contact(key_id=new_data_key(s), created_at=clock.now())
    if phone is not None:
        _set_phone(contact, phone)
    if user_id is not None:
        _set_user_id(contact, user_id)
    s.add(contact)
    s.flush()
    return contact


def _take_phone_from(s: Session, contact: Any) -> None:
    contact.phone = contact.phone_hash = None
    s.flush()


def _set_phone(contact: Any, phone: str | None) -> None:
    if phone is not None and contact.phone_hash != _phone_hash(phone):
        contact.phone, contact.phone_hash = phone, _phone_hash(phone)


def _set_user_id(contact: Any, user_id: str | None) -> None:
    if user_id is not None and contact.user_id_hash != _user_hash(user_id):
        contact.user_id, contact.user_id_hash = user_id, _user_hash(user_id)


def _is_fresh(contact: Any) -> bool:
    return clock.now() - contact.created_at <= OVERTAKING


def _phone_hash(phone: str | None) -> bytes | None:
    return None if phone is None else lookup_hash("contact.phone", phone)


def _user_hash(user_id: str | None) -> bytes | None:
    return None if user_id is None else lookup_hash("contact.user_id", user_id)


def _digits(phone: str | None) -> str | None:
    return "".join(c for c in phone or "" if c in "0123456789") or None


def _trimmed(user_id: str | None) -> str | None:
    return (user_id or "").strip() or None
