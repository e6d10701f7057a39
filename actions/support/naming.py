"""Whose matter a task is, where the phone is one we do not know: asked once, behind the answer, never insisted on.

The slot `unnamed` remembers it: `tasks` (ids of those without a name), `asked`, and `name` or `birth_date` where only
one of the two was given.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.tasks import service as tasks
from sprechstunde.tasks.service import TaskView

from . import person
from .turn import Turn

ALARMS = frozenset({"emergency", "urgent_care"})


def ask(turn: Turn, task: TaskView) -> list[EventType]:
    """Put the name that was given before on the task, or ask for it where nobody is known and nothing else is asked."""
    if task.patient_id is not None or turn.patients:
        return []
    somebody_else = turn.entity("relationship") not in (None, "self")
    said = _in_this_message(turn)
    whose = said or turn.slot("introduced")
    if whose:
        tasks.say_whose([task.id], contact_id=turn.contact_id, who=in_words(whose))
        return [SlotSet("introduced", said)] if said and not somebody_else else []
    unnamed = turn.slot("unnamed") or {"tasks": [], "asked": False}
    ids = [*unnamed["tasks"], *([str(task.id)] if str(task.id) not in unnamed["tasks"] else [])]
    asks = not unnamed["asked"] and not _something_else_first(turn)
    if asks:
        turn.say("utter_ask_who_writes")
    return [SlotSet("unnamed", {**unnamed, "tasks": ids, "asked": unnamed["asked"] or asks})]


def _in_this_message(turn: Turn) -> dict[str, Any] | None:
    """ "Anna Schmidt, 3.4.1988, are my results there?" leaves nothing to ask; None where one of the two is missing."""
    # Only what reads as a birth date by itself: the day of a blood test stands in such messages, too.
    name, born = person.name_in(turn), turn.entity("birth_date")
    return {"name": name, "birth_date": born} if born and name and person.is_full(name) else None


def _something_else_first(turn: Turn) -> bool:
    """A form that asks for itself, a wish that comes next, an emergency a moment ago."""
    busy = turn.active_form or turn.slot("put_aside") or turn.slot("next_wish") or turn.entity("more_follows")
    return bool(busy) or turn.slot("outcome") in ALARMS


def settle(
    turn: Turn, introduced: dict[str, Any] | None = None, patient_id: UUID | None = None
) -> list[EventType]:
    """A name was given for something else: it belongs on the tasks that wait for one, too."""
    unnamed = turn.slot("unnamed")
    if not unnamed:
        return []
    who = in_words(introduced) if introduced else None
    tasks.say_whose(
        unnamed["tasks"],
        contact_id=turn.contact_id,
        who=who,
        instead_of=in_words(unnamed),
        patient_id=patient_id,
    )
    return [SlotSet("unnamed", None)]


def in_words(who: dict[str, Any]) -> str | None:
    """ "Anna Schmidt, 1988-04-03", or as much of it as is known; None where nothing is."""
    return ", ".join(filter(None, (who.get("name"), who.get("birth_date")))) or None
