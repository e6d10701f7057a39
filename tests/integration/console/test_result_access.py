"""Staff end a patient's links, or let her try her birth date again, whether a result lies there or not."""

from __future__ import annotations

from datetime import date

import pytest

from sprechstunde.audit import service as audit
from sprechstunde.db import transaction
from tests.integration import results_desk as desk
from tests.integration.console.pages import form


@pytest.fixture
def token(contact_id, patient_id):
    return desk.link(contact_id, patient_id)


def lock(token):
    for _ in range(5):
        desk.birth_date(token, date(1970, 1, 1))


def deeds(patient_id):
    with transaction() as s:
        return [(deed.action, deed.actor.split(":")[0]) for deed in audit.deeds(s, "patient", patient_id)]


def test_a_patient_who_locked_herself_out_is_let_in_again_without_a_result(web, sign_in, token, patient_id):
    lock(token)
    nurse = sign_in("nurse")
    page = nurse.get(f"/patients/{patient_id}")
    assert "Das Geburtsdatum war mehrmals falsch." in page.text
    nurse.post(f"/patients/{patient_id}/result-access/unlock", data=form(page))
    assert web.post(f"/r/{token}/born", data={"born": "4.5.1966"}).status_code == 303
    assert "Geburtsdatum war" not in nurse.get(f"/patients/{patient_id}").text
    assert ("result_unlocked", "staff") in deeds(patient_id)


def test_links_are_ended_from_the_patients_page(web, sign_in, token, patient_id):
    doctor = sign_in("doctor", "en")
    page = doctor.get(f"/patients/{patient_id}")
    assert "End all links" in page.text
    doctor.post(f"/patients/{patient_id}/result-access/revoke", data=form(page))
    assert web.get(f"/r/{token}").status_code == 410
    assert "End all links" not in doctor.get(f"/patients/{patient_id}").text
    assert ("result_links_revoked", "staff") in deeds(patient_id)


def test_links_are_ended_from_the_results_page_also_where_somebody_reads(
    web, sign_in, contact_id, patient_id
):
    result = desk.hand_in()
    desk.release(result.id)
    desk.announce(result.id)
    token = desk.link(contact_id, patient_id)
    sent = desk.birth_date(token, desk.BORN)
    viewer = desk.code(token, sent.checking, sent.code).viewer
    assert desk.viewer(viewer) is not None
    nurse = sign_in("nurse")
    page = nurse.get(f"/results/{result.id}")
    assert "Links beenden" in page.text
    nurse.post(f"/results/{result.id}/revoke", data=form(page))
    assert desk.viewer(viewer) is None


@pytest.mark.parametrize("role", ["reception", "admin"])
def test_who_sees_no_results_neither_sees_nor_does_it(sign_in, web, token, patient_id, role):
    lock(token)
    someone = sign_in(role)
    page = someone.get(f"/patients/{patient_id}")
    assert "result-access" not in page.text
    for act in ("unlock", "revoke"):
        path = f"/patients/{patient_id}/result-access/{act}"
        assert someone.post(path, data=form(someone.get("/patients/new"))).status_code == 403
    assert web.get(f"/r/{token}").status_code == 423


@pytest.mark.parametrize("act", ["unlock", "revoke"])
def test_without_the_forms_own_token_nothing_happens(sign_in, web, token, patient_id, act):
    lock(token)
    answer = sign_in("nurse").post(f"/patients/{patient_id}/result-access/{act}", data={"csrf": "x"})
    assert answer.status_code == 403
    assert web.get(f"/r/{token}").status_code == 423


def test_of_nobody_there_is_nothing_to_end(sign_in, web):
    nurse = sign_in("nurse")
    nobody = desk.DOCTOR
    answer = nurse.post(f"/patients/{nobody}/result-access/revoke", data=form(nurse.get("/patients/new")))
    assert answer.status_code == 404
