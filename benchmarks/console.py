"""How long the pages of the staff console take on the server, in a practice with a long history.

`python -m benchmarks.console` makes a database of its own on the server in use, fills it with 100,000 messages in 5,000
conversations, with patients, appointments, tasks and results, asks for every page and drops it. BENCH=quick: a tenth.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from PIL import Image
from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from benchmarks._scratch import scratch_database
from benchmarks.free_slots import measure
from sprechstunde import clock
from sprechstunde.clinic import service as clinic
from sprechstunde.console.app import create_app
from sprechstunde.conversations import service as conversations
from sprechstunde.db import lookup_hash, transaction
from sprechstunde.db.migrate import upgrade
from sprechstunde.patients import service as patients
from sprechstunde.results import receiving
from sprechstunde.results.documents import Document
from sprechstunde.results.views import Claimed
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.errors import SchedulingError
from sprechstunde.scheduling.service import SlotQuery
from sprechstunde.staff import accounts
from sprechstunde.tasks.service import open_task_in
from sprechstunde.whatsapp.models import InboundMessage, OutboundMessage

QUICK = os.environ.get("BENCH") == "quick"
CONVERSATIONS, MESSAGES = (500, 10_000) if QUICK else (5_000, 100_000)
ROUNDS = 30
TASKS, RESULTS, APPOINTMENTS = 200, 100, 150
NOW = datetime.fromisoformat("2026-11-25T09:00:00+01:00")
CLINIC = Path(__file__).parents[1] / "clinic.yml"
PASSWORD = "a password for the benchmark"
LIMIT_MS = 200
GIVEN = ("Anna", "Ben", "Clara", "David", "Elif", "Finn", "Greta", "Hasan", "Ida", "Jonas")
FAMILY = ("Adler", "Bauer", "Celik", "Dorn", "Ernst", "Fuchs", "Groß", "Huber", "Ivanov", "Jung")


def _picture() -> bytes:
    """A result of one page: what is no picture is not taken in."""
    out = io.BytesIO()
    Image.effect_noise((40, 50), 64).save(out, "PNG")
    return out.getvalue()


PNG = _picture()


def fill() -> tuple[list[UUID], list[UUID]]:
    """Returns contacts and patients."""
    clock.freeze(NOW)
    upgrade()
    clinic.sync(CLINIC)
    each = MESSAGES // CONVERSATIONS // 2
    contacts = []
    for start in range(0, CONVERSATIONS, 100):
        with transaction() as s:
            for number in range(start, min(start + 100, CONVERSATIONS)):
                contacts.append(_conversation(s, number, each))
    people = [_patient(contact, number) for number, contact in enumerate(contacts[: CONVERSATIONS // 2])]
    with transaction() as s:
        for number, contact in enumerate(contacts[-TASKS:]):
            open_task_in(
                s, "prescription", contact_id=contact, note="Ramipril 5", idempotency_key=f"{number}"
            )
        for number in range(RESULTS):
            document = Document(
                f"{number}", Claimed("Anna", FAMILY[number % 10], date(1980, 1, 1)), "Blut", PNG
            )
            receiving.receive(s, document, source="lab", actor="system:lab")
    _book(contacts, people)
    with transaction() as s:
        s.execute(text("ANALYZE"))
    return contacts, people


def _conversation(s: Session, number: int, each: int) -> UUID:
    contact = conversations.contact_for(
        s, phone=f"49302312{number:05d}", user_id=None, profile_name=f"Probe {number}"
    )
    at = NOW - timedelta(minutes=CONVERSATIONS - number)
    for turn in range(each):
        when = at - timedelta(hours=each - turn)
        s.add(
            InboundMessage(
                key_id=contact.key_id,
                wamid_hash=lookup_hash("wamid", f"{number}/{turn}"),
                contact_id=contact.id,
                kind="text",
                state="processed",
                content={"text": f"Ich hätte gern einen Termin, Frage {turn}"},
                sent_at=when,
                received_at=when,
            )
        )
        s.add(
            OutboundMessage(
                key_id=contact.key_id,
                contact_id=contact.id,
                turn_hash=lookup_hash("turn", f"{number}/{turn}"),
                position=0,
                payload={"type": "text", "text": {"body": "Wann passt es Ihnen? Schreiben Sie es einfach."}},
                state="accepted",
                status="read",
                created_at=when,
            )
        )
    s.flush()
    s.execute(text("UPDATE contact SET last_inbound_at = :at WHERE id = :id"), {"at": at, "id": contact.id})
    return contact.id


def _patient(contact: UUID, number: int) -> UUID:
    return patients.register(
        contact,
        name=f"{GIVEN[number % 10]} {FAMILY[number // 10 % 10]}-{number}",
        birth_date=date(1940, 1, 1) + timedelta(days=number * 7),
        insurance_kind="statutory",
        insurer="TK",
        idempotency_key=f"bench {number}",
    ).id


def _book(contacts: list[UUID], people: list[UUID]) -> None:
    left = APPOINTMENTS
    for visit in clinic.clinic().visit_types:
        for slot in scheduling.find_slots(SlotQuery(visit.code, None, limit=20)):
            if not left:
                return
            contact, patient = contacts[left % len(people)], people[left % len(people)]
            try:
                hold = scheduling.hold(slot.key, contact_id=contact, idempotency_key=f"hold {left}")
                scheduling.book(
                    hold.id,
                    patient_id=patient,
                    contact_id=contact,
                    reason=None,
                    idempotency_key=f"book {left}",
                )
                left -= 1
            except SchedulingError:
                continue


def signed_in(role: str) -> TestClient:
    """A browser that has passed both steps of signing in."""
    with transaction() as s:
        accounts.add(s, login=role, name="Bench", role=role, password=PASSWORD, language="de")
    browser = TestClient(create_app())
    browser.post("/sign-in", data={"login": role, "password": PASSWORD})
    with transaction() as s:
        code = accounts.current_code(s, role)
    browser.post("/sign-in/code", data={"code": code})
    return browser


def pages(contacts: list[UUID], people: list[UUID]) -> Iterator[tuple[str, Callable[[int], str]]]:
    """(name, address by the number of the round)."""
    yield "inbox, waiting", lambda _: "/"
    yield "inbox, everybody", lambda _: "/?show=all"
    yield "conversation", lambda n: f"/conversations/{contacts[-1 - n]}"
    yield "messages alone (live)", lambda n: f"/conversations/{contacts[-1 - n]}/thread"
    yield "tasks", lambda _: "/tasks"
    yield "agenda, a day", lambda n: f"/agenda?day={NOW.date() + timedelta(days=n % 7)}"
    yield "patients", lambda _: "/patients"
    yield "patients, by name", lambda n: f"/patients?q={FAMILY[n % 10]}-{n}"
    yield "a patient", lambda n: f"/patients/{people[n]}"
    yield "results", lambda _: "/results"
    yield "absences", lambda _: "/absences"
    yield "settings of a visit", lambda _: "/settings/visits/acute"


def run() -> dict[str, Any]:
    """All figures: {"messages": n, "fill_s": s, page: {"p50_ms", "p99_ms", "max_ms"}}."""
    with scratch_database("console"):
        begin = time.perf_counter()
        contacts, people = fill()
        figures: dict[str, Any] = {
            "conversations": len(contacts),
            "messages": MESSAGES,
            "fill_s": round(time.perf_counter() - begin, 1),
        }
        doctor = signed_in("doctor")
        for name, address in pages(contacts, people):

            def ask(number: int, address: Callable[[int], str] = address) -> object:
                answer = doctor.get(address(number))
                if answer.status_code != 200:
                    raise RuntimeError(f"{address(number)} answered {answer.status_code}")
                return answer

            figures[name] = measure(ask, ROUNDS)
        return figures


def main() -> None:
    """Print the figures."""
    figures = run()
    print(
        f"{figures['messages']} messages in {figures['conversations']} conversations ({figures['fill_s']} s to fill)"
    )
    print(f"{'':34}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    for name, row in figures.items():
        if isinstance(row, dict):
            late = f"   above {LIMIT_MS} ms" if row["p99_ms"] > LIMIT_MS else ""
            print(f"{name:34}{row['p50_ms']:>9}{row['p99_ms']:>9}{row['max_ms']:>9}{late}")


if __name__ == "__main__":
    main()
