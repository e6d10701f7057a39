"""Small things of the day and of patients that people stumble over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sprechstunde import clock
from sprechstunde.conversations.models import Contact
from sprechstunde.db import transaction
from sprechstunde.scheduling import desk as schedule
from sprechstunde.tasks import service as tasks
from sprechstunde.whatsapp import appointment_notices
from tests.integration import results_desk as desk
from tests.integration.console.pages import form
from tests.integration.desk import NINE, TEN, booked_by_staff, key

STAFF = desk.DOCTOR


def told(contact_id, deed, appointment, before=None):
    """The task to call that stands instead of a message where the chat is closed."""
    with transaction() as s:
        appointment_notices.tell(
            s, contact_id, deed, appointment, who="Sabine", before=before, staff_id=STAFF
        )
    return tasks.open_tasks()[0]


def test_she_is_called_before_she_comes(patient_id, contact_id):
    soon = booked_by_staff(patient_id, key("2026-11-25T10:00"))
    task = told(contact_id, "booked", soon)
    assert task.due_at == soon.slot.start - timedelta(minutes=30)
    assert task.urgent


def test_a_visit_that_is_nearly_due_is_to_be_called_about_now(patient_id, contact_id):
    soon = booked_by_staff(patient_id, key("2026-11-25T09:30"))
    clock.advance(timedelta(minutes=20))
    task = told(contact_id, "booked", soon)
    assert (task.due_at, task.urgent) == (clock.now(), True)


def test_a_visit_moved_away_is_told_before_she_sets_out_for_the_old_time(patient_id, contact_id):
    moved = booked_by_staff(patient_id, NINE)
    before = datetime.fromisoformat("2026-11-25T10:00+01:00")
    task = told(contact_id, "moved", moved, before)
    assert task.due_at == before - timedelta(minutes=30)
    assert task.urgent


def test_a_visit_far_ahead_is_called_about_when_the_practice_answers(patient_id, contact_id):
    task = told(contact_id, "booked", booked_by_staff(patient_id, key("2026-12-10T09:00")))
    assert not task.urgent
    assert task.due_at < datetime.fromisoformat("2026-11-28T00:00+01:00")


def test_who_came_is_ticked_without_losing_the_doctor_that_was_chosen(reception, patient_id):
    appointment = booked_by_staff(patient_id, NINE)
    shown = "practitioner=adler&location=haus"
    page = reception.get(f"/agenda?day=2026-11-26&{shown}")
    assert 'name="practitioner" value="adler"' in page.text
    data = form(page, came="arrived", practitioner="adler", location="haus")
    answer = reception.post(f"/agenda/appointments/{appointment.id}/attendance", data=data)
    assert answer.headers["location"] == f"/agenda?day=2026-11-26&{shown}#visit-{appointment.id}"


def test_coming_visits_stand_soonest_first_and_cancelled_ones_below(reception, patient_id):
    later, cancelled, soon = (
        booked_by_staff(patient_id, slot) for slot in (key("2026-12-10T09:00"), TEN, NINE)
    )
    with transaction() as s:
        schedule.cancel(s, cancelled.id, reason=None)
    page = reception.get(f"/patients/{patient_id}").text
    coming, past = page.split("Frühere und abgesagte Termine")
    assert str(cancelled.id) not in coming
    assert str(cancelled.id) in past
    assert coming.index(str(soon.id)) < coming.index(str(later.id))


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/conversations/{id}/answer", "/conversations/{id}"),
        ("/conversations/{id}/take-over", "/conversations/{id}"),
        ("/conversations/{id}/tasks/{id}/done", "/conversations/{id}"),
        ("/tasks/{id}/done", "/tasks"),
        ("/staff/nurse/disable", "/staff"),
    ],
)
def test_the_address_that_a_form_leaves_behind_leads_to_its_page(reception, contact_id, address, page):
    answer = reception.get(address.format(id=contact_id), headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers.get("location")) == (303, page.format(id=contact_id))


def test_whose_account_has_ended_is_given_nothing(sign_in, contact_id):
    admin, nurse = sign_in("admin"), sign_in("nurse")
    page = admin.get(f"/conversations/{contact_id}")
    assert "Nurse Roth</option>" in page.text
    me = nurse.get("/me").text.split('data-me="')[1].split('"')[0]
    admin.post("/staff/nurse/disable", data=form(admin.get("/staff")))
    assert "Nurse Roth</option>" not in admin.get(f"/conversations/{contact_id}").text
    answer = admin.post(f"/conversations/{contact_id}/assign", data=form(page, to=me))
    assert answer.status_code == 422


@pytest.mark.parametrize("typed", ["0171 1234567", "+49 171 1234567", "0049171/1234567", "01711234567"])
def test_a_patient_is_found_by_the_number_on_the_telephone(reception, patient_id, contact_id, typed):
    page = reception.get("/patients", params={"q": typed}).text
    assert f"/patients/{patient_id}" in page
    assert f"/conversations/{contact_id}" in page


@pytest.mark.parametrize("typed", ["030 1234567", "0171 123456", "112", "12.12.1966"])
def test_another_number_finds_nobody_and_makes_nobody(reception, patient_id, typed):
    with transaction() as s:
        before = s.query(Contact).count()
    assert "Niemanden gefunden" in reception.get("/patients", params={"q": typed}).text
    with transaction() as s:
        assert s.query(Contact).count() == before


def test_somebody_who_only_wrote_is_found_by_number_as_a_chat(reception, contact_id):
    page = reception.get("/patients", params={"q": "0171 1234567"}).text
    assert "Niemanden gefunden" in page
    assert f"/conversations/{contact_id}" in page
