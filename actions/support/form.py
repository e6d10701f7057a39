"""How a form takes what a message gives: answers, crumbs, corrections; and what it leaves to other rules."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.assistant.nlu.given_names import is_given_name

from . import amending, gender_words, insurance_open, leaning, person, where
from .turn import Turn

# Intents that carry a form on. Every other intent is a digression with a rule of its own; that rule ends with
# `action_resume`, which brings the form's question back.
CARRIES_ON = frozenset(
    {
        "inform",
        "affirm",
        "deny",
        "choose_option",
        "no_preference",
        "request_other_times",
        "book_appointment",
        "ask_availability",
        "nlu_fallback",
        "choose_slot",
        "choose_appointment",
        "choose_patient",
        "choose_practitioner",
        "choose_visit_type",
        "confirm_booking",
        "confirm_move",
        "confirm_cancel",
        "change_booking",
        "other_day",
    }
)
# Nothing asked for makes these wait.
URGENT = frozenset({"emergency_medical", "emergency_mental", "urgent_care", "stop_dialogue", "request_human"})
# Around an answer ("danke, Donnerstag passt") these are one.
POLITE = frozenset({"thank", "greet", "goodbye", "help", "out_of_scope"})
# What people write when asked which medication or illness it is about.
ABOUT_HEALTH = frozenset({"request_prescription", "request_sick_note", "ask_medical_advice", "ask_results"})
# What the classifier takes names for.
NAMES_LOOK_LIKE = frozenset({"out_of_scope", "insult", "ask_bot", "ask_medical_advice"})
# Questions of their own, where the classifier is sure: naming a visit does not make them an answer.
QUESTIONS = frozenset(
    {
        "ask_what_to_bring",
        "ask_services",
        "ask_insurance",
        "ask_cancellation",
        "ask_opening_hours",
        "ask_address",
        "ask_results",
        "ask_request_status",
    }
)
# Taps that belong to another form: their own rules answer.
NOT_OF = {
    "booking_form": frozenset({"choose_appointment", "confirm_move", "confirm_cancel"}),
    "moving_form": frozenset(
        {"confirm_booking", "confirm_cancel", "choose_patient", "choose_visit_type", "change_booking"}
    ),
    "cancelling_form": frozenset(
        {
            *(
                "confirm_booking",
                "confirm_move",
                "choose_patient",
                "choose_visit_type",
                "choose_practitioner",
            ),
            *("change_booking", "other_day", "choose_slot"),
        }
    ),
}
EMERGENCIES = frozenset({"emergency_medical", "emergency_mental"})
NEEDS_A_NAME = frozenset({"booking_form", "request_form"})
PERSONAL = frozenset({"patient_name", "birth_date", "insurance_kind", "insurer"})
# Dialogues that words of a name or a street may resemble.
OTHER_WISHES = frozenset(
    {
        *("request_prescription", "request_sick_note", "ask_medical_advice", "ask_results", "running_late"),
        *(
            "reschedule_appointment",
            "cancel_appointment",
            "list_appointments",
            "out_of_scope",
            "ask_services",
        ),
    }
)
WHEN = frozenset({"time_wish", "chosen_slot"})
FAILURES_BEFORE_HELP = 2
SURE = 0.75
SHORT = 4  # words
CERTAIN = 0.9
A_FEW_WORDS = 3


class FormState:
    """Slots as they will stand after this message: reads fall through to the tracker, writes become SlotSet events."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self.changes: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        return self.changes[name] if name in self.changes else self._turn.slot(name)

    def __setitem__(self, name: str, value: Any) -> None:
        self.changes[name] = value

    def clear(self, *names: str) -> None:
        """Empty these slots, where they are filled."""
        for name in names:
            if self[name] is not None:
                self[name] = None

    def events(self) -> list[EventType]:
        """The writes as Rasa events."""
        return [SlotSet(name, value) for name, value in self.changes.items()]


