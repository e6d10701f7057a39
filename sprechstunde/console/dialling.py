"""Telephone numbers as links: what a phone dials when one is tapped."""

from __future__ import annotations

import re

import phonenumbers

COUNTRY = "DE"  # of numbers without a country code


def dialled(phone: str) -> str:
    """For `tel:`, with the country's code where the number is one; else its digits (116117)."""
    try:
        number = phonenumbers.parse(phone, COUNTRY)
    except phonenumbers.NumberParseException:
        return re.sub(r"[^0-9+]", "", phone)
    if not phonenumbers.is_possible_number(number) or len(str(number.national_number)) < 7:
        return re.sub(r"[^0-9+]", "", phone)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
