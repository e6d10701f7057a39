"""Wishes that wait: noted in one sentence, and announced when their turn has come."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction

from sprechstunde.clinic import service as clinic_service

from .support.action import ClinicAction
from .support.turn import Turn
from .support.words import word

WISHES = frozenset(
    {
        "book_appointment",
        "reschedule_appointment",
        "cancel_appointment",
        "request_prescription",
        "request_sick_note",
    }
)
# A relationship, with the gender where it is known: those that have a word.
PEOPLE = frozenset(
    {
        *("child", "child_male", "child_female", "partner_male", "partner_female"),
        *("parent_male", "parent_female"),
    }
)
# Said more exactly than "partner" or "other": the words of the message tell.
KIN = {
    "boyfriend": re.compile(r"\b(?:freund|boyfriend|bf)\b", re.IGNORECASE),
    "girlfriend": re.compile(r"\b(?:freundin|girlfriend|gf)\b", re.IGNORECASE),
    "brother": re.compile(r"\b(?:bruder|brother)\b", re.IGNORECASE),
    "sister": re.compile(r"\b(?:schwester|sister)\b", re.IGNORECASE),
    "grandmother": re.compile(r"\b(?:oma|omi|großmutter|grandmother|grandma|granny|nan)\b", re.IGNORECASE),
    "grandfather": re.compile(r"\b(?:opa|opi|großvater|grandfather|grandpa|grandad)\b", re.IGNORECASE),
}
COUNTED = 5  # children told apart by number have words up to here


class NoteWish(ClinicAction):
    """Say that it comes afterwards; the question under way comes back, unless the message answers it as well."""

    action_name = "action_note_wish"

    def perform(self, turn: Turn) -> list[EventType]:
        wishes, first = turn.entity("noted") or [], turn.entity("first") or []
        later = _joined([in_words(wish, turn.language) for wish in wishes], turn.language)
        if first and len(wishes) > 1:
            turn.say("utter_wishes_in_turn", first=in_words(first[0], turn.language), wish=later)
        elif first and _is_plain(first[0]):
            turn.say("utter_wish_noted_first", first=in_words(first[0], turn.language), wish=later)
        else:
            turn.say("utter_wish_noted", wish=later)
        if turn.entity("asks_again"):
            return []
        # The form stays for the step that follows; without this event Rasa would not come back to it.
        return [
            *([ActiveLoop(turn.active_form)] if turn.active_form else []),
            FollowupAction("action_listen"),
        ]


class BeginNextWish(ClinicAction):
    """Announce the wish whose turn has come, or say that those left are dropped with the rest."""

    action_name = "action_begin_next_wish"

    def perform(self, turn: Turn) -> list[EventType]:
        wishes = turn.entity("noted") or []
        if wishes:
            turn.say("utter_next_wish", wish=in_words(wishes[0], turn.language))
        else:
            turn.say("utter_wishes_dropped")
        return []


def in_words(wish: dict[str, Any], language: str) -> str:
    """ "der Termin für Ihre Tochter", "the prescription": what is wanted, and for whom where that was said."""
    intent, relationship = wish.get("intent"), wish.get("relationship")
    if intent == "book_appointment" and relationship == "self":
        return word("your_appointment", language)
    person = "_".join(part for part in (relationship, wish.get("gender")) if part)
    name = str(wish.get("name") or "").title()
    place = int(wish.get("place") or 0)
    if 1 <= place <= COUNTED:
        return word("wish_for", language, what=_what(intent, language), whom=word(f"child_{place}", language))
    kin = _kin(str(wish.get("text") or "")) if relationship in {"partner", "other"} else None
    whom = name or (word(f"for_{kin or person}", language) if kin or person in PEOPLE else "")
    if not whom and intent == "book_appointment":
        visit_type = clinic_service.clinic().visit_type(wish.get("visit_type") or "")
        if visit_type:
            return word("appointment_for_visit", language, visit=visit_type.name(language))
        return word("other_appointment", language)
    what = _what(intent, language)
    return word("wish_for", language, what=what, whom=whom) if whom else what


def _kin(text: str) -> str | None:
    """Which of `KIN` a wish is for, where its words name just one."""
    named = [kin for kin, words in KIN.items() if words.search(text)]
    return named[0] if len(named) == 1 else None


def _what(intent: Any, language: str) -> str:
    return word(f"wish_{intent}" if intent in WISHES else "wish_something", language)


def _is_plain(wish: dict[str, Any]) -> bool:
    """Whether there is more to say of it than "the appointment"."""
    return bool(wish.get("relationship") or wish.get("name") or wish.get("visit_type") or wish.get("place"))


def _joined(parts: list[str], language: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return word("and", language, first=", ".join(parts[:-1]), last=parts[-1])
