"""Staff at the desk: the day, bookings for patients, patients, absences, accounts; each role does what it may."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from sprechstunde import clock
from sprechstunde.audit.models import AuditEntry
from sprechstunde.clinic import absences
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.scheduling import desk as schedule
from sprechstunde.staff import accounts
from sprechstunde.tasks import service as tasks
from sprechstunde.whatsapp.models import OutboundMessage
from tests.integration.console.pages import PASSWORD, field, form
from tests.integration.desk import HALF_PAST, NINE, TEN

THURSDAY = date(2026, 11, 26)


@pytest.fixture
def wrote_today(contact_id):
    """The patient's 24 h window is open."""
    with transaction() as s:
        conversations.touch_inbound(s, contact_id, clock.now())


def said():
    with transaction() as s:
        rows = s.execute(select(OutboundMessage).order_by(OutboundMessage.seq)).scalars().all()
        return [
            row.payload["text"]["body"] if row.payload["type"] == "text" else row.payload["type"]
            for row in rows
        ]


def day():
    with transaction() as s:
        return schedule.agenda(s, THURSDAY)


def deeds():
    with transaction() as s:
        return [row.action for row in s.execute(select(AuditEntry).order_by(AuditEntry.id)).scalars()]


def ask(browser, patient_id):
    return browser.get(f"/agenda/book?patient={patient_id}&day=2026-11-26&practitioner=adler&visit_type=talk")


def send_booking(browser, page, patient_id, **more):
    fields = {name: field(page, name) for name in ("csrf", "form_id", "day", "practitioner", "visit_type")}
    return browser.post("/agenda/book", data={**fields, "patient": str(patient_id), **more})


def booked(browser, patient_id, slot=NINE, **more):
    answer = send_booking(browser, ask(browser, patient_id), patient_id, slot=slot, **more)
    assert answer.status_code == 303, answer.text
    return day()[-1].appointment


def test_reception_books_for_a_patient_who_reads_it_in_the_chat(reception, patient_id, wrote_today):
    booked(reception, patient_id, reason="Husten", tell="true")
    shown = reception.get("/agenda?day=2026-11-26").text
    assert "Sabine Krüger" in shown
    assert "Husten" in shown
    assert said()[0].startswith("Wir haben für Sabine Krüger einen Termin eingetragen")
    assert "Donnerstag, 26. November, um 9:00 Uhr" in said()[0]
    assert said()[1] == "document"
    assert "appointment_booked" in deeds()


def test_nothing_is_said_when_staff_tell_her_themselves(reception, patient_id, wrote_today):
    booked(reception, patient_id)
    assert said() == []


def test_outside_the_window_somebody_has_to_call(reception, patient_id, contact_id):
    booked(reception, patient_id, tell="true")
    assert said() == []
    (task,) = tasks.open_tasks()
    assert (task.kind, task.contact_id) == ("callback", contact_id)
    assert "26. November" in (task.note or "")


def test_a_form_sent_twice_books_once(reception, patient_id):
    page = ask(reception, patient_id)
    for _ in range(2):
        assert send_booking(reception, page, patient_id, slot=NINE).status_code == 303
    assert len(day()) == 1


def test_a_time_that_was_taken_meanwhile_comes_with_others(reception, patient_id):
    page = ask(reception, patient_id)
    booked(reception, patient_id)
    answer = send_booking(reception, page, patient_id, slot=NINE)
    assert answer.status_code == 409
    assert "gerade jemand anderes" in answer.text
    assert "um 9:30 Uhr" in answer.text
    assert len(day()) == 1


def test_on_top_of_others_needs_a_reason_which_is_shown(reception, patient_id):
    booked(reception, patient_id)
    page = ask(reception, patient_id)
    on_top = {"clock_time": "09:00", "place": "haus"}
    assert send_booking(reception, page, patient_id, **on_top).status_code == 422
    assert send_booking(reception, page, patient_id, **on_top, because="Kind mit Fieber").status_code == 303
    assert "Kind mit Fieber" in reception.get("/agenda?day=2026-11-26").text
    assert len(day()) == 2


def test_an_appointment_is_moved_and_the_patient_hears_of_both_times(reception, patient_id, wrote_today):
    appointment = booked(reception, patient_id)
    page = reception.get(f"/agenda/appointments/{appointment.id}/move")
    assert NINE not in page.text
    path = f"/agenda/appointments/{appointment.id}/move"
    data = form(page, slot=TEN, tell="true", day="2026-11-26", practitioner="adler")
    assert reception.post(path, data=data).status_code == 303
    assert [entry.appointment.slot.key for entry in day()] == [TEN]
    assert "Statt Donnerstag, 26. November, um 9:00 Uhr" in said()[0]
    assert reception.post(path, data=data).status_code == 303
    assert len(said()) == 2, "moving it to where it is tells nobody anything"


