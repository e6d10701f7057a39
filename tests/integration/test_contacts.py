"""Who is writing: contacts by phone number, by user id, by both."""

from __future__ import annotations

from sprechstunde.conversations import service
from sprechstunde.db import transaction


def test_the_same_phone_is_the_same_contact(database, frozen_clock):
    with transaction() as s:
        first = service.contact_for(s, phone="+49 171 1234567", user_id=None, profile_name="Anna")
    with transaction() as s:
        assert service.contact_for(s, phone="491711234567", user_id=None).id == first.id
        assert service.contact_address(s, first.id) == service.Address("491711234567", None)
