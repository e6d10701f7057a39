"""Show free slots as a list: for the booking and the moving form, and for "is anything free on …?"."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.clinic import service as clinic_service
from sprechstunde.dates import TimeWish
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.service import SlotQuery

from .support import gender_words, insured, strangers, which_day, whose
from .support.action import ClinicAction
from .support.appointments import appointment_of
from .support.eligibility import ANY, choices_for, practitioners_wanted
from .support.slot_choice import PAGE, Offer, offer_rows, to_offer
from .support.turn import Turn

RESPONSE_FOR = {
    "same": "utter_offer_slots",
    "nearby_days": "utter_offer_nearby_days",
    "other_practitioners": "utter_offer_other_practitioners",
}


def query_for(turn: Turn) -> SlotQuery:
    """The search that the slots describe."""
    shown = frozenset(turn.slot("shown") or [])
    wish = TimeWish.from_dict(turn.slot("time_wish")) if turn.slot("time_wish") else None
    if turn.active_form == "moving_form":
        appointment = appointment_of(turn)
        current = appointment.slot
        wanted = turn.slot("practitioner")
        practitioners: tuple[str, ...] | None = (
            (wanted,) if wanted and wanted != "any" else (current.practitioner,)
        )
        if wanted == "any":
            practitioners = None
        return SlotQuery(
            visit_type=current.visit_type,
            practitioners=practitioners,
            locations=None,
            wish=wish,
            insurance_kind=insured.kind_of(turn, {"patient": str(appointment.patient_id)}.get),
            known_patient=None,
            limit=PAGE,
            exclude=shown | {current.key},
        )
    location = turn.slot("location")
    return SlotQuery(
        visit_type=turn.slot("visit_type"),
        practitioners=practitioners_wanted(turn.slot),
        locations=(location,) if location else None,
        wish=wish,
        insurance_kind=insured.kind_of(turn, turn.slot),
        known_patient=_known(turn),
        limit=PAGE,
        exclude=shown,
    )


def _known(turn: Turn) -> bool | None:
    patient = turn.slot("patient")
    if patient in (None, "new"):
        return None
    return next((p.is_known for p in turn.patients if str(p.id) == patient), None)


def offer(turn: Turn, query: SlotQuery) -> list[EventType]:
    """Ask which day is meant, or say the list (or the nearest alternatives, or the way on) and remember it."""
    days = which_day.options(query.wish, turn.language)
    if days:
        first, second = (which_day.spoken(day, turn.language) for day in days)
        turn.say("utter_which_day", buttons=offer_rows(days), first=first, second=second)
        return [SlotSet("offered", days), SlotSet("alternatives", None)]
    found = scheduling.alternatives(query)
    offers = [to_offer(slot, turn.language) for slot in found.slots[:PAGE]]
    if not offers:
        turn.say("utter_no_slots")
        return [SlotSet("offered", None), SlotSet("alternatives", None), SlotSet("shown", None)]
    visit_type = clinic_service.clinic().visit_type(query.visit_type)
    what = visit_type.name(turn.language) if visit_type else query.visit_type
    turn.say(RESPONSE_FOR[found.kind], buttons=offer_rows(offers), what=what)
    return [SlotSet("offered", offers), SlotSet("alternatives", None)]


class AskChosenSlot(ClinicAction):
    """Offer free slots, or the alternatives kept when somebody was faster."""

    action_name = "action_ask_chosen_slot"

    def perform(self, turn: Turn) -> list[EventType]:
        alternatives: list[Offer] = turn.slot("alternatives") or []
        if alternatives:
            turn.say("utter_offer_instead", buttons=offer_rows(alternatives))
            return [SlotSet("offered", alternatives), SlotSet("alternatives", None)]
        return offer(turn, query_for(turn))


class ShowAvailability(ClinicAction):
    """ "Is anything free on …?": a list without booking; a tap on a row starts one."""

    action_name = "action_show_availability"

    def perform(self, turn: Turn) -> list[EventType]:
        strangers.say(turn)
        visit_type = turn.entity("visit_type") or _visit_type_before(turn) or _usual_visit_type(turn)
        if visit_type is None:
            turn.say("utter_ask_visit_type_first")
            return []
        wish, gender = turn.time, _gender_for(visit_type, turn)
        query = SlotQuery(
            visit_type=visit_type,
            practitioners=practitioners_wanted(
                {
                    "practitioner": turn.entity("practitioner"),
                    "specialty": turn.entity("specialty"),
                    "practitioner_gender": gender,
                }.get
            ),
            locations=tuple(turn.entities("location")) or None,
            wish=TimeWish.from_dict(wish) if wish else None,
            insurance_kind=insured.kind_of(turn, {"patient": str(whose.only_patient(turn) or "new")}.get),
            known_patient=None,
            limit=PAGE,
        )
        events = offer(turn, query)
        # What was asked for is what a booking that follows is about.
        asked = {
            "visit_type": visit_type,
            "time_wish": wish,
            "practitioner": turn.entity("practitioner") or ANY,
            "specialty": turn.entity("specialty"),
            "practitioner_gender": gender,
            "location": turn.entity("location"),
        }
        return [*events, *(SlotSet(name, value) for name, value in asked.items())]


def _visit_type_before(turn: Turn) -> str | None:
    """What was last spoken of, unless somebody is named now who does not give it."""
    visit_type = clinic_service.clinic().visit_type(turn.slot("visit_type") or "")
    specialty, practitioner = turn.entity("specialty"), turn.entity("practitioner")
    if visit_type is None or (specialty and visit_type.specialty != specialty):
        return None
    if practitioner not in (None, ANY) and practitioner not in visit_type.given_by:
        return None
    return visit_type.code


def _gender_for(visit_type: str, turn: Turn) -> str | None:
    """The doctor's gender that is asked for, where somebody of it gives that visit."""
    gender = gender_words.wanted(turn.text)
    return gender if gender and choices_for(visit_type, {"practitioner_gender": gender}.get) else None


def _usual_visit_type(turn: Turn) -> str | None:
    """Without a reason named, what most people come for: the first visit type of that specialty or of the clinic."""
    clinic = clinic_service.clinic()
    specialty = turn.entity("specialty")
    practitioner = clinic.practitioner(turn.entity("practitioner") or "")
    for visit_type in clinic.visit_types:
        if specialty and visit_type.specialty != specialty:
            continue
        if practitioner and practitioner.code not in visit_type.given_by:
            continue
        return visit_type.code
    return None
