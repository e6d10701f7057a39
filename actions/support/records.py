"""A name or birth date put right after the booking: records are changed by people, who are told."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from sprechstunde.tasks import service as tasks

from . import whose
from .promise import answered_by, away
from .turn import Turn

WRONG = re.compile(
    r"\b(?:falsch\w*|vertippt|verschrieben|vertan|verwechselt|stimmt (?:so )?nicht|nicht richtig|korrigier\w*|"
    r"wrong|typo|mistake|incorrect|misspel\w*|mistyped|correct(?:ion)?)\b",
    re.IGNORECASE,
)
PERSONAL = ("person_name", "birth_date", "insurer", "insurance_kind")
VISIT = ("visit_type", "specialty", "practitioner")
NOTE_LENGTH = 1000


def is_correction(turn: Turn) -> bool:
    """Whether the message, outside of any question, calls personal data wrong and gives the right ones."""
    if turn.is_tap or turn.active_form or any(turn.entity(name) for name in VISIT):
        return False
    return bool(WRONG.search(turn.text)) and any(turn.entity(name) for name in PERSONAL)


def pass_on(turn: Turn) -> list[EventType]:
    """Take it down for staff and say so."""
    taken = tasks.take_down(
        "other",
        contact_id=turn.contact_id,
        patient_id=whose.patient_meant(turn),
        of_anyone=True,
        note=turn.text[:NOTE_LENGTH],
        idempotency_key=turn.key("correction"),
    )
    turn.say(
        "utter_correction_taken", by=answered_by(taken.task.due_at, turn.language), away=away(turn.language)
    )
    return [SlotSet("outcome", "other_taken"), FollowupAction("action_listen")]
