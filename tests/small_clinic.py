"""A clinic small enough to reason about: one place, two doctors, few visit types, hours as tests like them."""

from __future__ import annotations

from pathlib import Path

from sprechstunde.clinic import service
from sprechstunde.clinic.parse import parse
from sprechstunde.clinic.tree import read_yaml
from sprechstunde.clinic.view import ClinicView

TEXT = """\
name: Kleine Praxis
zone: Europe/Berlin
state: BE
phone: 030 23125 001
slot_grid: 30 min
open_appointments_per_phone: 3
locations:
  - code: haus
    name: Das Haus
    street: Hauptstraße 1
    postcode: "10115"
    city: Berlin
    phone: 030 23125 002
    hours: {mon-fri: "08:00-12:00, 14:00-18:00"}
    phone_hours: {mon-fri: 09:00-11:00}
    directions: {de: Hinten links., en: Back left.}
    transit: {de: Bus, en: Bus}
    parking: {de: Hof, en: Yard}
    access: {de: Rampe, en: Ramp}
specialties:
  - code: general
    name: {de: Allgemeinmedizin, en: General practice}
    aliases: {de: [Hausarzt], en: [GP]}
practitioners:
  - code: adler
    title: Dr. med.
    given_name: Eva
    family_name: Adler
    gender: female
    role: {de: Hausärztin, en: GP}
    specialties: [general]
    hours:
      - {location: haus, days: mon-fri, time: "08:00-12:00, 14:00-16:00"}
  - code: busch
    given_name: Tom
    family_name: Busch
    gender: male
    role: {de: Hausarzt, en: GP}
    specialties: [general]
    accepts: [private, self_pay]
    hours:
      - {location: haus, days: mon-fri, time: 08:00-12:00}
visit_types:
  - code: talk
    name: {de: Gespräch, en: Talk}
    given_by: [adler, busch]
    duration: 30 min
    lead: 2 h
    horizon: 4 weeks
    bring: {de: "Karte, bitte", en: "Card, please"}
    complaints: {de: [Kummer], en: [sorrow]}
  - code: first
    name: {de: Erstgespräch, en: First visit}
    given_by: [adler]
    duration: 60 min
    patients: new
  - code: review
    name: {de: Kontrolle, en: Review}
    given_by: [adler]
    duration: 30 min
    patients: known
  - code: laser
    name: {de: Laser, en: Laser}
    given_by: [adler, busch]
    duration: 30 min
    buffer_before: 10 min
    buffer_after: 15 min
    insurance: [private, self_pay]
insurers:
  - {name: TK, full_name: Techniker Krankenkasse, kind: statutory, aliases: [Techniker]}
answers:
  hours: {mon-thu: 08:00-16:00, fri: 08:00-12:00}
  default: 4 h
  emergency: 15 min
notes:
  prescription: {de: R, en: R}
  sick_note: {de: K, en: S}
  results: {de: B, en: R}
  insurance: {de: V, en: I}
  new_patients: {de: N, en: N}
"""


def changed(*replacements: tuple[str, str]) -> str:
    """The text with each (old, new) replaced once; `old` must be there."""
    text = TEXT
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def read(text: str = TEXT) -> ClinicView:
    """The clinic without a database."""
    return parse(read_yaml(text, "clinic.yml"), "clinic.yml")


def load(folder: Path, text: str = TEXT) -> ClinicView:
    """The clinic in the database in use."""
    file = folder / "clinic.yml"
    file.write_text(text, encoding="utf-8")
    return service.sync(file)
