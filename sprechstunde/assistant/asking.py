"""What a message about prices or results is after: which words tell one wish from another."""

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
    r"\d+[.,]?\d*\s*(?:mg|mmol|mu|iu|u/l|g/dl|%)|frage zu|fragen zu|frage wegen|questions? about|krebs|cancer|\bhiv\b"
)
MEANING = re.compile(f"{_EXPLAINED}|{_JUDGED}", re.IGNORECASE)
"""What a value means, asked of whoever asks about results anyway."""

_RESULT = r"(?:blut|labor|werte?n?\b|befund|ergebnis|bluttest|blood|lab\b|results?\b|report|scan|x-?ray)"
_OWN_RESULT = rf"(?=.*\b(?:mein\w*|die|den|my|the|these)\b)(?=.*{_RESULT})"
EXPLANATION = re.compile(rf"(?=.*(?:{_EXPLAINED})){_OWN_RESULT}", re.IGNORECASE | re.DOTALL)
"""Somebody shall explain a result that is there already: "can someone explain my blood test"."""

# The six digits that open a message, and not those of a prescription, a diagnosis or a parcel.
CODE = re.compile(
    r"^(?!.*(?:icd|diagnos|qr|rezept|prescri|vermittlung|überweis|referral|post ?code|zip|promo|rabatt|python|bank))"
    r".*(?<!\d)(?<!\d )\b(?:\d{3}[ -]?\d{3}|\w*code\w*|pin|tan|(?:sechs )ziffern|(?:six )digits)\b",
    re.IGNORECASE | re.DOTALL,
)

CALL = re.compile(
    rf"(?=.*{_RESULT})(?=.*(?:rückruf|zurückruf|\bruf\w*\b.{{0,60}}\b(?:mich|an)\b|mich\b.{{0,60}}\banruf|"
    r"\b(?:call|ring|phone) me\b|call.?back))",
    re.IGNORECASE | re.DOTALL,
)
"""She wants to be called about a result."""

WRONG = re.compile(
    r"nicht (?:mein|meine|meiner)\b|falsch\w* (?:befund|ergebnis|bericht|person|patient)|"
    r"(?:fremd\w*|ander\w*) (?:befund|ergebnis|namen?\b|person|patient)|jemand(?:em|en)? ander|"
    r"(?:not|isn'?t|aren'?t) m(?:y|ine)\b|wrong (?:report|result|name|person|patient)|(?:someone|somebody) else|"
    r"another (?:person|patient)",
    re.IGNORECASE,
)
"""What she got is somebody else's."""

_OTHERS = (
    r"(?:\w*arzt|\w*ärztin|orthopäd\w*|kardiolog\w*|urolog\w*|klinik|krankenhaus|kasse|arbeitgeber|doctor|gp|hospital|"
    r"specialist|consultant|insurer|employer)"
)
_FAMILY = r"(?:mann|frau|partner\w*|tochter|sohn|mutter|vater|eltern|husband|wife|daughter|son|mother|father|mum|dad)"
PASSED_ON = re.compile(
    rf"weiterleit|forward|\b(?:schick|send|fax|leite|übermittel|gebt|geben)\w*\b.*\b(?:an|zu|to)\b.*\b{_OTHERS}\b|"
    rf"\b(?:kann|darf|can|may|could) (?:meine?|my) {_FAMILY}\b",
    re.IGNORECASE | re.DOTALL,
)
"""Others are to have it, or to see it."""
