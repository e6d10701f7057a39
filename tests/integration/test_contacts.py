"""Who is writing: contacts by phone number, by business-scoped user id, by both."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from sprechstunde import clock
from sprechstunde.conversations import service
from sprechstunde.conversations.models import Contact
from sprechstunde.db import transaction
from sprechstunde.patients import service as patients

PHONE, NEW_PHONE, USER = "491711234567", "491609999999", "DE.Abc123"

pytestmark = pytest.mark.usefixtures("database", "frozen_clock")


def contact(phone=None, user_id=None, name=None):
    with transaction() as s:
        return service.contact_for(s, phone=phone, user_id=user_id, profile_name=name)


def address(contact_id):
    with transaction() as s:
        return service.contact_address(s, contact_id)


def anna(contact_id):
    return patients.register(
        contact_id,
        name="Anna Schmidt",
        birth_date=date(1980, 5, 17),
        insurance_kind="statutory",
        insurer="AOK",
        idempotency_key="wamid.1/register",
    )


def test_the_same_phone_is_the_same_contact_however_it_is_written():
    first = contact("+49 171 1234567", name="Anna")
    assert contact(PHONE).id == first.id
    assert address(first.id) == service.Address(PHONE, None)


def test_a_contact_may_have_a_user_id_only():
    first = contact(user_id=USER)
    assert contact(user_id=USER).id == first.id
    assert address(first.id) == service.Address(None, USER)


def test_nobody_is_no_contact():
    with pytest.raises(ValueError, match="phone number or a user id"):
        contact()


def test_a_user_id_seen_with_a_known_phone_is_remembered():
    first = contact(PHONE)
    assert contact(PHONE, USER).id == first.id
    assert contact(user_id=USER).id == first.id


def test_two_contacts_seen_together_become_one_with_all_they_had():
    by_phone, by_user = contact(PHONE), contact(user_id=USER)
    registered = anna(by_user.id)
    with transaction() as s:
        service.append_turn(s, by_phone.id, [{"event": "a"}], seq=0, starts_session=True)
        service.append_turn(s, by_user.id, [{"event": "b"}], seq=0, starts_session=True)
    merged = contact(PHONE, USER)
    assert merged.id in {by_phone.id, by_user.id}
    assert address(merged.id) == service.Address(PHONE, USER)
    assert [p.id for p in patients.patients_of(merged.id)] == [registered.id]
    # Ids handed out before the merge (in a job, in a dialogue under way) still lead to the one contact.
    for old in (by_phone.id, by_user.id):
        assert address(old) == service.Address(PHONE, USER)
        assert [p.full_name for p in patients.patients_of(old)] == ["Anna Schmidt"]
    with transaction() as s:
        turns, _, seq = service.load_session(s, merged.id)
    assert (len(turns), seq) == (1, 2)


def test_a_patient_known_to_both_contacts_is_there_once_after_the_merge():
    by_phone, by_user = contact(PHONE), contact(user_id=USER)
    one = anna(by_phone.id)
    with transaction() as s:
        from sprechstunde.patients.models import ContactPatient

        s.add(
            ContactPatient(
                contact_id=by_user.id, patient_id=one.id, relationship="self", created_at=clock.now()
            )
        )
    merged = contact(PHONE, USER)
    assert [p.id for p in patients.patients_of(merged.id)] == [one.id]


def test_the_new_owner_of_a_number_sees_nothing_of_the_former_one():
    former = contact(PHONE, USER)
    anna(former.id)
    owner = contact(PHONE, "DE.Other")
    assert owner.id != former.id
    assert patients.patients_of(owner.id) == []
    assert address(former.id) == service.Address(None, USER)
    assert contact(user_id=USER).id == former.id


def test_a_user_who_writes_from_anothers_former_number_keeps_her_own_things():
    former = contact(NEW_PHONE)
    anna(former.id)
    me = contact(PHONE, USER)
    assert contact(NEW_PHONE, USER).id == me.id
    assert address(me.id) == service.Address(NEW_PHONE, USER)
    assert patients.patients_of(me.id) == []
    assert address(former.id) == service.Address(None, None)


def test_a_number_change_keeps_the_contact():
    first = contact(PHONE)
    registered = anna(first.id)
    with transaction() as s:
        assert service.change_number(s, old_phone=PHONE, new_phone="+49 160 9999999").id == first.id
    assert contact(NEW_PHONE).id == first.id
    assert patients.patients_of(first.id)[0].id == registered.id
    assert contact(PHONE).id != first.id


def test_news_of_a_number_change_may_arrive_after_the_first_message_from_the_new_number():
    first = contact(PHONE)
    anna(first.id)
    clock.advance(timedelta(minutes=1))
    early = contact(NEW_PHONE)
    with transaction() as s:
        service.change_number(s, old_phone=PHONE, new_phone=NEW_PHONE)
    assert contact(NEW_PHONE).id == first.id
    assert address(early.id) == service.Address(NEW_PHONE, None)


def test_a_number_change_to_a_number_with_an_old_owner_gives_nothing_away():
    stranger = contact(NEW_PHONE)
    anna(stranger.id)
    clock.advance(timedelta(days=400))
    mover = contact(PHONE)
    with transaction() as s:
        service.change_number(s, old_phone=PHONE, new_phone=NEW_PHONE)
    assert contact(NEW_PHONE).id == mover.id
    assert patients.patients_of(mover.id) == []


def test_the_same_number_change_twice_changes_nothing():
    first = contact(PHONE)
    for _ in range(2):
        with transaction() as s:
            service.change_number(s, old_phone=PHONE, new_phone=NEW_PHONE)
    assert contact(NEW_PHONE).id == first.id


def test_first_messages_at_the_same_moment_make_one_contact():
    start = threading.Barrier(8)

    def write(number):
        start.wait()
        return contact(PHONE, USER if number % 2 else None).id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(write, range(8)))
    assert len(ids) == 1
    with transaction() as s:
        assert s.execute(select(func.count()).select_from(Contact)).scalar_one() == 1


def test_free_text_is_allowed_for_24_hours_after_the_last_message():
    mine = contact(PHONE)
    with transaction() as s:
        assert not service.service_window_open(s, mine.id)
        service.touch_inbound(s, mine.id, clock.now())
        # An older message that arrives late must not close the window.
        service.touch_inbound(s, mine.id, clock.now() - timedelta(days=2))
    clock.advance(timedelta(hours=23, minutes=59))
    with transaction() as s:
        assert service.service_window_open(s, mine.id)
    clock.advance(timedelta(minutes=1))
    with transaction() as s:
        assert not service.service_window_open(s, mine.id)


def test_the_language_last_written_is_remembered():
    mine = contact(PHONE)
    with transaction() as s:
        assert service.language_of(s, mine.id) is None
        service.set_language(s, mine.id, "en")
    assert contact(PHONE).language == "en"


def test_an_unknown_contact_is_an_error_not_an_empty_answer():
    with transaction() as s, pytest.raises(service.UnknownContact):
        service.contact_address(s, UUID(int=7))
