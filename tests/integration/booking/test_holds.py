"""Holding a free time while the patient decides: how long, against whom, and what can't be held."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from sprechstunde import clock
from sprechstunde.db import transaction
from sprechstunde.jobs.app import load_tasks, sweeps
from sprechstunde.scheduling import service
from sprechstunde.scheduling.service import (
    SlotNotOffered,
    SlotTaken,
)
from tests.integration.desk import HALF_PAST, NINE, TEN, Visitor, free, key, statuses

pytestmark = pytest.mark.usefixtures("clinic")


def test_a_hold_keeps_others_away_for_ten_minutes():
    anna, ben = Visitor(), Visitor()
    held = anna.hold(NINE)
    assert held.expires_at - clock.now() == timedelta(minutes=10)
    assert not free("2026-11-26T09:00")
    with pytest.raises(SlotTaken) as taken:
        ben.hold(NINE)
    assert len(taken.value.alternatives) == 3
    assert NINE not in [slot.key for slot in taken.value.alternatives]
    for slot in taken.value.alternatives:
        assert slot.start.date() == held.slot.start.date()
        assert free(slot.start.isoformat(), slot.practitioner)


def test_a_lapsed_hold_frees_the_slot_by_itself():
    Visitor().hold(NINE)
    clock.advance(timedelta(minutes=10))
    assert free("2026-11-26T09:00")
    assert Visitor().hold(NINE).slot.key == NINE
    assert statuses() == ["expired", "held"]


def test_a_new_hold_gives_up_the_one_before():
    anna = Visitor()
    anna.hold(NINE)
    anna.hold(TEN)
    assert sorted(statuses()) == ["held", "released"]
    assert free("2026-11-26T09:00")


def test_a_hold_may_overlap_the_one_it_replaces():
    anna = Visitor()
    anna.hold(NINE)
    assert anna.hold(key("2026-11-26T08:30", visit="first")).slot.end == service.slot_of(HALF_PAST).start


def test_releasing_frees_at_once_and_only_ones_own():
    anna, ben = Visitor(), Visitor()
    held = anna.hold(NINE)
    service.release(held.id, contact_id=ben.contact)
    assert not free("2026-11-26T09:00")
    service.release(str(held.id), contact_id=anna.contact)
    assert free("2026-11-26T09:00")
    service.release(held.id)
    service.release(uuid4())
    assert statuses() == ["released"]


def test_lapsed_holds_are_swept():
    Visitor().hold(NINE)
    assert service.expire_holds() == 0
    clock.advance(timedelta(minutes=11))
    assert service.expire_holds() == 1
    assert statuses() == ["expired"]


def test_the_workers_sweep_lapsed_holds():
    Visitor().hold(NINE)
    clock.advance(timedelta(minutes=11))
    load_tasks()
    with transaction() as s:
        for sweep in sweeps():
            sweep(s)
    assert statuses() == ["expired"]


NOT_OFFERED = {
    "after hours": key("2026-11-26T12:00"),
    "aside of the grid": key("2026-11-26T09:10"),
    "on a Saturday": key("2026-11-28T09:00"),
    "on Christmas day": key("2026-12-25T09:00"),
    "beyond the horizon": key("2026-12-29T09:00"),
    "too soon": key("2026-11-25T09:00"),
    "yesterday": key("2026-11-24T09:00"),
    "not given by him": key("2026-11-26T09:00", person="busch", visit="first"),
    "by nobody": key("2026-11-26T09:00", person="nobody"),
    "for nothing": key("2026-11-26T09:00", visit="nonsense"),
    "elsewhere": NINE.replace("haus", "villa"),
    "in another zone, before hours": NINE.replace("+01:00", "+03:00"),
    "in no zone": NINE.replace("+01:00", ""),
    "no key": "rubbish",
    "no key either": "a|b|c|d",
    "nothing": "",
}


def test_what_is_not_offered_cannot_be_held():
    anna, held = Visitor(), []
    for why, slot_key in NOT_OFFERED.items():
        try:
            anna.hold(slot_key)
            held.append(why)
        except SlotNotOffered:
            pass
    assert held == []
    assert statuses() == []


def test_a_list_stays_good_while_the_patient_reads_it():
    soon = key("2026-11-25T11:30")
    assert free("2026-11-25T11:30")
    clock.advance(timedelta(minutes=50))
    assert not free("2026-11-25T11:30")
    assert Visitor().hold(soon).slot.key == soon
