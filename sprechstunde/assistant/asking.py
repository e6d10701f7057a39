"""What a question is after: the price, or what a result means."""

from __future__ import annotations

import re

COST = re.compile(
    r"kost|preis|bezahl|zahlen|teuer|euro|gebühr|zuzahl|cost|price|\bpay|\bfee|how much|expensive|charge",
    re.IGNORECASE,
)
_EXPLAINED = (
    r"erklär|durchgehen|bedeut|deuten|versteh|hei(?:ß|ss)t das|was hei(?:ß|ss)t|"
    r"explain|interpret|go (?:over|through)|talk me through|\bmean|understand"
)
_JUDGED = (
    r"schlimm|normal|auffällig|gefährlich|zu hoch|zu niedrig|erhöht|sorgen|"
    r"\bbad\b|\bnormal|worr|dangerous|too high|too low|\bhigh\b|\blow\b|elevated|"
    r"\d+[.,]?\d*\s*(?:mg|mmol|mu|iu|u/l|g/dl|%)"
)
MEANING = re.compile(f"{_EXPLAINED}|{_JUDGED}", re.IGNORECASE)
"""What a value means, asked of whoever asks about results anyway."""

_OWN_RESULT = (
    r"(?=.*\b(?:mein\w*|die|den|my|the|these)\b)"
    r"(?=.*(?:blut|labor|werte?\b|befund|bluttest|blood|lab\b|results?\b|scan|x-?ray))"
)
EXPLANATION = re.compile(rf"(?=.*(?:{_EXPLAINED})){_OWN_RESULT}", re.IGNORECASE | re.DOTALL)
"""Somebody shall explain a result that is there already: "can someone explain my blood test"."""

# The six digits that open a message, and not those of a prescription, a diagnosis or a parcel.
CODE = re.compile(
    r"^(?!.*(?:icd|diagnos|qr|rezept|prescri|vermittlung|überweis|referral|post ?code|zip|promo|rabatt|python|bank))"
    r".*\b(?:\w*code\w*|pin|tan|(?:sechs )ziffern|(?:six )digits)\b",
    re.IGNORECASE | re.DOTALL,
)
