"""Every page and form, tomorrow's included: no way in without signing in, none without the form's mark."""

from __future__ import annotations

import re
import uuid

import pytest

from sprechstunde.console.app import create_app

PUBLIC = re.compile(r"/(?:sign-in|sign-in/code|health|r/.*|api/.*|static.*)")
SOMETHING = str(uuid.UUID(int=7))
RESULTS = re.compile(r"/(?:results|upload).*")


def _doors(method: str) -> list[str]:
    found = []
    for route in create_app().routes:
        path = getattr(route, "path", "")
        methods = getattr(route, "methods", None) or set()
        if method in methods and not PUBLIC.fullmatch(path):
            found.append(re.sub(r"\{[^}]*\}", SOMETHING, path))
    return sorted(found)


PAGES, FORMS = _doors("GET"), _doors("POST")


def test_there_are_doors_to_try():
    assert len(PAGES) > 20
    assert len(FORMS) > 20


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_whoever_has_not_signed_in_is_led_to_the_door(web, method):
    for path in PAGES if method == "GET" else FORMS:
        answer = web.request(method, path)
        assert (answer.status_code, answer.headers.get("location")) == (303, "/sign-in"), path


@pytest.mark.parametrize("role", ["reception", "nurse", "doctor", "admin"])
def test_no_form_is_taken_without_its_mark(sign_in, role):
    browser = sign_in(role)
    for path in FORMS:
        for data in ({}, {"csrf": "guessed"}):
            assert browser.post(path, data=data).status_code in (400, 403, 404), (path, data)


@pytest.mark.parametrize("role", ["reception", "admin"])
def test_who_is_not_clinical_opens_no_door_to_results(sign_in, role):
    browser = sign_in(role)
    doors = [path for path in PAGES if RESULTS.fullmatch(path)]
    assert doors
    for path in doors:
        assert browser.get(path).status_code == 403, path
