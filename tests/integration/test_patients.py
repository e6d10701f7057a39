"""Whom a contact acts for."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from sprechstunde import clock
from sprechstunde.clinic.models import LocationRow, Resource, VisitTypeRow
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.patients import service
from sprechstunde.scheduling.models import Appointment

BORN = date(1980, 5, 17)


def contact(phone):
    with transaction() as s:
        return conversations.contact_for(s, phone=phone, user_id=None).id


@pytest.fixture
def mine(database, frozen_clock):
    return contact("491711234567")


def register(contact_id, name="Anna Schmidt", born=BORN, key="wamid.1/register", **more):
    values = {"insurance_kind": "statutory", "insurer": "AOK Bayern", **more}
    return service.register(contact_id, name=name, birth_date=born, idempotency_key=key, **values)


def test_a_registered_patient_is_recognised(mine):
    first = register(mine)
    assert service.patients_of(mine) == [first]
    assert (first.full_name, first.birth_date, first.relationship) == ("Anna Schmidt", BORN, "self")
    assert (first.insurance_kind, first.insurer, first.is_known) == ("statutory", "AOK Bayern", False)


def test_the_same_step_again_changes_nothing(mine):
    first = register(mine)
    again = register(mine, name="Ganz Anders", insurer="TK")
    assert again == first
    assert service.patients_of(mine) == [first]


def test_the_same_person_in_another_spelling_is_one_patient_with_the_newer_insurance(mine):
    first = register(mine, name="Anna-Lena Müller")
    again = register(
        mine, name="mueller, anna lena", key="wamid.2/register", insurance_kind="private", insurer="DKV"
    )
    assert again.id == first.id
    assert again.full_name == "Anna-Lena Müller"
    assert [(p.insurance_kind, p.insurer) for p in service.patients_of(mine)] == [("private", "DKV")]


def test_one_phone_acts_for_several_people_herself_first(mine):
    child = register(mine, name="Tim Schmidt", born=date(2020, 1, 2), key="a", relationship="child")
    clock.advance(timedelta(days=1))
    me = register(mine, key="b")
    clock.advance(timedelta(days=1))
    parent = register(mine, name="Rosa Schmidt", born=date(1950, 3, 4), key="c", relationship="parent")
    assert [p.id for p in service.patients_of(mine)] == [me.id, child.id, parent.id]
    assert [p.relationship for p in service.patients_of(mine)] == ["self", "child", "parent"]


def test_twins_are_two_patients(mine):
    one = register(mine, name="Lena Schmidt", born=date(2020, 1, 2), key="a", relationship="child")
    two = register(mine, name="Lisa Schmidt", born=date(2020, 1, 2), key="b", relationship="child")
    assert one.id != two.id


def test_who_gives_a_strangers_name_and_birth_date_gets_nothing_of_hers(mine):
    hers = register(mine)
    stranger = contact("491520000000")
    other = register(stranger, insurance_kind="private", insurer="DKV")
    assert other.id != hers.id
    assert [p.id for p in service.patients_of(stranger)] == [other.id]
    assert service.patients_of(mine) == [hers]


def test_a_stranger_can_not_change_her_insurance(mine):
    hers = register(mine)
    stranger = contact("491520000000")
    with pytest.raises(service.UnknownPatient):
        service.update_insurance(stranger, hers.id, insurance_kind="private", insurer="DKV")
    assert service.patients_of(mine) == [hers]


def test_insurance_can_be_changed(mine):
    first = register(mine)
    changed = service.update_insurance(mine, first.id, insurance_kind="self_pay", insurer="AOK Bayern")
    assert (changed.insurance_kind, changed.insurer) == ("self_pay", None)
    assert service.patients_of(mine) == [changed]


def test_two_messages_about_one_person_at_once_make_one_patient(mine):
    start = threading.Barrier(4)

    def write(number):
        start.wait()
        return register(mine, key=f"wamid.{number}").id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(write, range(4)))) == 1
    assert len(service.patients_of(mine)) == 1


def test_staff_know_a_patient_once_they_say_so(mine):
    first = register(mine)
    with transaction() as s:
        service.mark_known(s, first.id)
    assert service.patients_of(mine)[0].is_known


def test_a_patient_is_known_once_an_appointment_has_taken_place(mine):
    first = register(mine)
    booked(first, mine, starts_at=clock.now() + timedelta(hours=1))
    assert not service.patients_of(mine)[0].is_known
    clock.advance(timedelta(hours=2))
    assert service.patients_of(mine)[0].is_known


def booked(patient, contact_id, starts_at):
    """Half an hour with somebody, put straight into the tables."""
    ends_at = starts_at + timedelta(minutes=30)
    with transaction() as s:
        resource = Resource(code="weiss", name="Dr. Weiß", lanes=1)
        place = LocationRow(code="mitte", name="Mitte", address="Hauptstraße 1")
        s.add_all([resource, place, VisitTypeRow(code="checkup", names={}, bring={})])
        s.flush()
        s.add(
            Appointment(
                key_id=conversations.key_of(s, contact_id),
                resource_id=resource.id,
                lane=1,
                location="mitte",
                visit_type="checkup",
                status="booked",
                starts_at=starts_at,
                ends_at=ends_at,
                blocked_from=starts_at,
                blocked_until=ends_at,
                contact_id=contact_id,
                patient_id=patient.id,
                created_at=clock.now(),
                changed_at=clock.now(),
            )
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Dr."},
        {"born": date(2027, 1, 1)},
        {"insurance_kind": "none"},
        {"relationship": "neighbour"},
    ],
)
def test_nonsense_is_refused(mine, wrong):
    with pytest.raises(ValueError):
        register(mine, **wrong)
    assert service.patients_of(mine) == []
