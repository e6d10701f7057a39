"""The web app as a browser or a laboratory's system meets it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from sprechstunde.console.app import create_app
from sprechstunde.db import transaction
from sprechstunde.results import systems
from sprechstunde.staff import accounts
from tests import small_clinic
from tests.integration import results_desk as desk
from tests.integration.console.pages import PASSWORD


@pytest.fixture
def contact_id(database, frozen_clock, tmp_path):
    small_clinic.load(tmp_path)
    return desk.contact()


@pytest.fixture
def web(contact_id):
    with TestClient(create_app(), follow_redirects=False) as client:
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
