"""How long the search for free slots takes in a large schedule: 200 practitioners and a year of bookings.

`python -m benchmarks.free_slots` makes a database of its own on the server in use (`DATABASE_URL`, else the
embedded one), fills it, measures, and drops it. BENCH=quick: 40 practitioners, three months.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from benchmarks._scratch import scratch_database
from sprechstunde import clock
from sprechstunde.clinic import service as clinic
from sprechstunde.conversations import service as conversations
from sprechstunde.dates import TimeWish
from sprechstunde.db import transaction
from sprechstunde.db.migrate import upgrade
from sprechstunde.patients import service as patients
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.service import SlotQuery

QUICK = os.environ.get("BENCH") == "quick"
PRACTITIONERS, DAYS, ROUNDS = (40, 90, 40) if QUICK else (200, 365, 150)
SPECIALTIES = 10
NOW = datetime.fromisoformat("2026-11-25T09:00:00+01:00")
FULL_DAYS = 21
"""So many days from now nearly everything is taken (95 %), later on 45 %."""

NO_OVERLAP = "ex_appointment_no_overlap"

FILL = """
INSERT INTO appointment (id, resource_id, lane, location, visit_type, status, starts_at, ends_at, blocked_from,
    blocked_until, contact_id, patient_id, sequence, created_at, changed_at, key_id)
SELECT gen_random_uuid(), r.id, 0, 'haus', 'visit_' || (r.id %% {specialties}), 'booked',
    at, at + interval '15 minutes', at, at + interval '15 minutes', '{contact}', '{patient}', 0, now(), now(), '{key}'
FROM resource r
CROSS JOIN generate_series(0, {days}) AS day
CROSS JOIN generate_series(0, 31) AS quarter
CROSS JOIN LATERAL (SELECT (date '{first}' + day + time '08:00' + quarter * interval '15 minutes')
    AT TIME ZONE 'Europe/Berlin' AS at) AS slot
WHERE extract(isodow FROM date '{first}' + day) < 6
  AND abs(hashint8(r.id * 100003 + day * 37 + quarter)) %% 100 < CASE WHEN day < {full_days} THEN 95 ELSE 45 END
"""


def clinic_text() -> str:
    """A clinic of `PRACTITIONERS` people in `SPECIALTIES` specialties, each with a visit type of its own."""
    groups = range(SPECIALTIES)
    people = range(PRACTITIONERS)
    specialties = "".join(f"  - {{code: group_{g}, name: {{de: Fach {g}, en: Field {g}}}}}\n" for g in groups)
    practitioners = "".join(
        f"""  - code: person_{n}
    given_name: Vor{n}
    family_name: Nach{n}
    role: {{de: Arzt, en: Doctor}}
    specialties: [group_{n % SPECIALTIES}]
    hours: [{{location: haus, days: mon-fri, time: "08:00-12:00, 12:00-16:00"}}]
"""
        for n in people
    )
    visits = "".join(
        f"""  - code: visit_{g}
    name: {{de: Besuch {g}, en: Visit {g}}}
    given_by: [{", ".join(f"person_{n}" for n in people if n % SPECIALTIES == g)}]
    duration: 15 min
    horizon: {DAYS} days
"""
        for g in groups
    )
    everyone = ", ".join(f"person_{n}" for n in people)
    return f"""name: Klinikum
zone: Europe/Berlin
state: BE
phone: 030 23125 300
locations:
  - {{code: haus, name: Haus, street: Allee 1, postcode: "10115", city: Berlin, phone: 030 23125 301,
     hours: {{mon-fri: 08:00-16:00}}, phone_hours: {{mon-fri: 08:00-16:00}}, directions: {{de: a, en: a}},
     transit: {{de: a, en: a}}, parking: {{de: a, en: a}}, access: {{de: a, en: a}}}}
specialties:
{specialties}practitioners:
{practitioners}visit_types:
{visits}  - {{code: anyone, name: {{de: Alle, en: All}}, duration: 15 min, horizon: {DAYS} days,
     given_by: [{everyone}]}}
insurers: [{{name: TK, kind: statutory}}]
answers: {{hours: {{mon-fri: 08:00-16:00}}, default: 4 h}}
notes: {{prescription: {{de: a, en: a}}, sick_note: {{de: a, en: a}}, results: {{de: a, en: a}},
  insurance: {{de: a, en: a}}, new_patients: {{de: a, en: a}}}}
