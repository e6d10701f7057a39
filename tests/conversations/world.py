"""The clinic around a conversation: the agent, and a look into the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from anyio.from_thread import BlockingPortal
from sqlalchemy import select

from sprechstunde.conversations import holding
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.patients import people
from sprechstunde.patients import service as patients
from sprechstunde.results import receiving, releasing
from sprechstunde.results.documents import Document
from sprechstunde.results.views import Claimed
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.models import Appointment, AppointmentHistory
from sprechstunde.tasks.models import Task
from sprechstunde.whatsapp import handing_back
from tests import pdfs
from tests.conversations.reached import Reached

PERSONAL = {"birth_date", "insurance_kind", "insurer"}
LASTING = {"booked", "moved", "cancelled"}

NURSE = UUID("00000000-0000-0000-0000-0000000000a1")


@dataclass
class World:
    """`portal` runs what is asynchronous on a loop of its own thread: browser tests keep one running in this one."""

    runner: Any
    portal: BlockingPortal
    reached: Reached

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What an asynchronous function returns."""
        return self.portal.call(function, *arguments)

    @classmethod
    def load(cls, portal: BlockingPortal) -> World:
        """Train if needed, load the agent, run actions in this process."""
        from rasa.shared.core.domain import Domain

        from sprechstunde.assistant.agent import load_agent
        from sprechstunde.assistant.conversation_store import ConversationStore
        from sprechstunde.assistant.training import ROOT, train_if_needed
        from sprechstunde.assistant.tuning.action_endpoint import InProcessActions
        from sprechstunde.assistant.turn import TurnRunner

        store = ConversationStore(Domain.empty())
        agent = load_agent(
            train_if_needed(),
            action_endpoint=InProcessActions("actions"),
            tracker_store=store,
            texts_from=ROOT,
        )
        reached = Reached()
        reached.watch(agent.processor)
        return cls(TurnRunner(agent, store), portal, reached)

    def book_elsewhere(self, slot_key: str) -> None:
        """Somebody else holds this slot first."""
        with transaction() as s:
            other = conversations.contact_for(s, phone="+493023125999", user_id=None, profile_name=None).id
        scheduling.hold(slot_key, contact_id=other, idempotency_key=f"elsewhere:{slot_key}")

    def give(self, contact_id: UUID, name: str, slots: list[str]) -> None:
        """The contact is a patient of that name with appointments at these slots."""
        patient = patients.register(
            contact_id,
            name=name,
            birth_date=date(1988, 4, 3),
            insurance_kind="statutory",
            insurer="TK",
            idempotency_key=f"given:{name}",
        )
        for key in slots:
            held = scheduling.hold(key, contact_id=contact_id, idempotency_key=f"given:{key}")
            scheduling.book(
                held.id,
                patient_id=patient.id,
                contact_id=contact_id,
                reason=None,
                idempotency_key=f"book:{key}",
            )

    def introduce(
        self, contact_id: UUID, *, name: str, born: str, relationship: str = "self", gender: str | None = None
    ) -> None:
        """The contact has named this person (statutory, TK) before; `born` is an ISO date."""
        patients.register(
            contact_id,
            name=name,
            birth_date=date.fromisoformat(str(born)),
            insurance_kind="statutory",
            insurer="TK",
            relationship=relationship,
            gender=gender,
            idempotency_key=name,
        )

    def hold(self, contact_id: UUID, *, taken: bool) -> None:
        """A nurse takes the conversation over, or hands it back to the assistant."""
        with transaction() as s:
            (holding.take_over if taken else handing_back.hand_back)(s, contact_id, NURSE)

    def release_result(self, whose: dict[str, str]) -> None:
        """A doctor has released a result of this person, who knows of it."""
        given, family = patients.split_name(whose["name"])
        born = date.fromisoformat(str(whose["born"]))
        doctor = uuid4()
        with transaction() as s:
            document = Document(
                f"{uuid4()}", Claimed(given, family, born), "Blutfette", pdfs.report("Cholesterin 260")
            )
            received = receiving.receive(s, document, source="lab", actor="system:lab")
            (patient,) = people.same_person(s, given, family, born)
            releasing.assign(s, received.id, patient.id, actor=f"staff:{doctor}")
            releasing.release(s, received.id, mark="fine", remark=None, staff_id=doctor)
            releasing.announced(s, received.id)

    def look(self, contact_id: UUID, what: str) -> Any:
        """What the database holds of this contact, oldest first.

        `appointments`: statuses · `held`: number of slots held · `history`: what was done · `tasks`: their kinds ·
        `urgent`: number of urgent tasks · `notes`: what stands on the tasks · `whose`: their patients ·
        `when`: starts of those booked, in the clinic's time · `with`: their doctors.
        `patients`: names · `birth_date`, `insurance_kind`, `insurer` of the patients.
        """
        if what == "patients":
            return [patient.full_name for patient in patients.patients_of(contact_id)]
        if what in PERSONAL:
            return [str(getattr(patient, what)) for patient in patients.patients_of(contact_id)]
        if what in {"when", "with"}:
            coming = scheduling.upcoming([patient.id for patient in patients.patients_of(contact_id)])
            if what == "with":
                return [appointment.slot.practitioner for appointment in coming]
            return [appointment.slot.start.strftime("%a %d %b %H:%M") for appointment in coming]
        with transaction() as s:
            if what == "tasks":
                kinds = select(Task.kind).where(Task.contact_id == contact_id).order_by(Task.created_at)
                return list(s.execute(kinds).scalars())
            if what in {"urgent", "notes", "whose"}:
                mine = select(Task).where(Task.contact_id == contact_id).order_by(Task.created_at)
                tasks = list(s.execute(mine).scalars())
                if what == "whose":
                    names = {p.id: p.full_name for p in patients.patients_of(contact_id)}
                    return [names.get(task.patient_id) for task in tasks]
                return (
                    sum(task.urgent for task in tasks) if what == "urgent" else [task.note for task in tasks]
                )
            if what == "history":
                mine = AppointmentHistory.contact_id == contact_id
                done = select(AppointmentHistory.action).where(mine).order_by(AppointmentHistory.id)
                return [action for action in s.execute(done).scalars() if action in LASTING]
            mine = Appointment.contact_id == contact_id
            found = select(Appointment.status).where(mine).order_by(Appointment.created_at)
            statuses = list(s.execute(found).scalars())
        if what == "held":
            return statuses.count("held")
        return [status for status in statuses if status in {"booked", "cancelled"}]
