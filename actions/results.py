"""Test results and medical questions: a link to read them, and nothing told or judged in the chat."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from sprechstunde import clock
from sprechstunde.assistant import asking
from sprechstunde.clinic import service as clinic_service
from sprechstunde.patients.service import PatientView
from sprechstunde.tasks import service as tasks
from sprechstunde.tasks.service import Taken

from .support import message_links, naming, whose
from .support.action import ClinicAction
from .support.lying import RESULTS_DUE
from .support.promise import answered_by, away
from .support.rows import row
from .support.turn import Buttons, Turn

NOTE_LENGTH = 1000
TAKEN = "results_taken"


class AskAboutResults(ClinicAction):
    """Are they there: the team looks. What does a value mean: a nurse or a doctor answers. And what else is said."""

    action_name = "action_results"

    def perform(self, turn: Turn) -> list[EventType]:
        for words, answer in SPECIAL:
            if not turn.is_tap and words.search(turn.text):
                return answer(turn)
        meaning = not turn.is_tap and bool(asking.MEANING.search(turn.text))
        known = turn.patients
        if known and not meaning:
            return _link(turn, known)
        taken = _take_down(turn)
        # Where patients are known the team may be looking already, but only where nothing has come (`_link`):
        # neither the words nor the time may tell whether a task stood there. What she said herself she knows.
        again = turn.slot("outcome") == TAKEN if known else not taken.is_new
        due = clinic_service.next_answer(clock.now(), "results") if known else taken.task.due_at
        turn.say(
            _answer(meaning, again),
            by=answered_by(due, turn.language),
            away=away(turn.language),
            hint=clinic_service.clinic().notes.get("results", {}).get(turn.language, ""),
            buttons=_talks(turn) if meaning else None,
        )
        return [
            *naming.ask(turn, taken.task),
            SlotSet("outcome", TAKEN),
            SlotSet(RESULTS_DUE, due.isoformat()),
        ]


class OpenMessages(ClinicAction):
    """She tapped the button of "a message is ready": the link that opens it."""

    action_name = "action_open_messages"

    def perform(self, turn: Turn) -> list[EventType]:
        known = turn.patients
        if known:
            turn.say("utter_message_link", links=message_links.lines(turn, known))
        else:
            turn.say("utter_no_message")
        return [SlotSet("outcome", "link_sent" if known else "no_message")]


def _take_down(turn: Turn) -> Taken:
    return tasks.take_down(
        "results",
        contact_id=turn.contact_id,
        patient_id=whose.patient_meant(turn),
        note=None if turn.is_tap else turn.text[:NOTE_LENGTH],
        urgent=bool(asking.WRONG.search(turn.text)),
        idempotency_key=turn.key("results"),
    )


def _link(turn: Turn, known: list[PatientView]) -> list[EventType]:
    """Whether something is there she sees for herself: the answer is the same with a result and without one.

    Whoever else holds her phone learns nothing. Only the team knows the difference: where all she wants is the link,
    and a result waits behind it that she has not opened yet, nobody needs to look. Whatever else is said they read.
    """
    asked_for = whose.patient_meant(turn)
    meant = [p for p in known if asked_for in (None, p.id)]
    bare = turn.is_tap or asking.is_bare(turn.text)
    if not (bare and message_links.something_new(meant)):
        _take_down(turn)
    due = clinic_service.next_answer(clock.now(), "results")
    turn.say(
        "utter_results_link" if bare else "utter_results_asked",
        links=message_links.lines(turn, meant),
        by=answered_by(due, turn.language),
        away=away(turn.language),
        hint=clinic_service.clinic().notes.get("results", {}).get(turn.language, ""),
    )
    return [SlotSet("outcome", "results_link_sent"), SlotSet(RESULTS_DUE, due.isoformat())]


def _where(turn: Turn) -> list[EventType]:
    """Which code, and where it goes. No new link: it would end the page she has open."""
    turn.say("utter_code_where" if turn.patients else "utter_no_message")
    return [SlotSet("outcome", "results_link_sent" if turn.patients else "no_message")]


def _trouble(turn: Turn) -> list[EventType]:
    """The page or the file does not open: what helps, a new link, and the team."""
    known = turn.patients
    due = clinic_service.next_answer(clock.now(), "results")
    taken = _take_down(turn)
    turn.say(
        "utter_page_help" if known else "utter_results_passed_on",
        links=message_links.lines(turn, known),
        by=answered_by(due, turn.language),
        away=away(turn.language),
    )
    outcome = SlotSet("outcome", "results_link_sent" if known else TAKEN)
    return [*naming.ask(turn, taken.task), outcome, SlotSet(RESULTS_DUE, due.isoformat())]


def _code(turn: Turn) -> list[EventType]:
    """None came, or it opens nothing: how it comes, and a new link to begin with."""
    known = turn.patients
    if known:
        turn.say("utter_code_help", links=message_links.lines(turn, known))
    else:
        turn.say("utter_no_message")
    return [SlotSet("outcome", "results_link_sent" if known else "no_message")]


def _call(turn: Turn) -> list[EventType]:
    """At a time she chooses, or through the team."""
    turn.say("utter_results_call", buttons=_talks(turn))
    return [SlotSet("outcome", "call_offered")]


def _passed_on(turn: Turn) -> list[EventType]:
    """For people: somebody else's result before their eyes is urgent."""
    taken = _take_down(turn)
    # As if no task stood there: neither its words nor its time may tell (see above).
    due = clinic_service.next_answer(clock.now(), "results")
    turn.say("utter_results_passed_on", by=answered_by(due, turn.language), away=away(turn.language))
    return [*naming.ask(turn, taken.task), SlotSet("outcome", TAKEN), SlotSet(RESULTS_DUE, due.isoformat())]


# What is said of a result, ahead of "is it there?": the first that matches is meant.
SPECIAL = (
    (asking.WHERE, _where),
    (asking.CODE, _code),
    (asking.WRONG, _passed_on),
    (asking.PASSED_ON, _passed_on),
    (asking.CALL, _call),
    (asking.TROUBLE, _trouble),
    (asking.STUCK, _trouble),
)


def _answer(meaning: bool, again: bool) -> str:
    if meaning:
        return "utter_results_question_added" if again else "utter_results_question_taken"
    return "utter_results_known" if again else "utter_results_taken"


def _talks(turn: Turn) -> Buttons:
    """Ways to speak with a doctor about a result: a call at a time she chooses, or a visit."""
    return [
        row(visit.name(turn.language), "book_appointment", visit_type=visit.code)
        for visit in clinic_service.clinic().visit_types
        if visit.for_results
    ]


class TakeQuestion(ClinicAction):
    """A medical question goes to the team, who will answer it."""

    action_name = "action_take_question"

    def perform(self, turn: Turn) -> list[EventType]:
        taken = tasks.take_down(
            "other",
            contact_id=turn.contact_id,
            patient_id=whose.patient_meant(turn),
            note=turn.text[:NOTE_LENGTH],
            idempotency_key=turn.key("question"),
        )
        turn.say("utter_no_medical_advice", by=answered_by(taken.task.due_at, turn.language))
        return [*naming.ask(turn, taken.task), SlotSet("outcome", "question_taken")]
