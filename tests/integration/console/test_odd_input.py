"""Whatever is typed into a field or an address, no page and no form breaks; tomorrow's included."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from fastapi.routing import APIRoute

from sprechstunde.console.app import create_app
from sprechstunde.db import transaction
from sprechstunde.tasks.service import open_task_in
from tests.integration import results_desk as desk
from tests.integration.console.pages import field

NOBODY = str(UUID(int=7))
ODD = ("a\0b", "", "2026-02-31", "99999999999999999999", NOBODY)
ENDLESS_OR_ONES_OWN = re.compile(r"/live|/me|/sign-.*")
# Forms that are read by hand, a file among them.
WITH_FILE = {
    "/conversations/{contact_id}/answer": ("words", "mark", "form_id", "with_file", "without_file"),
    "/results/upload": ("given_name", "family_name", "birth_date", "phone", "kind_of_test", "taken_on"),
}


def _routes(method):
    found = [one for one in create_app().routes if isinstance(one, APIRoute) and method in one.methods]
    return [one for one in found if not ENDLESS_OR_ONES_OWN.fullmatch(one.path)]


def _fields(dependant):
    inner = [name for one in dependant.dependencies for name in _fields(one)]
    return [*(one.name for one in dependant.body_params), *inner]


@pytest.fixture
def there(contact_id):
    """Paths to what is there, and to what never was."""
    patient_id = desk.patient(contact_id)
    with transaction() as s:
        task = open_task_in(
            s, "callback", contact_id=contact_id, patient_id=patient_id, note=None, idempotency_key="1"
        )
    ids = {
        "contact_id": contact_id,
        "patient_id": patient_id,
        "result_id": desk.hand_in().id,
        "task_id": task.id,
    }

    def paths(route):
        known = re.sub(r"\{(\w+)\}", lambda part: str(ids.get(part[1], NOBODY)), route.path)
        return {known, re.sub(r"\{\w+\}", NOBODY, route.path)}

    return paths


@pytest.mark.parametrize("role", ["doctor", "admin"])
def test_no_address_breaks_a_page(sign_in, there, role):
    browser = sign_in(role)
    for route in _routes("GET"):
        names = [one.name for one in route.dependant.query_params]
        for value in ODD if names else ODD[:1]:
            for path in there(route):
                answer = browser.get(path, params=dict.fromkeys(names, value))
                assert answer.status_code < 500, (path, value)


@pytest.mark.parametrize("role", ["doctor", "admin"])
def test_nothing_typed_breaks_a_form(sign_in, there, role):
    browser = sign_in(role)
    mark = field(browser.get("/me"), "csrf")
    for route in _routes("POST"):
        for value in ODD:
            typed = {
                **dict.fromkeys(WITH_FILE.get(route.path) or _fields(route.dependant), value),
                "csrf": mark,
            }
            parts = [(name, (None, words)) for name, words in typed.items()]
            sent = {"files": [*parts, ("file", ("", b""))]} if route.path in WITH_FILE else {"data": typed}
            for path in there(route):
                assert browser.post(path, **sent).status_code < 500, (path, value)


BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/results", 403, "nicht für Ihre Rolle"),
        ("/nowhere", 404, "nichts mehr"),
        (f"/conversations/{NOBODY}", 404, "nichts mehr"),
        (f"/conversations/{NOBODY[:-1]}", 404, "nichts mehr"),
    ],
)
def test_what_does_not_work_is_told_on_a_page_that_leads_on(web, sign_in, path, status, told):
    browser = sign_in("reception")
    page = browser.get(path, headers={**BROWSER, "accept-language": "de"})
    assert page.status_code == status
    assert told in page.text
    assert '<a href="/">Zum Posteingang</a>' in page.text
    if status == 404:
        stranger = web.get(path, headers={**BROWSER, "accept-language": "en"}, follow_redirects=True)
        assert "Sign in" in stranger.text or "To the inbox" in stranger.text


def test_a_file_too_large_is_told_on_a_page(sign_in, contact_id):
    browser = sign_in("nurse", "en")
    sent = {"files": [("file", ("a.pdf", b"%PDF-" + b"0" * (21 * 1024 * 1024)))]}
    page = browser.post(
        f"/conversations/{contact_id}/answer", headers={**BROWSER, "accept-language": "de"}, **sent
    )
    assert (page.status_code, "20 MB at most" in page.text) == (413, True)


def test_half_a_link_tells_a_patient_how_to_get_another(web):
    page = web.get("/r/", headers={**BROWSER, "accept-language": "en"})
    assert page.status_code == 404
    assert "Write to us in the chat" in page.text
    assert "/sign-in" not in page.text


def test_programs_get_a_status_and_no_page(web):
    assert web.get("/nowhere").json() == {"detail": "Not Found"}
