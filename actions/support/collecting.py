""" "Und wann kann ich das abholen?" asks about the request on the staff's list, and is none of its own."""

from __future__ import annotations

import re

from sprechstunde.clinic import service as clinic_service
from sprechstunde.tasks import service as tasks

from .promise import answered_by, away
from .turn import Turn

ASKS = re.compile(
    r"\b(?:abhol\w*|abzuholen|\w+ fertig|bereit|einlösen|einzulösen|collect\w*|ready|"
    r"pick\w* (?:it |that |them |this )?up|"
    r"wo (?:bekomm|krieg|hol)\w*|where (?:do|can|will|should|would) (?:i|we) (?:get|fetch))\b",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"\?|\b(?:wann|wo|wie lange|ab wann|schon|when|where|how (?:long|soon)|yet)\b", re.IGNORECASE
)
PAPERS = ("prescription", "sick_note", "other")
LONGEST = 12  # words: who writes more asks for something as well


def say(turn: Turn) -> bool:
    """Say until when staff answer, and how the paper comes. True when that was asked and such a request is open."""
    short = len(turn.text.split()) <= LONGEST
    if (
        turn.is_tap
        or turn.active_form
        or not short
        or not (ASKS.search(turn.text) and QUESTION.search(turn.text))
    ):
        return False
    task = tasks.add_words(turn.contact_id, PAPERS, turn.text, likely=turn.text)
    if task is None:
        return False
    hint = clinic_service.clinic().notes.get(task.kind, {}).get(turn.language, "")
    by = answered_by(task.due_at, turn.language)
    turn.say("utter_collect", by=by, away=away(turn.language), hint=hint)
    return True
