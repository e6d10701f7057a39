"""No appointment was found, and the patient says more about it ("it's for my daughter"): the team looks for it."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from sprechstunde.tasks import service as tasks

from . import naming
from .promise import answered_by, away
from .turn import Turn

WHOSE = frozenset({"relationship", "person_name", "birth_date"})
A_NEW_ONE = frozenset({"visit_type", "specialty", "practitioner", "insurer"})
NOTE_LENGTH = 1000


def pass_on(turn: Turn) -> list[EventType]:
    """Hand the words to staff where they belong to an appointment not found; no events where they don't."""
    after = turn.slot("outcome") == "nothing_there" and turn.intent == "inform" and not turn.is_tap
    if not after or not turn.details & WHOSE or turn.details & A_NEW_ONE:
        return []
    taken = tasks.take_down(
        "human",
        contact_id=turn.contact_id,
        of_anyone=True,
        note=f"Termin nicht gefunden: {turn.text}"[:NOTE_LENGTH],
        idempotency_key=turn.key("human"),
    )
    turn.say("utter_team_looks", by=answered_by(taken.task.due_at, turn.language), away=away(turn.language))
    return [*naming.ask(turn, taken.task), SlotSet("outcome", "human_taken"), FollowupAction("action_listen")]
