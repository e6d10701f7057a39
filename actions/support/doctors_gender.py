"""A doctor of one gender is wanted: many patients care, and nobody has to say why."""

from __future__ import annotations

from sprechstunde.clinic import service as clinic_service
from sprechstunde.scheduling import service as scheduling

from . import slot_choice
from .eligibility import ANY, choices_for
from .form import FormState
from .gender_words import A_DOCTOR, meant, wanted
from .turn import Turn

SHORT = 5  # words


def take(turn: Turn, state: FormState, requested: str | None) -> bool:
    """Read the wish into the slot `practitioner_gender`, as one detail among others. True when there was one."""
    if turn.is_tap or turn.entities("practitioner"):
        return False
    at_a_list = requested == "chosen_slot" and len(turn.text.split()) <= SHORT
    gender = meant(turn.text) if at_a_list and not turn.entity("person_name") else wanted(turn.text)
    if gender is None:
        return False
    turn.drop_entity("relationship")  # "lieber eine Frau" is no wife
    chosen = scheduling.slot_of(state["chosen_slot"]).practitioner if state["chosen_slot"] else None
    if chosen and _gender(chosen) != gender:
        slot_choice.drop_choice(turn, state)
    if _gender(state["practitioner"]) not in (None, gender):
        state.clear("practitioner")
    state["practitioner_gender"] = gender
    state.clear("offered", "shown", "alternatives")
    return True


def answer(turn: Turn, state: FormState) -> bool:
    """The same where the question was for a doctor. True when somebody of the team fits."""
    gender = meant(turn.text) or ("male" if A_DOCTOR.search(turn.text) else None)
    known = {name: state[name] for name in ("specialty", "practitioners_excluded")}
    fitting = choices_for(state["visit_type"], {**known, "practitioner_gender": gender}.get)
    if gender is None or not fitting:
        return False
    state["practitioner_gender"] = gender
    state["practitioner"] = fitting[0] if len(fitting) == 1 else ANY
    return True


def fit(turn: Turn, state: FormState) -> None:
    """Nobody of that gender gives the visit: say so, and go on with those who do."""
    visit = clinic_service.clinic().visit_type(state["visit_type"] or "")
    if visit is None or not state["practitioner_gender"] or choices_for(visit.code, state.__getitem__):
        return
    response = "utter_no_woman_does" if state["practitioner_gender"] == "female" else "utter_no_man_does"
    turn.say(response, what=visit.name(turn.language))
    state.clear("practitioner_gender")


def _gender(code: str | None) -> str | None:
    doctor = clinic_service.clinic().practitioner(code or "")
    return doctor.gender if doctor else None
