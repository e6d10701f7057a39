"""Doctors, specialties, visits, places and insurers, as people type them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sprechstunde.assistant.nlu.clinic import ClinicEntities
from sprechstunde.assistant.nlu.personal import PersonalEntities
from sprechstunde.clinic import service
from sprechstunde.clinic.lookups import build


@pytest.fixture
def found(demo_clinic, read_with):
    read = read_with(PersonalEntities, ClinicEntities)

    def of(text):
        return [
            (e["entity"], e["value"], e.get("role")) for e in read(text) if e["extractor"] == "ClinicEntities"
        ]

    return of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ich möchte einen Termin bei Dr. Weiß", "weiss"),
        ("bei frau dr weis", "weiss"),
        ("zu Weiss bitte", "weiss"),
        ("with Dr Sommer please", "sommer"),
        ("Frau Doktor Öztürk", "oeztuerk"),
        ("dr oezturk", "oeztuerk"),
        ("Herr Lindquist", "lindqvist"),
        ("is Dr. Petrova in?", "petrova"),
        ("Dr Petrovas Sprechstunde", "petrova"),
        ("Miriam Weiß", "weiss"),
        ("Hoffman", "hoffmann"),
    ],
)
def test_doctors_with_and_without_title_and_with_typos(found, text, code):
    assert ("practitioner", code, None) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "ich weiß nicht",
        "das weiß ich noch nicht",
        "im Sommer wäre gut",
        "next summer",
        "Peter Hofmann",
        "weiss nicht",
    ],
)
def test_words_and_patients_that_look_like_a_doctor_are_none(found, text):
    assert not [entity for entity in found(text) if entity[0] == "practitioner"]


def test_a_patient_named_like_a_doctor_is_not_the_doctor(found):
    assert found("Ich heiße Peter Weiß") == []


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("Hautarzt", "specialty", "dermatology"),
        ("hautartzt", "specialty", "dermatology"),
        ("haut arzt", "specialty", "dermatology"),
        ("Hautarzttermin", "specialty", "dermatology"),
        ("Hautärztinnen", "specialty", "dermatology"),
        ("dermatologist", "specialty", "dermatology"),
        ("HAUSAERZTIN", "specialty", "general_practice"),
        ("a GP", "specialty", "general_practice"),
        ("Kinderartz", "specialty", "paediatrics"),
        ("orthopedist", "specialty", "orthopaedics"),
        ("Knieschmerzen", "visit_type", "knee"),
        ("my knee's been killing me", "visit_type", "knee"),
        ("both knees hurt", "visit_type", "knee"),
        ("hab mir den fuß verknackst", "visit_type", "orthopaedic"),
        ("Grippeimfpung", "visit_type", "vaccination"),
        ("flu jab", "visit_type", "vaccination"),
        ("meine Blutwerte", "visit_type", "blood_test"),
        ("check up", "visit_type", "check_up"),
        ("I have a rash", "visit_type", "skin"),
        ("der Leberfleck am Rücken", "visit_type", "mole_check"),
        ("in Pankow", "location", "pankow"),
        ("tk", "insurer", "TK"),
        ("bin bei der Techniker", "insurer", "TK"),
        ("barmer gek", "insurer", "BARMER"),
        ("AOK nordost", "insurer", "AOK Nordost"),
    ],
)
def test_what_people_call_things(found, text, entity, value):
    assert (entity, value, None) in found(text)


@pytest.mark.parametrize(
    ("text", "kept", "excluded"),
    [
        ("nicht bei Dr. Weiß", set(), {"weiss"}),
        ("nicht bei Dr. Weiß, sondern bei Dr. Sommer", {"sommer"}, {"weiss"}),
        ("lieber Dr. Sommer als Dr. Weiß", {"sommer", "weiss"}, set()),
        ("Dr. Weiß bitte nicht", set(), {"weiss"}),
        ("anyone but Dr Weiss", set(), {"weiss"}),
        ("not with Dr Hoffmann please", set(), {"hoffmann"}),
        ("nicht nur bei Dr. Weiß", {"weiss"}, set()),
        ("Montag nicht, aber bei Dr. Weiß", {"weiss"}, set()),
    ],
)
def test_doctors_a_patient_does_not_want(found, text, kept, excluded):
    entities = [entity for entity in found(text) if entity[0] == "practitioner"]
    assert {value for _, value, role in entities if role is None} == kept
    assert {value for _, value, role in entities if role == "excluded"} == excluded


def test_what_one_comes_for_beats_what_one_mentions(found):
    visits = [value for entity, value, _ in found("Impfung, trotz Husten") if entity == "visit_type"]
    assert visits == ["vaccination"]


def test_places_in_the_text_are_right(demo_clinic, read_with):
    text = "Termin bei Frau Dr. Weiß wegen Ausschlag"
    spans = {text[e["start"] : e["end"]] for e in read_with(ClinicEntities)(text)}
    assert spans == {"Frau Dr. Weiß", "Ausschlag"}


def test_a_new_doctor_is_understood_at_once(demo_clinic, monkeypatch):
    component = ClinicEntities({})
    from tests.unit.assistant.conftest import Message

    def practitioners():
        message = Message({"text": "einen Termin bei Frau Dr. Zimmermann"})
        component.process([message])
        return [e["value"] for e in message.get("entities", []) if e["entity"] == "practitioner"]

    assert practitioners() == []
    clinic = service.clinic()
    newcomer = replace(clinic.practitioners[0], code="zimmermann", given_name="Eva", family_name="Zimmermann")
    newer = replace(clinic, practitioners=(*clinic.practitioners, newcomer), revision=clinic.revision + 1)
    monkeypatch.setattr(service, "clinic", lambda: newer)
    monkeypatch.setattr(service, "lookups", lambda: build(newer))
    assert practitioners() == ["zimmermann"]


@pytest.mark.parametrize(
    "text",
    [
        "can you push it back by a day?",
        "push my appointment back a week",
        "put it back to Friday",
        "could you move my check-up with Dr Weiss back",
        "please call me back",
        "i'm back on friday",
        "when do you get back to me",
        "could ye put me back a week",
        "can it be moved back an hour",
        "I was at your place two weeks back",
    ],
)
def test_back_as_a_direction_is_no_part_of_the_body(found, text):
    assert ("visit_type", "back", None) not in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "my back hurts",
        "back",
        "can I come in about my back",
        "get me something for my lower back please",
        "back pain, can you call me back",
        "I need to come on friday back hurts",
        "I was lifting and now the back is stiff",
        "something with back and neck",
    ],
)
def test_a_back_that_hurts_is_one(found, text):
    assert ("visit_type", "back", None) in found(text)
