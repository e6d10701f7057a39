"""A wish beside the dialogue under way: "und meine Frau bräuchte auch einen" while a booking is being made.

It begins by itself when the first is done. What takes something back ("nein, für meinen Sohn", "dann lieber absagen")
is no second wish: it belongs to the dialogue under way or replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde.assistant.people import person_in
from sprechstunde.assistant.wishes import Wish

Known = Mapping[str, str]
"""First names (lower case) of those whom the phone acts for, and their ids."""

ADDS = re.compile(
    r"\b(?:auch|ooch|noch|a no|au(?:ß|ss)erdem|zusätzlich|zudem|dazu|danach|obendrein|ebenfalls|"
    r"gleich (?:noch |auch )?(?:einen?|eine|nen|mit\w*)|"
    r"mit(?:machen|buchen|eintragen)|too|also|as well|another|additionally|besides|afterwards|"
    r"while (?:you|we)'?(?:re| are) at it|"
    r"wo wir (?:schon |gerade )?dabei sind)\b",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"^\W*(?:(?:ach|ah|oh|ja|yes|ok\w*|so|dann|then|bitte|please)\W+)*(?:und|and|&|plus|\+|au(?:ß|ss)erdem|also)\b",
    re.IGNORECASE,
)
REPLACES = re.compile(
    r"\b(?:statt\w*|anstatt|dafür|lieber|instead|rather|vergiss|vergessen sie|forget|sondern|doch nicht|never ?mind|"
    r"nicht (?:für )?mich|not (?:for )?me)\b|"
    r"^\W*(?:ach )?(?:nee?|nein|nö|no|nope|sorry|moment|quatsch|falsch|actually|eigentlich|wait)\b",
    re.IGNORECASE,
)
# "bräuchte auch *einen*"
ONE = re.compile(
    r"\b(?:'?n|ein(?:e[nrsm]?)?|nen|ne|oan\w*|one|an?other|an|a|termin\w*|appointment\w*|slot|platz|place)\b",
    re.IGNORECASE,
)
# "Could you do *one for* my son as well?" asks for no list of services, however sure the classifier is.
FOR_SOMEBODY = re.compile(
    r"\b(?:einen|nen|oan\w*|one|termin\w*|appointment\w*)\b.*\b(?:für|for)\b|"
    r"\b(?:für|for)\b.*\b(?:einen|nen|one|termin)\b|"
    r"\bnoch (?:gleich |auch )?(?:für|fuer) (?:mein|ihre|seine|den|die)|\balso for (?:my|his|her|our)\b|"
    r"\b(?:br[aä]uch\w*|möcht\w*|will|hätt\w*|kann|könnt\w*|needs?|wants?|would like)\b"
    r".*\b(?:einen|nen|oan\w*|one|termin|appointment)\b",
    re.IGNORECASE,
)
SECOND_ONE = re.compile(
    r"\b(?:noch (?:mal )?(?:'?n|ein(?:en)?|nen)(?: zweiten| weiteren| anderen)?|zweiten|weiteren|zusätzlichen|"
    r"another|second|one more)"
    r" (?:\w+)?(?:termin|appointment|visit|slot)",
    re.IGNORECASE,
)
ITS_OWN = re.compile(r"\b(?:de[nr]|die|das|the one|mein\w*|my|mine|vo[nm]|meiner|am)\b", re.IGNORECASE)
FEW = 5  # words: "und meine Frau auch", "me too"
BOOKS = frozenset({"book_appointment", "ask_availability"})
PAPERS = frozenset({"request_prescription", "request_sick_note"})
CHANGES = frozenset({"cancel_appointment", "reschedule_appointment"})
NEVER = frozenset({"emergency_medical", "emergency_mental", "urgent_care", "request_human", "stop_dialogue"})
LEFT_OPEN = frozenset({"nlu_fallback", "inform", "affirm", "choose_option", "no_preference"})
# The answers to these are data of somebody: "meine Frau ist auch bei der TK".
DATA = frozenset({"insurer", "insurance_kind", "birth_date", "person_name"})
LIKELY, SURE, CERTAIN = 0.5, 0.8, 0.9
OWN_FORM = {"cancelling_form": "cancel_appointment", "moving_form": "reschedule_appointment"}


def second_wish(
    wish: Wish, tracker: DialogueStateTracker, known: Known, *, has_appointments: bool
) -> str | None:
    """The intent of the dialogue that shall follow the one under way, None where the message belongs to that one.

    `has_appointments`: whether there is any to cancel or to move.
    """
    form, intent = tracker.active_loop_name, wish.parsed["intent"]
    if not form or REPLACES.search(wish.text):
        return None
    name, confidence = str(intent.get("name")), float(intent.get("confidence") or 0)
    adds = bool(ADDS.search(wish.text) or GOES_ON.search(wish.text))
    asked = tracker.get_slot(REQUESTED_SLOT)
    if asked == "patient_name" and "person_name" in _entities(wish) and not adds:
        return None  # Ursula Kranken asks for no sick note
    if name in PAPERS and confidence >= SURE:
        return name if form != "request_form" and (adds or asked != "visit_type") else None
    if not adds:
        return None
    # "My wife needs one too" a little resembles a call for help; asking for one is plainer than that.
    guessed = confidence < LIKELY and bool(FOR_SOMEBODY.search(wish.text))
    if name in NEVER and not guessed:
        return None
    if name in CHANGES and (confidence >= SURE or not _somebody_else(wish, tracker, known)):
        if confidence < LIKELY or not has_appointments or OWN_FORM.get(form) == name:
            return None
        return name if form in {"booking_form", "request_form"} or _own_object(wish) else None
    return "book_appointment" if _books(wish, tracker, known, name, confidence) else None


def _books(wish: Wish, tracker: DialogueStateTracker, known: Known, name: str, confidence: float) -> bool:
    form, said = tracker.active_loop_name, _entities(wish)
    sure = name in BOOKS and confidence >= LIKELY
    plain = bool(FOR_SOMEBODY.search(wish.text))
    something_else = name not in LEFT_OPEN and confidence >= CERTAIN
    if not sure and not plain and (something_else or said.keys() & DATA):
        return False
    shaped = sure or plain or bool(ONE.search(wish.text)) or len(wish.text.split()) <= FEW
    if form != "booking_form":
        about = said.keys() & {"visit_type", "specialty", "practitioner", "relationship"}
        return name in BOOKS and confidence >= (LIKELY if about else SURE)
    if tracker.get_slot(REQUESTED_SLOT) == "patient":
        return False  # "für meinen Sohn" is the answer
    if _somebody_else(wish, tracker, known):
        return shaped
    others = [said.get(kind) for kind in ("visit_type", "specialty") if said.get(kind)]
    if others and tracker.get_slot("visit_type"):
        new = said.get("visit_type") not in (None, tracker.get_slot("visit_type"))
        new = new or ("visit_type" not in said and said.get("specialty") != tracker.get_slot("specialty"))
        return new and sure and bool(ONE.search(wish.text))
    return sure and "time" not in said and bool(SECOND_ONE.search(wish.text))


def _somebody_else(wish: Wish, tracker: DialogueStateTracker, known: Known) -> bool:
    """Whether the message names somebody for whom the appointment under way is not."""
    said, slot = _entities(wish), tracker.get_slot
    named = first_name(wish.text, known)
    if named:
        return known[named] != slot("patient") and slot("patient") is not None
    person = person_in(wish.text, said.get("relationship"))
    if person is None:
        return False
    current = slot("relationship") or "self"
    return bool(
        person != current or (slot("gender") and said.get("gender") and slot("gender") != said["gender"])
    )


def _own_object(wish: Wish) -> bool:
    """ "und *den von meiner Frau* absagen" is another appointment, "kann ich ihn auch absagen?" the same."""
    said = _entities(wish).keys() & {"relationship", "time", "visit_type", "practitioner", "specialty"}
    return bool(said) and bool(ITS_OWN.search(wish.text))


def first_name(text: str, known: Known) -> str | None:
    """The first name of somebody known in the message, lower case; a genitive counts ("Lenas")."""
    spoken = {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
    spoken |= {word[:-1] for word in spoken if word.endswith("s")}
    return next((name for name in known if name in spoken), None)


def _entities(wish: Wish) -> dict[str, Any]:
    return {entity["entity"]: entity["value"] for entity in reversed(wish.parsed.get("entities", []))}
