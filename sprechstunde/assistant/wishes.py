"""Two wishes in one message ("… einen Termin nächste Woche. Und wann habt ihr auf?"): both are served."""

from __future__ import annotations

import itertools
import re
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any

from sprechstunde.assistant.people import owner_in

Parse = Callable[[str], Awaitable[dict[str, Any]]]

# Answered at once, whatever else is under way.
QUESTIONS = frozenset(
    {
        "ask_opening_hours",
        "ask_address",
        "ask_what_to_bring",
        "ask_services",
        "ask_insurance",
        "ask_cancellation",
        "list_appointments",
        "ask_results",
        "ask_bot",
        "request_human",
        "withdraw_request",
        "ask_request_status",
        "data_request",
    }
)
# Begin a dialogue of their own.
DIALOGUES = frozenset(
    {
        "book_appointment",
        "reschedule_appointment",
        "cancel_appointment",
        "ask_availability",
        "request_prescription",
        "request_sick_note",
    }
)
EMERGENCIES = frozenset({"emergency_medical", "emergency_mental", "urgent_care"})
# What a message with many details looks like as a whole, whatever one of its sentences asks for.
UNDECIDED = frozenset({"inform", "greet", "nlu_fallback"})
BREAK = re.compile(
    r"(?<=[.!?;])(?<!\bdr\.)(?<!\bprof\.)(?<!\bmed\.)(?<!\bmr\.)(?<!\bmrs\.)(?<!\bms\.)\s+|"
    r"\n+|\s*,?\s+(?:und (?:außerdem|ausserdem|noch|dann|wann|wo|wie|was|kann|darf|könn\w+|brauch\w*|"
    r"bräucht\w*|möcht\w*|hätt\w*|ich|ein(?:en?)?|ne?n?)|außerdem|and also|"
    r"and (?:when|where|what|how|could|can|do|i(?:'d|'ll|'m)?|an?|book)|also,?)\b(?=\s)",
    re.IGNORECASE,
)
# What begins so goes on with what was said before: "Termin am Freitag geht? Wegen einem Leberfleck".
GOES_ON = re.compile(
    r"^(?:wegen|weil|da|denn|mit|für|am|ab|bis|gegen|because|since|cause|as|for|with|about|due|at|on|it's|its|ist|is)\b",
    re.IGNORECASE,
)
SURE = 0.6
MOST_PARTS = 16  # a story of more sentences is read as a whole: each part costs a reading of its own
CHANGES = frozenset({"cancel_appointment", "reschedule_appointment"})
SICK_NOTE = re.compile(
    r"krank(?:schr|meld|enschein)|\bau\b|attest|bescheinig|schein\b|gelbe[rn]?\b|\bnotes?\b|certificate|signed off",
    re.IGNORECASE,
)
ANOTHER_CHANGE = re.compile(
    r"\s*(?:[,;.]\s*)?(?:\b(?:und|and)\b|&|[,;.])\s+(?=(?:dann |auch |bitte |also |please |then )*"
    r"(?:mein\w*|de[nr]|die|für|verschieb\w*|verleg\w*|sag\w*|storn\w*|buch\w*|my|mine|the|for|move|cancel|reschedule|book)\b)",
    re.IGNORECASE,
)
TOO = re.compile(r"\b(?:auch|ebenfalls|too|as well|also)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Wish:
    """A part of a message that is handled as a message of its own, with what the NLU understood."""

    text: str
    parsed: dict[str, Any]


async def wishes_in(text: str, parse: Parse, names: Collection[str] = ()) -> list[Wish]:
    """The wishes of a message in the order to serve them: questions first, then one dialogue after the other.

    Nearly every message is one wish and comes back whole. An emergency anywhere makes the whole message one.
    `names`: first names of those whom the phone acts for.
    """
    whole = Wish(text, await parse(text))
    if _intent(whole) in CHANGES:
        both = await _two_changes(text, parse, names)
        if both:
            return both
    parts = _parts(text)
    if not 2 <= len(parts) <= MOST_PARTS or _intent(whole) in EMERGENCIES:
        return [whole]
    grouped = _group([_as_wish(Wish(part, await parse(part))) for part in parts])
    intents = {_intent(wish) for wish in grouped}
    if len(grouped) == 1 and _is_clear(grouped[0]) and _intent(whole) in UNDECIDED:
        # "Können Sie mir L-Thyroxin verschreiben? Karl Huber, geb. 1.2.1950": a sentence says what is wanted
        return [Wish(text, {**whole.parsed, "intent": grouped[0].parsed["intent"]})]
    if len(intents) < 2 or intents & EMERGENCIES:
        return [whole]
    grouped = _without_excuse(grouped)
    served = _once([wish for wish in grouped if _intent(wish) in QUESTIONS])
    served += [wish for wish in grouped if _intent(wish) in DIALOGUES]
    if not any(_intent(wish) in QUESTIONS for wish in served) and not _independent(intents):
        return [whole]
    return [Wish(wish.text, await parse(wish.text)) for wish in served]


def _once(questions: list[Wish]) -> list[Wish]:
    """ "Ich kann nicht telefonieren. … Bitte nur schreiben!" reaches a human once, with all of it."""
    to_a_human = [wish for wish in questions if _intent(wish) == "request_human"]
    if len(to_a_human) < 2:
        return questions
    first = Wish(" ".join(wish.text for wish in to_a_human), to_a_human[0].parsed)
    return [first if wish is to_a_human[0] else wish for wish in questions if wish not in to_a_human[1:]]


def _without_excuse(wishes: list[Wish]) -> list[Wish]:
    """ "Kann ich noch absagen? Ich bin krank" says why, and asks for no sick note."""
    changes = any(_intent(wish) in CHANGES | {"ask_cancellation"} for wish in wishes)
    return [
        wish
        for wish in wishes
        if not (changes and _intent(wish) == "request_sick_note" and not SICK_NOTE.search(wish.text))
    ]


async def _two_changes(text: str, parse: Parse, names: Collection[str]) -> list[Wish] | None:
    """ "Den von meiner Frau absagen und meinen auf Montag verschieben": two appointments of two people."""
    for seam in ANOTHER_CHANGE.finditer(text):
        parts = text[: seam.start()].strip(), text[seam.end() :].strip()
        first, second = [Wish(part, await parse(part)) for part in parts]
        people = [owner_in(wish.text, _relationship(wish), names) for wish in (first, second)]
        if _intent(first) not in CHANGES or None in people or people[0] == people[1]:
            continue
        if _intent(second) in CHANGES | {"book_appointment"}:
            return [first, second]
        if TOO.search(second.text):  # "… und den von meiner Tochter auch"
            return [first, Wish(second.text, {**second.parsed, "intent": first.parsed["intent"]})]
    return None


def _relationship(wish: Wish) -> str | None:
    found = (e["value"] for e in wish.parsed.get("entities", []) if e["entity"] == "relationship")
    return next(found, None)


def _parts(text: str) -> list[str]:
    starts = [
        0,
        *(m.end() if not m.group().strip(" ,") else m.start() for m in BREAK.finditer(text)),
        len(text),
    ]
    parts = [text[a:b].strip(" ,") for a, b in itertools.pairwise(starts)]
    return [part for part in parts if len(part.split()) >= 2]


def _as_wish(part: Wish) -> Wish:
    """ "Knieschmerzen, nächste Woche wäre gut" is the wish for an appointment, without a word of one."""
    named = {entity["entity"] for entity in part.parsed.get("entities", [])}
    if _intent(part) != "inform" or not {"visit_type", "time"} <= named:
        return part
    return Wish(part.text, {**part.parsed, "intent": {"name": "book_appointment", "confidence": SURE}})


def _group(parts: list[Wish]) -> list[Wish]:
    """Join to each clear wish the sentences around it that carry none of their own."""
    groups: list[Wish] = []
    loose = ""
    for part in parts:
        if not _is_clear(part):
            if groups:
                groups[-1] = Wish(f"{groups[-1].text} {part.text}", groups[-1].parsed)
            else:
                loose = f"{loose} {part.text}".strip()
        elif groups and _intent(groups[-1]) == _intent(part):
            groups[-1] = Wish(f"{groups[-1].text} {part.text}", groups[-1].parsed)
        else:
            groups.append(Wish(f"{loose} {part.text}".strip(), part.parsed))
            loose = ""
    return groups


def _is_clear(wish: Wish) -> bool:
    if GOES_ON.match(wish.text):
        return False
    return _intent(wish) in QUESTIONS | DIALOGUES and wish.parsed["intent"].get("confidence", 0) >= SURE


def _independent(intents: set[str]) -> bool:
    """Two dialogues in one message are two wishes only if one is a request for papers; "cancel and book" is a move."""
    return bool(intents & {"request_prescription", "request_sick_note"})


def _intent(wish: Wish) -> str:
    return str((wish.parsed.get("intent") or {}).get("name") or "")