def test_an_appointment_is_cancelled_and_stays_in_the_day(reception, patient_id, wrote_today):
    appointment = booked(reception, patient_id)
    path = f"/agenda/appointments/{appointment.id}"
    page = reception.get(path)
    for _ in range(2):
        reception.post(f"{path}/cancel", data=form(page, reason="Ärztin krank", tell="true"))
    assert "Abgesagt" in reception.get("/agenda?day=2026-11-26").text
    assert [words for words in said() if "findet leider nicht statt" in words] == said()
    assert len(said()) == 1
    assert not any("krank" in words for words in said())


def test_who_came_is_ticked_in_the_day(reception, patient_id):
    appointment = booked(reception, patient_id)
    path = f"/agenda/appointments/{appointment.id}/attendance"
    page = reception.get("/agenda?day=2026-11-26")
    reception.post(path, data=form(page, came="arrived"))
    assert "ist da" in reception.get("/agenda?day=2026-11-26").text
    reception.post(path, data=form(page, came=""))
    assert "ist da" not in reception.get("/agenda?day=2026-11-26").text
    assert reception.post(path, data=form(page, came="nonsense")).status_code == 422


def test_free_times_are_offered_and_taken_ones_are_not(reception, patient_id):
    booked(reception, patient_id)
    offered = re.findall(r'name="slot" value="([^"]+)"', ask(reception, patient_id).text)
    assert HALF_PAST in offered
    assert NINE not in offered


def test_an_absence_stops_offers_and_names_whom_to_tell(reception, patient_id):
    booked(reception, patient_id)
    page = reception.get("/absences")
    assert "Kein Termin ist betroffen" in page.text
    wrong = {"practitioner": "adler", "first_day": "2026-11-27", "last_day": "2026-11-26"}
    assert reception.post("/absences", data=form(page, **wrong)).status_code == 422
    right = {"practitioner": "adler", "first_day": "2026-11-26", "last_day": "2026-11-27"}
    assert reception.post("/absences", data=form(page, **right)).status_code == 303
    shown = reception.get("/absences").text
    assert "Sabine Krüger" in shown
    assert "nichts frei" in ask(reception, patient_id).text
    number = re.search(r"/absences/(\d+)/end", shown)
    assert number is not None
    assert reception.post(f"/absences/{number.group(1)}/end", data=form(page)).status_code == 303
    assert "Kein Termin ist betroffen" in reception.get("/absences").text
    assert "9:30" in ask(reception, patient_id).text


def test_a_patient_is_found_and_her_page_shows_her_appointments(reception, patient_id):
    booked(reception, patient_id)
    assert f"/patients/{patient_id}" in reception.get("/patients?q=kruege").text
    assert f"/patients/{patient_id}" in reception.get("/patients?q=4.5.1966").text
    assert "Niemanden gefunden" in reception.get("/patients?q=Niemand").text
    page = reception.get(f"/patients/{patient_id}").text
    assert "26. November 2026, um 9:00 Uhr" in page
    assert "patient_read" in deeds()


def test_a_patient_at_the_desk_is_taken_down_once_under_her_number(reception):
    page = reception.get("/patients/new")
    given = {"name": "Emil Öz", "born": "1.2.2003", "phone": "0171 7654321", "insurance_kind": "statutory"}
    fields = form(page, form_id=field(page, "form_id"), **given)
    first = reception.post("/patients/new", data=fields)
    again = reception.post("/patients/new", data=fields)
    assert first.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    assert "Emil Öz" in reception.get(first.headers["location"]).text
    with transaction() as s:
        contact = conversations.contact_for(s, phone="491717654321", user_id=None, profile_name=None)
    assert str(contact.id) in reception.get(first.headers["location"]).text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " "}, "den Namen"),
        ({"born": "gestern früh"}, "Geburtsdatum"),
        ({"phone": "12"}, "keine Telefonnummer"),
    ],
)
def test_what_cannot_be_read_is_asked_for_again_with_the_rest_kept(reception, wrong, told):
    page = reception.get("/patients/new")
    given = {"name": "Emil Öz", "born": "1.2.2003", "phone": "0171 7654321"}
    answer = reception.post("/patients/new", data=form(page, **{**given, **wrong}))
    assert answer.status_code == 422
    assert told in answer.text
    assert ("Emil Öz" in answer.text) == ("name" not in wrong)


