"""Mistakes in clinic.yml are all named, each with its line and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprechstunde.clinic import service
from sprechstunde.clinic.lookups import build
from sprechstunde.clinic.problems import ClinicFileError
from tests import small_clinic
from tests.small_clinic import TEXT, changed, read

DEMO = Path(__file__).parents[2] / "clinic.yml"


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def complaints(text: str) -> str:
    with pytest.raises(ClinicFileError) as caught:
        read(text)
    return str(caught.value)


# What is written, what stands there instead, the place whose line is named (None: where the new text is), what is said.
MISTAKES = [
    ("Europe/Berlin", "Europe/Berln", None, "no time zone"),
    ("state: BE", "state: XX", None, "unknown German state `XX`"),
    ("duration: 60 min", "duration: 60 mn", None, "no length of time"),
    ("patients: known", "patient: known", None, "unknown key `patient` (did you mean `patients`?)"),
    ("given_by: [adler]", "given_by: [adlr]", None, "did you mean `adler`?"),
    ("12:00, 14:00-18:00", "12:00, 11:00-18:00", None, "overlaps"),
    ("mon-fri: 09:00-11:00", "mon-fir: 09:00-11:00", None, "unknown weekday `fir`"),
    ("mon-fri: 09:00-11:00", "mon-fri: 11:00-09:00", None, "ends before it starts"),
    ("mon-fri: 09:00-11:00", "mon-fri: 09:00-24:30", None, "no time of day"),
    ("code: laser", "code: talk", "code: talk\n    name: {de: Laser", "code `talk` is given twice"),
    ("gender: male", "gender: male\n    gender: other", "gender: other", "`gender` is given twice"),
    ("de: Erstgespräch", "de: Erstgespräch für neue Patienten", None, "at most 24"),
    ("{de: Kontrolle, en: Review}", "{de: Kontrolle}", None, "`en` is missing"),
    ("    family_name: Busch\n", "", "code: busch", "`family_name` is missing"),
    ("insurance: [private, self_pay]", "insurance: [privat]", None, "did you mean `private`?"),
    ("haus, days: mon-fri, time: 08:00-12:00}", "huas, days: mon-fri, time: 08:00-12:00}", None, "`haus`?"),
    ("horizon: 4 weeks", "horizon: 1 h", "code: talk", "`lead` should be shorter than `horizon`"),
    ("duration: 60 min", "duration: 5 h", "code: first", "no working time that is long enough"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line(old, new, place, said):
    text = changed((old, new))
    lines = complaints(text).splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"clinic.yml:{line_of(text, place or new)}: ")
    assert said in lines[0]


def test_broken_yaml_is_named_with_its_line():
    assert complaints("name: x\nphone: [030\nzone: y\n").startswith("clinic.yml:3: not valid YAML")


def test_all_mistakes_are_told_at_once():
    text = changed(
        ("zone: Europe/Berlin", "zone: Mars"), ("kind: statutory", "kind: stat"), ("lead: 2 h", "laed: 2 h")
    )
    lines = complaints(text).splitlines()
    assert [line.split(":")[1] for line in lines] == [
        str(line_of(text, part)) for part in ("zone:", "laed:", "kind: stat,")
    ]


def test_someone_who_works_twice_at_once_is_found():
    text = changed(
        (
            "time: 08:00-12:00}",
            "time: 08:00-12:00}\n      - {location: haus, days: wed, time: 11:00-13:00}",
        )
    )
    assert "`busch` works twice at once" in complaints(text)


def test_a_break_outside_working_time_is_found():
    text = changed(("time: 08:00-12:00}", "time: 08:00-12:00, breaks: 13:00-13:15}"))
    assert "lies outside the working time" in complaints(text)


def test_absences_must_not_run_backwards():
    away = "    absences: [{from: 2026-12-10, until: 2026-12-01}]\n    accepts: [private"
    assert "comes before" in complaints(changed(("    accepts: [private", away)))


@pytest.mark.parametrize("text", ["", "just words", "- a list", "name: x"])
def test_what_is_no_clinic_is_refused_with_a_line(text):
    assert complaints(text).startswith("clinic.yml:1: ")


def test_a_file_that_is_missing_or_not_utf8_is_told(tmp_path):
    with pytest.raises(ClinicFileError, match=r"nowhere.yml:1: can't be read"):
        service.check(tmp_path / "nowhere.yml")
    (tmp_path / "latin.yml").write_bytes("name: a\nphone: ü".encode("latin-1"))
    with pytest.raises(ClinicFileError, match=r"latin.yml:2: is not UTF-8"):
        service.check(tmp_path / "latin.yml")


def test_the_demo_clinic_is_complete():
    clinic = service.check(DEMO)
    assert len(clinic.locations) >= 2
    assert len(clinic.practitioners) >= 4
    assert len(clinic.visit_types) >= 8
    assert any(v.patients == "known" for v in clinic.visit_types)
    assert any("statutory" not in v.insurance for v in clinic.visit_types)
    for visit in clinic.visit_types:
        assert visit.bring["de"], visit.code
        assert visit.bring["en"], visit.code


@pytest.mark.parametrize(
    ("words", "language", "kind", "value"),
    [
        ("Knieschmerzen", "de", "visit_type", "knee"),
        ("Ausschlag", "de", "visit_type", "skin"),
        ("rash", "en", "visit_type", "skin"),
        ("sore throat", "en", "visit_type", "acute"),
        ("Hautärztin", "de", "specialty", "dermatology"),
        ("skin doctor", "en", "specialty", "dermatology"),
        ("GP", "en", "specialty", "general_practice"),
        ("Frau Dr. Weiß", "de", "practitioner", "weiss"),
        ("Weiss", "de", "practitioner", "weiss"),
        ("Doctor Oeztuerk", "en", "practitioner", "oeztuerk"),
        ("Techniker", "de", "insurer", "TK"),
        ("Barmer", "en", "insurer", "BARMER"),
        ("Signal Iduna", "de", "insurer", "SIGNAL IDUNA"),
        ("Pankow", "en", "location", "pankow"),
    ],
)
def test_words_that_patients_use_lead_to_the_clinics_own(words, language, kind, value):
    assert build(service.check(DEMO)).of(kind, language)[words] == value


def test_no_word_means_two_things_of_one_kind():
    meanings: dict[tuple[str, str | None, str], set[str]] = {}
    for entry in build(service.check(DEMO)).entries:
        for language in ("de", "en") if entry.language is None else (entry.language,):
            meanings.setdefault((entry.kind, language, entry.surface.casefold()), set()).add(entry.value)
    assert {key: values for key, values in meanings.items() if len(values) > 1} == {}


def test_complaints_of_one_language_stay_out_of_the_other():
    lookups = build(read())
    assert "Kummer" in lookups.of("visit_type", "de", source="symptom")
    assert "Kummer" not in lookups.of("visit_type", "en")


def test_a_person_without_a_title_is_spoken_of_by_name():
    busch, adler = read().practitioner("busch"), read().practitioner("adler")
    assert busch is not None
    assert adler is not None
    assert (busch.spoken("de"), busch.spoken("en")) == ("Herr Busch", "Tom Busch")
    assert (adler.spoken("de"), adler.spoken("en")) == ("Frau Dr. Adler", "Dr. Adler")


def test_the_small_clinic_is_sound():
    assert small_clinic.read(TEXT).visit_type("talk") is not None
