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
    "/conversations/{contact_id}/answer": ("words", "mark", "form_id", "anyway"),
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
