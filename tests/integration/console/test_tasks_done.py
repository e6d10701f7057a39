"""Tasks are ticked off with what came of them; an urgent result and the call about it know of each other."""

from __future__ import annotations

import pytest

from sprechstunde.db import transaction
from sprechstunde.results import reading, releasing
from sprechstunde.tasks import service as tasks
from sprechstunde.whatsapp.models import OutboundMessage
from tests.integration import results_desk as desk
from tests.integration.console.pages import form


@pytest.fixture
def urgent(contact_id):
    """An urgent result that nobody has called about."""
    desk.patient(contact_id)
    result = desk.hand_in()
    desk.release(result.id, mark="urgent")
    return result.id


def open_kinds():
    return [task.kind for task in tasks.open_tasks()]


def notices():
    with transaction() as s:
        return s.query(OutboundMessage).count()


@pytest.mark.parametrize("where", ["/tasks", "/conversations/{contact}"])
def test_the_call_about_an_urgent_result_leads_to_the_result(sign_in, contact_id, urgent, where):
    nurse, (task,) = sign_in("nurse"), tasks.open_tasks()
    path = where.format(contact=contact_id)
    page = nurse.get(path)
    assert f'href="/results/{urgent}"' in page.text
    assert f"/tasks/{task.id}/done" not in page.text
    action = f"/tasks/{task.id}/done" if where == "/tasks" else f"{path}/tasks/{task.id}/done"
    answer = nurse.post(action, data=form(page, outcome="Patientin telefonisch informiert"))
    assert answer.headers["location"] == f"/results/{urgent}"
    assert open_kinds() == ["urgent_result"], "what was ticked off here would never have been announced"


def test_telling_by_phone_announces_it_and_closes_the_task(sign_in, contact_id, urgent):
    nurse = sign_in("nurse")
    page = nurse.get(f"/results/{urgent}")
    assert f'href="tel:+{desk.PHONE}"' in page.text
    for _ in range(2):
        nurse.post(f"/results/{urgent}/told", data=form(page, outcome="kommt heute noch"))
    assert open_kinds() == []
    assert notices() == 1
    chat = nurse.get(f"/conversations/{contact_id}").text
    assert "Zuletzt erledigt" in chat
    assert "→ kommt heute noch" in chat
    assert "Nurse Roth" in chat
    assert "kommt heute noch" not in sign_in("reception").get(f"/conversations/{contact_id}").text


def test_a_result_taken_back_is_nothing_to_call_about(sign_in, contact_id, urgent):
    doctor = sign_in("doctor")
    doctor.post(f"/results/{urgent}/withdraw", data=form(doctor.get(f"/results/{urgent}")))
    assert open_kinds() == []
    assert "→ zurückgezogen" in doctor.get(f"/conversations/{contact_id}").text
    assert notices() == 0
    with transaction() as s:
        assert reading.view(s, urgent).called_at is None


def test_the_number_on_the_record_is_dialled_where_the_chat_has_none(sign_in, contact_id):
    result = desk.hand_in(desk.Claimed("Sabine", "Krüger", desk.BORN, phone="030 7654321"))
    patient_id = desk.patient(contact_id)
    with transaction() as s:
        releasing.assign(s, result.id, patient_id, actor="staff:x")
    desk.release(result.id, mark="urgent")
    page = sign_in("nurse").get(f"/results/{result.id}").text
    assert 'href="tel:+49307654321"' in page


@pytest.mark.parametrize("kind", ["callback", "emergency"])
def test_what_came_of_a_call_has_to_be_said_and_can_be_read(sign_in, contact_id, kind):
    tasks.open_task(kind, contact_id=contact_id, note="ruft an", idempotency_key="1")
    nurse, (task,) = sign_in("nurse"), tasks.open_tasks()
    page = nurse.get("/tasks")
    assert f'href="tel:+{desk.PHONE}"' in page.text
    for path in (f"/tasks/{task.id}/done", f"/conversations/{contact_id}/tasks/{task.id}/done"):
        answer = nurse.post(path, data=form(page, outcome="  "))
        assert answer.status_code == 422
        assert "was daraus wurde" in answer.text
    assert open_kinds() == [kind]
    done = nurse.post(f"/tasks/{task.id}/done", data=form(page, outcome="Mailbox besprochen"))
    assert done.headers["location"] == "/tasks"
    chat = nurse.get(f"/conversations/{contact_id}").text
    assert "→ Mailbox besprochen" in chat
    assert "Nurse Roth" in chat


def test_other_tasks_need_no_words(sign_in, contact_id):
    task = tasks.open_task("prescription", contact_id=contact_id, note="Omeprazol", idempotency_key="1")
    nurse = sign_in("nurse")
    assert nurse.post(f"/tasks/{task.id}/done", data=form(nurse.get("/tasks"))).status_code == 303
    assert open_kinds() == []
