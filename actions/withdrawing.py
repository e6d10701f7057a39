"""What a patient takes back: a request that is no longer needed stands as withdrawn on the task it is about."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.tasks import service as tasks

from .support.action import ClinicAction
from .support.turn import Turn
from .support.working import stop

NOTE_LENGTH = 1000
WITHDRAWN = "Zurückgezogen:"
# What it is about, by the patient's words; the first that fits.
ABOUT = (
    ("prescription", re.compile(r"rezept|medik|tablett|prescri|script|refill|medic|meds", re.IGNORECASE)),
    (
        "sick_note",
        re.compile(r"krank(?:schreib|meld|en)|\bau\b|attest|sick ?note|certificate", re.IGNORECASE),
    ),
    ("callback", re.compile(r"rückruf|zurück|anruf|ruf|call|ring", re.IGNORECASE)),
    ("results", re.compile(r"befund|ergebnis|werte|result", re.IGNORECASE)),
    ("human", re.compile(r"mensch|mitarbeit|melden|person|human|someone|somebody", re.IGNORECASE)),
    ("other", re.compile(r"überweis|ueberweis|referr|frage|question", re.IGNORECASE)),
)
ALL = tuple(kind for kind, _ in ABOUT)


class Withdraw(ClinicAction):
    """ "Das Rezept hat sich erledigt": staff see it on the task, and the patient hears that they do."""

    action_name = "action_withdraw"

    def perform(self, turn: Turn) -> list[EventType]:
        if turn.active_form == "request_form":
            return stop(turn)
        named = tuple(kind for kind, words in ABOUT if words.search(turn.text))[:1]
        note = f"{WITHDRAWN} {turn.text}"[:NOTE_LENGTH]
        task = tasks.add_words(turn.contact_id, named or ALL, note, likely=turn.text)
        turn.say("utter_withdrawn" if task else "utter_nothing_to_withdraw")
        return [SlotSet("outcome", "withdrawn")]
