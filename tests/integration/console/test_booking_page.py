"""The page that books and moves: it enters exactly what its fields show, and forgets nothing that was typed."""

from __future__ import annotations

from datetime import date

import pytest

from sprechstunde.db import transaction
from sprechstunde.scheduling import desk as schedule
from tests.integration.console.pages import field, form
from tests.integration.desk import HALF_PAST, NINE, TEN, key

THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)


def days():
    with transaction() as s:
        return [entry.appointment.slot.key for day in (THURSDAY, FRIDAY) for entry in schedule.agenda(s, day)]


def fields(page, patient_id, **more):
    names = ("csrf", "form_id", "day", "practitioner", "visit_type")
    return {**{name: field(page, name) for name in names}, "patient": str(patient_id), **more}


@pytest.fixture
def page(reception, patient_id):
    return reception.get(
        f"/agenda/book?patient={patient_id}&day=2026-11-26&practitioner=adler&visit_type=talk"
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"day": "2026-11-27"},
        {"visit_type": "review"},
        {"practitioner": "busch"},
        {"practitioner": "busch", "visit_type": "review"},
        {"day": ""},
        {"day": "0202-11-26"},
    ],
)
def test_fields_changed_after_the_times_were_listed_enter_nothing_else(reception, patient_id, page, changed):
    answer = reception.post("/agenda/book", data=fields(page, patient_id, slot=NINE, **changed))
    assert answer.status_code == 422
    assert "Bitte wählen Sie noch einmal" in answer.text
    assert days() == []
    if changed == {"day": "2026-11-27"}:
        assert key("2026-11-27T09:00") in answer.text, "the times that go with what the fields show"


def test_a_doctor_who_does_not_give_that_kind_of_visit_is_not_silently_another(reception, patient_id, page):
    on_top = {"clock_time": "09:00", "place": "haus", "because": "Notfall"}
    sent = fields(page, patient_id, practitioner="busch", visit_type="review", **on_top)
    assert reception.post("/agenda/book", data=sent).status_code == 422
    assert days() == []


def test_two_times_at_once_are_asked_about(reception, patient_id, page):
    on_top = {"clock_time": "11:00", "place": "haus", "because": "Notfall"}
    answer = reception.post("/agenda/book", data=fields(page, patient_id, slot=NINE, **on_top))
    assert (answer.status_code, "nur eine" in answer.text) == (422, True)
    assert days() == []


def test_an_appointment_moves_to_the_day_that_stands_there(reception, patient_id, page):
    assert reception.post("/agenda/book", data=fields(page, patient_id, slot=NINE)).status_code == 303
    with transaction() as s:
        appointment = schedule.agenda(s, THURSDAY)[0].appointment
    path = f"/agenda/appointments/{appointment.id}/move"
    moving = reception.get(path)
    sent = form(moving, slot=TEN, day="2026-11-27", practitioner="adler")
    assert reception.post(path, data=sent).status_code == 422
    assert days() == [NINE]
    assert reception.post(path, data={**sent, "day": "2026-11-26"}).status_code == 303
    assert days() == [TEN]


def test_gone_back_to_and_another_time_chosen_is_another_booking(reception, patient_id, page):
    for slot in (NINE, NINE, TEN):
        assert reception.post("/agenda/book", data=fields(page, patient_id, slot=slot)).status_code == 303
    assert days() == [NINE, TEN]


TYPED = {"reason": "Husten & Fieber", "clock_time": "11:10", "because": "sehr schlimm", "place": "haus"}


def test_to_see_other_times_keeps_what_was_typed(reception, patient_id, page):
    sent = fields(page, patient_id, times="true", **{**TYPED, "day": "2026-11-27"})
    answer = reception.post("/agenda/book", data=sent)
    assert answer.status_code == 200
    assert key("2026-11-27T09:00") in answer.text
    assert_typed(answer)
    assert days() == []


def test_a_missing_reason_keeps_what_was_typed(reception, patient_id, page):
    answer = reception.post("/agenda/book", data=fields(page, patient_id, **{**TYPED, "because": " "}))
    assert answer.status_code == 422
    assert 'value="11:10"' in answer.text
    assert 'value="Husten &amp; Fieber"' in answer.text
    assert '<details class="card" open>' in answer.text


def test_a_time_taken_meanwhile_keeps_what_was_typed(reception, patient_id, page):
    assert reception.post("/agenda/book", data=fields(page, patient_id, slot=NINE)).status_code == 303
    again = fields(page, patient_id, slot=NINE, form_id="2", reason="Husten", tell="true")
    answer = reception.post("/agenda/book", data=again)
    assert answer.status_code == 409
    assert 'value="Husten"' in answer.text
    assert 'name="tell" value="true" checked' in answer.text
    assert HALF_PAST in answer.text


def assert_typed(page):
    assert 'value="Husten &amp; Fieber"' in page.text
    assert 'value="11:10"' in page.text
    assert 'value="sehr schlimm"' in page.text
    assert '<details class="card" open>' in page.text
    assert 'name="tell" value="true">' in page.text, "what was unticked stays so"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2031-01-01", "2026-02-31"])
def test_a_day_that_nobody_can_mean_is_today(reception, patient_id, day):
    page = reception.get(f"/agenda/book?patient={patient_id}&day={day}")
    assert field(page, "day") == "2026-11-25"
    assert "25. November 2026" in reception.get(f"/agenda?day={day}").text
    assert reception.get(f"/agenda/day?day={day}").status_code == 200


def test_nothing_is_entered_for_a_day_that_nobody_can_mean(reception, patient_id, page):
    far = {"day": "9999-12-31", "clock_time": "09:00", "place": "haus", "because": "x"}
    assert reception.post("/agenda/book", data=fields(page, patient_id, **far)).status_code == 422
    away = {"practitioner": "adler", "first_day": "2026-11-26", "last_day": "9999-12-31"}
    assert reception.post("/absences", data=form(reception.get("/absences"), **away)).status_code == 422
