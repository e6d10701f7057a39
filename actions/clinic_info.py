"""Questions that the clinic's own data answers: hours, address, what to bring."""

from __future__ import annotations

from datetime import date

from rasa_sdk.events import EventType

from sprechstunde import dates
from sprechstunde.assistant.around_visits import topic_of
from sprechstunde.clinic import service as clinic_service
from sprechstunde.clinic.view import Location, Practitioner

from .support import aspects, collecting, opening, strangers, topic
from .support.action import ClinicAction
from .support.appointments import upcoming
from .support.rows import row
from .support.turn import Turn
from .support.words import word

MAP = "https://www.google.com/maps/search/?api=1&query={latitude:.5f},{longitude:.5f}"  # opens the phone's map app


def _locations(turn: Turn) -> tuple[Location, ...]:
    """The places named, else all."""
    clinic = clinic_service.clinic()
    named = {*turn.entities("location")}
    return tuple(location for location in clinic.locations if location.code in named) or clinic.locations


class OpeningHours(ClinicAction):
    """The hours asked about: now, a day, some days, the week; of the practice, a doctor, the phone."""

    action_name = "action_opening_hours"

    def perform(self, turn: Turn) -> list[EventType]:
        days, weekdays = opening.days_asked(turn), opening.weekdays_asked(turn)
        doctor = clinic_service.clinic().practitioner(turn.entity("practitioner") or "")
        if doctor is not None:
            self._doctor(turn, doctor, days, weekdays)
        elif strangers.say(turn):
            return []
        elif aspects.ON_THE_PHONE.search(turn.text):
            self._phone(turn)
        elif not days and aspects.NOW.search(turn.text):
            lines = [
                f"*{place.name}*: {opening.now_line(place, turn.language)}" for place in _locations(turn)
            ]
            turn.say("utter_open_now", hours="\n".join(lines), phone=clinic_service.clinic().phone)
        else:
            self._practice(turn, days, weekdays)
        return topic.remember(doctor.code if doctor else None, turn.time)

    def _practice(self, turn: Turn, days: list[date], weekdays: frozenset[int]) -> None:
        language, blocks = turn.language, []
        for place in _locations(turn):
            if days:
                lines = [opening.day_line(place, day, language) for day in days]
            else:
                lines = opening.weekly_lines(place.hours, language, weekdays)
                unusual = opening.unusual_days(place, language, weekdays)
                lines += ["", *unusual] if unusual else []
            blocks.append("\n".join([f"*{place.name}*", *lines]))
        closed = days and not any(
            clinic_service.opening_hours(place.code, day) for place in _locations(turn) for day in days
        )
        response = "utter_closed_that_day" if closed else "utter_opening_hours"
        turn.say(response, hours="\n\n".join(blocks), phone=clinic_service.clinic().phone)

    def _phone(self, turn: Turn) -> None:
        blocks = [
            "\n".join(
                [f"*{place.name}* {place.phone}", *opening.weekly_lines(place.phone_hours, turn.language)]
            )
            for place in _locations(turn)
        ]
        turn.say("utter_phone_hours", hours="\n\n".join(blocks))

    def _doctor(self, turn: Turn, doctor: Practitioner, days: list[date], weekdays: frozenset[int]) -> None:
        language, clinic = turn.language, clinic_service.clinic()
        asked = turn.entities("location")
        lines, away = [], []
        for day in days:
            found = opening.doctor_on(doctor, day)
            hours = "; ".join(
                f"{opening.ranges_in_words(ranges, language)} ({place.name})"
                for place in clinic.locations
                if (ranges := found.get(place.code, ()))
            )
            lines.append(f"{dates.format_day(day, language)}: {hours or word('not_in', language)}")
        if not days:
            for place in clinic.locations:
                plan = opening.doctor_week(doctor, place.code)
                week = opening.weekly_lines(plan, language, weekdays, closed_days=False)
                if place.code in asked and not week:
                    week = [word("no_hours", language)]
                lines += [f"*{place.name}*", *week] if week else []
            away = opening.coming_absences(doctor, language)
        absent = word("away", language, days=", ".join(away)) if away else ""
        book = word("book_appointment", language)
        turn.say(
            "utter_doctor_hours",
            buttons=None if turn.active_form else [row(book, "book_appointment", practitioner=doctor.code)],
            doctor=doctor.spoken(language),
            hours="\n".join(lines),
            away=absent,
        )


