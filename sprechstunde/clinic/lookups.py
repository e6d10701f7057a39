"""Words that patients use for the clinic's people, places, visits and insurers: what the NLU looks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sprechstunde.clinic.view import ClinicView, Practitioner

KINDS = ("practitioner", "specialty", "visit_type", "location", "insurer")


@dataclass(frozen=True)
class Entry:
    """`surface` (as written, not folded) means `value` (a code; for insurers the canonical name).

    `kind` ∈ KINDS; `language` = de, en, or None for both; `source` ∈ name | alias | symptom (a complaint).
    """

    kind: str
    value: str
    surface: str
    language: str | None
    source: str


@dataclass(frozen=True)
class Lookups:
    """All entries of one revision of the clinic."""

    revision: int
    entries: tuple[Entry, ...]

    def of(self, kind: str, language: str | None = None, source: str | None = None) -> dict[str, str]:
        """surface → value for one kind; with `language`, also words that belong to both languages. First entry wins."""
        found: dict[str, str] = {}
        for entry in self.entries:
            if entry.kind != kind or (source and entry.source != source):
                continue
            if language is None or entry.language in (None, language):
                found.setdefault(entry.surface, entry.value)
        return found


def build(clinic: ClinicView) -> Lookups:
    """The lookups of `clinic`: names first, then aliases, then complaints; no surface twice for the same meaning."""
    entries = sorted(
        dict.fromkeys(_entries(clinic)), key=lambda e: ("name", "alias", "symptom").index(e.source)
    )
    return Lookups(clinic.revision, tuple(entries))


def _entries(clinic: ClinicView) -> Iterator[Entry]:
    for person in clinic.practitioners:
        for surface in spellings(_called(person)):
            yield Entry("practitioner", person.code, surface, None, "name")
        for surface in spellings(person.aliases):
            yield Entry("practitioner", person.code, surface, None, "alias")
    for kind, items in (("specialty", clinic.specialties), ("visit_type", clinic.visit_types)):
        for item in items:
            for language, name in item.names.items():
                yield Entry(kind, item.code, name, language, "name")
            yield from _worded(kind, item.code, item.aliases, "alias")
    for visit in clinic.visit_types:
        yield from _worded("visit_type", visit.code, visit.complaints, "symptom")
    for location in clinic.locations:
        yield Entry("location", location.code, location.name, None, "name")
        for surface in spellings([location.street]):
            yield Entry("location", location.code, surface, None, "alias")
        yield from _worded("location", location.code, location.aliases, "alias")
    for insurer in clinic.insurers:
        yield Entry("insurer", insurer.name, insurer.name, None, "name")
        for surface in spellings((insurer.full_name, *insurer.aliases)):
            yield Entry("insurer", insurer.name, surface, None, "alias")


def _worded(kind: str, value: str, words: object, source: str) -> Iterator[Entry]:
    for language, surfaces in dict(words).items():  # type: ignore[call-overload]
        for surface in surfaces:
            yield Entry(kind, value, surface, language, source)


def _called(person: Practitioner) -> Iterator[str]:
    """With and without title and given name, in both languages."""
    family, full = person.family_name, f"{person.given_name} {person.family_name}"
    yield from (full, family, person.name)
    address = {"female": ("Frau", "Mrs", "Ms"), "male": ("Herr", "Herrn", "Mr")}.get(person.gender, ())
    titles = ["Dr.", "Dr", "Doktor", "Doctor"] if "Dr." in person.title else []
    if "Prof." in person.title:
        titles += ["Prof.", "Professor", "Professorin", "Prof. Dr."]
    for prefix in (*address, *titles, *(f"{a} {t}" for a in address[:2] for t in titles)):
        yield f"{prefix} {family}"


def spellings(surfaces: Iterable[str]) -> Iterator[str]:
    """Each surface, and as people type it without umlauts ("Weiss", "Oeztuerk", "Ozturk") or with "str."."""
    digraphs = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
    plain = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U", "ß": "ss"})
    for surface in surfaces:
        yield from dict.fromkeys((surface, surface.translate(digraphs), surface.translate(plain)))
