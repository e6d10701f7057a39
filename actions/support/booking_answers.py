"""The booking form's answers: what a message means where one slot was asked for."""

from __future__ import annotations

from collections.abc import Callable

from sprechstunde.clinic import service as clinic_service
from sprechstunde.dates import TimeWish
from sprechstunde.scheduling.service import SlotQuery, find_slots

from . import corrections, doctors_gender, insured, leaning, person, slot_choice, whose
from .eligibility import ANY, practitioners_wanted
from .form import FormState
from .turn import Turn

Answer = Callable[[Turn, FormState], bool]
REASON_LENGTH = 300
# Intents of words that may well say what somebody comes for.
TELLING = frozenset({"inform", "nlu_fallback", "ask_medical_advice", "out_of_scope"})
# Answers that are no insurer's name, unless a known one is in them.
NO_INSURER = frozenset({"request_other_times", "affirm", "deny", "no_preference", "choose_option"})


def answer(turn: Turn, state: FormState, requested: str | None) -> bool:
    """Read the message as an answer to `requested`, or as a tap on one of our rows. True when it was one."""
    tapped = TAPS.get(turn.intent)
    if tapped:
        return tapped(turn, state)
    reader = ANSWERS.get(requested or "")
    if reader and reader(turn, state):
        return True
    return (
        bool(state["chosen_slot"])
        and turn.details == {"time"}
        and requested != "birth_date"
        and _free_hour(turn, state)
    )


def _visit_type(turn: Turn, state: FormState) -> bool:
    state["visit_type"] = turn.entity("visit_type")
    slot_choice.drop_choice(turn, state)
    state.clear("offered", "shown", "alternatives")
    return True


def _practitioner(turn: Turn, state: FormState) -> bool:
    state["practitioner"] = turn.entity("practitioner")
    slot_choice.drop_choice(turn, state)
    state.clear("offered", "shown", "alternatives")
    return True


def _confirm(turn: Turn, state: FormState) -> bool:
    if not state["hold"] or turn.entity("hold") != state["hold"]:
        return False
    state["booking_confirmed"] = True
    return True


def _answer_visit_type(turn: Turn, state: FormState) -> bool:
    if turn.intent == "request_other_times":
        pages = (len(clinic_service.clinic().visit_types) + 8) // 9
        state["page"] = (int(state["page"] or 0) + 1) % pages
        return True
    # Words that lead to no visit type are kept as the reason: staff read them, whatever is chosen from the list.
    if turn.intent in TELLING and not turn.is_tap and not turn.has_details:
        state["reason"] = turn.text[:REASON_LENGTH]
    return False


def _answer_practitioner(turn: Turn, state: FormState) -> bool:
    if turn.intent in {"no_preference", "affirm"} and not turn.entities("practitioner"):
        state["practitioner"] = ANY
        return True
    return doctors_gender.answer(turn, state)


def _answer_time_wish(turn: Turn, state: FormState) -> bool:
    if leaning.EARLIEST.search(turn.text) and not turn.time:
        state["time_wish"] = TimeWish(asap=True).to_dict()
        return True
    # "yes" agrees to the one button there is: as soon as possible
    if turn.intent in {"no_preference", "affirm"} and not turn.has_details:
        state["time_wish"] = TimeWish(asap=True).to_dict()
        return True
    return False


def _answer_chosen_slot(turn: Turn, state: FormState) -> bool:
    return slot_choice.answer_choice(turn, state) or _free_hour(turn, state)


def _free_hour(turn: Turn, state: FormState) -> bool:
    """ "Ja, das um 3", which did not fit on the list: taken, where just one such time is free."""
    said, so_far = slot_choice.wish_of(turn.entity("time")), slot_choice.wish_of(state["time_wish"])
    if said is None or not (said.clock or said.exact) or not state["visit_type"]:
        return False
    if not (state["offered"] or state["chosen_slot"]):
        return False
    if turn.entities("practitioner") or turn.entity("visit_type") or turn.entity("location"):
        return False
    wish = so_far.merge(said) if so_far else said
    if wish.exact is None:
        return False
    location = state["location"]
    query = SlotQuery(
        visit_type=state["visit_type"],
        practitioners=practitioners_wanted(state.__getitem__),
        locations=(location,) if location else None,
        wish=wish,
        insurance_kind=insured.kind_of(turn, state.__getitem__),
        limit=slot_choice.PAGE,
    )
    free = [slot for slot in find_slots(query) if slot.start.replace(tzinfo=None) == wish.exact]
    return len(free) == 1 and slot_choice.choose(turn, state, free[0].key)


def _answer_birth_date(turn: Turn, state: FormState) -> bool:
    born = person.birth_date_in(turn)
    if born is None:
        return False
    state["birth_date"] = born.isoformat()
    return True


def _answer_insurance_kind(turn: Turn, state: FormState) -> bool:
    kind = person.insurance_kind_in(turn)
    if kind is None:
        return insured.take_open_kind(turn, state)
    state["insurance_kind"] = kind
    if turn.entity("insurer"):
        state["insurer"] = turn.entity("insurer")
    return True


def _answer_insurer(turn: Turn, state: FormState) -> bool:
    insurer = person.insurer_in(turn)
    if not turn.entity("insurer") and insured.take_open_insurer(turn, state):
        return True
    if insurer is None or (turn.intent in NO_INSURER and not turn.entity("insurer")):
        return False
    state["insurer"] = insurer
    insured.settle_kind(state)
    return True


def _answer_booking_confirmed(turn: Turn, state: FormState) -> bool:
    if turn.entity("time") or turn.entities("practitioner") or turn.entity("visit_type"):
        return False
    if turn.intent == "affirm":
        state["booking_confirmed"] = True
        return True
    if turn.intent in {"deny", "request_other_times"}:
        return corrections.ask_what(state)
    return False


TAPS: dict[str, Answer] = {
    "choose_visit_type": _visit_type,
    "choose_practitioner": _practitioner,
    "choose_patient": whose.answer_tap,
    "choose_slot": slot_choice.answer_choice,
    "other_day": slot_choice.answer_choice,
    "confirm_booking": _confirm,
    "change_booking": corrections.take_tap,
}
ANSWERS: dict[str, Answer] = {
    "visit_type": _answer_visit_type,
    "practitioner": _answer_practitioner,
    "time_wish": _answer_time_wish,
    "chosen_slot": _answer_chosen_slot,
    "patient": whose.answer,
    "patient_name": whose.answer_name,
    "birth_date": _answer_birth_date,
    "insurance_kind": _answer_insurance_kind,
    "insurer": _answer_insurer,
    "booking_confirmed": _answer_booking_confirmed,
}