"""


def fill(folder: Path) -> tuple[int, UUID]:
    """Load the clinic and book it up. Returns the number of appointments and a contact."""
    clock.freeze(NOW)
    upgrade()
    file = folder / "clinic.yml"
    file.write_text(clinic_text(), encoding="utf-8")
    clinic.sync(file)
    with transaction() as s:
        contact = conversations.contact_for(s, phone="493023125999", user_id=None, profile_name=None)
    patient = patients.register(
        contact.id,
        name="Probe Person",
        birth_date=date(1980, 1, 1),
        insurance_kind="statutory",
        insurer=None,
        idempotency_key="bench",
    )
    statement = FILL.format(
        specialties=SPECIALTIES,
        contact=contact.id,
        patient=patient.id,
        key=contact.key_id,
        days=DAYS,
        first=NOW.date(),
        full_days=FULL_DAYS,
    )
    # A million rows one by one through the constraint take minutes; checked at the end, all of them, it takes less.
    with transaction() as s:
        rule = s.execute(
            text(f"SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = '{NO_OVERLAP}'")
        )
        definition = rule.scalar_one()
        s.execute(text(f"ALTER TABLE appointment DROP CONSTRAINT {NO_OVERLAP}"))
        if s.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar_one():
            # Seven look-ups a row, of rows that were just made.
            s.execute(text("SET LOCAL session_replication_role = replica"))
        count: int = s.connection().exec_driver_sql(statement).rowcount
        s.connection().exec_driver_sql(f"ALTER TABLE appointment ADD CONSTRAINT {NO_OVERLAP} {definition}")
    with transaction() as s:
        s.execute(text("ANALYZE appointment"))
    return count, contact.id


def cases() -> dict[str, Callable[[int], object]]:
    """What is measured: name → a search, varied by the number of the round."""

    def day(number: int) -> datetime:
        start = datetime.combine(NOW.date(), clock_time()) + timedelta(days=1 + number * 7 % (DAYS - 10))
        return start - timedelta(days=start.weekday()) if start.weekday() > 4 else start

    def week(number: int) -> TimeWish:
        return TimeWish(windows=((day(number), day(number) + timedelta(days=7)),))

    def afternoon(number: int) -> TimeWish:
        window = (day(number), day(number) + timedelta(days=1))
        return TimeWish(windows=(window,), daytimes=((clock_time(13), clock_time(16)),))

    def search(visit: str, people: tuple[str, ...] | None, wish: TimeWish | None) -> object:
        return scheduling.find_slots(SlotQuery(visit, people, wish=wish))

    return {
        "one doctor, any time": lambda n: search("anyone", (f"person_{n % PRACTITIONERS}",), None),
        "one doctor, a week": lambda n: search("anyone", (f"person_{n % PRACTITIONERS}",), week(n)),
        "a specialty, soon": lambda n: search(f"visit_{n % SPECIALTIES}", None, TimeWish(asap=True)),
        "a specialty, an afternoon": lambda n: search(f"visit_{n % SPECIALTIES}", None, afternoon(n)),
        "anyone, any time": lambda n: search("anyone", None, None),
        "anyone, soon": lambda n: search("anyone", None, TimeWish(asap=True)),
        "nothing free, so alternatives": lambda n: scheduling.alternatives(
            SlotQuery(
                "anyone",
                (f"person_{n % PRACTITIONERS}",),
                wish=TimeWish(windows=((day(n) + timedelta(hours=20), day(n) + timedelta(hours=23)),)),
            )
        ),
    }


def measure(work: Callable[[int], object], rounds: int) -> dict[str, float]:
    """Milliseconds: p50, p99, worst."""
    work(0)
    taken = []
    for number in range(rounds):
        begin = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - begin) * 1000)
    ranks = statistics.quantiles(taken, n=100, method="inclusive")
    return {"p50_ms": round(ranks[49], 1), "p99_ms": round(ranks[98], 1), "max_ms": round(max(taken), 1)}


def hold_and_release(contact: UUID) -> Callable[[int], object]:
    """Hold a free slot, as a tap on the list does."""
    free = [
        slot.key
        for group in range(SPECIALTIES)
        for slot in scheduling.find_slots(SlotQuery(f"visit_{group}", limit=20))
    ]

    def work(number: int) -> object:
        key = free[number % len(free)]
        return scheduling.hold(
            key, contact_id=contact, idempotency_key=f"bench {number} {time.perf_counter_ns()}"
        )

    return work


def run() -> dict[str, Any]:
    """All figures: {"appointments": n, "fill_s": s, case: {"p50_ms", "p99_ms", "max_ms"}}."""
    with scratch_database("free_slots") as folder:
        begin = time.perf_counter()
        count, contact = fill(folder)
        figures: dict[str, Any] = {
            "practitioners": PRACTITIONERS,
            "appointments": count,
            "fill_s": round(time.perf_counter() - begin, 1),
        }
        for name, work in cases().items():
            figures[name] = measure(work, ROUNDS)
        figures["hold a slot"] = measure(hold_and_release(contact), ROUNDS)
        return figures


def main() -> None:
    """Print the figures."""
    figures = run()
    size = f"{figures['practitioners']} practitioners, {figures['appointments']} appointments"
    print(f"{size} (filled in {figures['fill_s']} s)")
    print(f"{'':34}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    for name, row in figures.items():
        if isinstance(row, dict):
            print(f"{name:34}{row['p50_ms']:>9}{row['p99_ms']:>9}{row['max_ms']:>9}")


if __name__ == "__main__":
    main()
