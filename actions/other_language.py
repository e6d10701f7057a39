"""Messages in other languages than German and English: an honest word in that language, and who speaks it here."""

from __future__ import annotations

from rasa_sdk.events import EventType

from sprechstunde.clinic import service as clinic_service

from .support.action import ClinicAction
from .support.rows import row
from .support.turn import Turn
from .support.words import word

TRANSLATED = frozenset({"tr", "ar", "ru", "uk", "fr", "pl", "es", "it"})


class OtherLanguage(ClinicAction):
    """What the assistant understands, who in the team speaks the patient's language, and a human."""

    action_name = "action_other_language"

    def perform(self, turn: Turn) -> list[EventType]:
        code = str(turn.entity("tongue") or "")
        said = code if code in TRANSLATED else "en"
        team = [person for person in clinic_service.clinic().practitioners if code in person.languages]
        whom = ", ".join(person.name for person in team)
        speaks = (
            word("other_language_speaks", said, who=whom) if team else word("other_language_nobody", said)
        )
        lines = [word("other_language", said), speaks, word("other_language_112", said)]
        buttons = None
        if not turn.active_form:
            wanted = {"practitioner": team[0].code} if len(team) == 1 else {}
            book = row(word("other_language_book", said), "book_appointment", **wanted)
            buttons = [book, row(word("other_language_team", said), "request_human")]
        turn.say("utter_other_language", buttons=buttons, text="\n\n".join(lines))
        return []
