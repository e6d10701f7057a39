"""Wishes that wait: noted in one sentence, and announced when their turn has come."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction

from .support.action import ClinicAction
from .support.turn import Turn

WISHES = {
    "book_appointment": {"de": "der Termin", "en": "the appointment"},
    "reschedule_appointment": {"de": "das Verschieben", "en": "moving the appointment"},
    "cancel_appointment": {"de": "das Absagen", "en": "the cancellation"},
    "request_prescription": {"de": "das Rezept", "en": "the prescription"},
    "request_sick_note": {"de": "die Krankmeldung", "en": "the sick note"},
}
FOR = {"de": "für", "en": "for"}
SOMETHING = {"de": "Ihr anderer Wunsch", "en": "your other request"}
# By relationship, and gender where it is known.
PEOPLE = {
    ("child", None): {"de": "Ihr Kind", "en": "your child"},
    ("child", "male"): {"de": "Ihren Sohn", "en": "your son"},
    ("child", "female"): {"de": "Ihre Tochter", "en": "your daughter"},
    ("partner", "male"): {"de": "Ihren Mann", "en": "your husband"},
    ("partner", "female"): {"de": "Ihre Frau", "en": "your wife"},
    ("parent", "male"): {"de": "Ihren Vater", "en": "your father"},
    ("parent", "female"): {"de": "Ihre Mutter", "en": "your mother"},
}


class NoteWish(ClinicAction):
    """Say that it comes afterwards; the question under way comes back, unless the message answers it as well."""

    action_name = "action_note_wish"

    def perform(self, turn: Turn) -> list[EventType]:
        wishes = turn.entity("noted") or []
        turn.say(
            "utter_wish_noted",
            wish=_joined([in_words(wish, turn.language) for wish in wishes], turn.language),
        )
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
    what = WISHES.get(str(wish.get("intent")), SOMETHING)[language]
    relationship, gender = wish.get("relationship"), wish.get("gender")
    if relationship == "self" and wish.get("intent") == "book_appointment":
        return {"de": "Ihr Termin", "en": "your appointment"}[language]
    who = PEOPLE.get((relationship, gender)) if relationship else None
    name = str(wish.get("name") or "").title()
    whom = name or (who[language] if who else "")
    if not whom and wish.get("intent") == "book_appointment":
        return {"de": "der andere Termin", "en": "the other appointment"}[language]
    return f"{what} {FOR[language]} {whom}" if whom else what


def _joined(parts: list[str], language: str) -> str:
    both = {"de": " und ", "en": " and "}[language]
    return both.join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
