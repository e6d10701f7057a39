"""The phones on the desk when the emulator starts for the first time, and new ones."""

from __future__ import annotations

import re

from sprechstunde.emulator import ids
from sprechstunde.emulator.model import Phone

# Numbers: +49 1511 2345678 as in the project's examples; +44 7700 900xxx is set aside for fiction by Ofcom.
ANNA, JAMES, MIA = "anna", "james", "mia"


def demo_phones() -> list[Phone]:
    """Anna writes German, James English, Mia is known only by her business-scoped user id."""
    return [
        Phone(ANNA, "Anna Schmidt", "4915112345678", "DE.7K2M9QX4TR81WZ3HB5NA", "de", 0),
        Phone(JAMES, "James Miller", "447700900123", "GB.Q4V8T1ZC6YH2LK9RD3JM", "en", 1),
        Phone(MIA, "Mia Yılmaz", None, "DE.X9P3LM7W2KDU5TN8VC4M", "de", 2),
    ]


def new_phone(existing: dict[str, Phone], name: str, number: str | None, language: str) -> Phone:
    """One more phone. Without `number` it is known only by its business-scoped user id. Raises ValueError."""
    name = name.strip()
    if not 0 < len(name) <= 60:
        raise ValueError("name must have 1 to 60 characters")
    digits = re.sub(r"[\s().+-]", "", number or "") or None
    if digits is not None:
        if not re.fullmatch(r"[1-9][0-9]{6,14}", digits):
            raise ValueError("number must be international: +49 …")
        if any(phone.phone == digits for phone in existing.values()):
            raise ValueError("this number is on the desk already")
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "phone"
    key, count = stem, 2
    while key in existing:
        key, count = f"{stem}-{count}", count + 1
    country = "GB" if (digits or "").startswith("44") or (digits is None and language == "en") else "DE"
    return Phone(key, name, digits, ids.user_id(country), language, len(existing) % 6)
