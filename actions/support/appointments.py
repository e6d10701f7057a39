"""Which appointment a message means."""

from __future__ import annotations

from sprechstunde import dates
from sprechstunde.dates import TimeWish
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.service import AppointmentView

from .form import FormState, carries_on
from .rows import row
from .slot_choice import say_slot, wish_of
from .turn import Buttons, Turn
from .which import Meant, about, meant

MOST_ROWS = 10  # of a list on WhatsApp


def upcoming(turn: Turn) -> list[AppointmentView]:
    """Coming appointments of everyone this phone acts for, soonest first."""
    return scheduling.upcoming([patient.id for patient in turn.patients])


def appointment_of(turn: Turn) -> AppointmentView:
    """The appointment in the slot `appointment`. Raises LookupError when it is no longer there."""
    for appointment in upcoming(turn):
        if str(appointment.id) == turn.slot("appointment"):
            return appointment
    raise LookupError("that appointment is no longer among the coming ones")


def who_has(turn: Turn, appointment: AppointmentView) -> str:
    """Full name of the patient whose appointment it is."""
    known = turn.patients
    return next((patient.full_name for patient in known if patient.id == appointment.patient_id), "")


def rows(appointments: list[AppointmentView], turn: Turn) -> Buttons:
    """Rows of a list of appointments."""
    names = {patient.id: patient.given_name for patient in turn.patients}
    several = len({appointment.patient_id for appointment in appointments}) > 1
    result: Buttons = []
    for appointment in appointments[:MOST_ROWS]:
        said = say_slot(appointment.slot, turn.language)
        who = f"{names.get(appointment.patient_id, '')}: " if several else ""
        title = dates.format_slot_title(appointment.slot.start, turn.language)
        about = f"{who}{said['what']}, {said['doctor']}"
        result.append(row(title, "choose_appointment", about, appointment_ref=str(appointment.id)))
    return result


def take_appointment(turn: Turn, state: FormState, source: TimeWish | None) -> bool:
    """Fill the slot `appointment` from a tap, the only one there is, or words that fit exactly one."""
    coming = upcoming(turn)
    ref = turn.entity("appointment_ref")
    if turn.intent == "choose_appointment" or (ref and turn.intent == "reschedule_appointment"):
        if any(str(appointment.id) == ref for appointment in coming):
            state["appointment"] = ref
        else:
            turn.say("utter_appointment_gone")
        return True
    if state["appointment"] is not None:
        return False
    found = _meant(turn, coming, source)
    if len(found.appointments) == 1 and found.missing is None:
        state["appointment"] = str(found.appointments[0].id)
        return True
    return found.missing is not None and _speaks_of_one(turn)


def fitting(turn: Turn, coming: list[AppointmentView], source: TimeWish | None) -> list[AppointmentView]:
    """Those of `coming` that the message may mean, all where it says nothing of any."""
    return _meant(turn, coming, source).appointments


def _meant(turn: Turn, coming: list[AppointmentView], source: TimeWish | None) -> Meant:
    ordinal = turn.entity("ordinal")
    if ordinal is not None and len(coming) > 1 and turn.slot("requested_slot") == "appointment":
        index = int(ordinal) - 1 if int(ordinal) > 0 else -1
        return Meant([coming[index]] if index < len(coming) else [])
    return meant(turn, coming, source)


def _speaks_of_one(turn: Turn) -> bool:
    return turn.intent in {"cancel_appointment", "reschedule_appointment"} or carries_on(turn)


def said_time(turn: Turn) -> TimeWish | None:
    """The time of an appointment that the message names: who cancels names no other."""
    source = turn.entity("time", role="source")
    return wish_of(source or (turn.entity("time") if turn.active_form == "cancelling_form" else None))


def ask_which(turn: Turn) -> None:
    """Which of several appointments; what was said and fits none is named, and somebody human offered."""
    coming, source = upcoming(turn), said_time(turn)
    found = _meant(turn, coming, source)
    if found.missing is None or not _speaks_of_one(turn):
        turn.say("utter_ask_which_appointment", buttons=rows(found.appointments, turn))
        return
    shown = rows(found.appointments, turn)[: MOST_ROWS - 1]
    turn.say("utter_no_such_appointment", buttons=shown, about=about(turn, found.missing, source))