def carries_on(turn: Turn) -> bool:
    """True when the message belongs to the form under way rather than to a rule of its own.

    What was asked decides: words that answer an open question (a name, a date of birth, a medication) are its answer
    even where the classifier, which does not know the question, leans towards something else.
    """
    if turn.active_form == "booking_form" and (
        amending.is_one(turn) or where.asks(turn) or gender_words.wanted(turn.text)
    ):
        return True
    if turn.intent in NOT_OF.get(turn.active_form or "", ()) or _books_beside(turn):
        return False
    if _shifts(turn) or _names_herself(turn):
        return True
    if _looks_like_another_wish(turn):
        return True
    if turn.intent == "urgent_care" and turn.slot("requested_slot") in WHEN and turn.is_time_only:
        return True
    if turn.intent in URGENT:
        return False
    if turn.intent == "insult" and turn.confidence < SURE:  # "keine Ahnung" as an answer
        return True
    if turn.intent in CARRIES_ON or (turn.intent in POLITE and turn.has_details):
        return True
    if turn.is_tap or (
        turn.intent in QUESTIONS and turn.confidence >= CERTAIN and turn.text.rstrip()[-1:] == "?"
    ):
        return False
    return _answers(turn, turn.slot("requested_slot"))


def _books_beside(turn: Turn) -> bool:
    """ "I also need a vaccination", said while asked whether to cancel something else."""
    return (
        turn.active_form == "cancelling_form"
        and turn.intent == "book_appointment"
        and bool(turn.entity("visit_type"))
    )


def _names_herself(turn: Turn) -> bool:
    """A name and nothing else, while it is not known: asked for it or not, it is no wish and no emergency."""
    unknown = turn.slot("patient") in (None, "new") and turn.slot("patient_name") is None
    return (
        unknown
        and turn.active_form in NEEDS_A_NAME
        and turn.intent not in EMERGENCIES
        and person.written_as_name(turn)
    )


def _looks_like_another_wish(turn: Turn) -> bool:
    """Asked for a name or a date, words that only resemble another wish open no other dialogue."""
    asked = turn.slot("requested_slot") in PERSONAL and not turn.is_tap and "?" not in turn.text
    return asked and turn.intent in OTHER_WISHES and turn.confidence < CERTAIN


def _shifts(turn: Turn) -> bool:
    """ "Doch später" at a list of times asks for later ones, whatever the classifier makes of it."""
    shown = turn.slot("requested_slot") == "chosen_slot" or turn.slot("chosen_slot")
    return bool(shown) and (leaning.direction(turn) is not None or leaning.by_so_much(turn))


def _answers(turn: Turn, requested: str | None) -> bool:
    if requested == "birth_date":
        return person.birth_date_in(turn) is not None
    if requested == "patient_name":
        return _answers_with_a_name(turn)
    if requested in {"insurer", "insurance_kind"}:
        named = turn.entity("insurer") or turn.entity("insurance_kind")
        return turn.confidence < SURE or bool(named) or insurance_open.answers(turn, requested)
    if requested == "request_details":
        return turn.confidence < SURE or turn.intent in ABOUT_HEALTH
    if requested == "appointment":  # "the blood test" is one of those on the list, no question about results
        return turn.has_details and len(turn.text.split()) <= SHORT and "?" not in turn.text
    if requested == "practitioner":
        return bool(turn.entity("practitioner"))
    if requested == "patient":
        short = len(turn.text.split()) <= A_FEW_WORDS or turn.confidence < SURE
        return short and bool(turn.entity("relationship") or person.names_somebody_known(turn))
    return requested == "visit_type" and bool(turn.entity("visit_type")) and turn.intent not in QUESTIONS


def _answers_with_a_name(turn: Turn) -> bool:
    name = person.name_in(turn)
    if name is None:
        return False
    if not person.is_full(name):  # "Miller", and "Tom" in the next message
        alone = len(turn.text.split()) == 1
        return alone and (turn.intent == "out_of_scope" or is_given_name(name))
    return turn.intent in NAMES_LOOK_LIKE or turn.confidence < SURE


def count_failure(turn: Turn, state: FormState, hint: str) -> None:
    """Nothing in the message helped: say so once, the second time offer buttons and a human."""
    failures = int(state["failures"] or 0) + 1
    state["failures"] = failures
    turn.say(hint if failures < FAILURES_BEFORE_HELP else "utter_form_help")


def reset(*names: str) -> list[EventType]:
    """Events that empty these slots."""
    return [SlotSet(name, None) for name in names]
