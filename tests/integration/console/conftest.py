"""The web app as a browser or a laboratory's system meets it."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from sprechstunde.console.app import create_app
from sprechstunde.db import transaction
from sprechstunde.results import systems
from sprechstunde.staff import accounts
from sprechstunde.staff import sign_in as signing_in
from tests import small_clinic
from tests.integration import results_desk as desk
from tests.integration.console.pages import PASSWORD


@pytest.fixture
def contact_id(database, frozen_clock, tmp_path):
    small_clinic.load(tmp_path)
    return desk.contact()


@pytest.fixture
def patient_id(contact_id):
    return desk.patient(contact_id)


@pytest.fixture(scope="session")
def app():
    """The web app; started anew for each test. To put its routes together takes longer than most tests."""
    return create_app()


@pytest.fixture
def web(app, contact_id, monkeypatch):
    # Passwords are to be slow to guess, not to test; `test_staff.py` has them as they are.
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    for module in (accounts, signing_in):
        monkeypatch.setattr(module, "hasher", quick)
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture
def laboratory(web):
    """A client with the token of an admitted system."""
    with transaction() as s:
        token = systems.add(s, "labor-nord")
    web.headers["Authorization"] = f"Bearer {token}"
    return web


@pytest.fixture
def sign_in(web):
    """A browser of its own for each person: `sign_in("nurse")`."""

    def signed_in(role, language="de"):
        with transaction() as s:
            accounts.add(
                s, login=role, name=f"{role.title()} Roth", role=role, password=PASSWORD, language=language
            )
        browser = TestClient(web.app, follow_redirects=False)
        browser.post("/sign-in", data={"login": role, "password": PASSWORD})
        with transaction() as s:
            code = accounts.current_code(s, role)
        answer = browser.post("/sign-in/code", data={"code": code})
        assert answer.headers["location"] == "/"
        return browser

    return signed_in


@pytest.fixture
def reception(sign_in):
    return sign_in("reception")
