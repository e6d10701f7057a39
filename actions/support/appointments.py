"""Which appointment a message means."""

from __future__ import annotations

from sprechstunde import dates
from sprechstunde.dates import TimeWish
from sprechstunde.patients import service as patients
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.service import AppointmentView

from . import person, whose
from .form import FormState
from .rows import row
from .slot_choice import say_slot, wish_of
from .turn import Buttons, Turn


def upcoming(turn: Turn) -> list[AppointmentView]:
    """Coming appointments of everyone this phone acts for, soonest first."""
    return scheduling.upcoming([patient.id for patient in patients.patients_of(turn.contact_id)])


def appointment_of(turn: Turn) -> AppointmentView:
    """The appointment in the slot `appointment`. Raises LookupError when it is no longer there."""
    for appointment in upcoming(turn):
        if str(appointment.id) == turn.slot("appointment"):
            return appointment
    raise LookupError("that appointment is no longer among the coming ones")


def who_has(turn: Turn, appointment: AppointmentView) -> str:
    """Full name of the patient whose appointment it is."""
    known = patients.patients_of(turn.contact_id)
    return next((patient.full_name for patient in known if patient.id == appointment.patient_id), "")


def rows(appointments: list[AppointmentView], turn: Turn) -> Buttons:
    """Rows of a list of appointments."""
    names = {patient.id: patient.given_name for patient in patients.patients_of(turn.contact_id)}
    several = len({appointment.patient_id for appointment in appointments}) > 1
    result: Buttons = []
    for appointment in appointments[:10]:
        said = say_slot(appointment.slot, turn.language)
        who = f"{names.get(appointment.patient_id, '')}: " if several else ""
        title = dates.format_slot_title(appointment.slot.start, turn.language)
        about = f"{who}{said['what']}, {said['doctor']}"
        result.append(row(title, "choose_appointment", about, appointment_ref=str(appointment.id)))
    return result


def take_appointment(turn: Turn, state: FormState, source: TimeWish | None) -> bool:
    """Fill the slot `appointment` from a tap, the only one there is, or words that fit exactly one."""
    coming = upcoming(turn)
    if turn.intent == "choose_appointment":
        ref = turn.entity("appointment_ref")
        if any(str(appointment.id) == ref for appointment in coming):
            state["appointment"] = ref
        else:
            turn.say("utter_appointment_gone")
        return True
    if state["appointment"] is not None:
        return False
    found = fitting(turn, coming, source)
    if len(found) == 1:
        state["appointment"] = str(found[0].id)
        return True
    return False


def fitting(turn: Turn, coming: list[AppointmentView], source: TimeWish | None) -> list[AppointmentView]:
    """Those of `coming` that the message may mean, all where it says nothing of any."""
    ordinal = turn.entity("ordinal")
    if ordinal is not None and len(coming) > 1 and turn.slot("requested_slot") == "appointment":
        index = int(ordinal) - 1 if int(ordinal) > 0 else -1
        return [coming[index]] if index < len(coming) else []
    found = _of_person(turn, coming)
    if source is not None:
        on_that_time = [a for a in found if source.covers(a.slot.start.replace(tzinfo=None))]
        found = on_that_time or found
    doctors = turn.entities("practitioner")
    if doctors:
        found = [a for a in found if a.slot.practitioner in doctors] or found
    types = turn.entities("visit_type")
    if types:
        found = [a for a in found if a.slot.visit_type in types] or found
    return found


def _of_person(turn: Turn, coming: list[AppointmentView]) -> list[AppointmentView]:
    """Those of the relative or the first name in the message; all where it names nobody."""
    known = patients.patients_of(turn.contact_id)
    meant = person.named(turn, known)
    if not meant and turn.entity("relationship"):
        meant = whose.related(known, turn.entity("relationship"), turn.entity("gender"))
    ids = {patient.id for patient in meant}
    return [a for a in coming if a.patient_id in ids] or coming


def to_choose_from(turn: Turn) -> list[AppointmentView]:
    """What the message leaves open: the list to show."""
    return fitting(turn, upcoming(turn), wish_of(turn.entity("time", role="source")))
