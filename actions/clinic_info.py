"""Questions that the clinic's own data answers: hours, address, what to bring, who works here, insurance."""

from __future__ import annotations

from datetime import date, datetime, time

from babel.dates import get_day_names
from rasa_sdk.events import EventType

from sprechstunde import dates
from sprechstunde.clinic import service as clinic_service
from sprechstunde.clinic.view import Location, TimeRange, WeeklyHours
from sprechstunde.dates import TimeWish

from .support.action import ClinicAction
from .support.turn import Turn

KINDS = {
    "statutory": {"de": "gesetzlich Versicherte", "en": "patients with statutory insurance"},
    "private": {"de": "Privatversicherte", "en": "privately insured patients"},
    "self_pay": {"de": "Selbstzahler", "en": "self-paying patients"},
}


def _locations(turn: Turn) -> tuple[Location, ...]:
    clinic = clinic_service.clinic()
    named = {*turn.entities("location")}
    return tuple(location for location in clinic.locations if location.code in named) or clinic.locations


def _ranges(ranges: tuple[TimeRange, ...], language: str) -> str:
    if not ranges:
        return {"de": "geschlossen", "en": "closed"}[language]
    return ", ".join(f"{_hour(a, language)}–{_hour(b, language)}" for a, b in ranges)


def _hour(at: time, language: str) -> str:
    return dates.format_time(datetime.combine(date.min, at), language)


def weekly_lines(hours: WeeklyHours, language: str) -> list[str]:
    """One line for each run of weekdays with the same hours: "Mo–Do 8:00–18:00"."""
    names = get_day_names("abbreviated", locale=language)
    groups: list[tuple[int, int, tuple[TimeRange, ...]]] = []
    for weekday in range(7):
        today = tuple(hours.get(weekday, ()))
        if groups and groups[-1][2] == today:
            groups[-1] = (groups[-1][0], weekday, today)
        elif today or weekday < 5:
            groups.append((weekday, weekday, today))
    lines = []
    for first, last, ranges in groups:
        if not ranges and first >= 5:
            continue
        days = names[first] if first == last else f"{names[first]}–{names[last]}"
        lines.append(f"{days.replace('.', '')}: {_ranges(ranges, language)}")
    return lines


class OpeningHours(ClinicAction):
    """The hours of the day asked about, or of the week."""

    action_name = "action_opening_hours"

    def perform(self, turn: Turn) -> list[EventType]:
        day = self._day(turn)
        blocks = []
        for location in _locations(turn):
            if day is not None:
                ranges = clinic_service.opening_hours(location.code, day)
                name = dates.format_day(day, turn.language)
                blocks.append(f"*{location.name}*\n{name}: {_ranges(ranges, turn.language)}")
            else:
                blocks.append("\n".join([f"*{location.name}*", *weekly_lines(location.hours, turn.language)]))
        turn.say("utter_opening_hours", hours="\n\n".join(blocks), phone=clinic_service.clinic().phone)
        return []

    def _day(self, turn: Turn) -> date | None:
        if turn.time is None:
            return None
        wish = TimeWish.from_dict(turn.time)
        if wish.exact is not None:
            return wish.exact.date()
        if len(wish.windows) == 1:
            start, end = wish.windows[0]
            if (end - start).days <= 1:
                return start.date()
        return None


class Address(ClinicAction):
    """Where we are and how to get there."""

    action_name = "action_address"

    def perform(self, turn: Turn) -> list[EventType]:
        blocks = []
        for location in _locations(turn):
            lines = [f"*{location.name}*", location.address]
            lines += [
                text[turn.language]
                for text in (location.transit, location.parking, location.access)
                if text.get(turn.language)
            ]
            blocks.append("\n".join(lines))
        turn.say("utter_address", address="\n\n".join(blocks))
        return []


class WhatToBring(ClinicAction):
    """What to bring: for the visit named, the one being booked, or the next appointment."""

    action_name = "action_what_to_bring"

    def perform(self, turn: Turn) -> list[EventType]:
        from .support.appointments import upcoming

        clinic = clinic_service.clinic()
        code = turn.entity("visit_type") or turn.slot("visit_type")
        if code is None:
            coming = upcoming(turn)
            code = coming[0].slot.visit_type if coming else None
        visit_type = clinic.visit_type(code or "")
        if visit_type is None:
            turn.say("utter_what_to_bring_general")
            return []
        bring = visit_type.bring.get(turn.language, "")
        turn.say("utter_what_to_bring", what=visit_type.name(turn.language), bring=bring)
        return []


class Services(ClinicAction):
    """Who works here, for what and in which languages."""

    action_name = "action_services"

    def perform(self, turn: Turn) -> list[EventType]:
        clinic = clinic_service.clinic()
        doctors = "\n".join(f"• *{p.name}*: {p.role.get(turn.language, '')}" for p in clinic.practitioners)
        visits = ", ".join(v.name(turn.language) for v in clinic.visit_types)
        turn.say("utter_services", doctors=doctors, visits=visits)
        return []


class Insurance(ClinicAction):
    """Whom the practice treats, by kind of insurance."""

    action_name = "action_insurance"

    def perform(self, turn: Turn) -> list[EventType]:
        language = turn.language
        lines = []
        for practitioner in clinic_service.clinic().practitioners:
            kinds = ", ".join(KINDS[kind][language] for kind in practitioner.accepts)
            lines.append(f"• {practitioner.spoken(language)}: {kinds}")
        turn.say("utter_insurance", doctors="\n".join(lines))
        return []
