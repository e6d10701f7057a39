"""Accounts: names and roles change, locking asks first, everybody has a password of one's own."""

from __future__ import annotations

import pytest

from sprechstunde.db import transaction
from sprechstunde.staff import accounts
from sprechstunde.staff import sign_in as signing_in
from tests.integration.console.pages import PASSWORD, form

NEW = "a quite new one 7"


@pytest.fixture
def admin(sign_in):
    return sign_in("admin")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"login": "admin"}, "gibt es schon"),
        ({"login": "1 x"}, "2 bis 41 Zeichen"),
        ({"password": "kurz"}, "zu kurz"),
        ({"password": "evaevaevaeva"}, "zu leicht"),
    ],
)
def test_a_refused_account_says_why_and_keeps_what_was_typed(admin, wrong, told):
    new = {
        "login": "eva",
        "name": "Eva Neu",
        "role": "doctor",
        "language": "en",
        "password": "lange genug 42",
    }
    answer = admin.post("/staff", data=form(admin.get("/staff"), **{**new, **wrong}))
    assert answer.status_code == 422
    assert told in answer.text
    given = answer.text.split("Neues Konto")[-1]
    assert 'value="Eva Neu"' in given
    assert f'value="{wrong.get("login", "eva")}"' in given
    assert '<option value="doctor" selected>' in given
    assert '<option value="en" selected>' in given
    assert new["password"] not in answer.text


def test_a_name_and_a_role_change_at_once(sign_in, admin):
    nurse = sign_in("nurse")
    assert nurse.get("/results").status_code == 200
    page = admin.get("/staff")
    changed = admin.post("/staff/nurse", data=form(page, name="Nadja Roth-Berg", role="reception"))
    assert changed.status_code == 303
    assert "Nadja Roth-Berg" in admin.get("/staff").text
    assert nurse.get("/results").status_code == 403
    assert admin.post("/staff/nurse", data=form(page, name="N", role="king")).status_code == 422
    assert admin.post("/staff/nobody", data=form(page, name="N", role="nurse")).status_code == 404
    assert sign_in("doctor").post("/staff/nurse", data=form(page, name="N", role="nurse")).status_code == 403


def test_the_own_name_changes_but_not_the_own_role(admin):
    page = admin.get("/staff")
    assert admin.post("/staff/admin", data=form(page, name="Ada Roth", role="nurse")).status_code == 409
    assert admin.post("/staff/admin", data=form(page, name="Ada Roth", role="admin")).status_code == 303
    assert "Ada Roth" in admin.get("/").text


def test_locking_stands_behind_a_question(sign_in, admin):
    sign_in("nurse")
    page = admin.get("/staff").text
    asked = page.split("/staff/nurse/disable")[0].rsplit("<details>", 1)[1]
    assert "</details>" not in asked
    assert "nicht mehr anmelden" in page.split("/staff/nurse/disable")[1].split("</form>")[0]


def test_everybody_changes_the_own_password(sign_in, web):
    nurse = sign_in("nurse")
    with transaction() as s:
        elsewhere = signing_in.check_password(s, "nurse", PASSWORD, "1.2.3.4")
    assert elsewhere is not None
    page = nurse.get("/me")
    wrong = nurse.post("/me/password", data=form(page, current="wrong", password=NEW))
    assert (wrong.status_code, "bisherige Passwort stimmt nicht" in wrong.text) == (403, True)
    weak = nurse.post("/me/password", data=form(page, current=PASSWORD, password="short"))
    assert (weak.status_code, "zu kurz" in weak.text) == (422, True)
    done = nurse.post("/me/password", data=form(page, current=PASSWORD, password=NEW))
    assert "Ihr Passwort ist geändert" in done.text
    assert nurse.get("/tasks").status_code == 200, "this browser stays"
    with transaction() as s:
        assert signing_in.session_of(s, elsewhere) is None
        assert signing_in.check_password(s, "nurse", PASSWORD, "1.2.3.4") is None
        assert signing_in.check_password(s, "nurse", NEW, "1.2.3.4") is not None


def test_the_own_password_cannot_be_guessed_from_an_open_browser(sign_in):
    nurse = sign_in("nurse")
    page = nurse.get("/me")
    for _ in range(signing_in.MOST_FAILURES):
        nurse.post("/me/password", data=form(page, current="wrong", password=NEW))
    answer = nurse.post("/me/password", data=form(page, current=PASSWORD, password=NEW))
    assert answer.status_code == 429
    with transaction() as s:
        assert accounts.by_login(s, "nurse").is_active
