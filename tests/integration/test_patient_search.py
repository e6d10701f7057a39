"""Staff find a patient by what they know of her; the database alone tells nobody's name."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from sprechstunde.conversations import service as conversations
from sprechstunde.db import destroy_key, transaction
from sprechstunde.patients import search
from sprechstunde.patients import service as patients
from sprechstunde.patients.models import Patient
from tests.raw_dump import raw_dump

PEOPLE = (
    ("Jürgen Müller-Lüdenscheidt", date(1948, 11, 2)),
    ("Anna von Berg", date(1980, 5, 17)),
    ("Anneliese Berger", date(1980, 5, 17)),
    ("Li Ng", date(2001, 1, 1)),
    ("Constantinopolitania Schmidt", date(1990, 2, 3)),
    ("Constantinopolis Schmitz", date(1990, 2, 4)),
)


@pytest.fixture(autouse=True)
def known(database, frozen_clock):
    with transaction() as s:
        contact = conversations.contact_for(s, phone="491701112233", user_id=None, profile_name=None)
    for name, born in PEOPLE:
        patients.register(
            contact.id,
            name=name,
            birth_date=born,
            insurance_kind="statutory",
            insurer="TK",
            relationship="other",
            idempotency_key=name,
        )
    return contact.id


def found(text, language="de"):
    with transaction() as s:
        return [one.full_name for one in search.find(s, text, language=language, today=date(2026, 11, 25))]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("müller", ["Jürgen Müller-Lüdenscheidt"]),
        ("Mueller", ["Jürgen Müller-Lüdenscheidt"]),
        ("lüden jür", ["Jürgen Müller-Lüdenscheidt"]),
        ("ann", ["Anneliese Berger", "Anna von Berg"]),
        ("berg anna", ["Anna von Berg"]),
        ("ng", ["Li Ng"]),
        ("17.5.1980", ["Anneliese Berger", "Anna von Berg"]),
        ("constantinopolit", ["Constantinopolitania Schmidt"]),
        ("Niemand", []),
        ("x", []),
        ("", []),
        ("   ", []),
    ],
)
def test_a_patient_is_found_by_beginnings_of_her_name_or_by_her_birth_date(typed, names):
    assert sorted(found(typed)) == sorted(names)


def test_english_dates_are_read_too():
    assert sorted(found("17 May 1980", "en")) == ["Anna von Berg", "Anneliese Berger"]


def test_who_acts_for_her_is_told(known):
    with transaction() as s:
        (li,) = search.find(s, "Li Ng", language="de", today=date(2026, 11, 25))
        assert li.contact_ids == (known,)
        assert search.one(s, li.id) == li
        assert len(search.latest(s, most=2)) == 2


def test_whoever_was_erased_is_not_found():
    with transaction() as s:
        (li,) = search.find(s, "Li Ng", language="de", today=date(2026, 11, 25))
        destroy_key(s, s.get(Patient, li.id).key_id)
    assert found("Li Ng") == []


def test_patients_from_before_are_found_once_the_housekeeping_was_there():
    with transaction() as s:
        s.execute(update(Patient).values(search_hashes=None))
    assert found("müller") == []
    with transaction() as s:
        assert search.note_hashes(s) == len(PEOPLE)
        assert search.note_hashes(s) == 0
    assert found("müller") == ["Jürgen Müller-Lüdenscheidt"]


def test_the_database_holds_no_name_in_clear(database):
    dump = raw_dump(database)
    for word in ("Müller", "mueller", "Anneliese", "1980-05-17"):
        assert word.encode() not in dump
