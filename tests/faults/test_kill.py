"""Any one process is killed with -9 in the middle of a booking: nothing is lost, nothing is booked twice."""

from __future__ import annotations

import os
import signal

import pytest

from tests.booking import book
from tests.front_desk import FrontDesk, eventually

pytestmark = pytest.mark.timeout(400)

MOMENTS = [
    *[
        (name, "confirm")
        for name in ("postgres", "database", "rasa", "actions", "dialogue", "sender", "emulator")
    ],
    *[(name, "slot") for name in ("postgres", "actions", "dialogue")],
]

NAMES = [
    *("Petra Sommer", "Dieter Lange", "Rosa Klein", "Anton Busch", "Doris Kern", "Sabine Vogt", "Emil Frank"),
    *("Paula Winter", "Ahmet Yilmaz", "Dora Peters"),
]


@pytest.mark.parametrize(
    ("victim", "moment"), MOMENTS, ids=[f"{name} at {moment}" for name, moment in MOMENTS]
)
def test_a_booking_survives_the_death_of_a_process(front_desk: FrontDesk, victim: str, moment: str) -> None:
    name = NAMES[MOMENTS.index((victim, moment))]
    phone = front_desk.new_phone(name)
    booked_before = count_booked(front_desk)
    killed = []

    def kill_at(now: str) -> None:
        if now == moment:
            killed.append(front_desk.pids()[victim])
            os.kill(killed[0], signal.SIGKILL)

    moments = book(phone, name, after=kill_at)

    assert killed, f"the booking never came to {moment}: {moments}"
    assert count_booked(front_desk) == booked_before + 1
    confirmations = [message for message in phone.chat() if "✅ Gebucht" in str(message["text"])]
    assert len(confirmations) == 1, phone.chat_text()
    eventually(lambda: pending(front_desk) == 0, "every message of the patient is worked through")
    eventually(lambda: front_desk.pids().get(victim) not in (None, *killed), f"{victim} runs again")


def count_booked(desk: FrontDesk) -> int:
    """Appointments that stand, of all patients."""
    return int(desk.sql("SELECT count(*) FROM appointment WHERE status = 'booked'")[0][0])


def pending(desk: FrontDesk) -> int:
    """Messages of patients that nobody has answered yet."""
    return int(desk.sql("SELECT count(*) FROM inbound_message WHERE state = 'pending'")[0][0])
