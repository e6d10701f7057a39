"""Laboratories hand results in over HTTP, as plain JSON and as FHIR."""

from __future__ import annotations

import base64
import json

import pytest

from sprechstunde.db import transaction
from sprechstunde.results import pictures, reading, receiving, releasing, systems
from sprechstunde.tasks import service as tasks
from tests import pdfs
from tests.integration import results_desk as desk
from tests.integration.console.pages import form

PDF = base64.b64encode(pdfs.report(desk.SECRET_WORDS)).decode()


def plain(**changes):
    body = {
        "id": "A-17",
        "patient": {
            "given_name": "Sabine",
            "family_name": "Krüger",
            "birth_date": "1966-05-04",
            "phone": "+49 171 1234567",
        },
        "kind_of_test": "Blutfette",
        "taken_on": "2026-11-20",
        "practitioner": "adler",
        "content_base64": PDF,
    }
    return {**body, **changes}


def report(**changes):
    body = {
        "resourceType": "DiagnosticReport",
        "identifier": [{"system": "urn:labor-nord", "value": "B-4"}],
        "status": "final",
        "code": {"text": "Schilddrüse"},
        "effectiveDateTime": "2026-11-20T23:30:00Z",
        "subject": {"reference": "#p"},
        "resultsInterpreter": [{"display": "Dr. Eva Adler"}],
        "contained": [
            {
                "resourceType": "Patient",
                "id": "p",
                "name": [{"family": "Krüger", "given": ["Sabine"]}],
                "birthDate": "1966-05-04",
                "telecom": [{"system": "phone", "value": "0049 171 1234567"}],
            }
        ],
        "presentedForm": [{"contentType": "application/pdf", "data": PDF}],
    }
    return {**body, **changes}


def post_report(client, body):
    return client.post("/api/fhir/DiagnosticReport", content=json.dumps(body))


def kept():
    with transaction() as s:
        return reading.waiting(s)


def test_a_result_handed_in_waits_for_its_doctor(laboratory, contact_id):
    patient_id = desk.patient(contact_id)
    answer = laboratory.post("/api/v1/results", json=plain())
    assert answer.status_code == 201
    assert (answer.json()["new"], answer.json()["patient_found"]) == (True, True)
    (one,) = kept()
    assert (one.patient_id, one.kind_of_test, one.practitioner, one.source) == (
        patient_id,
        "Blutfette",
        "adler",
        "labor-nord",
    )


def test_the_same_result_again_is_answered_alike_and_kept_once(laboratory):
    first = laboratory.post("/api/v1/results", json=plain())
    again = laboratory.post("/api/v1/results", json=plain())
    assert (again.status_code, again.json()) == (200, {**first.json(), "new": False})
    assert len(kept()) == 1


def test_another_file_under_a_known_id_is_a_conflict(laboratory):
    laboratory.post("/api/v1/results", json=plain())
    other = base64.b64encode(pdfs.report("other")).decode()
    assert laboratory.post("/api/v1/results", json=plain(content_base64=other)).status_code == 409


@pytest.mark.parametrize("token", [None, "Bearer invented", "Basic abc"])
def test_without_a_token_nothing_is_taken(web, token):
    answer = web.post("/api/v1/results", json=plain(), headers={"Authorization": token} if token else {})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert kept() == []


def test_a_token_taken_back_opens_nothing(laboratory):
    with transaction() as s:
        assert systems.revoke(s, "labor-nord")
    assert laboratory.post("/api/v1/results", json=plain()).status_code == 401


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"content_base64": "no base64!"}, 422),
        ({"content_base64": base64.b64encode(b"PK zip").decode()}, 415),
        ({"content_base64": base64.b64encode(pdfs.with_script(pdfs.report("x"))).decode()}, 422),
        ({"practitioner": "nobody"}, 422),
        ({"taken_on": "2027-01-01"}, 422),
        ({"kind_of_test": ""}, 422),
        ({"patient": {"family_name": "Krüger"}}, 422),
        ({"content_base64": "A" * 30_000_000}, 413),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(laboratory, changes, status):
    answer = laboratory.post("/api/v1/results", json=plain(**changes))
    assert answer.status_code == status
    assert "Krüger" not in answer.text
    assert kept() == []


def test_a_fhir_report_is_taken(laboratory, contact_id):
    desk.patient(contact_id)
    answer = post_report(laboratory, report())
    assert answer.status_code == 201
    (one,) = kept()
    assert answer.headers["location"].endswith(str(one.id))
    # Half past eleven in the evening in Greenwich is the next day in Berlin.
    assert (one.kind_of_test, str(one.taken_on), one.practitioner) == ("Schilddrüse", "2026-11-21", "adler")
    assert post_report(laboratory, report()).status_code == 200


