"""Only the patient opens her result: a link, her birth date, a code from the chat, one browser, half an hour."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.db import transaction
from sprechstunde.results import links, opening, reading, releasing
from sprechstunde.results.links import Closed, CodeSent, Opened, Ready, Wrong
from sprechstunde.tasks import service as tasks
from tests import small_clinic
from tests.integration import results_desk as desk

WRONG = date(1970, 1, 1)


@pytest.fixture
def contact_id(database, frozen_clock, tmp_path):
    small_clinic.load(tmp_path)
    return desk.contact()


@pytest.fixture
def patient_id(contact_id):
    return desk.patient(contact_id)


@pytest.fixture
def token(contact_id, patient_id):
    return desk.link(contact_id, patient_id)


@pytest.fixture
def result_id(patient_id):
    result = desk.hand_in()
    desk.release(result.id)
    desk.announce(result.id)
    return result.id


def opened(token):
    sent = desk.birth_date(token, desk.BORN)
    return desk.code(token, sent.checking, sent.code)


def look(token):
    with transaction() as s:
        return links.look(s, token)


def test_birth_date_and_code_open_the_results(token, result_id, contact_id):
    assert look(token) == Ready("de")
    who = desk.viewer(opened(token).viewer)
    with transaction() as s:
        view = opening.open_result(s, who, result_id)
        assert (view.kind_of_test, view.remark) == ("Blutfette", "Alles in Ordnung.")
        assert opening.file_of(s, who, result_id)[1] == "application/pdf"
        deeds = [(deed.actor, deed.action) for deed in audit.deeds(s, "result", result_id)]
    assert (f"patient:{contact_id}", "result_opened") in deeds


def test_the_link_serves_one_browser_only(token, result_id):
    assert isinstance(opened(token), Opened)
    assert look(token) == Closed("used", "de")
    assert desk.birth_date(token, desk.BORN) == Closed("used", "de")


def test_the_right_code_in_another_browser_opens_nothing(token, result_id):
    sent = desk.birth_date(token, desk.BORN)
    assert desk.code(token, "another-browser", sent.code) == Closed("expired", "de")


def test_five_wrong_birth_dates_lock_and_a_new_link_buys_no_new_guesses(token, contact_id, patient_id):
    assert [desk.birth_date(token, WRONG) for _ in range(4)] == [Wrong(n, "de") for n in (4, 3, 2, 1)]
    assert desk.birth_date(token, WRONG) == Closed("locked", "de")
    assert desk.birth_date(token, desk.BORN) == Closed("locked", "de")
    again = desk.link(contact_id, patient_id)
    assert look(again) == Closed("locked", "de")
    with transaction() as s:
        links.unlock(s, patient_id, staff_id=desk.DOCTOR)
    assert isinstance(desk.birth_date(again, desk.BORN), CodeSent)


def test_staff_hear_of_a_lock_once_a_day(token, contact_id, patient_id):
    for _ in range(2):
        for _ in range(5):
            desk.birth_date(token, WRONG)
        with transaction() as s:
            links.unlock(s, patient_id, staff_id=desk.DOCTOR)
    (task,) = tasks.open_tasks()
    assert (task.kind, task.patient_id, task.note) == ("results", patient_id, links.LOCKED_NOTE)


def test_wrong_dates_on_several_links_count_together(contact_id, patient_id):
    for _ in range(4):
        desk.birth_date(desk.link(contact_id, patient_id), WRONG)
    assert desk.birth_date(desk.link(contact_id, patient_id), WRONG) == Closed("locked", "de")


def test_five_wrong_codes_end_the_link(token):
    sent = desk.birth_date(token, desk.BORN)
    wrong = "000000" if sent.code != "000000" else "111111"
    assert [desk.code(token, sent.checking, wrong) for _ in range(4)] == [
        Wrong(n, "de") for n in (4, 3, 2, 1)
    ]
    assert desk.code(token, sent.checking, wrong) == Closed("expired", "de")
    assert desk.code(token, sent.checking, sent.code) == Closed("expired", "de")


def test_a_code_is_good_for_ten_minutes(token):
    sent = desk.birth_date(token, desk.BORN)
    clock.advance(timedelta(minutes=10))
    assert desk.code(token, sent.checking, sent.code) == Closed("expired", "de")


def test_spaces_in_the_code_do_not_matter(token):
    sent = desk.birth_date(token, desk.BORN)
    assert isinstance(desk.code(token, sent.checking, f" {sent.code[:3]} {sent.code[3:]} "), Opened)


def test_only_three_codes_go_into_a_chat(token):
    for _ in range(3):
        assert isinstance(desk.birth_date(token, desk.BORN), CodeSent)
    assert desk.birth_date(token, desk.BORN) == Closed("expired", "de")


def test_a_link_ends_after_a_day_and_a_look_after_half_an_hour(token, contact_id, patient_id, result_id):
    secret = opened(token).viewer
    clock.advance(timedelta(minutes=29))
    assert desk.viewer(secret) is not None
    clock.advance(timedelta(minutes=1))
    assert desk.viewer(secret) is None
    later = desk.link(contact_id, patient_id)
    clock.advance(timedelta(hours=24))
    assert look(later) == Closed("expired", "de")


def test_a_new_link_ends_the_one_before(token, contact_id, patient_id):
    desk.link(contact_id, patient_id)
    assert look(token) == Closed("expired", "de")


def test_an_invented_link_is_told_nothing(database):
    assert look("invented") == Closed("unknown")


def test_nobody_opens_the_result_of_somebody_else(contact_id, token):
    mine, other = desk.viewer(opened(token).viewer), desk.contact("491719999999")
    theirs = desk.patient(other, "Otto Wolf")
    result = desk.hand_in()
    with transaction() as s:
        releasing.assign(s, result.id, theirs, actor="staff:1")
    desk.release(result.id)
    desk.announce(result.id)
    with transaction() as s, pytest.raises(reading.UnknownResult):
        opening.open_result(s, mine, result.id)


def test_what_is_not_released_is_not_there(token, patient_id):
    result = desk.hand_in()
    who = desk.viewer(opened(token).viewer)
    with transaction() as s:
        assert opening.results_of(s, who) == []
        with pytest.raises(reading.UnknownResult):
            opening.file_of(s, who, result.id)


def test_a_result_taken_back_closes_browsers_that_look(token, result_id):
    secret = opened(token).viewer
    with transaction() as s:
        releasing.withdraw(s, result_id, staff_id=desk.DOCTOR)
    assert desk.viewer(secret) is None


def test_an_urgent_result_is_told_by_phone_before_anything_is_announced(patient_id, contact_id):
    result = desk.hand_in()
    desk.release(result.id, mark="urgent", remark="Bitte heute noch kommen.")
    assert [(task.kind, task.urgent, task.patient_id) for task in tasks.open_tasks()] == [
        ("urgent_result", True, patient_id)
    ]
    with pytest.raises(releasing.NotReleasable):
        desk.announce(result.id)
    with transaction() as s:
        releasing.told_by_phone(s, result.id, staff_id=desk.DOCTOR)
    assert desk.announce(result.id)


def test_without_a_patient_nothing_is_released(contact_id):
    result = desk.hand_in()
    with pytest.raises(releasing.NotReleasable):
        desk.release(result.id)


def test_a_question_below_the_result_reaches_the_staff_and_its_answer_the_patient(token, result_id):
    who = desk.viewer(opened(token).viewer)
    for _ in range(2):  # the same form, sent twice
        with transaction() as s:
            opening.ask(s, who, result_id, "Muss ich etwas ändern?", form_id="f1")
    assert [(task.kind, task.note) for task in tasks.open_tasks()] == [("results", "Muss ich etwas ändern?")]
    with transaction() as s:
        assert opening.answer(s, result_id, "Nein, alles gut.", staff_id=desk.DOCTOR, form_id="a1")
        assert not opening.answer(s, result_id, "Nein, alles gut.", staff_id=desk.DOCTOR, form_id="a1")
    with transaction() as s:
        said = [(message.staff_id, message.body) for message in opening.thread(s, result_id)]
    assert said == [(None, "Muss ich etwas ändern?"), (desk.DOCTOR, "Nein, alles gut.")]