class Address(ClinicAction):
    """Where we are and how to get there, or just what was asked: parking, trains, the lift, the number."""

    action_name = "action_address"

    def perform(self, turn: Turn) -> list[EventType]:
        if collecting.say(turn):  # "where do I get it?", of a prescription
            return []
        contact = aspects.aspects(turn.text, aspects.CONTACT)
        if contact and not turn.entities("location") and turn.intent == "ask_address":
            self._contact(turn, contact)
            return []
        asked = aspects.aspects(turn.text, aspects.PLACE)
        coming = [] if turn.entities("location") else upcoming(turn)
        places = list(_locations(turn))
        if coming:
            places.sort(key=lambda place: place.code != coming[0].slot.location)
        blocks = [self._block(place, asked, turn.language) for place in places]
        if coming:
            when = dates.format_slot(coming[0].slot.start, turn.language)
            turn.say("utter_address_next", address=blocks[0], others="\n\n".join(blocks[1:]), when=when)
        else:
            turn.say("utter_address", address="\n\n".join(blocks))
        return []

    def _block(self, place: Location, asked: list[str], language: str) -> str:
        lines = [f"*{place.name}*", place.address]
        for name in asked or ("directions", "transit", "parking", "access"):
            text = getattr(place, name).get(language)
            lines += [text] if text else []
        if not set(asked) & {"access"} and place.latitude is not None and place.longitude is not None:
            lines.append("📍 " + MAP.format(latitude=place.latitude, longitude=place.longitude))
        return "\n".join(lines)

    def _contact(self, turn: Turn, wanted: list[str]) -> None:
        clinic, lines = clinic_service.clinic(), []
        if "phone" in wanted:
            lines += [f"📞 {place.name}: {place.phone}" for place in clinic.locations]
        lines += [f"✉️ {clinic.email}"] if "email" in wanted and clinic.email else []
        lines += [f"🌐 {clinic.website}"] if "website" in wanted and clinic.website else []
        turn.say("utter_contact", contact="\n".join(lines))


class WhatToBring(ClinicAction):
    """What to bring: for the visit named, the one being booked, or the next appointment."""

    action_name = "action_what_to_bring"

    def perform(self, turn: Turn) -> list[EventType]:
        clinic, language = clinic_service.clinic(), turn.language
        around = topic_of(turn.text)
        if around and not turn.is_tap:
            return self._around_a_visit(turn, around)
        code = _visit_named(turn) or (turn.slot("visit_type") if turn.active_form else None)
        coming = upcoming(turn) if code is None else []
        visit_type = clinic.visit_type(code or (coming[0].slot.visit_type if coming else ""))
        if visit_type is None:
            self._general(turn)
            return []
        bring = visit_type.bring.get(language) or ""
        if coming:
            when = dates.format_slot(coming[0].slot.start, language)
            turn.say("utter_what_to_bring_next", what=visit_type.name(language), bring=bring, when=when)
        else:
            turn.say("utter_what_to_bring", what=visit_type.name(language), bring=bring)
        return []

    def _around_a_visit(self, turn: Turn, around: str) -> list[EventType]:
        """What the practice says about it; where it says nothing, the team knows."""
        note = clinic_service.clinic().notes.get(around, {}).get(turn.language)
        human = None if turn.active_form else [row(word("talk_to_team", turn.language), "request_human")]
        if note:
            turn.say("utter_around_visit", note=note, buttons=human if around == "interpreter" else None)
        else:
            turn.say("utter_team_knows", buttons=human)
        return topic.remember(turn.entity("practitioner"), None)

    def _general(self, turn: Turn) -> None:
        language = turn.language
        fasting = [
            v.name(language)
            for v in clinic_service.clinic().visit_types
            if aspects.FASTING.search(v.bring.get(language, ""))
        ]
        if aspects.FASTING.search(turn.text) and fasting:
            turn.say("utter_fasting_for", visits=", ".join(fasting))
        else:
            turn.say("utter_what_to_bring_general")


def _visit_named(turn: Turn) -> str | None:
    """The visit in the message; "on an empty stomach" names none."""
    fasting = aspects.FASTING.search(turn.text)
    spans = turn.spans(frozenset({"visit_type"}))
    if fasting and any(start < fasting.end() and fasting.start() < end for start, end in spans):
        return None
    code = turn.entity("visit_type")
    return str(code) if code else None
