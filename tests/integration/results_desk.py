"""A practice with one patient, for tests of results."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.patients import service as patients
from sprechstunde.results import links, receiving, releasing
from sprechstunde.results.documents import Document
from sprechstunde.results.views import Claimed
from tests.pdfs import report

BORN = date(1966, 5, 4)
DOCTOR = UUID("00000000-0000-0000-0000-0000000000d0")
PHONE = "491711234567"
SECRET_WORDS = "Cholesterin 260"


def contact(phone: str = PHONE) -> UUID:
    with transaction() as s:
        return conversations.contact_for(s, phone=phone, user_id=None).id


def patient(contact_id: UUID, name: str = "Sabine Krüger", born: date = BORN) -> UUID:
    return patients.register(
        contact_id,
        name=name,
        birth_date=born,
        insurance_kind="statutory",
        insurer="TK",
        idempotency_key=f"register/{name}",
    ).id


def hand_in(claimed: Claimed | None = None, *, external_id: str | None = None, **more):
    """A result as the laboratory sends it; by default its patient's number is known to the practice's system."""
    document = Document(
        external_id=external_id or uuid4().hex,
        claimed=claimed or Claimed("Sabine", "Krüger", BORN, phone=PHONE),
        kind_of_test=more.pop("kind_of_test", "Blutfette"),
        content=more.pop("content", report(SECRET_WORDS)),
        **more,
    )
    with transaction() as s:
        return receiving.receive(s, document, source="lab", actor="system:lab")


def release(result_id: UUID, *, mark: str = "fine", remark: str | None = "Alles in Ordnung."):
    with transaction() as s:
        return releasing.release(s, result_id, mark=mark, remark=remark, staff_id=DOCTOR)


def announce(result_id: UUID) -> bool:
    with transaction() as s:
        return releasing.announced(s, result_id)


def link(contact_id: UUID, patient_id: UUID) -> str:
    with transaction() as s:
        return links.make(s, contact_id, patient_id)


def birth_date(token: str, born: date):
    with transaction() as s:
        return links.check_birth_date(s, token, born)


def code(token: str, checking: str, digits: str):
    with transaction() as s:
        return links.check_code(s, token, checking, digits)


def viewer(secret: str):
    with transaction() as s:
        return links.viewer(s, secret)
