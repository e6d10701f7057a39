"""A child sees the children's doctor, unless a doctor was asked for by name."""

from __future__ import annotations

from datetime import date

from sprechstunde import clock
from sprechstunde.clinic import service as clinic_service

from . import slot_choice, whose
from .eligibility import ANY
from .form import FormState
from .turn import Turn

CHILD_UNTIL = 14  # years, where nobody said "mein Kind"


def fit(turn: Turn, state: FormState) -> None:
    """Take what children get instead of that visit: for "mein Kind", and by the birth date as soon as it is known."""
    young = _is_young(turn, state)
    if not young and (
        state["relationship"] != "child" or state["specialty"] or whose.is_grown_up(turn, state)
    ):
        return
    visit_type = clinic_service.clinic().visit_type(state["visit_type"] or "")
    if visit_type is None or visit_type.for_children is None:
        return
    instead = clinic_service.clinic().visit_type(visit_type.for_children)
    if state["practitioner"] not in (None, ANY, *(instead.given_by if instead else ())):
        return
    if young and instead and (state["offered"] or state["chosen_slot"]):
        turn.say("utter_for_children", what=instead.name(turn.language))
    state["visit_type"] = visit_type.for_children
    slot_choice.drop_choice(turn, state)
    state.clear("offered", "shown", "alternatives", "specialty")


def _is_young(turn: Turn, state: FormState) -> bool:
    known = {str(p.id): p.birth_date for p in turn.patients}
    born = known.get(str(state["patient"]))
    if born is None and state["birth_date"]:
        born = date.fromisoformat(state["birth_date"])
    return born is not None and (clock.now().date() - born).days < CHILD_UNTIL * 365.25