@pytest.mark.parametrize("at", ["2026", "2026-11", "0001-01-01T00:00:00+14:00"])
def test_a_report_whose_day_is_not_told_is_taken_without_one(laboratory, at):
    """FHIR lets a sender give the year or the month alone."""
    assert post_report(laboratory, report(effectiveDateTime=at)).status_code == 201
    assert [one.taken_on for one in kept()] == [None]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": "preliminary"}, "only final"),
        ({"presentedForm": []}, "presentedForm"),
        ({"contained": []}, "Patient"),
        ({"identifier": []}, "identifier"),
        ({"code": {}}, "code"),
        ({"status": 7}, "status"),
        ({"resourceType": "Observation"}, "DiagnosticReport"),
    ],
)
def test_a_report_that_lacks_something_gets_an_operation_outcome(laboratory, changes, said):
    answer = post_report(laboratory, report(**changes))
    assert answer.status_code == 422
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert said in answer.json()["issue"][0]["diagnostics"]
    assert kept() == []


@pytest.mark.parametrize("door", ["/api/v1/results", "/api/fhir/DiagnosticReport"])
def test_a_body_that_is_nested_without_end_is_refused(laboratory, door):
    answer = laboratory.post(door, content=b"[" * 100_000)
    assert answer.status_code == 422
    assert kept() == []


