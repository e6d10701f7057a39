"""What was said is kept, a session at a time."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from sprechstunde import clock
from sprechstunde.conversations import service
from sprechstunde.db import transaction


@pytest.fixture
def contact_id(database, frozen_clock):
    with transaction() as s:
        return service.contact_for(s, phone="491711234567", user_id=None).id


def say(contact_id, *words, starts_session=False):
    with transaction() as s:
        _, _, seq = service.load_session(s, contact_id)
        service.append_turn(
            s, contact_id, [{"text": w} for w in words], seq=seq, starts_session=starts_session
        )


def load(contact_id):
    with transaction() as s:
        return service.load_session(s, contact_id)


def test_a_new_contact_has_said_nothing(contact_id):
    assert load(contact_id) == ([], None, 0)


def test_turns_come_back_in_order(contact_id):
    say(contact_id, "Hallo", "Größe 🙂", starts_session=True)
    say(contact_id, "Termin")
    turns, at, seq = load(contact_id)
    assert turns == [[{"text": "Hallo"}, {"text": "Größe 🙂"}], [{"text": "Termin"}]]
    assert (at, seq) == (clock.now(), 2)


def test_only_the_current_session_is_read(contact_id):
    for number in range(3):
        say(contact_id, f"erste {number}", starts_session=number == 0)
    say(contact_id, "neu", starts_session=True)
    turns, _, seq = load(contact_id)
    assert (turns, seq) == ([[{"text": "neu"}]], 4)


def test_of_two_turns_at_once_one_has_to_be_run_again(contact_id):
    say(contact_id, "Hallo", starts_session=True)
    with pytest.raises(IntegrityError), transaction() as s:
        service.append_turn(s, contact_id, [{"text": "zweimal"}], seq=0, starts_session=False)
    assert load(contact_id)[0] == [[{"text": "Hallo"}]]