def test_an_administrator_makes_and_ends_accounts(sign_in, web):
    admin = sign_in("admin", "en")
    page = admin.get("/staff")
    new = {"login": "eva", "name": "Eva Neu", "role": "nurse", "language": "de", "password": "lange genug 42"}
    made = admin.post("/staff", data=form(page, **new))
    assert "data:image/svg+xml" in made.text
    assert admin.post("/staff", data=form(page, **new)).status_code == 422
    assert "data:image" not in admin.get("/staff").text
    assert admin.post("/staff/admin/disable", data=form(page)).status_code == 409
    assert admin.post("/staff/eva/disable", data=form(page)).status_code == 303
    assert "disabled" in admin.get("/staff").text
    assert admin.post("/staff/nobody/reset", data=form(page, password=PASSWORD)).status_code == 404
    with transaction() as s:
        actors = {
            row.actor for row in s.execute(select(AuditEntry)).scalars() if row.action == "staff_disabled"
        }
        me = accounts.by_login(s, "admin")
    assert actors == {f"staff:{me.id}"}


def test_whoever_is_reset_is_signed_out_everywhere(sign_in):
    admin, nurse = sign_in("admin"), sign_in("nurse")
    assert nurse.get("/tasks").status_code == 200
    admin.post("/staff/nurse/reset", data=form(admin.get("/staff"), password="another one 77"))
    assert nurse.get("/tasks").headers["location"] == "/sign-in"


def test_the_pages_change_to_the_language_one_chooses(reception):
    page = reception.get("/me")
    assert reception.post("/me", data=form(page, language="en")).status_code == 303
    assert "Calendar" in reception.get("/agenda").text
    assert reception.post("/me", data=form(page, language="xx")).status_code == 422


@pytest.mark.parametrize("role", ["reception", "nurse", "doctor"])
def test_accounts_are_for_administrators(sign_in, role):
    browser = sign_in(role)
    page = browser.get("/me")
    assert browser.get("/staff").status_code == 403
    assert browser.post("/staff/admin/disable", data=form(page)).status_code == 403


def test_no_form_without_its_secret_changes_anything(reception, patient_id):
    appointment = booked(reception, patient_id)
    for path in (
        "/agenda/book",
        f"/agenda/appointments/{appointment.id}/cancel",
        f"/agenda/appointments/{appointment.id}/move",
        "/patients/new",
        "/absences",
        "/me",
    ):
        data = {"csrf": "guessed", "patient": str(patient_id), "slot": TEN}
        assert reception.post(path, data=data).status_code == 403
    assert [entry.appointment.slot.key for entry in day()] == [NINE]


@pytest.mark.parametrize(
    "path", ["/agenda", "/agenda/day", "/patients", "/patients/new", "/absences", "/staff", "/me"]
)
def test_whoever_is_not_signed_in_sees_nothing(web, path):
    assert web.get(path).headers["location"] == "/sign-in"


def test_a_day_that_is_none_is_today(reception):
    shown = reception.get("/agenda?day=nonsense").text
    assert "25. November 2026" in shown
    assert "/agenda?day=2026-11-26" in shown


def test_what_was_erased_or_never_was_is_not_found(reception):
    nobody = "00000000-0000-0000-0000-000000000000"
    for path in (f"/patients/{nobody}", f"/agenda/appointments/{nobody}", f"/agenda/book?patient={nobody}"):
        assert reception.get(path).status_code == 404


def test_a_day_shows_who_works_when_before_anybody_is_entered(reception):
    shown = reception.get("/agenda?day=2026-11-26").text
    assert "Dr. Eva Adler" in shown
    assert "8:00–12:00, 14:00–16:00" in shown
    sunday = reception.get("/agenda?day=2026-11-29").text
    assert "/patients?day=2026-11-29" not in sunday
    assert "An diesem Tag ist niemand eingetragen" in sunday


def test_from_the_day_a_patient_is_looked_up_and_booked_with_that_doctor(reception, patient_id):
    day_page = reception.get("/agenda?day=2026-11-26").text
    assert 'href="/patients?day=2026-11-26&amp;practitioner=busch"' in day_page
    found = reception.get("/patients?q=Krüger&day=2026-11-26&practitioner=busch").text
    assert f'href="/agenda/book?patient={patient_id}&amp;day=2026-11-26&amp;practitioner=busch"' in found
    page = reception.get(f"/agenda/book?patient={patient_id}&day=2026-11-26&practitioner=busch").text
    assert '<option value="busch" selected>' in page


def test_a_doctor_away_is_not_shown_as_working(reception):
    with transaction() as s:
        absences.add(s, "busch", THURSDAY, THURSDAY)
    shown = reception.get("/agenda?day=2026-11-26").text
    assert "practitioner=busch" not in shown
    assert "practitioner=adler" in shown
