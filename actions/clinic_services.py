"""Who works here, for what, in which languages, for whom, at what cost."""

from __future__ import annotations

from rasa_sdk.events import EventType

from sprechstunde.assistant import asking
from sprechstunde.clinic import service as clinic_service
from sprechstunde.clinic.view import INSURANCE_KINDS, Insurer, Practitioner, VisitType

from .handover import add_to_handover
from .support import aspects, speaking, strangers, tongues
from .support.action import ClinicAction
from .support.rows import row
from .support.turn import Buttons, Turn
from .support.words import word


def _team(practitioners: tuple[Practitioner, ...], language: str) -> str:
    return "\n".join(f"• *{p.name}*: {p.role.get(language, '')}" for p in practitioners)


def _book(
    turn: Turn, visit_type: VisitType | None = None, practitioner: Practitioner | None = None
) -> Buttons | None:
    """A button that books just that; none in the middle of a dialogue, whose question follows anyway."""
    if turn.active_form:
        return None
    title = word("book_appointment", turn.language)
    if visit_type is not None:
        return [row(title, "choose_visit_type", visit_type=visit_type.code)]
    if practitioner is not None:
        return [row(title, "book_appointment", practitioner=practitioner.code)]
    return [row(title, "book_appointment")]


class Services(ClinicAction):
    """What was asked: a language, new patients, a visit, a doctor, a specialty we lack; else the whole team."""

    action_name = "action_services"

    def perform(self, turn: Turn) -> list[EventType]:
        clinic, language = clinic_service.clinic(), turn.language
        doctor = clinic.practitioner(turn.entity("practitioner") or "")
        visit_type = clinic.visit_type(turn.entity("visit_type") or "")
        specialty = clinic.specialty(turn.entity("specialty") or "")
        spoken = tongues.languages_in(turn.text)
        missing = tongues.not_here(turn.text, language)
        if doctor is not None:
            self._doctor(turn, doctor)
        elif strangers.say(turn):
            return []
        elif spoken or aspects.LANGUAGES.search(turn.text):
            speaking.say(turn, spoken)
        elif aspects.WALK_IN.search(turn.text) and visit_type is None:
            turn.say("utter_by_appointment", buttons=_book(turn))
        elif aspects.NEW_PATIENTS.search(turn.text):
            self._new_patients(turn)
        elif specialty is not None:
            found = tuple(p for p in clinic.practitioners if specialty.code in p.specialties)
            turn.say("utter_specialty_here", buttons=_book(turn), doctors=_team(found, language))
        elif visit_type is not None:
            self._visit(turn, visit_type)
        elif missing:
            turn.say("utter_specialty_not_here", what=missing, doctors=_team(clinic.practitioners, language))
        else:
            visits = ", ".join(v.name(language) for v in clinic.visit_types)
            turn.say("utter_services", doctors=_team(clinic.practitioners, language), visits=visits)
        return []

    def _doctor(self, turn: Turn, doctor: Practitioner) -> None:
        language = turn.language
        tongue_names = speaking.listed(
            [tongues.language_name(code, language) for code in doctor.languages], language
        )
        places = [
            place.name
            for place in clinic_service.clinic().locations
            if any(rule.location == place.code for rule in doctor.hours)
        ]
        accepted = ", ".join(word(f"kind_{kind}", language) for kind in doctor.accepts)
        turn.say(
            "utter_doctor",
            buttons=_book(turn, practitioner=doctor),
            doctor=doctor.name,
            role=doctor.role.get(language, ""),
            languages=tongue_names,
            places=speaking.listed(places, language),
            accepts=accepted,
        )
        if aspects.OFFERS.search(turn.text):
            visits = [v for v in clinic_service.clinic().visit_types if doctor.code in v.given_by]
            turn.say(
                "utter_doctor_offers",
                with_doctor=doctor.with_whom(language),
                visits=", ".join(v.name(language) for v in visits),
            )

    def _new_patients(self, turn: Turn) -> None:
        clinic = clinic_service.clinic()
        first_visit = next((v for v in clinic.visit_types if v.patients == "new"), None)
        note = clinic.notes.get("new_patients", {}).get(turn.language, "")
        turn.say("utter_new_patients", buttons=_book(turn, first_visit), note=note)

    def _visit(self, turn: Turn, visit_type: VisitType) -> None:
        language, clinic = turn.language, clinic_service.clinic()
        doctors = [p.spoken(language) for p in clinic.practitioners if p.code in visit_type.given_by]
        turn.say(
            "utter_visit_here",
            buttons=_book(turn, visit_type),
            what=visit_type.name(language),
            doctors=speaking.listed(doctors, language),
            note=visit_type.note.get(language, ""),
        )


class Insurance(ClinicAction):
    """Whom the practice treats, by kind of insurance; what a visit costs, where the clinic says so."""

    action_name = "action_insurance"

    def perform(self, turn: Turn) -> list[EventType]:
        if not aspects.QUESTION.search(turn.text) and add_to_handover(turn):
            return []
        clinic, language = clinic_service.clinic(), turn.language
        insurer = clinic.insurer(turn.entity("insurer") or "")
        visit_type = clinic.visit_type(turn.entity("visit_type") or "")
        note = clinic.notes.get("insurance", {}).get(language, "")
        kind = insurer.kind if insurer else turn.entity("insurance_kind")
        costs = bool(asking.COST.search(turn.text))
        if insurer and visit_type and costs and aspects.TAKES.search(turn.text):
            self._accepted(turn, insurer.kind, insurer)  # "do you take TK, and how much is a check-up?"
        if visit_type is not None and (costs or kind is None):
            turn.say(
                "utter_cost_of_visit",
                buttons=_human(turn),
                what=visit_type.name(language),
                note=visit_type.note.get(language, ""),
            )
        elif costs and kind is None:
            turn.say("utter_cost", buttons=_human(turn))
        elif kind in INSURANCE_KINDS and not (kind == "private" and aspects.ONLY.search(turn.text)):
            self._accepted(turn, kind, insurer)
        else:
            turn.say("utter_insurance", note=note)
        return []

    def _accepted(self, turn: Turn, kind: str, insurer: Insurer | None) -> None:
        clinic, language = clinic_service.clinic(), turn.language
        doctors = [p.spoken(language) for p in clinic.practitioners if kind in p.accepts]
        without = [p.spoken(language) for p in clinic.practitioners if kind not in p.accepts]
        response = "utter_insurance_some" if without else "utter_insurance_all"
        turn.say(
            response,
            who=insurer.full_name if insurer and insurer.full_name else word(f"kind_{kind}", language),
            doctors=speaking.listed(doctors, language),
            without=speaking.listed(without, language),
        )


def _human(turn: Turn) -> Buttons | None:
    if turn.active_form:
        return None
    return [row(word("talk_to_team", turn.language), "request_human")]
