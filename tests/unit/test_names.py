"""Names as people type them."""

from __future__ import annotations

import pytest

from sprechstunde.patients.names import comparable, spelled, split_name


@pytest.mark.parametrize(
    ("typed", "given", "family"),
    [
        ("Anna Schmidt", "Anna", "Schmidt"),
        ("anna schmidt", "Anna", "Schmidt"),
        ("ANNA MÜLLER-LÜDENSCHEIDT", "Anna", "Müller-Lüdenscheidt"),
        ("Schmidt, Anna", "Anna", "Schmidt"),
        ("Dr. Anna-Lena von Berg", "Anna-Lena", "von Berg"),
        ("von Berg, Anna-Lena", "Anna-Lena", "von Berg"),
        ("Berg, Anna von", "Anna", "von Berg"),
        ("Frau Prof. Dr. med. Ute van der Meer", "Ute", "van der Meer"),
        ("Dr.med.Anna Weiß", "Anna", "Weiß"),
        ("anna von der heide", "Anna", "von der Heide"),
        ("Anna - Lena Schmidt", "Anna-Lena", "Schmidt"),
        ("Jan Peter de Vries", "Jan Peter", "de Vries"),
        ("sean o’brien", "Sean", "O'Brien"),
        ("Mr. John Smith Jr.", "John", "Smith Jr."),
        ("John Smith, Jr.", "John", "Smith Jr."),
        ("Mohammed El Sayed", "Mohammed", "El Sayed"),
        ("Juan Carlos García y López", "Juan Carlos", "García y López"),
        ("j.p. müller", "J.P.", "Müller"),
        ("Ben Müller", "Ben", "Müller"),
        ("Ma Li", "Ma", "Li"),
        ("Herr Schmidt", "", "Schmidt"),
        ("von Berg", "", "von Berg"),
        ("😀 Anna Schmidt 12", "Anna", "Schmidt"),
        ("  ", "", ""),
    ],
)
def test_a_name_is_split_as_its_owner_means_it(typed, given, family):
    assert split_name(typed) == (given, family)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Müller", "anna mueller"),
        ("Anna-Lena Weiß", "Anna Lena Weiss"),
        ("Schmidt, Anna", "Anna Schmidt"),
        ("Dr. René von Berg", "rene von berg"),
        ("Mu\u0308ller, Jo\u0308rg", "Jörg Müller"),
    ],
)
def test_spellings_of_one_name_are_equal(one, other):
    assert comparable(*split_name(one)) == comparable(*split_name(other))


def test_twins_are_two_people():
    assert comparable("Anna-Lena", "Schmidt") != comparable("Anna-Maria", "Schmidt")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("emre kaya", "Emre Kaya"),
        ("HEIKE VON DER HEIDE", "Heike von der Heide"),
        ("anna-lena o'neill", "Anna-Lena O'Neill"),
        ("Friedrich von der Heide", "Friedrich von der Heide"),
        ("Iain McDonald", "Iain McDonald"),
    ],
)
def test_a_name_is_shown_as_names_are_written(typed: str, shown: str) -> None:
    assert spelled(typed) == shown
