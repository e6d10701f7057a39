"""Telephone numbers as people type them."""

from __future__ import annotations

import phonenumbers

COUNTRY = "DE"  # of numbers without a country code
SHORTEST_NUMBER = 9  # digits; the library takes an emergency number for possible


def digits(phone: str) -> str | None:
    """A number as WhatsApp writes it: digits with country code, no plus. None for what is no number."""
    try:
        number = phonenumbers.parse(phone, COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    found = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).lstrip("+")
    return found if phonenumbers.is_possible_number(number) and len(found) >= SHORTEST_NUMBER else None
