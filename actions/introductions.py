"""Who she is, told when asked for whom a message to the team is."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.tasks import service as tasks

from .support import naming, person
from .support.action import ClinicAction
from .support.turn import Turn

NOTE_LENGTH = 1000
HER_DATA = frozenset({"person_name", "birth_date"})
WORD = re.compile(r"[^\W\d_]{2,}")
SOME_MORE = 4  # words beside name and date that staff should read


class TakeIntroduction(ClinicAction):
    """Name and date of birth go on the tasks that wait for them, and are not asked for again in this conversation."""

    action_name = "action_take_introduction"

    def perform(self, turn: Turn) -> list[EventType]:
        unnamed = turn.slot("unnamed") or {"tasks": []}
        name, born = person.name_in(turn), person.birth_date_in(turn)
        given = {
            "name": name if name and person.is_full(name) else unnamed.get("name"),
            "birth_date": born.isoformat() if born else unnamed.get("birth_date"),
        }
        somebody_else = turn.entity("relationship") not in (None, "self")
        tasks.say_whose(
            unnamed["tasks"],
            contact_id=turn.contact_id,
            who=naming.in_words(given),
            instead_of=naming.in_words(unnamed),
            words=turn.text[:NOTE_LENGTH] if somebody_else or _says_more(turn) else None,
        )
        missing = next((f"utter_{what}_helps" for what in ("name", "birth_date") if not given[what]), None)
        turn.say(missing or "utter_introduced")
        if missing:
            return [SlotSet("unnamed", {**unnamed, **given})]
        own = [] if somebody_else else [SlotSet("introduced", given)]
        return [SlotSet("unnamed", None), *own]


def _says_more(turn: Turn) -> bool:
    rest = list(turn.text)
    for start, end in turn.spans(HER_DATA):
        rest[start:end] = " " * (end - start)
    return len(WORD.findall("".join(rest))) >= SOME_MORE
