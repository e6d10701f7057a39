"""Forty patients want the same few slots at the same moment."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from sprechstunde import clock
from sprechstunde.db import transaction
from sprechstunde.scheduling import service
from sprechstunde.scheduling.models import Appointment, AppointmentHistory
from sprechstunde.scheduling.service import (
    AppointmentView,
    HoldExpired,
    SlotNotOffered,
    SlotTaken,
    TooManyAppointments,
)
from tests.integration.desk import Visitor, key
from tests.small_clinic import TEXT, load

pytestmark = pytest.mark.usefixtures("database", "frozen_clock")

CLIENTS, DOCTORS, TRIES = 40, 5, 2000
DAYS = [date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30)]

OVERLAPS = """
    SELECT count(*) FROM appointment a JOIN appointment b
    ON a.resource_id = b.resource_id AND a.lane = b.lane AND a.id < b.id AND a.during && b.during
    WHERE a.status IN ('held', 'booked') AND b.status IN ('held', 'booked')"""


def five_doctors() -> str:
    """The small clinic with five doctors who all give the short, the long and the buffered visit."""
    start, end = TEXT.index("  - code: busch"), TEXT.index("visit_types:")
    busch = TEXT[start:end].replace("    accepts: [private, self_pay]\n", "")
    names = ["adler", *(f"busch{n}" for n in range(1, DOCTORS))]
    people = "".join(busch.replace("busch", name) for name in names[1:])
    text = TEXT[:start] + people + TEXT[end:]
    for given in ("[adler, busch]", "[adler]"):
        text = text.replace(f"given_by: {given}", f"given_by: [{', '.join(names)}]")
    text = text.replace("    insurance: [private, self_pay]\n", "").replace("per_phone: 3", "per_phone: 100")
    return text.replace("slot_grid: 30 min", "slot_grid: 15 min")


class Fight:
    """What the clients do, and what came of it."""

    def __init__(self, visitors: list[Visitor]) -> None:
        self.visitors, self.outcomes = visitors, Counter[str]()
        self.waits: list[float] = []
        self._lock, self._start = threading.Lock(), threading.Barrier(len(visitors))
        self._doctors = ["adler", *(f"busch{n}" for n in range(1, DOCTORS))]

    def run(self) -> None:
        with ThreadPoolExecutor(len(self.visitors)) as pool:
            for done in [pool.submit(self._client, n, v) for n, v in enumerate(self.visitors)]:
                done.result()

    def _client(self, number: int, visitor: Visitor) -> None:
        chance = random.Random(number)
        mine: list[AppointmentView] = []
        self._start.wait()
        for _ in range(TRIES // len(self.visitors)):
            begin = time.perf_counter()
            outcome = self._attempt(visitor, chance, mine)
            with self._lock:
                self.outcomes[outcome] += 1
                self.waits.append(time.perf_counter() - begin)

    def _attempt(self, visitor: Visitor, chance: random.Random, mine: list[AppointmentView]) -> str:
        at = f"{chance.choice(DAYS)}T{chance.randrange(8, 12):02}:{chance.choice((0, 15, 30, 45)):02}"
        visit = chance.choice(["talk", "talk", "first", "laser"])
        try:
            if mine and chance.random() < 0.3:
                visitor.cancel(mine.pop())
                return "cancelled"
            held = visitor.hold(key(at, chance.choice(self._doctors), visit))
            if chance.random() < 0.2:
                return "held"
            if mine and chance.random() < 0.5:
                mine.append(visitor.move(mine.pop(), held))
                return "moved"
            mine.append(visitor.take(held))
            return "booked"
        except (SlotTaken, HoldExpired):
            return "taken"
        except SlotNotOffered:
            return "not offered"
        except TooManyAppointments:
            return "too many"


def deadlocks() -> int:
    with transaction() as s:
        s.execute(text("SELECT pg_stat_force_next_flush()"))
        return s.execute(
            text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        ).scalar_one()


@pytest.mark.timeout(180)
def test_forty_clients_and_five_doctors_make_no_overlap_and_no_deadlock(tmp_path):
    load(tmp_path, five_doctors())
    fight = Fight([Visitor() for _ in range(CLIENTS)])
    fight.run()
    with transaction() as s:
        booked = s.execute(
            select(func.count()).select_from(Appointment).where(Appointment.status == "booked")
        ).scalar_one()
        overlaps = s.execute(text(OVERLAPS)).scalar_one()
        ledger = s.execute(
            select(func.count()).select_from(AppointmentHistory).where(AppointmentHistory.action == "booked")
        ).scalar_one()
    assert overlaps == 0
    assert deadlocks() == 0
    assert sum(fight.outcomes.values()) == TRIES
    assert fight.outcomes["taken"] > TRIES / 4, fight.outcomes
    assert fight.outcomes["moved"] > 20, fight.outcomes
    assert booked == ledger - fight.outcomes["cancelled"] > 0


def test_of_forty_who_tap_the_same_slot_one_gets_it_and_all_others_an_alternative(tmp_path):
    load(tmp_path, five_doctors())
    visitors = [Visitor() for _ in range(CLIENTS)]
    start, same = threading.Barrier(CLIENTS), key("2026-11-26T09:00")

    def tap(visitor: Visitor) -> list[str] | None:
        start.wait()
        try:
            visitor.book(same)
        except SlotTaken as taken:
            return [slot.key for slot in taken.alternatives]
        return None

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(tap, visitors))
    assert answers.count(None) == 1
    assert all(len(answer) == 3 and same not in answer for answer in answers if answer is not None)


def test_one_patient_who_taps_ten_times_holds_one_slot(tmp_path):
    load(tmp_path, five_doctors())
    anna, start = Visitor(), threading.Barrier(10)
    keys = [key(f"2026-11-26T{hour:02}:{minute}") for hour in (8, 9, 10, 11) for minute in ("00", "30")]
    keys += [key("2026-11-27T08:00"), key("2026-11-27T09:00")]

    def tap(number: int) -> None:
        start.wait()
        service.hold(keys[number], contact_id=anna.contact, idempotency_key=f"tap {number}")

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(tap, range(10)))
    with transaction() as s:
        live = select(func.count()).select_from(Appointment)
        live = live.where(Appointment.status == "held", Appointment.expires_at > clock.now())
        assert s.execute(live).scalar_one() == 1


def test_a_redelivered_tap_handled_twice_at_once_is_one_booking(tmp_path):
    load(tmp_path, five_doctors())
    anna = Visitor()
    held, start = anna.hold(key("2026-11-26T09:00")), threading.Barrier(4)

    def confirm(_: int):
        start.wait()
        return service.book(
            held.id,
            patient_id=anna.patient,
            contact_id=anna.contact,
            reason=None,
            idempotency_key="wamid.9:book",
        )

    with ThreadPoolExecutor(4) as pool:
        views = list(pool.map(confirm, range(4)))
    assert len({view.id for view in views}) == 1
    assert anna.upcoming() == [views[0]]
    assert anna.upcoming()[0].slot.start - clock.now() > timedelta(hours=20)