def test_the_door_describes_itself(web):
    described = web.get("/api/openapi.json").json()
    assert {"/api/v1/results", "/api/fhir/DiagnosticReport"} <= set(described["paths"])
    body = described["paths"]["/api/v1/results"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    assert "birth_date" in body["properties"]["patient"]["properties"]
    page = web.get("/api/docs")
    assert "patient.birth_date" in page.text
    assert "<script" not in page.text


def changed_patient(**changes):
    return {**plain()["patient"], **changes}


def changed_report(**changes):
    return report(contained=[{**report()["contained"][0], **changes}])


UNFIT = ["\ud800", "Kr\x00ger", "Kr\x1b[31mger", "\x85"]


@pytest.mark.parametrize("words", UNFIT, ids=ascii)
@pytest.mark.parametrize(
    "put",
    [
        lambda words: plain(id=words),
        lambda words: plain(kind_of_test=words),
        lambda words: plain(practitioner=words),
        lambda words: plain(patient=changed_patient(given_name=words)),
        lambda words: plain(patient=changed_patient(family_name=words)),
        lambda words: plain(patient=changed_patient(phone=words)),
    ],
    ids=["id", "kind", "practitioner", "given name", "family name", "phone"],
)
def test_words_that_no_page_can_show_are_refused(laboratory, put, words):
    answer = laboratory.post("/api/v1/results", content=json.dumps(put(words)))
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert kept() == []


@pytest.mark.parametrize("words", UNFIT, ids=ascii)
@pytest.mark.parametrize(
    "put",
    [
        lambda words: report(code={"text": words}),
        lambda words: report(identifier=[{"value": words}]),
        lambda words: changed_report(name=[{"family": words, "given": ["Sabine"]}]),
        lambda words: changed_report(name=[{"family": "Krüger", "given": [words]}]),
        lambda words: changed_report(telecom=[{"system": "phone", "value": words}]),
    ],
    ids=["kind", "id", "family name", "given name", "phone"],
)
def test_a_report_with_words_that_no_page_can_show_is_refused(laboratory, put, words):
    answer = post_report(laboratory, put(words))
    assert answer.status_code == 422
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert kept() == []


def test_a_line_end_within_the_words_of_a_report_is_a_space(laboratory):
    assert post_report(laboratory, report(code={"text": "Schild\r\ndrüse"})).status_code == 201
    assert [one.kind_of_test for one in kept()] == ["Schild drüse"]


def test_the_pages_survive_words_kept_before_they_were_looked_at(laboratory, sign_in, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(receiving, "is_fit", lambda words: True)
        broken = plain(
            kind_of_test="Blut\ud800fette", patient=changed_patient(given_name="\ud800", phone="\ud800")
        )
        made = laboratory.post("/api/v1/results", content=json.dumps(broken))
        assert made.status_code == 201
    doctor = sign_in("doctor")
    assert "Blut\N{REPLACEMENT CHARACTER}fette" in doctor.get("/results").text
    page = doctor.get(f"/results/{made.json()['id']}")
    assert page.status_code == 200
    assert doctor.post(f"/results/{made.json()['id']}/withdraw", data=form(page)).status_code == 303


@pytest.mark.parametrize("content", [pdfs.without_a_root(), pdfs.that_claims(9999)])
def test_the_pages_survive_a_file_kept_before_it_was_looked_at(laboratory, sign_in, monkeypatch, content):
    with monkeypatch.context() as before:
        before.setattr(pictures, "check", lambda *_: None)
        made = laboratory.post(
            "/api/v1/results", json=plain(content_base64=base64.b64encode(content).decode())
        )
        assert made.status_code == 201
    doctor = sign_in("doctor")
    page = doctor.get(f"/results/{made.json()['id']}")
    assert page.status_code == 200
    assert page.text.count("<img") <= pictures.MOST_PAGES
    assert doctor.get(f"/results/{made.json()['id']}/pages/2").status_code == 404
    assert doctor.post(f"/results/{made.json()['id']}/withdraw", data=form(page)).status_code == 303


NO_DAYS = [
    "19880403",
    19880403,
    "576028800",
    0,
    "1988-4-3",
    "1988-04-03T00:00:00",
    "03.04.1988",
    "1988-13-01",
]


@pytest.mark.parametrize("day", NO_DAYS)
@pytest.mark.parametrize(
    "put",
    [
        lambda day: plain(taken_on=day),
        lambda day: plain(patient=changed_patient(birth_date=day)),
    ],
    ids=["taken on", "birth date"],
)
def test_a_day_is_written_as_one_or_refused(laboratory, put, day):
    assert laboratory.post("/api/v1/results", json=put(day)).status_code == 422
    assert kept() == []


@pytest.mark.parametrize("day", NO_DAYS)
def test_a_birth_date_in_a_report_is_written_as_a_day_or_refused(laboratory, day):
    assert post_report(laboratory, changed_report(birthDate=day)).status_code == 422
    assert kept() == []


@pytest.mark.parametrize("at", ["19880403", 19880403, "576028800", "03.04.1988"])
@pytest.mark.parametrize(
    "put", [lambda at: {"effectiveDateTime": at}, lambda at: {"effectivePeriod": {"start": at}}]
)
def test_the_day_of_a_report_is_written_as_one_or_refused(laboratory, put, at):
    body = report(**put(at))
    if "effectivePeriod" in body:
        del body["effectiveDateTime"]
    assert post_report(laboratory, body).status_code == 422
    assert kept() == []


OTHER_PDF = base64.b64encode(pdfs.report("Cholesterin 180")).decode()


def attached(*files):
    return report(presentedForm=[{"contentType": kind, "data": data} for kind, data in files])


def test_base64_may_be_wrapped_into_lines(laboratory):
    wrapped = "\r\n".join(PDF[at : at + 76] for at in range(0, len(PDF), 76))
    assert post_report(laboratory, attached(("application/pdf", wrapped))).status_code == 201
    assert laboratory.post("/api/v1/results", json=plain(content_base64=wrapped)).status_code == 201


HTML = base64.b64encode(b"<p>Cholesterin</p>").decode()


@pytest.mark.parametrize(
    "files",
    [
        [("text/html", HTML), ("application/pdf", PDF)],
        [("application/pdf; charset=binary", PDF), ("text/html", HTML)],
    ],
)
def test_of_a_pdf_and_a_web_page_the_pdf_is_taken(laboratory, files):
    assert post_report(laboratory, attached(*files)).status_code == 201
    with transaction() as s:
        assert reading.content(s, kept()[0].id)[1] == "application/pdf"


@pytest.mark.parametrize("second", ["application/pdf", "image/png"])
def test_of_two_that_could_be_kept_none_is_left_out_in_silence(laboratory, second):
    assert post_report(laboratory, attached(("application/pdf", PDF), (second, PDF))).status_code == 422


def two_patients(reference):
    mother = {
        "resourceType": "Patient",
        "id": "m",
        "name": [{"family": "Krüger", "given": ["Ida"]}],
        "birthDate": "1990-01-01",
    }
    return report(contained=[mother, *report()["contained"]], subject={"reference": reference})


def test_of_two_patients_the_subject_is_meant(laboratory):
    assert post_report(laboratory, two_patients("#p")).status_code == 201
    assert [one.claimed.given_name for one in kept()] == ["Sabine"]


@pytest.mark.parametrize("reference", ["#x", "Patient/1"])
def test_a_subject_that_is_none_of_two_patients_is_refused(laboratory, reference):
    assert post_report(laboratory, two_patients(reference)).status_code == 422


def test_a_mobile_number_is_preferred(laboratory, contact_id):
    desk.patient(contact_id)
    numbers = [
        {"system": "phone", "use": "home", "value": "+49 30 1234"},
        {"system": "phone", "use": "old", "value": "+49 171 7654321"},
        {"system": "phone", "use": "mobile", "value": "+49 171 1234567"},
    ]
    assert post_report(laboratory, changed_report(telecom=numbers)).status_code == 201
    (one,) = kept()
    assert (one.claimed.phone, one.patient_id is not None) == ("+49 171 1234567", True)


@pytest.mark.parametrize("status", ["corrected", "amended", "appended"])
def test_a_corrected_report_reaches_the_practice_beside_the_first_which_is_marked(
    laboratory, contact_id, sign_in, status
):
    desk.patient(contact_id)
    post_report(laboratory, report())
    (first,) = kept()
    corrected = report(status=status, presentedForm=[{"contentType": "application/pdf", "data": OTHER_PDF}])
    for code in (201, 200):
        assert post_report(laboratory, corrected).status_code == code
    old, new = kept()
    assert (old.id, old.superseded_by, new.superseded_at) == (first.id, new.id, None)
    (task,) = tasks.open_tasks()
    assert "korrigiert" in str(task.note)
    assert not task.urgent
    doctor = sign_in("doctor")
    page = doctor.get(f"/results/{old.id}")
    assert f"/results/{new.id}" in page.text
    answer = doctor.post(f"/results/{old.id}/release", data=form(page, mark="fine"))
    assert (answer.status_code, "korrigiert" in answer.text) == (409, True)
    # What was sent late once more is neither of them anew.
    assert post_report(laboratory, report()).status_code == 200
    assert len(kept()) == 2


def test_a_correction_back_to_the_first_value_is_one_too(laboratory):
    corrected = report(
        status="corrected", presentedForm=[{"contentType": "application/pdf", "data": OTHER_PDF}]
    )
    for body in (report(), corrected, report(status="corrected")):
        assert post_report(laboratory, body).status_code == 201
    assert [one.superseded_at is None for one in kept()] == [False, False, True]
    assert len(tasks.open_tasks()) == 2


def test_a_correction_of_what_the_patient_reads_is_urgent(laboratory, contact_id):
    desk.patient(contact_id)
    post_report(laboratory, report())
    desk.release(kept()[0].id)
    post_report(laboratory, report(status="corrected", code={"text": "Schilddrüse, neu bestimmt"}))
    (new,) = kept()
    assert new.kind_of_test == "Schilddrüse, neu bestimmt"
    (task,) = tasks.open_tasks()
    assert (task.urgent, task.contact_id) == (True, contact_id)


def test_a_corrected_report_keeps_the_patient_whom_staff_chose(laboratory, contact_id):
    patient_id = desk.patient(contact_id)
    without_number = changed_report(telecom=[])
    post_report(laboratory, without_number)
    with transaction() as s:
        releasing.assign(s, kept()[0].id, patient_id, actor="staff:1")
    again = {**without_number, "status": "corrected", "code": {"text": "TSH"}}
    assert post_report(laboratory, again).status_code == 201
    assert [one.patient_id for one in kept()] == [patient_id] * 2


def test_a_report_entered_in_error_marks_the_first_and_tells_staff_once(laboratory, sign_in):
    post_report(laboratory, report())
    for _ in range(2):
        answer = post_report(laboratory, report(status="entered-in-error", presentedForm=[]))
        assert answer.status_code == 200
    (one,) = kept()
    assert one.superseded_at is not None
    assert ["zurückgezogen" in str(task.note) for task in tasks.open_tasks()] == [True]
    assert "Der Absender hat diesen Befund zurückgezogen." in sign_in("doctor").get(f"/results/{one.id}").text


def test_an_error_that_was_never_handed_in_is_refused(laboratory):
    answer = post_report(laboratory, report(status="entered-in-error"))
    assert (answer.status_code, answer.json()["resourceType"]) == (422, "OperationOutcome")
    assert tasks.open_tasks() == []


def test_without_a_token_a_fhir_client_gets_an_operation_outcome(web):
    answer = post_report(web, report())
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.headers["content-type"].startswith("application/fhir+json")
    assert answer.json()["issue"][0]["code"] == "login"
