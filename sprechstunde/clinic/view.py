"""What the rest of the project sees of the clinic: frozen values, no database.

Times are wall-clock in the clinic's zone; texts for patients come as `{"de": …, "en": …}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

Words = Mapping[str, str]
WordLists = Mapping[str, tuple[str, ...]]
TimeRange = tuple[time, time]
WeeklyHours = Mapping[int, tuple[TimeRange, ...]]

RESULTS_DELIVERY = ("link", "chat")
INSURANCE_KINDS = ("statutory", "private", "self_pay")
LONGEST_VISIT = timedelta(hours=8)
"""The most time a visit may block, buffers included: searches look so far around a window."""
TASK_KINDS = ("human", "prescription", "sick_note", "results", "callback", "emergency", "other", "delivery")


@dataclass(frozen=True)
class DayRange:
    """Days `first` to `last`, both included; `yearly` ranges lie in the year 2000 and recur (and may wrap New Year).

    `start`/`end` narrow each day to a part of it (both or neither).
    """

    first: date
    last: date
    yearly: bool = False
    start: time | None = None
    end: time | None = None
    reason: str = ""

    def covers(self, day: date) -> bool:
        if not self.yearly:
            return self.first <= day <= self.last
        key, first, last = (day.month, day.day), _month_day(self.first), _month_day(self.last)
        return first <= key <= last if first <= last else key >= first or key <= last


def _month_day(day: date) -> tuple[int, int]:
    return day.month, day.day


@dataclass(frozen=True)
class Location:
    code: str
    name: str
    street: str
    postcode: str
    city: str
    phone: str
    hours: WeeklyHours
    phone_hours: WeeklyHours
    directions: Words
    transit: Words
    parking: Words
    access: Words
    aliases: WordLists = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None

    @property
    def address(self) -> str:
        return f"{self.street}, {self.postcode} {self.city}"


@dataclass(frozen=True)
class Specialty:
    code: str
    names: Words
    aliases: WordLists


@dataclass(frozen=True)
class HoursRule:
    """Weekly working time: on `weekday` (Monday = 0), from `start` to `end`; `only` limits it to some visit types."""

    location: str
    weekday: int
    start: time
    end: time
    only: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Opening:
    """One-off working time, also on a holiday or in a closure."""

    location: str
    day: date
    start: time
    end: time
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Practitioner:
    code: str
    title: str
    given_name: str
    family_name: str
    gender: str
    role: Words
    specialties: tuple[str, ...]
    languages: tuple[str, ...]
    accepts: tuple[str, ...]
    new_patients: bool
    lanes: int
    aliases: tuple[str, ...]
    hours: tuple[HoursRule, ...]
    absences: tuple[DayRange, ...]
    openings: tuple[Opening, ...]

    @property
    def name(self) -> str:
        """As on the door: "Dr. Miriam Weiß"."""
        return " ".join(part for part in (self.short_title, self.given_name, self.family_name) if part)

    @property
    def short_title(self) -> str:
        """The title without its faculty: "Dr. med." → "Dr."."""
        return self.title.replace(" med.", "").replace(" dent.", "").strip()

    def spoken(self, language: str) -> str:
        """As one speaks of them: "Frau Dr. Weiß", "Dr. Weiß" (a person without a title in English: the full name)."""
        if language == "de":
            prefix = {"female": "Frau", "male": "Herr"}.get(self.gender, self.given_name)
            return " ".join(part for part in (prefix, self.short_title, self.family_name) if part)
        return f"{self.short_title} {self.family_name}" if self.title else self.name

    def with_whom(self, language: str) -> str:
        """As it stands behind "bei" and "with": German bends "Herr" to "Herrn"."""
        spoken = self.spoken(language)
        return spoken.replace("Herr ", "Herrn ", 1) if language == "de" and self.gender == "male" else spoken


@dataclass(frozen=True)
class VisitType:
    """`patients` ∈ any | new | known; `insurance` lists who may book it; `lead`/`horizon`: how soon, how far."""

    code: str
    names: Words
    aliases: WordLists
    complaints: WordLists
    specialty: str | None
    duration: timedelta
    buffer_before: timedelta
    buffer_after: timedelta
    given_by: tuple[str, ...]
    locations: tuple[str, ...]
    patients: str
    insurance: tuple[str, ...]
    lead: timedelta
    horizon: timedelta
    bring: Words
    note: Words
    grid: timedelta
    for_children: str | None = None
    """The visit type that a child gets instead."""
    by_phone: bool = False
    """The practice calls; nobody comes."""
    for_results: bool = False
    """Offered to whoever asks what a result means."""

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["de"]

    def is_for(self, insurance_kind: str | None, known_patient: bool | None) -> bool:
        """May such a patient book it? None = not known yet, which excludes nothing."""
        if insurance_kind is not None and insurance_kind not in self.insurance:
            return False
        if known_patient is None or self.patients == "any":
            return True
        return known_patient == (self.patients == "known")


@dataclass(frozen=True)
class Insurer:
    """`name` is canonical (what we store); `kind` ∈ statutory | private."""

    name: str
    full_name: str
    kind: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Answers:
    """When staff work on tasks, and how much of that time they need at most, by kind of task."""

    hours: WeeklyHours
    default: timedelta
    within: Mapping[str, timedelta]


@dataclass(frozen=True)
class ClinicView:
    name: str
    zone: ZoneInfo
    state: str
    phone: str
    email: str
    website: str
    locations: tuple[Location, ...]
    specialties: tuple[Specialty, ...]
    practitioners: tuple[Practitioner, ...]
    visit_types: tuple[VisitType, ...]
    insurers: tuple[Insurer, ...]
    closures: tuple[DayRange, ...]
    answers: Answers
    notes: Mapping[str, Words]
    open_appointments: int
    results_delivery: str
    revision: int = 0

    def location(self, code: str) -> Location | None:
        return _by_code(self.locations, code)

    def practitioner(self, code: str) -> Practitioner | None:
        return _by_code(self.practitioners, code)

    def specialty(self, code: str) -> Specialty | None:
        return _by_code(self.specialties, code)

    def visit_type(self, code: str) -> VisitType | None:
        return _by_code(self.visit_types, code)

    def insurer(self, name: str) -> Insurer | None:
        return next((insurer for insurer in self.insurers if insurer.name == name), None)


class _HasCode(Protocol):
    @property
    def code(self) -> str: ...


_Coded = TypeVar("_Coded", bound=_HasCode)


def _by_code(items: tuple[_Coded, ...], code: str) -> _Coded | None:
    return next((item for item in items if item.code == code), None)
