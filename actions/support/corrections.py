"""Taking back what was said: "der Name ist falsch", "lieber eine andere Ärztin", "sorry, John Miller"."""

from __future__ import annotations

from sprechstunde.clinic import service as clinic_service
from sprechstunde.scheduling import service as scheduling

from . import insurance_open, person, slot_choice, whose
from .amending import part_in
from .eligibility import ANY, choices_for
from .form import FormState
from .turn import Turn

ONLY_AT = {"booking_confirmed", "patient_name", "birth_date", "insurance_kind", "insurer"}


def take(turn: Turn, state: FormState, requested: str | None) -> bool:
    """Take back the part that the message calls wrong, or put a name right. True when it did either."""
    part = part_in(turn)
    if part == "" and requested == "booking_confirmed":
        return ask_what(state)
    if part and _take_back(turn, state, part, requested):
        return True
    if state["chosen_slot"] and slot_choice.shift(turn, state, []):
        return True
    return _put_name_right(turn, state, requested)


def take_tap(turn: Turn, state: FormState) -> bool:
    """A tap on "change", or on one of the parts to change."""
    part = turn.entity("part")
    if part == "patient":
        state["patient"] = "new" if not turn.patients else None
        state.clear(
            "patient_name", "birth_date", "insurance_kind", "insurer", *whose.KIN, "booking_confirmed"
        )
        return True
    return _take_back(turn, state, part, "booking_confirmed") if part else ask_what(state)


def ask_what(state: FormState) -> bool:
    """The next question is what to change."""
    state["changing"] = True
    return True


def _take_back(turn: Turn, state: FormState, part: str, requested: str | None) -> bool:
    if part == "practitioner":
        return requested != "practitioner" and _other_practitioner(turn, state)
    if part == "time":
        return requested in ONLY_AT and _other_time(turn, state)
    if part == "visit_type":
        slot_choice.drop_choice(turn, state)
        state.clear("visit_type", "reason", "practitioner", "offered", "shown", "alternatives")
        return True
    return _own_data(turn, state, part)


def _own_data(turn: Turn, state: FormState, part: str) -> bool:
    """Data of those we know already is changed by staff, who can ask back."""
    if state["patient"] not in (None, "new"):
        turn.say("utter_known_data")
        return True
    names = ("insurance_kind", "insurer") if part == "insurance" else (part,)
    if all(state[name] is None for name in names):
        return False
    state.clear(*names, "booking_confirmed")
    return True


def _other_practitioner(turn: Turn, state: FormState) -> bool:
    """Anyone but the one chosen so far; where nobody else does that visit, that is said."""
    chosen = scheduling.slot_of(state["chosen_slot"]).practitioner if state["chosen_slot"] else None
    current = chosen or (state["practitioner"] if state["practitioner"] != ANY else None)
    if state["visit_type"] is None:
        return False
    excluded = sorted({*(state["practitioners_excluded"] or []), *([current] if current else [])})
    wanted = {"practitioner": None, "specialty": state["specialty"], "practitioners_excluded": excluded}
    if not choices_for(state["visit_type"], wanted.get):
        visit_type = clinic_service.clinic().visit_type(state["visit_type"])
        doctor = clinic_service.clinic().practitioner(current or "")
        if visit_type and doctor:
            turn.say(
                "utter_only_that_doctor",
                what=visit_type.name(turn.language),
                doctor=doctor.spoken(turn.language),
            )
        return True
    slot_choice.drop_choice(turn, state)
    state.clear("practitioner", "offered", "shown", "alternatives")
    if current:
        state["practitioners_excluded"] = excluded
    return True


def _other_time(turn: Turn, state: FormState) -> bool:
    slot_choice.drop_choice(turn, state)
    state.clear("time_wish", "offered", "shown", "alternatives")
    return True


def _put_name_right(turn: Turn, state: FormState, requested: str | None) -> bool:
    current = state["patient_name"]
    if insurance_open.answers(turn, requested):  # "no clue" corrects no name
        return False
    if turn.is_tap or not current or requested == "patient_name" or state["patient"] not in (None, "new"):
        return False
    name = person.corrected_name(turn, current)
    if name is None:
        return False
    whose.say_if_another(turn, state, name)
    state["patient_name"] = name
    born = turn.entity("birth_date")
    if born:
        state["birth_date"] = born
    return True
